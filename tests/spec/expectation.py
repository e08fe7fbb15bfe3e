"""Hold what a spec table expects against an assessment."""

from __future__ import annotations

from typing import Any

from cobalamin.rules.knowledge import Knowledge

FIELDS = {
    "status": "status", "status_basis": "status_basis", "urgency": "urgency", "severity": "severity", "guidelines": "guidelines",
    "red_flags": "red_flags", "causes": "causes", "findings": "findings", "notes": "notes", "alternatives": "alternatives", "combined_indicator": "combined_indicator",
    "set_aside": "set_aside", "flagged": "flagged", "not_understood": "not_understood", "test_advised": "test.advised",
    "test_because": "test.because", "test_first": "test.first", "test_next": "test.next", "test_cause": "test.cause",
    "treatment_start": "treatment.start", "regimen": "treatment.regimen", "route": "treatment.route", "treatment_duration": "treatment.duration",
    "doses": "treatment.doses", "cautions": "treatment.cautions", "regimens_also": "treatment.alternatives", "adequate": "response.adequate",
    "response_because": "response.because",
    "response_look_for": "response.look_for", "response_actions": "response.actions",
    "response_expected": "response.expected", "reviews": "review", "prevention": "prevention",
}  # fmt: skip
"""What a spec may expect of the assessment itself; every other expectation is a conclusion, read from the trace."""
CARDS = ("patient_cards", "order_cards")
"""The cards a record system would show when the record is opened, or for the orders at hand."""
CHANGES = ("would_change", "asked_first")
"""What would change the answer, which the memory engine alone says: `{concept: {value: status}}`, and what is most deciding, in order."""
LISTS = ("recall", "overdue", "test_due", "missed", "injection_review")
"""The worklists on which a spec may expect a person, and why: `[reason]` for exactly these, `{reason: day}` for when each is due."""


def complaints(expected: dict[str, Any], answer: dict[str, Any], knowledge: Knowledge) -> list[str]:
    """One line for everything that came out otherwise than expected."""
    found = []
    for name, wanted in expected.items():
        got = _held(name, answer, knowledge)
        if not _fits(name, wanted, got):
            found.append(f"{name}: expected {wanted}, found {got}")
    return found


def _held(name: str, answer: dict[str, Any], knowledge: Knowledge) -> Any:
    if name in LISTS:
        return answer["worklists"].get(name, {})
    if name in CARDS:
        return answer["cards"][name]
    if name == "asked_first":
        return list(dict.fromkeys(entry["concept"] for entry in answer["would_change"]))
    if name == "would_change":
        told: dict[str, dict[str, Any]] = {}
        for entry in answer["would_change"]:
            told.setdefault(entry["concept"], {})[entry.get("value") or entry["if"]] = entry
        return told
    if name not in FIELDS:
        return concluded(name, answer, knowledge)
    held: Any = answer
    for part in FIELDS[name].split("."):
        held = held[part]
    if name in ("set_aside", "flagged"):
        return [item["reason"] for item in held]
    if name == "causes":
        return {item["id"]: item["certainty"] for item in held}
    if name == "doses":
        return [item["date"] for item in held]
    if name == "reviews":
        return {item["review"]: item["date"] for item in held}
    return [item["text"] for item in held] if name == "not_understood" else held


def concluded(name: str, answer: dict[str, Any], knowledge: Knowledge) -> str:
    """The word a table concluded, told by the rule in the trace; `undecided` when the trace shows rows left open."""
    open_rows = False
    for entry in answer["trace"]:
        table, _, row_id = entry["rule"].rsplit(".", 2)
        row = next(row for row in knowledge.tables[table].rows if row.id == row_id)
        word = dict(row.then).get(name)
        if word and entry["truth"] == "true":
            return word[0]
        open_rows = open_rows or bool(word)
    return "undecided" if open_rows else "unknown"


def _fits(name: str, wanted: Any, got: Any) -> bool:
    match wanted:
        case list() if name == "asked_first":
            return bool(wanted == got[: len(wanted)])
        case str() if isinstance(got, dict) and "fact" in got:
            return bool(wanted == got.get("status", "unchanged"))
        case {"not": words}:
            return got not in (words if isinstance(words, list) else [words])
        case {"one_of": words}:
            return got in words
        case {"has": _} | {"lacks": _}:
            return set(wanted.get("has", ())) <= set(got) and not set(wanted.get("lacks", ())) & set(got)
        case dict() if name in LISTS:
            return bool(wanted == got)
        case dict() if isinstance(got, dict):
            return all(_fits(key, value, got.get(key)) for key, value in wanted.items())
        case "unknown" if name not in FIELDS:
            return got in ("unknown", "undecided")
        case "none" if got is None:
            return True
        case list() if isinstance(got, (list, dict)):
            return sorted(wanted) == sorted(got)
        case bool() if isinstance(got, str):
            return got == str(wanted).lower()
    return bool(wanted == got)
