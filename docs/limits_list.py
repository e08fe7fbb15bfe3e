"""The lists within docs/limits.md: how much was reviewed and checked, and every value and rule still to be looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from marks import cell, code, table
from pages_catalogs import evidences
from pages_rules import GRADES, printed

from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import Evidence

OPEN = ("recalled", "own", "secondary")


def lists(knowledge: Knowledge) -> str:
    """Counts, then the values, formulas and rules of every grade below `primary`."""
    held = list(_all(knowledge))
    parts = [_counts(held)]
    for grade in OPEN:
        rows = [(link, cell(text), f"[{evidence.source}](reference/sources.md#{evidence.source})", cell(evidence.where))
                for _, link, text, evidence in held if evidence.checked == grade]  # fmt: skip
        parts += [f"### {grade}: {GRADES[grade]}", table(("what", "value or conclusion", "source", "where"), rows) if rows else "None."]
    remembered = [(code(c.id), code(f"{k.system}|{k.code}")) for c in knowledge.concepts.values() for k in c.codes if k.checked == "recalled"]
    parts += ["### Codes that are only remembered", table(("concept", "code"), remembered) if remembered else "None."]
    return "\n\n".join(parts)


def _all(knowledge: Knowledge) -> Iterator[tuple[str, str, str, Evidence]]:
    for spec in knowledge.parameters.values():
        for guideline, values in spec.values.items():
            for dated in values:
                yield "values", f"[{spec.name}](reference/parameters.md#{spec.name}) ({guideline})", printed(dated), dated.evidence
    for schedule in (*knowledge.regimens.values(), *knowledge.reviews.values()):
        kind = "regimens" if schedule.id in knowledge.regimens else "reviews"
        yield kind, f"[{schedule.id}](reference/{kind}.md#{schedule.id})", "", schedule.evidence
    for feature in knowledge.features.values():
        if feature.evidence:
            yield "formulas", f"[{feature.name}](reference/features.md#{feature.name})", feature.what, feature.evidence
    for held in knowledge.tables.values():
        for row in held.rows:
            then = "; ".join(f"{name}: {', '.join(words)}" for name, words in row.then)
            yield "rules", f"[{held.id}.{row.id}](reference/{held.id}.md#{row.id})", then, row.evidence
    yield from evidences()


def _counts(held: list[tuple[str, str, str, Evidence]]) -> str:
    kinds = dict.fromkeys(("values", "formulas", "rules", *(kind for kind, *_ in held)))
    counted = Counter((kind, evidence.checked) for kind, _, _, evidence in held)
    reviewed = Counter(kind for kind, _, _, evidence in held if evidence.reviewer)
    rows = [(kind, *(str(counted[kind, grade]) for grade in GRADES), str(reviewed[kind])) for kind in kinds]
    return table(("what", *GRADES, "reviewed by a clinician"), rows)
