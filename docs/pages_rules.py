"""Pages on the rules: decision tables, parameters, features, guidelines, and what must never happen."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from marks import cell, code, codes, page, table

from cobalamin.model.quantity import print_number
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import FOLDER
from cobalamin.rules.parameters import Dated, Evidence
from cobalamin.rules.tables import Row, Table

STAGES = {
    "context": "Who the person is: age, sex, pregnancy, kidneys, and whose limits hold",
    "safety": "What cannot wait, whatever a result says, and how soon somebody must act",
    "recognize": "How strong the picture is, and whether and why a test is wanted by each guideline",
    "test": "Which test first, which next, and whether one is advised now",
    "interpret": "What the results mean",
    "cause": "Why B12 is lacking, how sure that is, and which tests look for the cause",
    "cascade": "What a report on many people counts; these tables run only when a report asks for them",
    "worklist": "Who stands on which worklist and why; these tables run only when a worklist is asked for",
    "replay": "What the record of a day called for; this table runs only when the past is replayed",
    "card": "What a record system says beside a record or an order; these tables run only when it asks",
}
GRADES = {
    "primary": "read in the source itself",
    "secondary": "read as another text reports it",
    "recalled": "remembered, still to be looked up",
    "own": "our own judgement",
}


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Every page on rules by its path under docs/."""
    found = {f"reference/{held.id}.md": _table(held, knowledge) for held in knowledge.tables.values()}
    found["reference/parameters.md"] = _parameters(knowledge)
    found["reference/features.md"] = _features(knowledge)
    found["reference/guidelines.md"] = _guidelines(knowledge)
    found["reference/invariants.md"] = _invariants()
    return found


def stages(knowledge: Knowledge) -> str:
    """The tables of every stage with links, for the index."""
    parts = []
    for stage in dict.fromkeys([*STAGES, *(held.stage for held in knowledge.tables.values())]):
        rows = [(f"[{held.id}]({held.id}.md)", cell(held.title), held.hit, str(len(held.rows)))
                for held in knowledge.tables.values() if held.stage == stage]  # fmt: skip
        if rows:
            parts += [f"### {stage}", STAGES.get(stage, "") + ("." if stage in STAGES else ""), table(("table", "question", "hit", "rows"), rows)]
    return "\n\n".join(part for part in parts if part)


def source_link(id: str) -> str:
    """A source as a link into the page of sources."""
    return f"[{id}](sources.md#{id})"


def _from(evidence: Evidence) -> str:
    return f"{source_link(evidence.source)}, {cell(evidence.where)}"


def _reviewer(evidence: Evidence) -> str:
    return evidence.reviewer or "nobody yet"


def _table(held: Table, knowledge: Knowledge) -> str:
    hits = {"unique": "at most one row holds", "first": "the first row that holds counts", "collect": "every row that holds counts"}
    about = [f"Stage: {held.stage}.", f"Hit policy: `{held.hit}`, {hits[held.hit]}.",
             f"Guidelines: {codes(held.guidelines) or 'all'}."]  # fmt: skip
    if held.gaps:
        about.append(f"Open on purpose: {cell(held.gaps)}.")
    lets = table(("short name", "stands for"), [(code(name), code(text)) for name, text, _ in held.let]) if held.let else ""
    return page(f"`{held.id}`: {held.title}", "\n".join(about), lets, *(_row(row, held) for row in held.rows), "[All tables](README.md)")


def _row(row: Row, held: Table) -> str:
    then = "; ".join(f"{code(name)} {'gets' if held.collects else 'is'} {codes(words)}" for name, words in row.then)
    evidence = row.evidence
    facts = [
        f"- When: {code(row.when)}",
        f"- Then: {then}",
        f"- Source: {_from(evidence)}",
        f"- Checked: {evidence.checked} ({GRADES[evidence.checked]}); reviewed by: {_reviewer(evidence)}",
        f"- Strength: {row.strength}; since {evidence.since}" + (f" until {row.until}" if row.until != "9999-12-31" else ""),
    ]
    if row.text:
        facts.append(f"- Sentence: {code(row.text)}")
    if row.guidelines:
        facts.append(f"- Only for: {codes(row.guidelines)}")
    if row.may_reverse:
        facts.append("- This row may take back what less knowledge had concluded.")
    if row.note:
        facts.append(f"- Note: {cell(row.note)}")
    return "\n".join([f"## {row.id}", "", *facts])


def printed(dated: Dated) -> str:
    """A value in the units its source prints."""
    if dated.by_word:
        return ", ".join(f"{label.partition(': ')[0]} {print_number(number)} {label.partition(': ')[2]}" for label, number in dated.printed)
    return ", ".join(f"{print_number(number)} {unit}" for unit, number in dated.printed)


def _values(knowledge: Knowledge) -> Iterator[tuple[str, str, Dated]]:
    for spec in knowledge.parameters.values():
        for guideline, values in spec.values.items():
            for dated in values:
                yield spec.name, guideline, dated


def _parameters(knowledge: Knowledge) -> str:
    parts = ["Every number of the rules, in the units its source prints.\n"
             "`any` stands for every guideline that has no value of its own.\n"
             "A guideline under *not printed* leaves the number unknown on purpose."]  # fmt: skip
    for spec in sorted(knowledge.parameters.values(), key=lambda spec: (spec.of, spec.name)):
        rows = [(code(guideline), cell(printed(d)), d.evidence.since, _from(d.evidence), d.evidence.checked)
                for name, guideline, d in _values(knowledge) if name == spec.name]  # fmt: skip
        about = f"{spec.what[:1].upper()}{spec.what[1:]}.\nKind: `{spec.of}`."
        about += f"\nChosen by: `{spec.by}`." if spec.by else ""
        about += f"\nNot printed by: {codes(spec.silent)}." if spec.silent else ""
        parts += [f"## {spec.name}", about, table(("guideline", "value", "since", "source", "checked"), rows)]
    return page("Parameters", *parts)


def _features(knowledge: Knowledge) -> str:
    parts = ["A feature is a named expression that rules share."]
    for feature in sorted(knowledge.features.values(), key=lambda feature: feature.name):
        tree, file = knowledge._drafts[feature.name]
        about = [f"{feature.what[:1].upper()}{feature.what[1:]}.", f"Defined in `{file}`."]
        if feature.evidence:
            unit = next(iter(tree["gives"].values()))
            digits = int(tree.get("round", 0))
            about.append(f"Gives {unit}, rounded to {digits} decimal{'' if digits == 1 else 's'}.")
            about.append(f"Source: {_from(feature.evidence)} ({GRADES[feature.evidence.checked]}).")
        parts += [f"## {feature.name}", "\n".join(about), f"```python\n{' '.join(str(tree['is']).split())}\n```"]
    return page("Features", *parts)


def _guidelines(knowledge: Knowledge) -> str:
    parts = [f"The default is `{knowledge.default_guideline}`."]
    for held in knowledge.guidelines.values():
        own = [(f"[{name}](parameters.md#{name})", cell(printed(d)), d.evidence.since, source_link(d.evidence.source), d.evidence.checked)
               for name, guideline, d in _values(knowledge) if guideline == held.id]  # fmt: skip
        silent = [spec.name for spec in knowledge.parameters.values() if held.id in spec.silent]
        about = [*(f"- {lang}: {text}" for lang, text in held.title.items()), f"- since {held.since}", f"- source: {source_link(held.source)}"]
        about += [f"- based on `{held.based_on}`"] if held.based_on else []
        about += [f"- not printed: {codes(silent)}"] if silent else []
        parts += [f"## {held.id}", "\n".join(about), held.note.get("en", ""), table(("parameter", "value", "since", "source", "checked"), own)]
    return page("Guidelines", *parts)


def _invariants() -> str:
    tree = yaml.safe_load((FOLDER / "invariants.yaml").read_text(encoding="utf-8"))
    parts = ["What must never happen, whoever the patient is.\n`cobalamin check` proves each line under every guideline, or shows a patient for whom it fails."]
    for held in tree["invariants"]:
        about = [held["text"], f"Never: {code(held['never'])}."]
        if "reads" in held:
            about = [held["text"], f"While {code(held['never'])}, no row counts because of {codes(held['reads'])}."]
        parts += [f"## {held['id']}", "\n".join([*about, f"Source: {source_link(held['source'])}."])]
    return page("What must never happen", *parts)
