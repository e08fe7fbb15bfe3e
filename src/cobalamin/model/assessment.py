"""The answer: one frozen value with the same names as its JSON. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cobalamin.model.fact import ReferenceRange, SetAside


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """One rule that held (or could not be decided), what it looked at, and where it comes from."""

    rule: str
    truth: str
    inputs: dict[str, str]
    source: str
    locator: str

    def to_dict(self) -> dict[str, Any]:
        return {"rule": self.rule, "truth": self.truth, "inputs": self.inputs, "source": self.source, "locator": self.locator}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the pathway says of one patient on one day under one guideline, with the others beside it."""

    patient_id: str
    as_of: str
    guideline: str
    pathway_version: str
    status: str = "unknown"
    status_basis: str = "none"
    guidelines: dict[str, str] = field(default_factory=dict)
    urgency: str = "none"
    severity: str = "none"
    test: dict[str, Any] = field(default_factory=lambda: {"advised": False, "because": [], "first": [], "next": [], "cause": []})
    red_flags: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    causes: list[dict[str, str]] = field(default_factory=list)
    combined_indicator: dict[str, Any] | None = None
    treatment: dict[str, Any] = field(default_factory=lambda: {
        "start": "none", "regimen": None, "route": None, "duration": None, "doses": [], "cautions": [], "alternatives": []})  # fmt: skip
    response: dict[str, Any] = field(default_factory=lambda: {"adequate": None, "because": [], "look_for": [], "actions": [], "expected": []})
    review: list[dict[str, Any]] = field(default_factory=list)
    prevention: list[str] = field(default_factory=list)
    set_aside: tuple[SetAside, ...] = ()
    flagged: tuple[SetAside, ...] = ()
    not_understood: tuple[SetAside, ...] = ()
    reference_ranges: tuple[ReferenceRange, ...] = ()
    would_change: list[dict[str, Any]] = field(default_factory=list)
    trace: tuple[TraceEntry, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The assessment as plain data, in the order of the contract."""
        return {
            "patient_id": self.patient_id, "as_of": self.as_of, "guideline": self.guideline,
            "pathway_version": self.pathway_version, "status": self.status, "status_basis": self.status_basis,
            "guidelines": self.guidelines, "urgency": self.urgency, "severity": self.severity, "red_flags": self.red_flags, "test": self.test,
            "findings": self.findings, "notes": self.notes, "alternatives": self.alternatives, "causes": self.causes,
            "combined_indicator": self.combined_indicator, "treatment": self.treatment, "response": self.response,
            "review": self.review, "prevention": self.prevention,
            "set_aside": [{"fact": item.fact, "reason": item.reason} for item in self.set_aside],
            "flagged": [{"fact": item.fact, "reason": item.reason} for item in self.flagged],
            "not_understood": [{"text": item.fact, "closest": list(item.closest)} for item in self.not_understood],
            "reference_ranges": [{"fact": item.fact, "range": item.range} for item in self.reference_ranges],
            "would_change": self.would_change, "trace": [entry.to_dict() for entry in self.trace],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, tree: dict[str, Any]) -> Assessment:
        """The assessment that `to_dict` would write as *tree*; fields it does not hold keep their defaults."""
        held = {name: value for name, value in tree.items() if name in cls.__dataclass_fields__}
        for name in ("set_aside", "flagged"):
            held[name] = tuple(SetAside(item["fact"], item["reason"]) for item in tree.get(name, ()))
        held["not_understood"] = tuple(SetAside(i["text"], "not_understood", tuple(i["closest"])) for i in tree.get("not_understood", ()))
        held["reference_ranges"] = tuple(ReferenceRange(item["fact"], item["range"]) for item in tree.get("reference_ranges", ()))
        held["trace"] = tuple(TraceEntry(**entry) for entry in tree.get("trace", ()))
        return cls(**held)
