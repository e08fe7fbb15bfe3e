"""What stands in the record of invented people: facts as laboratories and clinics write them, with their gaps and mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

from cobalamin.records.sql_text import quote
from cobalamin.rules.knowledge import Knowledge
from cobalamin.simulation.chance import Chance, chosen
from cobalamin.simulation.occasions import MOST, at_site, measure
from cobalamin.simulation.people import YEAR, has, shown, since
from cobalamin.simulation.region import Print, Region, Result, Treatment

ROW = "n, ago, ended, concept, value, comparator, unit, dose"
"""What a fact is before it has its date: days before the day of assessment, empty where nothing is written."""


@dataclass(frozen=True)
class Facts:
    """The SQL of every fact of one region and seed over the relations `invented`, `second_round` and `treated`."""

    region: Region
    knowledge: Knowledge
    seed: str

    @property
    def person(self) -> Chance:
        return Chance(self.seed)

    def select(self, name: str, as_of: str) -> str:
        """The SELECT of the table of facts, in the order of people and days."""
        r, chance = self.region, Chance(self.seed, "xor(n * 32768 + ago, (hash(concept) >> 2)::BIGINT)")
        parts = [*self._results(), *self._exposures(), *self._signs(), *self._treatments(), *self._too_soon(), *self._unknown()]
        rows = f"SELECT {ROW} FROM ({' UNION ALL '.join(f'({part})' for part in parts)})"
        twice = f"SELECT *, unnest(range(CASE WHEN {chance.below(r.number('written_twice'), 'written twice')} THEN 2 ELSE 1 END)) FROM ({rows})"
        missing, to_come = chance.below(r.number("no_day"), "no day"), chance.below(r.number("day_to_come"), "day to come")
        day = f"CASE WHEN {missing} THEN NULL WHEN {to_come} THEN {quote(as_of)}::DATE + 365 ELSE {quote(as_of)}::DATE - ago::INT END"
        end = f"{quote(as_of)}::DATE - ended::INT"
        return (f"SELECT {person_id(name)} AS patient_id, concept, {day} AS date, {end} AS \"end\", value, comparator, unit, dose "
                f"FROM ({twice}) ORDER BY n, ago DESC, concept, value, unit, dose, ended")  # fmt: skip

    def _results(self) -> list[str]:
        return [self._words(result) if result.words else self._numbers(result) for result in self.region.results.values()]

    def _words(self, result: Result) -> str:
        said = self._by_site(result, lambda row: quote(row.as_))
        words = " ".join(f"WHEN {i} THEN {quote(word)}" for i, word in enumerate(result.words))
        column = measure(result.id)
        return self._row(f"greatest(ago - {result.days_after}, 0)", said, f"CASE {column} {words} END", f"second_round WHERE {column} IS NOT NULL")

    def _numbers(self, result: Result) -> str:
        """A result as the laboratory of the site prints it: its code or name, unit, digits, and the end of what it can measure."""
        r, column = self.region, measure(result.id)
        chance = Chance(self.seed, f"(n * {MOST} + v)")
        wrong = self.region.mistakes["wrong_code"]

        def happens(number: str) -> str:
            return chance.below(r.number(number), f"{number} of {result.id}")

        ends = [f"WHEN {column} < {result.below} THEN '<'"] * bool(result.below) + [f"WHEN {column} > {result.above} THEN '>'"] * bool(result.above)
        bounded = f"greatest({column}, {result.below})" if result.below else column
        bounded = f"least({bounded}, {result.above})" if result.above else bounded
        number = self._by_site(result, lambda row: self._printed(result, row, bounded))
        pick = chance.u(f"word for {result.id}")
        words = self._one_of(r.mistakes["word_for_number"], pick)
        value = f"CASE WHEN {happens('word_for_number')} THEN {words} ELSE {number} END"
        concept = self._by_site(result, lambda row: quote(row.as_))
        concept = f"CASE WHEN {happens('wrong_code')} THEN {self._one_of(wrong, pick)} ELSE {concept} END"
        units = list(dict.fromkeys(row.unit for row in self._prints(result.id)))
        unit = self._by_site(result, lambda row: quote(row.unit))
        others = self._by_site(result, lambda row: quote(next((u for u in units if u != row.unit), row.unit)))
        unit = f"CASE WHEN {happens('no_unit')} THEN '' WHEN {happens('wrong_unit')} THEN {others} ELSE {unit} END"
        sign = f"CASE {' '.join(ends)} ELSE '' END" if ends else "''"
        return self._row(f"greatest(ago - {result.days_after}, 0)", concept, value, f"second_round WHERE {column} IS NOT NULL", comparator=sign, unit=unit)

    def _printed(self, result: Result, row: Print, number: str) -> str:
        """A number in the unit and with the digits of a print, as text."""
        units = self.knowledge.concepts[result.id].units
        held, printed = (units.named(result.unit), units.named(row.unit)) if units else (None, None)
        if units is None or held is None or printed is None:
            return f"round({number})::VARCHAR"
        times = (units.factor(held.group, printed.group) or 1.0) * held.times / printed.times
        digits = max(0, round(result.digits - log10(times)))
        return f"round({number} * {times!r}, {digits})::DECIMAL(18, {digits})::VARCHAR"

    def _prints(self, id: str) -> tuple[Print, ...]:
        return self.region.prints.get(id) or (Print(id, 100),)

    def _by_site(self, result: Result, say: object) -> str:
        """What differs with the laboratory of a site."""
        prints, sites = self._prints(result.id), len(self.region.sites)
        rows = [prints[at_site(site, sites, [row.share for row in prints])] for site in range(sites)]
        said = [say(row) for row in rows]  # type: ignore[operator]
        return said[0] if len(set(said)) == 1 else f"CASE site {' '.join(f'WHEN {i} THEN {text}' for i, text in enumerate(said))} END"

    def _spelled(self, id: str) -> str:
        """A concept as somebody writes it, a person always the same way."""
        prints = self._prints(id)
        place = chosen(self.person.u(f"spelling of {id}"), [row.share for row in prints])
        return quote(prints[0].as_) if len(prints) == 1 else f"CASE {place} {' '.join(f'WHEN {i} THEN {quote(row.as_)}' for i, row in enumerate(prints))} END"

    def _one_of(self, texts: tuple[str, ...], draw: str) -> str:
        return f"CASE {chosen(draw, [1] * len(texts))} {' '.join(f'WHEN {i} THEN {quote(text)}' for i, text in enumerate(texts))} END"

    def _exposures(self) -> list[str]:
        rows = []
        for e in self.region.exposures.values():
            dose = self._one_of(e.dose, self.person.u(f"dose of {e.id}")) if e.dose else "''"
            ended = f"CASE WHEN {since(e.id)} > {e.lasts} THEN {since(e.id)} - {e.lasts} END" if e.lasts else "NULL"
            written = self.person.below(e.recorded, f"{e.id} is written down")
            rows.append(self._row(since(e.id), self._spelled(e.id), "''", f"invented WHERE {has(e.id)} AND {written}", dose=dose, ended=ended))
        return rows

    def _signs(self) -> list[str]:
        return [self._row(shown(id), self._spelled(id), "''", f"invented WHERE {shown(id)} IS NOT NULL") for id in self.region.signs]

    def _treatments(self) -> list[str]:
        return [row for i, t in enumerate(self.region.treatments.values()) for row in (self._injections(i, t) if t.course else self._tablets(i, t))]

    def _injections(self, index: int, t: Treatment) -> list[str]:
        """The course, then one injection after another for as long as the person comes, each a little late."""
        kept = f"floor(ln({self.person.u('injections kept')}) / ln({t.stays / 100!r}))::BIGINT"
        gap = f"({t.keep} + {t.late} * {self.person.waits('injections late')})"
        course = f"SELECT n, begun - k * {t.every} AS ago FROM (SELECT n, begun, unnest(range({int(t.course)})) AS k FROM treated WHERE given = {index})"
        upkeep = (f"SELECT n, floor(begun - {t.course * t.every} - k * {gap})::BIGINT AS ago FROM "
                  f"(SELECT n, begun, unnest(range(1, 1 + least({kept}, ceil(begun / {t.keep})::BIGINT))) AS k FROM treated WHERE given = {index})")  # fmt: skip
        return [self._row("ago", self._spelled(t.id), "''", f"({part}) WHERE ago >= 0", dose=quote(t.dose)) for part in (course, upkeep)]

    def _tablets(self, index: int, t: Treatment) -> list[str]:
        stopped = f"begun - ceil(ln({self.person.u('tablets taken')}) / ln({t.stays / 100!r}) * {YEAR})::BIGINT"
        return [self._row("begun", self._spelled(t.id), "''", f"treated WHERE given = {index}", dose=quote(t.dose),
                          ended=f"CASE WHEN {stopped} >= 0 THEN {stopped} END")]  # fmt: skip

    def _too_soon(self) -> list[str]:
        return [self._row("first_sign", self._spelled(t.id), "''", f"invented WHERE first_sign IS NOT NULL AND {self.person.below(t.percent, t.id + ' too soon')}",
                          dose=quote(t.dose), ended=f"CASE WHEN first_sign > {t.lasts} THEN first_sign - {t.lasts} END")
                for t in self.region.given_too_soon.values()]  # fmt: skip

    def _unknown(self) -> list[str]:
        """Texts that mean nothing."""
        text = self._one_of(self.region.mistakes["unknown_text"], self.person.u("which unknown text"))
        happens = self.person.below(self.region.number("unknown_text"), "unknown text")
        return [self._row(f"floor({self.person.u('day of unknown text')} * reach)", text, "''", f"invented WHERE {happens}")]

    @staticmethod
    def _row(ago: str, concept: str, value: str, source: str, comparator: str = "''", unit: str = "''", dose: str = "''", ended: str = "NULL") -> str:
        return (f"SELECT n, ({ago})::BIGINT AS ago, ({ended})::BIGINT AS ended, {concept} AS concept, {value} AS value, {comparator} AS comparator, "
                f"{unit} AS unit, {dose} AS dose FROM {source}")  # fmt: skip


def person_id(name: str) -> str:
    """The id of a person: everybody's says that nobody is real."""
    return f"format('{name}-{{:08d}}', n)"
