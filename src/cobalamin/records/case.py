"""One person as a case: the patient's columns plus `facts`, from a dict, JSON, YAML or JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cobalamin.errors import InputError
from cobalamin.model.fact import FACT_COLUMNS, Case, Fact, RawFact, ReferenceRange, SetAside
from cobalamin.records.spoken import Spoken
from cobalamin.records.understand import LONGEST_RANGE, describe, ordered, read_patient, understand
from cobalamin.records.words import Words

ORDERS = ("ordered", "planned")
"""What a case may hold beside its facts: the order at hand, and every order that is open."""
PATIENT_COLUMNS = ("patient_id", "sex", "birth_date", "age_years", "age_months", "weight", "stratum", "psu", "site")


def text_of(value: object) -> str:
    """Any JSON scalar as the text a record would print; a list or an object prints nothing anybody could read."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple, set, Mapping)):
        return "[...]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = str(value)
    return text if text.isprintable() else _writable(text)


def _writable(text: str) -> str:
    """The text without what no file of text can hold: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def raw_columns(row: object) -> dict[str, str]:
    """The columns of a fact as text; something that is no fact keeps what it said as a value without a concept."""
    known = row if isinstance(row, Mapping) else {"value": text_of(row)}
    return {column: text_of(known.get(column)).strip() for column in FACT_COLUMNS}


def read_case(tree: Mapping[str, Any], words: Words, as_of: int, spoken: Spoken | None = None) -> Case:
    """Understand one case; what cannot be understood is set aside, never dropped."""
    if not isinstance(tree, Mapping):
        raise InputError("A case is a JSON object with patient columns and a list called facts.")
    patient = read_patient({column: text_of(tree.get(column)) for column in PATIENT_COLUMNS}, words, as_of)
    rows = tree.get("facts")
    rows = [] if rows is None else rows
    if not isinstance(rows, list):
        raise InputError("`facts` of a case must be a list of facts.")
    facts: list[Fact] = []
    aside: list[SetAside] = []
    flagged: list[SetAside] = []
    lost: list[SetAside] = []
    ranges: list[ReferenceRange] = []
    spoken = spoken or Spoken(words, as_of)
    used = 0
    for row in rows:
        said = RawFact(**raw_columns(row))
        # the parts of one row share its date and value, so they are used together or set aside together
        found = [(raw, understand(raw, words, as_of, spoken.near.get(said.concept, ()))) for raw in spoken.rows(said)]
        first = found[0][1]
        if isinstance(first, SetAside):
            (lost if first.reason == "not_understood" else aside).append(first)
            continue
        used += 1
        for raw, fact in found:
            if isinstance(fact, Fact):
                facts.append(fact)
                if fact.flag:
                    flagged.append(SetAside(describe(raw), fact.flag))
                if raw.reference and words.knowledge.concepts[fact.concept].is_result:
                    ranges.append(ReferenceRange(describe(raw), raw.reference[:LONGEST_RANGE]))
    at_hand, open_orders = (_orders(tree, key, words, lost) for key in ORDERS)
    # sorted by what they say, so that every engine lists them in the same order
    return Case(patient, tuple(facts), _sorted(aside), _sorted(flagged), _sorted(lost),
                tuple(sorted(ranges, key=lambda row: (row.fact, row.range))), at_hand, at_hand | open_orders, used)  # fmt: skip


def _orders(tree: Mapping[str, Any], key: str, words: Words, lost: list[SetAside]) -> frozenset[str]:
    """The concepts of what is on order; an order in words that nobody knows is asked back like a fact."""
    rows = tree.get(key)
    if rows is None:
        return frozenset()
    if not isinstance(rows, list):
        raise InputError(f"`{key}` of a case must be a list of orders.")
    found = [(row, ordered(row, words)) for row in (RawFact(**raw_columns(row if isinstance(row, Mapping) else {"concept": row})) for row in rows)]
    lost += [SetAside(row.concept[:80], "not_understood", words.closest(row.concept)) for row, concept in found if not concept and row.concept]
    return frozenset(concept for _, concept in found if concept)


def _sorted(rows: list[SetAside]) -> tuple[SetAside, ...]:
    return tuple(sorted(rows, key=lambda row: (row.fact, row.reason)))


def read_cases(path: Path) -> Iterator[dict[str, Any]]:
    """Every case of a `.json`, `.yaml` or `.jsonl` file as plain trees, one at a time."""
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        with _opened(path), path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
            yield from _lines(file)
        return
    with _opened(path):
        text = path.read_text(encoding="utf-8-sig")
    yield from cases_of_text(text, path.name, suffix)


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    """Turn what goes wrong with a file into an error that names it."""
    try:
        yield
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8 text.") from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened: {error.strerror}.") from None


def cases_of_text(text: str, name: str, suffix: str) -> Iterator[dict[str, Any]]:
    """Every case of a text that is written like a file with that suffix; *name* is what errors call it."""
    if suffix == ".jsonl":
        yield from _lines(text.removeprefix("\ufeff").split("\n"))
        return
    try:
        if suffix == ".json":
            tree = json.loads(text.removeprefix("\ufeff"))
        else:
            import yaml

            tree = yaml.safe_load(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise InputError(f"{name}{f':{line}' if line else ''} is not valid {suffix[1:]}.") from None
    except Exception as error:
        if type(error).__module__.startswith("yaml"):
            mark = getattr(error, "problem_mark", None)
            raise InputError(f"{name}{f':{mark.line + 1}' if mark else ''} is not valid YAML.") from None
        raise
    for case in tree if isinstance(tree, list) else [tree]:
        if not isinstance(case, dict):
            raise InputError(f"{name} holds something that is not a case.")
        yield case


def _lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """JSON lines: a broken line becomes a case of its own that says so, so that no line is lost."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            if not isinstance(case, dict) or not isinstance(case.get("facts") or [], list):
                raise ValueError
        except (ValueError, RecursionError):
            case = {"patient_id": f"line {number}", "facts": ["unreadable line"]}
        yield case
