"""Typed facts in bulk: `raw_facts` joined with what each distinct text means, each row with its reason if set aside.

The SQL mirrors `cobalamin.records.understand`, reason by reason and in the same order; texts themselves are only ever
interpreted by `cobalamin.records.words`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from cobalamin.model.fact import RANKS
from cobalamin.model.quantity import STEPS
from cobalamin.records.database import Database
from cobalamin.records.opened import Opened
from cobalamin.records.spoken import Spoken
from cobalamin.records.sql_text import quoted
from cobalamin.records.understand import EARLIEST, LONGEST_RANGE, SEEN, limits_in
from cobalamin.records.words import ASSUMED, LARGEST, Value, Words
from cobalamin.rules.knowledge import Knowledge

EPOCH = f"DATE '{date.fromordinal(EARLIEST).isoformat()}'"
NUMBER_BITS, RANK_SHIFT, DAY_SHIFT, UNIT_BITS = 38, 42, 45, 4
NUMBER_MASK, UNIT_MASK, ZERO = (1 << NUMBER_BITS) - 1, (1 << UNIT_BITS) - 1, 1 << (NUMBER_BITS - 1)
"""A result is packed into one integer, day before rank before number before unit, so that the greatest is the one that counts."""

PLAIN_NUMBER = "[0-9]{1,15}([.][0-9]{1,15})?"
"""What every database reads as the same number, without asking."""

Bits = Callable[[str], dict[str, Any]]
"""More columns for a concept's row of the vocabulary, by concept id; the engine's features."""


def day_number(ordinal: int | None) -> int | None:
    """An ordinal day counted from the earliest day facts may have."""
    return None if ordinal is None else ordinal - EARLIEST


def concept_keys(knowledge: Knowledge) -> dict[str, int]:
    """A small number for each concept: comparing numbers is cheaper than comparing names, thirty times a fact."""
    return {id: number for number, id in enumerate(knowledge.concepts)}


class TypedFacts:
    """The vocabulary tables of one run and the SELECT that types its facts."""

    def __init__(self, database: Database, opened: Opened, words: Words, as_of: int):
        self.database, self.opened, self.words, self.as_of = database, opened, words, as_of
        self.types = opened.facts_types
        self.keys = concept_keys(words.knowledge)
        self.spoken = Spoken(words, as_of)
        self._speak()
        self.facts = self.relation("raw_facts")
        self._learn_days()
        self._learn_values()
        self._learn_doses()
        self._learn_concepts()

    def relation(self, raw: str) -> str:
        """What to read of raw facts: the facts as they are, or with every row of plain words as one row for each thing it says."""
        if not self.spoken_columns:
            return f"(SELECT *, concept AS said, 0 AS part FROM {raw})"
        return f"(SELECT {self.spoken_columns} FROM {raw} f LEFT JOIN phrase_words p ON p.text = f.concept)"

    def _speak(self) -> None:
        """Learn what plain words say: `phrase_words`, and the columns that a fact has beside them."""
        self.pairs = self.database.rows("SELECT DISTINCT concept, unit FROM raw_facts")
        texts = dict.fromkeys(concept for concept, _ in self.pairs if concept)
        parts = [(text, index, part.concept, part.value, part.day) for text in texts for index, part in enumerate(self.spoken.parts(text))]
        columns = ["patient_id", "COALESCE(p.concept, f.concept) AS concept", "f.concept AS said", "COALESCE(p.part, 0) AS part",
                   *map(quoted, ("end", "unit", "dose", "reference"))]
        self.spoken_columns = ""
        if not parts:
            return
        self.database.fill("phrase_words", {"text": "VARCHAR", "part": "INTEGER", "concept": "VARCHAR", "value": "VARCHAR", "day": "VARCHAR"}, parts)
        columns += ["f.comparator", _or_else("date", "day", self.types["date"])]
        if self.types["value"] == "DOUBLE" and any(value for _, _, _, value, _ in parts):
            # a word among numbers makes the column text
            self.types = self.types | {"value": "VARCHAR"}
        columns.append("f.value" if self.types["value"] == "DOUBLE" else _or_else("value", "value", "VARCHAR"))
        self.spoken_columns = ", ".join(columns)

    def _learn_days(self) -> None:
        texts = {text for column in ("date", "end") if self.types[column] != "DATE"
                 for (text,) in self.database.rows(f"SELECT DISTINCT {quoted(column)} FROM {self.facts} WHERE {quoted(column)} IS NOT NULL")}  # fmt: skip
        self.database.fill("day_words", {"text": "VARCHAR", "day": "BIGINT"},
             ((t, day_number(self.words.day(t))) for t in texts if t.strip()))  # fmt: skip

    def _learn_values(self) -> None:
        rows: list[tuple[str, float | None, str, str, str, str, str | None]] = []
        if self.types["value"] != "DOUBLE":
            odd = f"SELECT DISTINCT value FROM {self.facts} WHERE value IS NOT NULL AND NOT {self.database.matches('value', PLAIN_NUMBER)}"
            for (text,) in self.database.rows(odd):
                value = self.words.value(text) if text.strip() else Value()
                if isinstance(value, str):
                    rows.append((text, None, "", "", "", "", value))
                else:
                    said = self.words.canonical(value.unit) if value.unit else ""
                    rows.append((text, value.number, value.comparator, value.word, value.unit, said, None))
        self.database.fill("value_words", {"text": "VARCHAR", "number": "DOUBLE", "sign": "VARCHAR", "word": "VARCHAR", "unit": "VARCHAR",
                                       "said": "VARCHAR", "reason": "VARCHAR"}, rows)  # fmt: skip
        units = self.database.rows(f"SELECT DISTINCT unit FROM {self.facts} WHERE unit IS NOT NULL") if rows else []
        known = ((text, self.words.canonical(text) if text.strip() and not text.endswith(ASSUMED) else "") for (text,) in units)
        self.database.fill("unit_words", {"text": "VARCHAR", "said": "VARCHAR"}, known)
        signs = self.database.rows(f"SELECT DISTINCT comparator FROM {self.facts} WHERE comparator IS NOT NULL")
        self.database.fill("sign_words", {"text": "VARCHAR", "sign": "VARCHAR"}, ((text, self.words.comparator(text)) for (text,) in signs))
        self.has_signs = bool(signs)

    def _learn_doses(self) -> None:
        doses = self.database.rows(f"SELECT DISTINCT dose FROM {self.facts} WHERE dose IS NOT NULL")
        self.has_doses = bool(doses)
        self.has_references = bool(self.database.rows("SELECT 1 FROM raw_facts WHERE reference <> '' LIMIT 1"))
        known = ((text, self.words.dose(text)) for (text,) in doses if text.strip())
        self.database.fill("dose_words", {"text": "VARCHAR", "dose": "DOUBLE", "once": "BOOLEAN"},
             ((text, dose.milligrams, dose.once) for text, dose in known))  # fmt: skip

    def _learn_concepts(self) -> None:
        """What each distinct (concept, unit) text means, by injection or not, as it may be another concept then."""
        if self.spoken.heard or self.types["value"] != "DOUBLE":
            # words and values may bring concepts and units that no column prints
            self.pairs = self.database.rows(f"SELECT DISTINCT concept, {self._unit_text()} FROM {self.facts} AS f {self._join_values()}")
        ways = [False, True] if self.has_doses else [False]
        self.entries = [(text, unit, once, *self._meaning(text, once)) for text, unit in self.pairs for once in ways if text and text.strip()]
        self.met = frozenset(id for _, _, _, id, _ in self.entries if id is not None)

    def _meaning(self, text: str, once: bool) -> tuple[str | None, str | None]:
        """The concept a text names, and the unit group its code says."""
        id, says = self.words.concept(text)
        return (self.words.knowledge.concepts[id].injected_as or id) if id is not None and once else id, says

    def carry(self, bits: Bits, extra: dict[str, str]) -> None:
        """Create `vocabulary`: one row for each entry, with its unit, factor and limits, and the engine's own columns."""
        columns = {"concept": "VARCHAR", "unit": "VARCHAR", "by_injection": "BOOLEAN", "key": "INTEGER", "result": "BOOLEAN", "units_known": "BOOLEAN",
                   "unit_index": "BIGINT", "unit_reason": "VARCHAR", "assumed": "BOOLEAN", "clash": "BOOLEAN", "times": "DOUBLE",
                   "lowest": "DOUBLE", "highest": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE",
                   "lasts": "BIGINT", "lowest_wins": "BOOLEAN", "words": "VARCHAR[]", "closest": "VARCHAR[]"} | extra  # fmt: skip
        self.database.fill("vocabulary", columns, (self._entry(*entry, bits, extra) for entry in self.entries))

    def _entry(self, text: str, unit_text: str | None, once: bool, id: str | None, says: str | None, bits: Bits, extra: dict[str, str]) -> list[Any]:
        if id is None:
            return [text, unit_text, once, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                    list(self.spoken.closest(text)), *(None for _ in extra)]  # fmt: skip
        concept = self.words.knowledge.concepts[id]
        index, reason = self.words.unit(id, unit_text or "")
        unit = concept.units.units[index] if concept.units and index is not None else None
        limits = [*limits_in(self.words, id, unit.group, "possible"), *limits_in(self.words, id, unit.group, "plausible")] if unit else [None] * 4
        clash = bool(unit and concept.units and says and concept.units.groups[unit.group] != says)
        more = bits(id)
        return [text, unit_text, once, self.keys[id], concept.is_result, concept.units is not None, index, reason or None, (unit_text or "").endswith(ASSUMED), clash,
                unit.times if unit else None, *limits, concept.lasts, not concept.highest_wins, list(concept.words), None,
                *(more.get(name) for name in extra)]  # fmt: skip

    def _unit_text(self) -> str:
        if self.types["value"] == "DOUBLE":
            return "f.unit"
        # a unit beside the number is worth more than one taken for granted
        return f"CASE WHEN f.unit <> '' AND NOT (COALESCE(v.unit, '') <> '' AND f.unit LIKE '%{ASSUMED}') THEN f.unit ELSE COALESCE(v.unit, '') END"

    def _join_values(self) -> str:
        return "" if self.types["value"] == "DOUBLE" else "LEFT JOIN value_words v ON v.text = f.value LEFT JOIN unit_words u ON u.text = f.unit"

    def select(self, carried: Sequence[str], raw: str = "raw_facts") -> str:
        """The SELECT of every fact of a named patient in *raw*: typed columns, `reason` when set aside, and the *carried* bits."""
        typed_value = self.types["value"] == "DOUBLE"
        number, value_reason = "COALESCE(v.number, CASE WHEN v.text IS NULL THEN TRY_CAST(f.value AS DOUBLE) END)", "v.reason"
        if typed_value:
            finite = "abs(f.value) < 'infinity'::DOUBLE"
            number = f"CASE WHEN {finite} THEN f.value END"
            value_reason = f"CASE WHEN NOT {finite} THEN 'unreadable_value' WHEN abs(f.value) > {LARGEST!r} THEN 'impossible_value' END"
        sign, word = ("''", "''") if typed_value else ("COALESCE(v.sign, '')", "COALESCE(v.word, '')")
        days, joins = {}, []
        for column in ("date", "end"):
            if self.types[column] == "DATE":
                days[column] = self.database.days_since(EPOCH, f"f.{quoted(column)}")
            else:
                days[column] = f"{column}_word.day"
                joins.append(f"LEFT JOIN day_words {column}_word ON {column}_word.text = f.{quoted(column)}")
        as_of, ranks = day_number(self.as_of), RANKS
        words = " ".join(f"WHEN {word} = '{seen}' THEN '{meant}'" for seen, meant in SEEN.items())
        rank = " ".join(f"WHEN '{sign}' THEN {rank}" for sign, rank in ranks.items() if sign != "word")
        # a column that holds nothing anywhere costs nothing
        column_sign, dose = f"{ranks['']} AS column_rank, '' AS column_sign", "NULL::DOUBLE AS dose, FALSE AS once"
        if self.has_signs:
            column_sign = f"CASE g.sign {rank} END AS column_rank, CASE WHEN COALESCE(f.comparator, '') = '' THEN '' ELSE g.sign END AS column_sign"
            joins.append("LEFT JOIN sign_words g ON g.text = f.comparator")
        by_injection = " AND w.by_injection = COALESCE(d.once, FALSE)" if self.has_doses else ""
        if self.has_doses:
            dose = "d.dose, COALESCE(d.once, FALSE) AS once"
            joins.insert(0, "LEFT JOIN dose_words d ON d.text = f.dose")
        reference = ", CASE WHEN reason IS NULL AND result THEN reference END AS reference" if self.has_references else ""
        own_range = f", nullif(substring(f.reference, 1, {LONGEST_RANGE}), '') AS reference" if self.has_references else ""
        carried_text = "".join(f", {name}" for name in carried)
        return f"""
SELECT patient_id, key, reason,
  CASE WHEN reason IS NOT NULL OR flag IS NOT NULL{' OR reference IS NOT NULL' if self.has_references else ''} THEN {self._description()} END AS fact,
  CASE WHEN reason = 'not_understood' THEN substring(concept, 1, 80) END AS unknown,
  part, start, finish, dated, present, dose, flag, number, rank, unit_index{carried_text}{reference},
  CASE WHEN held IS NOT NULL THEN (start::BIGINT << {DAY_SHIFT}) | (rank::BIGINT << {RANK_SHIFT})
    | ((CASE WHEN lowest_wins THEN {ZERO} - held ELSE {ZERO} + held END) << {UNIT_BITS}) | unit_index END AS packed
FROM (
SELECT *, CASE WHEN reason IS NULL AND result THEN
    CASE WHEN result_word <> '' THEN array_position(words, result_word) - 1 ELSE {self.database.floor(f"number * {STEPS} + 0.5")} END END::BIGINT AS held,
  CASE WHEN reason IS NULL AND result AND result_word = '' THEN
    CASE WHEN NOT number BETWEEN low AND high THEN 'improbable_value' WHEN assumed THEN 'assumed_unit' END END AS flag
FROM (
SELECT *, CASE
    WHEN COALESCE(concept, '') = '' THEN 'no_concept'
    WHEN key IS NULL THEN 'not_understood'
    WHEN start IS NULL OR (ends AND ended IS NULL) THEN 'unreadable_date'
    WHEN start > {as_of} THEN 'future'
    WHEN start < 0 THEN 'impossible_date'
    WHEN ended < start THEN 'ends_before_start'
    WHEN value_reason IS NOT NULL THEN value_reason
    WHEN NOT result THEN CASE WHEN raw_number IS NOT NULL OR word NOT IN ('', 'present', 'absent', 'positive', 'negative') THEN 'unreadable_value' END
    WHEN column_sign IS NULL OR (column_sign <> '' AND (sign <> '' OR raw_number IS NULL)) THEN 'unreadable_comparator'
    WHEN word <> '' THEN CASE WHEN NOT array_contains(words, result_word) THEN 'unreadable_value' END
    WHEN raw_number IS NULL THEN 'no_value'
    WHEN NOT units_known THEN 'number_without_range'
    WHEN two_units THEN 'unreadable_value'
    WHEN unit_reason IS NOT NULL THEN unit_reason
    WHEN clash THEN 'code_unit_clash'
    WHEN NOT number BETWEEN lowest AND highest THEN 'impossible_value'
  END AS reason,
  CASE WHEN result_word <> '' THEN 0 ELSE CASE WHEN column_sign <> '' THEN column_rank ELSE sign_rank END END AS rank,
  COALESCE(ended, CASE WHEN once THEN start WHEN lasts IS NOT NULL THEN start + lasts - 1 END) AS finish
FROM (
SELECT f.patient_id, f.concept, f.said, f.part, w.key, w.result, w.units_known, w.unit_reason, w.assumed, w.clash, w.lasts, w.lowest_wins, w.words,
  CASE WHEN {word} <> '' THEN 0 ELSE w.unit_index END AS unit_index, w.lowest, w.highest, w.low, w.high{carried_text},
  {_blank('date', self.types)} AS undated, NOT {_blank('date', self.types)} AS dated, NOT {_blank('end', self.types)} AS ends,
  CASE WHEN {_blank('date', self.types)} THEN {as_of} ELSE {days['date']} END AS start, {days['end']} AS ended,
  {number} AS raw_number, {self.database.floor(f"{number} * w.times * {STEPS} + 0.5")} / {float(STEPS)}::DOUBLE AS number,
  {value_reason} AS value_reason, {sign} AS sign, {word} AS word,
  CASE {words} ELSE {word} END AS result_word, {word} NOT IN ('absent', 'negative') AS present,
  CASE {sign} {rank} END AS sign_rank, {column_sign}, {dose},
  f.date, f.comparator, f.value, f.unit{own_range}, {'FALSE' if typed_value else "COALESCE(v.unit <> '' AND u.said <> '' AND u.said <> v.said, FALSE)"} AS two_units
FROM {self.relation(raw)} AS f {self._join_values()} {' '.join(joins)}
LEFT JOIN vocabulary w ON w.concept = f.concept AND w.unit IS NOT DISTINCT FROM {self._unit_text()}{by_injection}
WHERE f.patient_id <> ''
)))"""

    def _description(self) -> str:
        """The row as its owner would recognize it; written like `understand.describe`."""
        value = self.database.as_text("value") if self.types["value"] == "DOUBLE" else "value"
        parts = ["said", f"concat_ws('', comparator, {value})", "unit", "CASE WHEN date::STRING <> '' THEN '(' || date::STRING || ')' END"]
        return f"concat_ws(' ', {', '.join(f'nullif(substring({part}, 1, 60), {chr(39) * 2})' for part in parts)})"


def _or_else(column: str, words: str, kind: str) -> str:
    """A row's own column, or what its words say where it is empty."""
    kind = "STRING" if kind == "VARCHAR" else kind
    own, said = f"f.{quoted(column)}::{kind}", f"nullif(p.{words}, '')::{kind}"
    return f"COALESCE({own if kind == 'DATE' else f'nullif({own}, {chr(39) * 2})'}, {said}) AS {quoted(column)}"


def _blank(column: str, types: dict[str, str]) -> str:
    return f"(f.{quoted(column)} IS NULL)" if types[column] == "DATE" else f"(COALESCE(f.{quoted(column)}, '') = '')"
