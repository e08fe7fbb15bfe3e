"""The files of a catalog, strictly checked: unknown fields, words, units, concepts and entries are refused with their line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.catalog import Amount, Catalog, Disagreement, Entry, Field, Labels, Value
from cobalamin.rules.concepts import LANGUAGES
from cobalamin.rules.files import at, mapping_at, only_keys, place_of
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import read_evidence

EVIDENCE = ("source", "where", "checked", "since", "reviewer")
CATALOG_KEYS = ("in", "label", "also", "by", "says", "needs", "gaps", "entry", "value")
FILE_KEYS = ("every", "entries", "disagreements")
TYPES = ("number", "quantity", "word", "words", "concepts")
SIGNED = re.compile(r"(<=|>=|<|>)\s*(\d+(?:\.\d+)?)")
MEASURED = re.compile(r"(?:(<=|>=|<|>)\s*)?(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?\s+(\S+)")


def read_catalog(id: str, schema: dict[str, Any], files: Iterable[tuple[str, dict[str, Any]]], knowledge: Knowledge, file: str) -> Catalog:
    """Check a catalog with all its files and freeze it."""
    place = at(mapping_at(schema, Place(file, path=id)), file, id)
    only_keys(schema, CATALOG_KEYS, place)
    fields = {part: {str(name): _field(str(name), body, place) for name, body in (schema.get(part) or {}).items()} for part in ("entry", "value")}
    gaps = {str(word): _labels(labels, place) for word, labels in (schema.get("gaps") or {}).items()}
    needs = tuple(map(str, schema.get("needs") or ()))
    by = str(schema.get("by") or "")
    for name in (*needs, *((by,) if by else ())):
        known = fields["value"] if name in needs else fields["entry"]
        if name not in known:
            raise KnowledgeError(f"'{name}' is no field of '{id}'.", place_of(name, place), nearest(name, known), "unknown-key")
    catalog = Catalog(id, _labels(schema.get("label"), place), _also(schema), by, str(schema.get("says") or ""), needs, gaps,
                      fields["entry"], fields["value"], {}, {}, place)  # fmt: skip
    held = list(files)
    for name, tree in held:
        only_keys(tree, FILE_KEYS, Place(name))
        every = mapping_at(tree.get("every") or {}, Place(name))
        for entry, body in mapping_at(tree.get("entries") or {}, Place(name)).items():
            spot = at(mapping_at(body, Place(name, path=str(entry))), name, entry)
            if entry in catalog.entries:
                raise KnowledgeError(f"the entry '{entry}' exists already.", spot, f"See {catalog.entries[entry].place}.", "duplicate-id")
            catalog.entries[str(entry)] = _entry(str(entry), {**every, **body}, catalog, knowledge, spot)
    for name, tree in held:
        for key, body in mapping_at(tree.get("disagreements") or {}, Place(name)).items():
            catalog.disagreements[str(key)] = _disagreement(str(key), body, catalog, knowledge, at(mapping_at(body, Place(name)), name, key))
    return catalog


def _field(name: str, body: dict[str, Any], place: Place) -> Field:
    (type, holds), *more = mapping_at(body, place).items() or [("", None)]
    if more or type not in TYPES:
        raise KnowledgeError(f"the type of '{name}' is '{type}'.", place_of(type, place), f"Say one of {', '.join(TYPES)}. {nearest(type, TYPES)}".strip(), "field-type")
    words = {str(word): _labels(labels, place) for word, labels in mapping_at(holds, place).items()} if type in ("word", "words") else {}
    units = tuple(map(str, holds if isinstance(holds, list) else [holds])) if type in ("number", "quantity") else ()
    return Field(name, type, words, units)


def _labels(labels: Any, place: Place) -> Labels:
    lacking = [code for code in LANGUAGES if not (labels or {}).get(code)]
    if lacking:
        raise KnowledgeError(f"has no label in {', '.join(lacking)}.", place_of(labels, place), f"Write label: {{{', '.join(f'{c}: ...' for c in LANGUAGES)}}}.",
                             "missing-label")  # fmt: skip
    return {code: str(labels[code]) for code in LANGUAGES}


def _also(tree: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {str(code): tuple(map(str, names or ())) for code, names in (tree.get("also") or {}).items()}


def _entry(id: str, tree: dict[str, Any], catalog: Catalog, knowledge: Knowledge, place: Place) -> Entry:
    only_keys(tree, ("label", "also", "values", "gap", *EVIDENCE, *catalog.entry_fields, *catalog.value_fields), place)
    label = _labels(tree.get("label"), place_of(tree.get("label"), place))
    if catalog.by and catalog.by not in tree:
        raise KnowledgeError(f"has no '{catalog.by}'.", place, f"Say one of {', '.join(catalog.entry_fields[catalog.by].words)}.", "missing-key")
    shared = {key: tree[key] for key in (*EVIDENCE, "gap", *catalog.value_fields) if key in tree}
    rows = tree.get("values") or [{}]
    values = tuple(_value({**shared, **mapping_at(row, place)}, catalog, knowledge, place_of(row, place)) for row in rows)
    return Entry(id, label, _also(tree), _fields(tree, catalog.entry_fields, knowledge, place), values, place)


def _value(tree: dict[str, Any], catalog: Catalog, knowledge: Knowledge, place: Place) -> Value:
    only_keys(tree, ("gap", *EVIDENCE, *catalog.value_fields), place)
    gap, lacking = str(tree.get("gap") or ""), [name for name in catalog.needs if name not in tree]
    if gap and gap not in catalog.gaps:
        raise KnowledgeError(f"'{gap}' is no gap of '{catalog.id}'.", place_of(tree["gap"], place),
                             nearest(gap, catalog.gaps) or f"Say one of {', '.join(catalog.gaps)}.", "word-not-possible")  # fmt: skip
    if bool(gap) is not bool(lacking):
        what = f"has a gap beside {', '.join(catalog.needs)}." if gap else f"has no {', '.join(lacking)}."
        raise KnowledgeError(what, place, "Give a value or say with `gap:` why there is none, not both.", "value-or-gap")
    return Value(_fields(tree, catalog.value_fields, knowledge, place), gap, read_evidence(tree, None, knowledge.sources, place), place)


def _disagreement(id: str, tree: dict[str, Any], catalog: Catalog, knowledge: Knowledge, place: Place) -> Disagreement:
    only_keys(tree, ("between", *EVIDENCE), place)
    between = tuple(map(str, tree.get("between") or ()))
    if not between:
        raise KnowledgeError("is between no entries.", place, "Name them with `between: [...]`.", "missing-key")
    for entry, written in zip(between, tree["between"], strict=True):
        if entry not in catalog.entries:
            raise KnowledgeError(f"'{entry}' is no entry of '{catalog.id}'.", place_of(written, place), nearest(entry, catalog.entries), "unknown-entry")
    return Disagreement(id, between, read_evidence(tree, None, knowledge.sources, place), place)


def _fields(tree: dict[str, Any], known: dict[str, Field], knowledge: Knowledge, place: Place) -> dict[str, Any]:
    return {name: _held(tree[name], field, knowledge, place_of(tree[name], place)) for name, field in known.items() if name in tree}


def _held(written: Any, field: Field, knowledge: Knowledge, place: Place) -> Any:
    match field.type:
        case "word":
            return _known(written, field.words, field.name, place, "word-not-possible")
        case "words":
            return tuple(_known(word, field.words, field.name, place, "word-not-possible") for word in _listed(written, field, place))
        case "concepts":
            return tuple(_known(id, knowledge.concepts, field.name, place, "unknown-concept") for id in _listed(written, field, place))
        case "quantity":
            return _quantity(written, field, knowledge, place)
    return _number(written, field, place)


def _listed(written: Any, field: Field, place: Place) -> list[Any]:
    if not isinstance(written, list):
        raise KnowledgeError(f"{field.name} is no list.", place, "Write [one, two].", "not-a-list")
    return written


def _known(written: Any, known: Iterable[str], name: str, place: Place, id: str) -> str:
    if written not in known:
        raise KnowledgeError(f"{name} cannot be '{written}'.", place_of(written, place), nearest(str(written), known) or f"Say one of {', '.join(known)}.", id)
    return str(written)


def _number(written: Any, field: Field, place: Place) -> Amount:
    unit = field.units[0]
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return Amount(float(written), float(written), unit=unit)
    if isinstance(written, list) and len(written) == 2 and all(isinstance(end, (int, float)) for end in written) and written[0] < written[1]:
        return Amount(float(written[0]), float(written[1]), unit=unit)
    if found := SIGNED.fullmatch(str(written)):
        return Amount(float(found[2]), float(found[2]), found[1], unit)
    raise KnowledgeError(f"{field.name} is {written!r}, not a number.", place, 'Write 2.4, [8, 24] or ">10".', "not-a-number")


def _quantity(written: Any, field: Field, knowledge: Knowledge, place: Place) -> Amount:
    found = MEASURED.fullmatch(str(written))
    known = [unit.name for kind in field.units for unit in getattr(knowledge.units(kind), "units", ())] or list(field.units)
    if not found or found[4] not in known:
        unit = str(written).split()[-1] if str(written).split() else ""
        raise KnowledgeError(f"{field.name} is '{written}'.", place, f"Write a number and one of {', '.join(known)}. {nearest(unit, known)}".strip(), "unknown-unit")
    low = float(found[2])
    return Amount(low, float(found[3] or low), found[1] or "", found[4])
