"""Pages on what can be read: concepts, accepted spellings, reasons for setting a row aside, and sources."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from marks import cell, code, codes, page, table
from pages_catalogs import evidences

from cobalamin.model.quantity import print_number
from cobalamin.outputs.language import language
from cobalamin.rules.concepts import Concept
from cobalamin.rules.knowledge import Knowledge


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Every page on words by its path under docs/."""
    return {
        "reference/concepts.md": _concepts(knowledge),
        "reference/spellings.md": _spellings(knowledge),
        "reference/reasons.md": _reasons(),
        "reference/sources.md": _sources(knowledge),
    }


def _concepts(knowledge: Knowledge) -> str:
    parts = ["A fact names a concept by its id, by one of its labels or synonyms in English, Hindi or Arabic, or by a code written `system|code`.",
             "A code marked * was remembered and is still to be looked up.\n"
             "`cobalamin explain NAME` lists every synonym of a concept and the rules it feeds."]  # fmt: skip
    files = dict.fromkeys(_file(concept) for concept in knowledge.concepts.values())
    for file in sorted(files):
        held = [concept for concept in knowledge.concepts.values() if _file(concept) == file]
        results = [c for c in held if c.is_result]
        others = [c for c in held if not c.is_result]
        parts.append(f"## {PurePosixPath(file).stem.replace('_', ' ')}")
        if results:
            parts.append(table(("id", "English", "Hindi", "Arabic", "units", "words", "possible", "codes"), map(_result, results)))
        if others:
            parts.append(table(("id", "kind", "English", "Hindi", "Arabic", "is a", "lasts", "codes"), map(_other, others)))
    return page("Concepts", *parts)


def _file(concept: Concept) -> str:
    return concept.place.file


def _labels(concept: Concept) -> list[str]:
    return [cell(concept.label.get(lang, "")) for lang in ("en", "hi", "ar")]


def _codes(concept: Concept) -> str:
    return ", ".join(code(f"{c.system}|{c.code}") + ("*" if c.checked == "recalled" else "") for c in concept.codes) or cell(concept.no_code)


def _result(concept: Concept) -> list[str]:
    units, possible = "", ""
    if concept.units:
        units = codes(unit.name for unit in concept.units.units)
        first = concept.units.first(concept.range_group).name
        possible = f"{print_number(concept.possible[0])} to {print_number(concept.possible[1])} {first}"
    return [code(concept.id), *_labels(concept), units, codes(concept.words), cell(possible), _codes(concept)]


def _other(concept: Concept) -> list[str]:
    lasts = "until ended" if concept.lasts is None else "one day" if concept.lasts == 1 else f"{concept.lasts} days"
    return [code(concept.id), concept.kind, *_labels(concept), codes(concept.is_a), lasts, _codes(concept)]


def _spellings(knowledge: Knowledge) -> str:
    reading = knowledge.reading
    units: dict[str, list[str]] = {}
    for spelling, unit in reading["spellings"].items():
        units.setdefault(str(unit), []).append(str(spelling))
    groups = {"Words for a value": reading["words"], "Comparison signs": reading["comparators"], "Sex": reading["sexes"], "Routes of a dose": reading["routes"],
              "Units": units}  # fmt: skip
    parts = ["Upper and lower case, spaces within units, both micro signs, and Arabic, Persian and Devanagari digits make no difference.",
             "A unit's own name is always read; this page lists the other spellings."]  # fmt: skip
    for title, held in groups.items():
        parts += [f"## {title}", table(("read as", "spellings"), [(code(meaning), codes(spellings)) for meaning, spellings in held.items()])]
    for title, held in (("How often a dose is taken", reading["frequencies"]), ("Units of a dose", reading["dose_units"])):
        meaning = "times a day" if title.startswith("How") else "milligrams"
        parts += [f"## {title}", table(("spelling", meaning), [(code(spelling), str(times)) for spelling, times in held.items()])]
    parts.append(f"## Marks of a laboratory\n\nBehind a number these are left out: {codes(reading['marks'])}.")
    parts.append(f"A dose by one of these routes is given once, on its day: {codes(reading['given_once_by'])}.")
    return page("Accepted spellings", *parts)


def reasons() -> list[str]:
    """The id of every reason for which a row is set aside or flagged, as the JSON shows it."""
    return [id.removeprefix("reason-").replace("-", "_") for id in language("en").sources if re.match(r"reason-", id)]


def _reasons() -> str:
    words = language("en")
    rows = [(code(id), cell(words.say(f"reason-{id}")), cell(words.say(f"reason-{id}", "lay"))) for id in reasons()]
    return page("Reasons", "Why a row of the input was not used.\n`improbable_value` is the exception: such a row is used and flagged.",
                table(("reason", "to a clinician", "to a person"), rows))  # fmt: skip


def _sources(knowledge: Knowledge) -> str:
    rules = Counter(row.evidence.source for held in knowledge.tables.values() for row in held.rows)
    values = Counter(d.evidence.source for spec in knowledge.parameters.values() for held in spec.values.values() for d in held)
    entries = Counter(evidence.source for *_, evidence in evidences())
    parts = ["*Seen* says how much of the source was read: whole, abstract, opening (first part), table, secondary (as somebody else reports it), "
             "or recalled (from memory, to be checked).",
             "Sources that back nothing yet are listed for the stages still to come."]  # fmt: skip
    for source in sorted(knowledge.sources.values(), key=lambda source: (not (rules[source.id] + values[source.id] + entries[source.id]), source.id)):
        facts = ", ".join(part for part in (source.publisher, source.year) if part)
        counted = ((rules, "rule"), (values, "value"), (entries, "statement of a collection"))
        backed = [_count(counts[source.id], noun) for counts, noun in counted if counts[source.id]]
        used = f"backs {' and '.join(backed) or 'no rule or value yet'}"
        title = f"[{cell(source.title)}](<{source.url}>)" if source.url else cell(source.title)
        parts += [f"## {source.id}", "\n".join(line for line in (f"{title}.", f"{facts}." if facts else "", f"Seen: {source.seen}; {used}.") if line)]
    return page("Sources", *parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun.replace('statement', 'statements') if ' ' in noun else noun + 's'}"
