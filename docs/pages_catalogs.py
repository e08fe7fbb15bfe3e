"""Pages on the catalogs: every value with its source and grade, gaps as gaps, and sentences in three languages side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from marks import cell, code, page, table
from pages_rules import GRADES, source_link

from cobalamin.outputs.catalog import VOICES, Librarian
from cobalamin.outputs.language import language
from cobalamin.rules.catalog import Amount, Catalog, Entry, Value
from cobalamin.rules.concepts import LANGUAGES
from cobalamin.rules.foods import per_hundred, per_portion
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import Evidence
from cobalamin.rules.shelf import shelf

ISOLATES = re.compile("[\u2066-\u2069]")
WHAT = {
    "foods": "what holds vitamin B12, how much, and who can eat it", "cooking": "what cooking takes away and the gut takes up",
    "intakes": "how much a day, by body and age", "prevalence": "how common a lack of it is, with what contradicts what",
    "functions": "what it does in the body, and which complaints that explains",
}  # fmt: skip


def pages(knowledge: Knowledge) -> dict[str, str]:
    """A page for each catalog by its path under docs/."""
    return {f"reference/{catalog.id}.md": _page(catalog, knowledge) for catalog in shelf(places=True).catalogs.values()}


def evidences() -> Iterator[tuple[str, str, str, Evidence]]:
    """Every value and disagreement of the catalogs: its kind, a link to it, what it says, and its evidence."""
    for catalog in shelf(places=True).catalogs.values():
        for entry in catalog.entries.values():
            for value in entry.values:
                said = value.gap.replace("_", " ") or ", ".join(str(held) for held in value.fields.values() if isinstance(held, Amount))
                yield catalog.id, f"[{entry.id}](reference/{catalog.id}.md#{entry.id})", said or entry.label["en"], value.evidence
        for held in catalog.disagreements.values():
            yield catalog.id, f"[{held.id}](reference/{catalog.id}.md#disagreement-{held.id})", "where sources differ", held.evidence


class _Told:
    """A catalog told in every language."""

    def __init__(self, catalog: Catalog, knowledge: Knowledge):
        self.catalog = catalog
        self.librarians = {lang: Librarian(shelf(places=True), knowledge, language(lang)) for lang in LANGUAGES}
        self.said = {lang: librarian.catalog(catalog) for lang, librarian in self.librarians.items()}

    def sentences(self, part: str, id: str) -> str:
        """The sentence of an entry or disagreement in three languages and two voices."""
        held = {lang: next(item["says"] for item in told[part] if item["id"] == id) for lang, told in self.said.items()}
        return _voices(held)

    def about(self) -> str:
        """The sentence on the whole catalog."""
        return _voices({lang: told["says"] for lang, told in self.said.items()})


def _voices(held: dict[str, dict[str, str]]) -> str:
    voices = [voice for voice in VOICES if voice == "lay" or held["en"]["clinical"] != held["en"]["lay"]]
    return table(("voice", "English", "Hindi", "Arabic"), [(voice, *(_bare(held[lang][voice]) for lang in LANGUAGES)) for voice in voices])


def _bare(text: str) -> str:
    """A sentence as it may stand in a table, without the marks that steer a terminal."""
    return cell(ISOLATES.sub("", text))


def _page(catalog: Catalog, knowledge: Knowledge) -> str:
    told = _Told(catalog, knowledge)
    grades = ", ".join(f"`{grade}` ({meaning})" for grade, meaning in GRADES.items())
    about = (f"`cobalamin explain {catalog.id}` says the same in English, Hindi and Arabic, and `cobalamin explain NAME` one entry by any of its names.\n"
             f"Checked is one of {grades}.")  # fmt: skip
    parts = [told.about(), about]
    for group in _groups(catalog):
        parts += [f"## {catalog.entry_fields[catalog.by].words[group]['en']}"] if group else []
        for entry in catalog.entries.values():
            if not group or entry.fields[catalog.by] == group:
                parts += _entry(catalog, entry, told)
    if catalog.disagreements:
        parts.append("## Where sources differ")
    for held in catalog.disagreements.values():
        between = ", ".join(f"[{id}](#{id})" for id in held.between)
        parts += [f"### disagreement-{held.id}", f"Between {between}.\nSource: {_from(held.evidence)}.", told.sentences("differs", held.id)]
    parts += ["## Words", table(("field", "word", "English", "Hindi", "Arabic"), _vocabulary(catalog))]
    return page(catalog.label["en"][:1].upper() + catalog.label["en"][1:], *parts, "[All of the reference](README.md)")


def _vocabulary(catalog: Catalog) -> Iterator[list[str]]:
    """Every word a field may take, and every gap, with its label in three languages."""
    fields = {**catalog.entry_fields, **catalog.value_fields}
    held = [(name, word, labels) for name, field in fields.items() for word, labels in field.words.items()]
    for name, word, labels in [*held, *(("gap", word, labels) for word, labels in catalog.gaps.items())]:
        yield [name.replace("_", " "), code(word), *(cell(labels[lang]) for lang in LANGUAGES)]


def _groups(catalog: Catalog) -> Iterable[str]:
    used = {entry.fields[catalog.by] for entry in catalog.entries.values()} if catalog.by else set()
    return [word for word in catalog.entry_fields[catalog.by].words if word in used] if catalog.by else [""]


def _from(evidence: Evidence) -> str:
    return f"{source_link(evidence.source)}, {cell(evidence.where)} ({evidence.checked})"


def _entry(catalog: Catalog, entry: Entry, told: _Told) -> list[str]:
    labels = table(("English", "Hindi", "Arabic"), [[cell(entry.label[lang]) for lang in LANGUAGES]])
    facts = [f"- {name.replace('_', ' ')}: {_words(catalog, entry, name)}" for name in catalog.entry_fields if name in entry.fields and name != catalog.by]
    if also := [name for names in entry.also.values() for name in names]:
        facts.append(f"- also called: {cell(', '.join(also))}")
    head, columns = _columns(catalog, entry)
    rows = [(*columns(value), source_link(value.evidence.source), cell(value.evidence.where), value.evidence.checked) for value in entry.values]
    sentence = [told.sentences("entries", entry.id)] if catalog.says else []
    return [f"### {entry.id}", labels, *sentence, "\n".join(facts), table((*head, "source", "where", "checked"), rows)]


def _words(catalog: Catalog, entry: Entry, name: str) -> str:
    field, held = catalog.entry_fields[name], entry.fields[name]
    if field.type == "concepts":
        return ", ".join(map(code, held))
    if field.type == "words":
        return ", ".join(field.words[word]["en"] for word in held)
    return field.words[held]["en"] if field.type == "word" else str(held)


def _columns(catalog: Catalog, entry: Entry) -> tuple[tuple[str, ...], Callable[[Value], tuple[str, ...]]]:
    """The columns of an entry's values: what is used of the fields, and for foods what is computed from them."""
    used = [name for name in catalog.value_fields if any(name in value.fields for value in entry.values)]
    food = "per" in catalog.value_fields
    gap = any(value.gap for value in entry.values)
    head = (*used, *(("in 100 g or ml", "in a portion") if food and used else ()), *(("gap",) if gap else ()))

    def columns(value: Value) -> tuple[str, ...]:
        held = [_held(catalog, value, name) for name in used]
        computed = [str(per_hundred(value) or ""), str(per_portion(entry, value) or "") if not value.gap else ""] if food and used else []
        said = [catalog.gaps[value.gap]["en"] if value.gap else ""] if gap else []
        return tuple(cell(part) for part in (*held, *computed, *said))

    return head, columns


def _held(catalog: Catalog, value: Value, name: str) -> str:
    held = value.fields.get(name)
    if held is None:
        return ""
    return catalog.value_fields[name].words[held]["en"] if catalog.value_fields[name].type == "word" else str(held)
