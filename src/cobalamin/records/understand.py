"""From a raw row to a fact, or to the reason why it is set aside. This is the law for every reader and engine."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from cobalamin.model.fact import RANKS, Fact, Patient, RawFact, SetAside
from cobalamin.model.quantity import on_grid, print_number
from cobalamin.records.words import ASSUMED, Value, Words, plain

EARLIEST = date(1900, 1, 1).toordinal()
AGE_UNITS = {"age_years": ("", "y", "yr", "yrs", "year", "years"), "age_months": ("", "m", "mo", "month", "months")}
LONGEST_RANGE = 60
"""What is longer is no range but a text."""
SEVERAL = " ≠ "
"""Between the values of a patient's column whose record says more than one."""
SEEN = {"present": "positive", "absent": "negative"}
"""A film or stool report says present or absent where other tests say positive or negative."""


def understand(raw: RawFact, words: Words, as_of: int, closest: tuple[str, ...] = ()) -> Fact | SetAside:
    """Read one row as of a day; the reasons are tried in the order written here, on every engine."""
    if not raw.concept.strip():
        return _aside(raw, "no_concept")
    concept_id, says = words.concept(raw.concept)
    if concept_id is None:
        return SetAside(raw.concept[:80], "not_understood", closest or words.closest(raw.concept), raw)
    concept = words.knowledge.concepts[concept_id]
    start, end = as_of, None
    if raw.date.strip():
        day = words.day(raw.date)
        if day is None:
            return _aside(raw, "unreadable_date")
        start = day
    if raw.end.strip():
        end = words.day(raw.end)
        if end is None:
            return _aside(raw, "unreadable_date")
    if start > as_of:
        return _aside(raw, "future")
    if start < EARLIEST:
        return _aside(raw, "impossible_date")
    if end is not None and end < start:
        return _aside(raw, "ends_before_start")
    dated = bool(raw.date.strip())
    value: Value | str = words.value(raw.value) if raw.value.strip() else Value()
    if isinstance(value, str):
        return _aside(raw, value)
    if concept.is_result:
        return _result(raw, words, concept_id, says, start, dated, value)
    if value.number is not None or value.word not in ("", "present", "absent", "positive", "negative"):
        return _aside(raw, "unreadable_value")
    dose = words.dose(raw.dose)
    if dose.once and concept.injected_as:
        concept_id = concept.injected_as
    if end is None:
        lasts = 1 if dose.once else concept.lasts
        end = None if lasts is None else start + lasts - 1
    return Fact(concept_id, start, end, dated, value.word not in ("absent", "negative"), dose=dose.milligrams, route=dose.route, often=dose.often)


def ordered(raw: RawFact, words: Words) -> str:
    """The concept that an order names, by injection where its dose says so; empty for one nobody knows."""
    concept_id, _ = words.concept(raw.concept)
    concept = words.knowledge.concepts[concept_id] if concept_id else None
    if concept is None:
        return ""
    return concept.injected_as if concept.injected_as and words.dose(raw.dose).once else concept.id


def _result(raw: RawFact, words: Words, id: str, says: str, start: int, dated: bool, value: Value) -> Fact | SetAside:
    concept = words.knowledge.concepts[id]
    comparator = words.comparator(raw.comparator)
    if comparator is None or (comparator and (value.comparator or value.number is None)):
        return _aside(raw, "unreadable_comparator")
    if value.word:
        word = SEEN.get(value.word, value.word)
        if word not in concept.words:
            return _aside(raw, "unreadable_value")
        return Fact(id, start, start, dated, rank=RANKS["word"], number=float(concept.words.index(word)), word=word)
    if value.number is None:
        return _aside(raw, "no_value")
    if concept.units is None:
        return _aside(raw, "number_without_range")
    given = raw.unit.strip()
    if value.unit and given.endswith(ASSUMED):
        given = ""
    if value.unit and given and words.canonical(value.unit) != words.canonical(given):
        return _aside(raw, "unreadable_value")
    index, reason = words.unit(id, given or value.unit)
    if index is None:
        return _aside(raw, reason)
    unit = concept.units.units[index]
    if says and concept.units.groups[unit.group] != says:
        return _aside(raw, "code_unit_clash")
    number = on_grid(value.number * unit.times)
    low, high = limits_in(words, id, unit.group, "possible")
    if not low <= number <= high:
        return _aside(raw, "impossible_value")
    low, high = limits_in(words, id, unit.group, "plausible")
    flag = "improbable_value" if not low <= number <= high else "assumed_unit" if given.endswith(ASSUMED) else ""
    return Fact(id, start, start, dated, True, RANKS[comparator or value.comparator], number, index, flag=flag)


def limits_in(words: Words, id: str, group: int, which: str) -> tuple[float, float]:
    """The possible or plausible range of a concept in the first unit of *group*."""
    concept = words.knowledge.concepts[id]
    low, high = concept.possible if which == "possible" else concept.plausible
    factor = concept.units.factor(concept.range_group, group) if concept.units else 1.0
    if factor is None:
        return 0.0, concept.possible[1]
    return on_grid(low * factor), on_grid(high * factor)


def _aside(raw: RawFact, reason: str) -> SetAside:
    return SetAside(describe(raw), reason, raw=raw)


def describe(raw: RawFact) -> str:
    """A row as its owner would recognize it; only ever shown to the owner, never logged."""
    parts = (raw.said or raw.concept, (raw.comparator + raw.value).strip(), raw.unit, f"({raw.date})" if raw.date else "")
    return " ".join(part.strip()[:60] for part in parts if part.strip())


def read_patient(row: dict[str, str], words: Words, as_of: int) -> Patient:
    """A patient from columns as text; a column that cannot be read is set aside and stays unknown."""
    aside: list[SetAside] = []
    sex = ""
    if row.get("sex", "").strip():
        sex = words.sexes.get(plain(row["sex"][:40]), "")
        if not sex:
            aside.append(SetAside("sex", _unread(row["sex"])))
    years = months = birth = None
    if row.get("birth_date", "").strip():
        born = words.days_of(row["birth_date"])
        reason = _unread(row["birth_date"], "unreadable_date") if born is None else "future" if born[0] > as_of else ""
        if born is not None and not reason:
            oldest, youngest = completed_months(born[0], as_of), completed_months(min(born[1], as_of), as_of)
            years, months = (youngest // 12, oldest // 12), (youngest, oldest)
            birth = born[0], min(born[1], as_of)
            reason = "impossible_date" if youngest // 12 > words.oldest else ""
        if reason:
            years = months = birth = None
            aside.append(SetAside("birth_date", reason))
    for column in ("age_months", "age_years"):
        if months is None and row.get(column, "").strip():
            value = words.value(row[column])
            plainly = isinstance(value, Value) and not value.comparator and value.unit in AGE_UNITS[column]
            number = value.number if isinstance(value, Value) and plainly else None
            whole = int(number) if number is not None and 0 <= number < words.oldest * 12 + 12 else -1
            if whole < 0 or (column == "age_years" and whole > words.oldest):
                aside.append(SetAside(column, "impossible_value" if number is not None else _unread(row[column])))
            elif column == "age_months":
                years, months = (whole // 12, whole // 12), (whole, whole)
            elif number == whole:
                years, months = (whole, whole), (whole * 12, whole * 12 + 11)
            else:
                # a part of a year tells the months: 0.3 years are three completed months
                known = int((number or 0) * 12)
                years, months = (whole, whole), (known, known)
    weight = None
    if row.get("weight", "").strip():
        read = survey_weight(row["weight"], words)
        if isinstance(read, str):
            aside.append(SetAside("weight", read))
        else:
            weight = read
    if months is not None and birth is None:
        birth = months_before(as_of, months[1] + 1) + 1, months_before(as_of, months[0])
    held = {name: row.get(name, "").strip() for name in ("stratum", "psu", "site")}
    return Patient(row.get("patient_id", "").strip(), sex, years, months, tuple(aside), weight, held["stratum"], held["psu"], held["site"], birth)


def survey_weight(text: str, words: Words) -> float | str:
    """How many people of the population one person stands for, or the reason why that cannot be read."""
    value = words.value(text)
    if not isinstance(value, Value) or value.number is None or value.comparator or value.unit:
        return _unread(text)
    return value.number if value.number >= 0 else "impossible_value"


def _unread(text: str, otherwise: str = "unreadable_value") -> str:
    reason = "contradictory" if SEVERAL in text else otherwise
    return reason


def completed_months(born: int, as_of: int) -> int:
    """Whole calendar months between two ordinal days: 31 January to 28 February is none."""
    a, b = date.fromordinal(born), date.fromordinal(as_of)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def months_before(as_of: int, months: int) -> int:
    """The last day of birth of somebody who has completed so many months."""
    day = date.fromordinal(as_of)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).toordinal()


def ages_on(born: tuple[int, int] | None, day: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Completed years and months on a day, as closed intervals; unknown before the birth."""
    if born is None or born[0] > day:
        return None, None
    months = completed_months(min(born[1], day), day), completed_months(born[0], day)
    return (months[0] // 12, months[1] // 12), months


def printed(fact: Fact, words: Words) -> str:
    """A result as the trace shows it: `<150 pg/mL`, `205 pg/mL`, `positive`."""
    if fact.word:
        return fact.word
    units = words.knowledge.concepts[fact.concept].units
    unit = units.units[fact.unit] if units else None
    comparator = next(sign for sign, rank in RANKS.items() if rank == fact.rank)
    number = fact.number / unit.times if unit else fact.number
    return f"{comparator}{print_number(number)} {unit.name if unit else ''}".strip()
