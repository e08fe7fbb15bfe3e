"""What the concepts of a CDM mean here: each (concept, source concept, source value) that its rows hold, as concepts of ours.

The first of these that finds anything counts:
1. the concept's own code, or the source concept's, is one of ours (LOINC 2132-9);
2. the nearest concepts above it whose codes are ours: the ingredients of a drug, what a finding is a kind of
   (`concept_ancestor`; `concept_relationship` where that is empty). A code of a classification such as ICD-10 names a
   standard concept only if every code that is mapped to that concept is one of the same concept of ours;
3. the code it stands under in its own classification (ICD-10 D51.01 under D51.0);
4. its name is a name of ours, or names a drug of ours as the product of it;
5. the code or the name that the source printed.
Results are taken by steps 1 and 5 only: a test near ours is another test.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cobalamin.records.fhir.coding import Codings
from cobalamin.records.omop.tables import Cdm
from cobalamin.records.sql_text import quote

if TYPE_CHECKING:
    import duckdb

    from cobalamin.records.words import Words

MEASURED = ("result", "panel")
SAID = ("condition", "symptom", "procedure", "diet", "circumstance")
KINDS = {"measurement": MEASURED, "observation": MEASURED + SAID, "drug": ("drug",), "procedure": ("procedure",), "condition": SAID}
"""Which kinds of concept a name may mean in a table; a code means what it means everywhere."""
RESOURCES = {"measurement": "Observation", "observation": "Observation", "drug": "MedicationRequest", "procedure": "Procedure", "condition": "Condition"}
"""Names and codes mean here what they mean in the resource of FHIR that holds the same."""
MOST_STEPS = 6
"""How far relationships are climbed where there is no table of ancestors."""
Key = tuple[int, int, str]


class Meanings:
    """The vocabulary of a CDM as far as its rows use it."""

    def __init__(self, con: duckdb.DuckDBPyConnection, cdm: Cdm, words: Words):
        self.con, self.cdm, self.words = con, cdm, words
        self.tree: dict[str, Any] = words.knowledge.omop
        self.codes = {int(id): str(code) for id, code in self.tree["concepts"].items()}
        self.codings = {of: Codings(words, resource) for of, resource in RESOURCES.items()}
        self.forms = {of: {vocabulary: re.compile(form, re.IGNORECASE) for vocabulary, form in forms.items()} for of, forms in self.tree["source_codes"].items()}
        self.known: dict[int, tuple[str, str, str]] = {}
        """Vocabulary, code and name of a concept."""
        self.above: dict[int, tuple[str, ...]] = {}
        """Codes of ours a concept stands under, the nearest on each line."""

    def learn(self, used: Collection[int]) -> None:
        """Read what the vocabulary says of the concepts that rows hold."""
        if self.cdm.has("concept"):
            self.known = self.concepts(used)
            targets = self._targets()
            self.above = self._above(set(self.known), targets) if targets else {}

    def concepts(self, ids: Collection[int]) -> dict[int, tuple[str, str, str]]:
        """Vocabulary, code and name of each concept that the table `concept` holds."""
        if not ids or not self.cdm.has("concept"):
            return {}
        rows = self._rows("concepts_met", f"SELECT concept_id, vocabulary_id, concept_code, concept_name FROM {self.cdm.rows('concept')} c "
                          f"WHERE concept_id IN ({numbers(ids)})")  # fmt: skip
        return {int(id): (str(vocabulary), str(code), str(name)) for id, vocabulary, code, name in rows}

    def meaning(self, key: Key, of: str) -> tuple[str, ...]:
        """What rows with this key say, as texts `words` understands; empty for nothing of ours. *of* is the table: measurement, drug ..."""
        concept, source, printed = key
        ids = [id for id in (concept, source) if id in self.known]
        found = (self._first(self._own(id) for id in (concept, source))
                 or self._first(self.above.get(id, ()) for id in ids)
                 or self._first(self._wider(*self.known[id][:2]) for id in ids)
                 or self._first(self._named(self.known[id][2], of) for id in ids)
                 or self._printed(printed, of, not concept))  # fmt: skip
        return tuple(text for text in found if self._fits(text, of))

    @staticmethod
    def _first(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        return next((texts for texts in found if texts), ())

    def _fits(self, text: str, of: str) -> bool:
        """A result belongs to a measurement or an observation: elsewhere nothing was measured."""
        id, _ = self.words.concept(text)
        return id is not None and (of in ("measurement", "observation") or not self.words.knowledge.concepts[id].is_result)

    def _own(self, id: int) -> tuple[str, ...]:
        if id in self.known:
            return self._coded(*self.known[id][:2])
        code = self.codes.get(id)
        return (code,) if code and self.words.concept(code)[0] else ()

    def _coded(self, vocabulary: str, code: str) -> tuple[str, ...]:
        """The code as one of ours, in the first system of its vocabulary that knows it."""
        text = self.codings["condition"].coded(self.tree["vocabularies"].get(vocabulary, ()), code, exact=True)
        return (text,) if text else ()

    def _wider(self, vocabulary: str, code: str) -> tuple[str, ...]:
        """The nearest code that this one stands under in its own classification."""
        text = self.codings["condition"].coded(self.tree["vocabularies"].get(vocabulary, ()), code)
        return (text,) if text else ()

    def _named(self, name: str, of: str) -> tuple[str, ...]:
        """What the name of a concept names; a result by no name, as the nearest test is another test."""
        return tuple(id for id in self.codings[of].said(name) if self._kind(id) in KINDS[of] and self._kind(id) not in MEASURED)

    def _kind(self, text: str) -> str:
        id, _ = self.words.concept(text)
        return self.words.knowledge.concepts[id].kind if id else ""

    def _printed(self, text: str, of: str, unmapped: bool) -> tuple[str, ...]:
        """What the source printed: a code known by its form; a name only where nobody mapped the row to a concept."""
        for vocabulary, form in self.forms.get(of, {}).items():
            if form.fullmatch(text) and (found := self._wider(vocabulary, text.upper())):
                return found
        if "|" in text and self.words.concept(text)[0]:
            return (text,)
        return tuple(id for id in self.codings[of].said(text) if self._kind(id) in KINDS[of]) if unmapped else ()

    # ---- the vocabulary's own hierarchies

    def _targets(self) -> dict[int, str]:
        """Concepts that mean a concept of ours: by their own code, or because all codes mapped to them mean it."""
        found: dict[int, str] = {}
        for id, vocabulary, code in self._coded_concepts():
            texts = self._coded(vocabulary, code)
            if texts and self._kind(texts[0]) not in MEASURED:
                found[id] = texts[0]
        if self.cdm.has("concept_relationship"):
            for id, text in self._mapped().items():
                found.setdefault(id, text)
        return found

    def _coded_concepts(self) -> list[tuple[int, str, str]]:
        """The concepts of the vocabulary whose codes are ours."""
        vocabularies: dict[str, list[str]] = defaultdict(list)
        for vocabulary, systems in self.tree["vocabularies"].items():
            for system in systems:
                vocabularies[system].append(vocabulary)
        pairs = sorted({(vocabulary, code.code) for concept in self.words.knowledge.concepts.values() if not concept.is_result
                        for code in concept.codes for vocabulary in vocabularies.get(code.system, ())})  # fmt: skip
        ours = ", ".join(f"({quote(vocabulary)}, {quote(code)})" for vocabulary, code in pairs)
        return self._rows("concepts_ours", f"SELECT c.concept_id, c.vocabulary_id, c.concept_code FROM {self.cdm.rows('concept')} c "
                          f"JOIN (VALUES {ours}) AS o(vocabulary, code) ON c.vocabulary_id = o.vocabulary AND c.concept_code = o.code")  # fmt: skip

    def _mapped(self) -> dict[int, str]:
        """Standard concepts by the concept of ours that every code of a classification mapped to them means."""
        by_letters = [quote(name) for name, systems in self.tree["vocabularies"].items() if set(systems) & {"icd10", "icd10cm"}]
        rows = self._rows("concepts_mapped", f"SELECT r.concept_id_1, r.concept_id_2, c.vocabulary_id, c.concept_code FROM {self.cdm.rows('concept')} c "
                          f"JOIN {self.cdm.rows('concept_relationship')} r ON r.concept_id_1 = c.concept_id "
                          f"WHERE r.relationship_id = 'Maps to' AND COALESCE(r.invalid_reason, '') = '' AND c.vocabulary_id IN ({', '.join(by_letters)})")  # fmt: skip
        targets: dict[int, set[int]] = defaultdict(set)
        for one, other, _, _ in rows:
            targets[one].add(other)
        meant: dict[int, dict[str | None, str]] = defaultdict(dict)
        for one, other, vocabulary, code in rows:
            if len(targets[one]) == 1:
                texts = self._coded(vocabulary, code) or self._wider(vocabulary, code)
                meant[other].setdefault(self.words.concept(texts[0])[0] if texts else None, texts[0] if texts else "")
        return {id: next(iter(texts.values())) for id, texts in meant.items() if len(texts) == 1 and None not in texts}

    def _above(self, used: set[int], targets: dict[int, str]) -> dict[int, tuple[str, ...]]:
        """For each concept, the codes of ours above it; one that stands above another found is left out."""
        pairs = self._ancestors(used | set(targets), targets)
        higher: dict[int, set[int]] = defaultdict(set)
        for low, high in pairs:
            if low != high:
                higher[low].add(high)
        found: dict[int, tuple[str, ...]] = {}
        for id in used:
            all_above = higher[id] | ({id} if id in targets else set())
            covered = {above for one in all_above for above in higher[one]}
            if nearest := sorted(all_above - covered):
                found[id] = tuple(dict.fromkeys(targets[one] for one in nearest))
        return found

    def _ancestors(self, ids: Collection[int], targets: Collection[int]) -> list[tuple[int, int]]:
        """(concept, concept above it) for every concept of *ids* that stands under one of *targets*."""
        if self.cdm.has("concept_ancestor"):
            pairs = self._rows("concepts_above", f"SELECT descendant_concept_id, ancestor_concept_id FROM {self.cdm.rows('concept_ancestor')} a "
                               f"WHERE ancestor_concept_id IN ({numbers(targets)}) AND descendant_concept_id IN ({numbers(ids)})")  # fmt: skip
            if pairs:
                return pairs
        return self._climbed(ids, set(targets)) if self.cdm.has("concept_relationship") else []

    def _climbed(self, ids: Collection[int], targets: set[int]) -> list[tuple[int, int]]:
        upward = ", ".join(quote(name) for name in self.tree["upward"])
        steps: dict[int, set[int]] = defaultdict(set)
        frontier = set(ids)
        for number in range(MOST_STEPS):
            if not frontier:
                break
            rows = self._rows(f"concepts_step_{number}", f"SELECT concept_id_1, concept_id_2 FROM {self.cdm.rows('concept_relationship')} r "
                              f"WHERE relationship_id IN ({upward}) AND COALESCE(invalid_reason, '') = '' AND concept_id_1 IN ({numbers(frontier)})")  # fmt: skip
            for low, high in rows:
                steps[low].add(high)
            frontier = {high for _, high in rows} - set(steps) - targets
        found = []
        for id in ids:
            seen, open_ = {id}, [id]
            while open_:
                for high in steps[open_.pop()] - seen:
                    seen.add(high)
                    open_.append(high)
            found += [(id, high) for high in seen & targets if high != id]
        return found

    def _rows(self, name: str, sql: str) -> list[Any]:
        self.cdm.keep(name, sql)
        return self.con.execute(f"SELECT * FROM {name}").fetchall()


def numbers(ids: Collection[int]) -> str:
    """Ids for an IN list, in order; a list is never empty."""
    return ", ".join(map(str, sorted(ids))) or "-1"


def keys_table(keys: Sequence[tuple[Any, ...]]) -> str:
    """Keys as rows of a VALUES list: number, concept, source concept, and the printed text or NULL for any."""
    rows = (f"({number}, {concept}, {source}, {'NULL' if printed is None else quote(printed)})" for number, concept, source, printed in keys)
    return f"(VALUES {', '.join(rows)}) AS k(key, concept, source, printed)"
