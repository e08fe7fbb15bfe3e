"""FHIR R4 resources already in memory (a Bundle, what a record system sends along) as cases, in plain Python.

The same views, the same steps and the same account as the reading in bulk, run on one resource after the other.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from cobalamin.errors import InputError, NothingToAssess, SeveralPeople
from cobalamin.model.account import Account, SourceRows
from cobalamin.records.fhir.coding import BETWEEN, Codings, Named, closed_codes, known_units
from cobalamin.records.fhir.facts import DRUGS, FACTS, NO_PATIENT, NO_RESOURCE, TYPES, is_type, key_of, steps_of
from cobalamin.records.fhir.rows import EvaluatedView, Row, evaluate_view
from cobalamin.records.fhir.scalars import printed
from cobalamin.records.fhir.shape import r4
from cobalamin.records.fhir.sources import in_r4, urn_tail
from cobalamin.records.fhir.steps import NOTHING, begins, case, column, first, real_day
from cobalamin.records.fhir.view import branches, shipped
from cobalamin.records.words import Words

Resources = Mapping[str, Any] | Iterable[object]
"""A Bundle or one resource, or several of either."""


@dataclass
class PeopleRead:
    """Everybody in some resources as cases by their id, the account of every resource and fact that became part of none, and what is to be said of them."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    notices: list[str] = field(default_factory=list)
    deceased: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ResourcesRead:
    """One person as a case, and the account and notices of the resources that person was found in."""

    case: dict[str, Any]
    account: Account
    notices: list[str]

    @property
    def sources(self) -> dict[str, SourceRows]:
        """Where every resource went, by type."""
        return self.account.sources


def case_of(resources: Resources, words: Words, as_of: str, patient_id: str | None = None) -> ResourcesRead:
    """The one person whom *resources* are about, on a day, or the one with the id given, as a case for `records.case.read_case`.

    With several people and no id it raises `SeveralPeople`, which holds their ids; `NothingToAssess` where nobody alive is in there.
    """
    read = people_of(resources, words, as_of)
    if patient_id is None and len(read.people) > 1:
        raise SeveralPeople(tuple(read.people))
    wanted = patient_id.strip().removeprefix("Patient/") if patient_id is not None else next(iter(read.people), None)
    if wanted is None and not read.deceased:
        raise NothingToAssess("No person is in these FHIR resources: give the Patient, or resources whose subject is one.")
    if wanted is None or wanted in read.deceased:
        raise NothingToAssess("The person had died by the day of assessment.")
    if wanted not in read.people:
        if read.account.sources.get("Patient"):
            raise NothingToAssess("No Patient of these FHIR resources has the id asked for.")
        # known by the id alone: nothing recorded is an answer too
        read.people[wanted] = {"patient_id": wanted, "facts": []}
    return ResourcesRead(read.people[wanted], read.account, read.notices)


def people_of(resources: Resources, words: Words, as_of: str) -> PeopleRead:
    """Everybody in *resources* as cases, in the order of their Patient resources; without any, those the other resources name."""
    return _Reading(_reader(words), _entries(resources), date.fromisoformat(as_of)).run()


def resources_in(path: Path) -> Any:
    """The JSON of a file, gzipped or not; numbers keep the digits they are printed with."""
    try:
        with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
            return resources_from(file.read(), path.name)
    except gzip.BadGzipFile:
        raise InputError(f"{path.name} is not gzip, though its name ends in .gz; take it away or name it as what it is.") from None
    except (EOFError, zlib.error):
        raise InputError(f"{path.name} ends too early or is damaged: it was cut off or changed on its way. Export or copy it again; nothing was assessed.") from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened: {error.strerror}.") from None


def resources_from(text: str | bytes, name: str = "The input") -> Any:
    """The JSON of a text; numbers keep the digits they are printed with."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(text.removeprefix("\ufeff"), parse_float=Decimal, parse_constant=_refused)
    except (ValueError, RecursionError, ArithmeticError):
        raise InputError(f"{name} is not valid JSON; it may have been cut off.") from None


def _refused(text: str) -> None:
    raise ValueError


def _entries(resources: Resources) -> Iterator[tuple[object, object]]:
    """Every resource and what it is called inside its Bundle, Bundles taken apart."""
    if isinstance(resources, (str, bytes)) or not isinstance(resources, Iterable):
        raise InputError("FHIR resources are a Bundle or a list of resources, each a JSON object.")
    for item in [resources] if isinstance(resources, Mapping) else resources:
        if not isinstance(item, Mapping) or item.get("resourceType") != "Bundle":
            yield None, item
            continue
        held = item.get("entry")
        for entry in held if isinstance(held, list) else ():
            yield (entry.get("fullUrl"), entry.get("resource")) if isinstance(entry, Mapping) else (None, None)


@cache
def _views(kind: str) -> tuple[EvaluatedView, ...]:
    """The view shipped for a type: the resource itself, then its parts."""
    return tuple(evaluate_view(view, r4()) for view in branches(shipped(kind)))


@lru_cache(maxsize=4)
def _reader(words: Words) -> _Reader:
    return _Reader(words)


class _Reader:
    """What reading asks of the knowledge, made once."""

    def __init__(self, words: Words):
        self.words, how = words, words.knowledge.fhir
        units = known_units(words)
        self.steps = {kind: steps_of(kind, how, units) for kind in FACTS}
        # what a type never says costs nothing
        self.columns = {kind: [(name, step.of) for name, step in steps.columns.items() if step is not NOTHING] for kind, steps in self.steps.items()}
        self.named = {kind: lru_cache(maxsize=8192)(Codings(words, kind).of_key) for kind in FACTS}
        self.sex = first(case(column("gender"), how["genders"]), case(column("birth_sex"), how["birth_sexes"])).of
        self.died = begins("deceased_date").of
        self.codes, self.closed = closed_codes(words)

    def may_be_ours(self, resource: Mapping[str, Any]) -> bool:
        """What can be told of an observation before anything dear is done with it: the twin of `reading._ours`."""
        code = resource.get("code")
        codings = code.get("coding") if isinstance(code, dict) else None
        if not isinstance(codings, list) or len(codings) != 1 or isinstance(resource.get("component"), list):
            return True
        coding = codings[0] if isinstance(codings[0], dict) else {}
        return coding.get("code") is None or printed(coding["code"]) in self.codes or printed(coding.get("system")) not in self.closed


class _Reading:
    """One run over some resources."""

    def __init__(self, reader: _Reader, entries: Iterable[tuple[object, object]], as_of: date):
        self.reader, self.as_of, self.read = reader, as_of, PeopleRead()
        self.resources: dict[str, list[dict[str, Any]]] = {kind: [] for kind in TYPES}
        self.aliases: dict[tuple[str, str], str] = {}
        self.drugs: dict[str, str] = {}
        others = Counter(kind for url, resource in entries if (kind := self._taken(url, resource)) is not None)
        for kind in sorted(others):
            self._count(kind or NO_RESOURCE, "not_ours" if kind else "unreadable_row", others[kind])

    def _taken(self, url: object, resource: object) -> str | None:
        """Keep a resource of a type that is read; the type of another, empty for what is none."""
        held = resource if type(resource) is dict else dict(resource) if isinstance(resource, Mapping) else {}
        kind = printed(held.get("resourceType"))
        if kind not in self.resources:
            return kind if kind is not None and is_type(kind) else ""
        if url is not None and kind in ("Patient", "Medication") and (called := urn_tail(url)) is not None:
            id = printed(held.get("id"))
            if id is not None and id != called:
                self.aliases[kind, called] = min(id, self.aliases.get((kind, called), id))
        self.resources[kind].append(in_r4(kind, held, url))
        return None

    def _count(self, part: str, fate: str, number: int = 1) -> None:
        sources = self.read.account.sources
        rows = sources.get(part) or sources.setdefault(part, SourceRows())
        rows.read += number
        if fate == "used":
            rows.used += number
        elif fate == "not_ours":
            rows.not_ours += number
        else:
            rows.set_aside[fate] += number

    def run(self) -> PeopleRead:
        read = self.read
        patients = [row for resource in self.resources["Patient"] for row in _views("Patient")[0].rows(resource)]
        dead = [self._dead(row) for row in patients]
        read.deceased = frozenset(row["id"] for row in patients) - {row["id"] for row, died in zip(patients, dead, strict=True) if not died} - {None}
        for resource in self.resources["Medication"]:
            for row in _views("Medication")[0].rows(resource):
                if row["id"] is not None:
                    self.drugs.setdefault(row["id"], key_of(row))
                self._count("Medication", "used")
        for row, died in zip(patients, dead, strict=True):
            self._person(row, died)
        facts = [fact for kind in FACTS for fact in self._facts(kind)]
        if patients:
            # as the reading in bulk lists them
            for row, died in zip(patients, dead, strict=True):
                self._count("Patient", "no_id" if row["id"] is None else "deceased" if died else "used")
        if not read.account.sources:
            raise NothingToAssess("There is no FHIR resource in the input.")
        if not patients:
            read.notices.append(NO_PATIENT)
        for id, fact in facts:
            self._given(id, fact, bool(patients))
        read.account.patients_used = len(read.people)
        if not patients:
            read.account.patients_read = len(read.people)
        return read

    def _dead(self, row: Row) -> bool:
        """Whether somebody had died by the day of assessment; a death on a day that cannot be read is one."""
        if row["deceased"]:
            return True
        died = self.reader.died(row)
        return died is not None and ((day := real_day(died)) is None or day <= self.as_of)

    def _person(self, row: Row, died: bool) -> None:
        account, id = self.read.account, row["id"]
        if id is None or died:
            return
        account.patients_read += 1
        if not id or id in self.read.people:
            account.patients_set_aside["duplicate_patient" if id else "no_patient"] += 1
            return
        columns = {"patient_id": id, "sex": self.reader.sex(row), "birth_date": row["birth_date"]}
        self.read.people[id] = {name: value for name, value in columns.items() if value is not None} | {"facts": []}

    def _given(self, id: str, fact: dict[str, str], known: bool) -> None:
        """Give a fact to its person."""
        account = self.read.account
        account.facts_read += 1
        if not id:
            account.facts_set_aside["no_patient"] += 1
        elif known and id not in self.read.people:
            account.facts_set_aside["unknown_patient"] += 1
        else:
            self.read.people.setdefault(id, {"patient_id": id, "facts": []})["facts"].append(fact)

    def _facts(self, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The facts of all resources of a type, each with the id of whom it is about."""
        whole, *parts = _views(kind)
        for resource in self.resources[kind]:
            if kind == "Observation" and not self.reader.may_be_ours(resource):
                self._count(kind, "not_ours")
                continue
            for row in whole.rows(resource):
                yield from self._of_row(kind, kind, row)
        for resource in self.resources[kind] if parts else ():
            for part in parts:
                for row in part.rows(resource):
                    yield from self._of_row(kind, f"{kind}.component", row)

    def _of_row(self, kind: str, part: str, row: Row) -> Iterator[tuple[str, dict[str, str]]]:
        key, steps = key_of(row), self.reader.steps[kind]
        if kind in DRUGS and key == BETWEEN * 3 and (said := row["medication"]) is not None:
            key = self.drugs.get(self.aliases.get(("Medication", said), said), key)
        found = self.reader.named[kind](key)
        if not found:
            self._count(part, "not_ours")
            return
        start, end, person = steps.start.of(row), steps.end.of(row), row["patient"]
        person = self.aliases.get(("Patient", person), person)
        fate = steps.left_out.of(row) or self._fate(person, start, end)
        self._count(part, fate)
        if fate != "used":
            return
        columns = [(name, value) for name, of in self.reader.columns[kind] if (value := of(row)) is not None]
        for named in found:
            yield person, _fact(named, start, end, columns)

    def _fate(self, person: str | None, start: str | None, end: str | None) -> str:
        if person is None:
            return "no_patient"
        if person in self.read.deceased:
            return "deceased"
        readable = (start is None or real_day(start) is not None) and (end is None or real_day(end) is not None)
        return "used" if readable else "unreadable_date"


def _fact(named: Named, start: str | None, end: str | None, columns: list[tuple[str, str]]) -> dict[str, str]:
    """One fact with what is known of it; the route stands behind the dose."""
    fact = {"concept": named.concept}
    if start is not None:
        fact["date"] = start
    if end is not None:
        fact["end"] = end
    fact.update(columns)
    route = fact.pop("route", named.route or None)
    if dose := " ".join(text for text in (fact.pop("dose", None), route) if text is not None):
        fact["dose"] = dose
    return fact
