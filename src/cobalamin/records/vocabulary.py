"""The words the phrase reader knows: names of concepts and the cue words around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from cobalamin.records.folding import even, fold_typed, fold_word, singular
from cobalamin.records.inflection import bare, spoken_forms
from cobalamin.records.tokens import Lane, Words, scripts_of, split
from cobalamin.rules.concepts import Concept
from cobalamin.rules.knowledge import Knowledge

TYPED_ALONE = 5
"""A single typed Hindi word must be this long to be folded: `sun` is not the Hindi word for numb."""
JOINED_TYPED = 7
PLURAL_NAME = 6
"""A name shorter than this keeps its plural: `aid` is not AIDS."""
TURNS = ("of", "in")
SCRIPTS = {"latin": ("en", "hi_latin"), "devanagari": ("hi",), "arabic": ("ar",)}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: a concept, and for a result that is named by its outcome (macrocytosis) the word of it."""

    concept: str
    value: str = ""
    denied: str = ""
    absent: bool = False


class Vocabulary:
    """Names and cues in every script; the names of a script are learned when a text first uses it."""

    def __init__(self, knowledge: Knowledge):
        self.knowledge, self.tree = knowledge, knowledge.phrases
        self.names, self.typed_names = Lane({}, {}), Lane({}, {})
        self.cues, self.typed_cues = Lane({}, {}), Lane({}, {})
        self.same: dict[str, str] = {}
        self.typed_same: dict[str, str] = {}
        for language, groups in (self.tree.get("same") or {}).items():
            typed = language == "hi_latin"
            for to, spellings in groups.items():
                for spelling in spellings:
                    if typed:
                        self.typed_same[fold_typed(fold_word(even(spelling)))] = fold_typed(fold_word(even(to)))
                    else:
                        self.same[fold_word(even(spelling))] = fold_word(even(to))
        self.compounds: set[str] = set()
        self.inside: set[str] = set()
        self.forms: list[tuple[Lane, list[str], tuple[Meaning, ...]]] = []
        self.articles = {fold_word(even(str(word))) for word in self.tree["thin"]["names"]}
        self.degrees = self.articles | {fold_word(even(str(word))) for word in self.tree["thin"]["phrases"]}
        self.scripts: set[str] = set()
        self._add_cues()

    # ---- from a text to its words

    def words(self, text: str) -> Words:
        """The words of *text*, folded; names of a script that it uses are learned first."""
        text = even(text)
        for script in scripts_of(text) - self.scripts:
            self._learn(script)
        main = self._split(text, self.compounds)
        if not text.isascii():
            main = self._part_and(main)
        return Words(main, self._typed(main))

    def _typed(self, words: list[str]) -> list[str]:
        same = self.typed_same
        return [same.get(folded, folded) for folded in map(fold_typed, words)]

    def _split(self, text: str, compounds: Collection[str] | None) -> list[str]:
        same = self.same
        return [same.get(word, word) for word in split(text, compounds)]

    def _part_and(self, words: list[str]) -> list[str]:
        """Arabic writes 'and', 'with' and 'my' onto a word: take them off where only the rest is a word we know."""
        found: list[str] = []
        for word in words:
            if not "\u0600" <= word[0] <= "\u06ff" or len(word) < 3 or self._known(word):
                found.append(word)
            elif word[0] == "و" and len(word) > 3 and self._known(word[1:]):
                found += ["و", word[1:]]
            elif word in self.inside:
                found.append(word)
            else:
                stem = bare(word, self.inside.__contains__)
                found += ["و", stem] if stem == word and word[0] == "و" and (stem := bare(word[1:], self.inside.__contains__)) != word[1:] else [stem]
        return found

    def _known(self, word: str) -> bool:
        return word in self.names.reach or word in self.cues.reach

    def thinned(self, words: Words) -> Words:
        """The words without those that say only whose or how much: "numbness in both my feet" is "numbness in feet"."""
        kept = [word for word in words.main if word not in self.degrees]
        if "arabic" in self.scripts:
            kept = [word if self._known(word) else bare(word, self._known) for word in kept]
        return Words(kept, self._typed(kept))

    # ---- learning

    def _learn(self, script: str) -> None:
        self.scripts.add(script)
        languages = SCRIPTS[script]
        for concept in self.knowledge.concepts.values():
            meaning = (Meaning(concept.id),)
            for text in names_of(concept, languages):
                self._add_name(text, meaning)
            if "hi_latin" in languages:
                for text in concept.also.get("hi_latin", ()):
                    self._add_typed_name(text, meaning)
        for concept_id, by_word in (self.tree.get("means") or {}).items():
            for value, body in by_word.items():
                meaning = (Meaning(str(concept_id), str(value), str(body.get("denied") or "")),)
                for language in languages:
                    for text in body.get(language) or ():
                        (self._add_typed_name if language == "hi_latin" else self._add_name)(str(text), meaning)
        for concept_id, body in self.tree["absent"].items():
            for language in languages:
                for text in body.get(language) or ():
                    self._add_name(str(text), (Meaning(str(concept_id), absent=True),))
        # A form of one name never takes the place of another name.
        for lane, form, named in self.forms:
            lane.add(form, named)
        self.forms.clear()

    def _add_name(self, text: str, meaning: tuple[Meaning, ...]) -> None:
        text = even(text)
        words = self._split(text, None if "-" not in text else ())
        self._add(words, meaning)
        if not text.isascii() and any(word[0] == "و" and len(word) > 3 for word in words):
            # A text may have its 'and' taken off where the name keeps it.
            self._add([part for word in words for part in (("و", word[1:]) if word[0] == "و" and len(word) > 3 else (word,))], meaning)
        if "," in words:
            self._add([word for word in words if word != ","], meaning)
        if "-" in text:
            # light-headed, light headed and lightheaded are one
            joined = self._split(text, None)
            self.compounds.update(joined)
            self._add(joined, meaning)

    def _add(self, words: list[str], meaning: tuple[Meaning, ...]) -> None:
        if not words:
            return
        self.names.add(words, meaning)
        if not self.articles.isdisjoint(words) and (fewer := [word for word in words if word not in self.articles]):
            self.names.add(fewer, meaning)
        if not words[0].isascii():
            self.inside.update(words)
            self.forms += ((self.names, form, meaning) for form in spoken_forms(words))
        if len(words) == 1:
            self.compounds.add(words[0])
        if len(words[-1]) >= PLURAL_NAME and (one := singular(words[-1])) is not words[-1]:
            self.names.add([*words[:-1], one], meaning)

    def _add_typed_name(self, text: str, meaning: tuple[Meaning, ...]) -> None:
        self._add_name(text, meaning)
        words = self._typed(self._split(even(text), ()))
        if len(words) > 1 or len(words[0]) >= TYPED_ALONE:
            self.typed_names.add(words, meaning)
            self.forms += ((self.typed_names, self._typed(form), meaning) for form in spoken_forms(words))

    def _add_cues(self) -> None:
        """Every cue of every language; one word may have several roles."""
        for role, by_language in self.tree["cues"].items():
            for language, texts in by_language.items():
                given = texts.items() if isinstance(texts, dict) else ((text, True) for text in texts)
                for text, data in given:
                    self._add_cue(str(language), str(text), str(role), data)
        for word, spellings in self.knowledge.reading["words"].items():
            for spelling in spellings:
                # Single letters, signs and the words for yes and no say too little inside a phrase.
                if not (len(spelling) < 3 and spelling.isascii()) and spelling[0].isalpha() and word not in ("present", "absent"):
                    self._add_cue("", str(spelling), "value", str(word))

    def _add_cue(self, language: str, text: str, role: str, data: Any) -> None:
        words = self._split(even(text), ())
        if language == "ar":
            self.inside.update(words)
        if "-" in text:
            self.cues.add(self._split(even(text), None), {role: data})
        if language != "hi_latin":
            roles = self.cues.phrases.get(" ".join(words))
            self.cues.add(words, {role: data}) if roles is None else roles.setdefault(role, data)
        if language in ("hi_latin", ""):
            words = self._typed(words)
            roles = self.typed_cues.phrases.get(" ".join(words))
            self.typed_cues.add(words, {role: data}) if roles is None else roles.setdefault(role, data)

    # ---- asking

    def name_at(self, words: Words, at: int) -> tuple[int, tuple[Meaning, ...] | None]:
        """The longest name that begins at a word, as it is written or as Hindi is typed."""
        count, found = self.names.longest(words.main, words.singulars, at)
        more, typed = self.typed_names.longest(words.typed, words.typed, at, count + 1)
        if not more and count < 2 and at + 1 < len(words):
            together = words.typed[at] + words.typed[at + 1]
            if len(together) >= JOINED_TYPED and (typed := self.typed_names.phrases.get(together)) is not None:
                return 2, typed
        if more or count >= 2:
            return (more, typed) if more else (count, found)
        length, turned = self._turned(words.main, at)
        return (length, turned) if length > count else (count, found)

    def _turned(self, words: list[str], at: int) -> tuple[int, tuple[Meaning, ...] | None]:
        """A name of two words said the other way round ("deficiency of B12"), or with a comma between two adjectives ("smooth, red tongue")."""
        if words[at + 1 : at + 2] == [","] and words[at] not in self.names.phrases:
            for count in (3, 2):
                found = self.names.phrases.get(" ".join([words[at], *words[at + 2 : at + 2 + count]]))
                if found is not None and at + 2 + count <= len(words):
                    return count + 2, found
        place = at + 2 + (words[at + 2 : at + 3] == ["the"])
        if place >= len(words) or words[at + 1] not in TURNS:
            return 0, None
        for end in range(min(place + 2, len(words)), place, -1):
            for last in (words[end - 1], singular(words[end - 1])):
                found = self.names.phrases.get(" ".join([*words[place : end - 1], last, words[at]]))
                if found is not None:
                    return end - at, found
        return 0, None

    def cue_at(self, words: Words, at: int) -> tuple[int, dict[str, Any] | None]:
        """The longest cue that begins at a word, and its roles."""
        count, roles = self.cues.longest(words.main, words.main, at)
        more, typed = self.typed_cues.longest(words.typed, words.typed, at, max(count, 1))
        if more > count:
            return more, typed
        return count, {**typed, **roles} if more and typed and roles else roles


def names_of(concept: Concept, languages: Iterable[str]) -> Iterable[str]:
    """The names of a concept in some languages; its id counts as English."""
    for language in languages:
        if language == "en":
            yield concept.id.replace("_", " ")
        if language in concept.label:
            yield concept.label[language]
        if language != "hi_latin":
            yield from concept.also.get(language, ())
