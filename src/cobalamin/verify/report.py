"""What the checks found: one finding per fault, each with its place and, from a proof, a patient who shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

ERROR, WARNING, PROVED = "error", "warning", "proved"
MARKS = {ERROR: "✗", WARNING: "!", PROVED: "✓"}


@dataclass(frozen=True)
class Finding:
    """One answer of a check: what was found, under which guideline, where it stands, and an example patient."""

    id: str
    severity: str
    guideline: str
    where: str
    message: str
    example: str = ""

    def __str__(self) -> str:
        under = f" ({self.guideline})" if self.guideline else ""
        lines = [f"{MARKS[self.severity]} {self.where}{under}: {self.message} [{self.id}]"]
        lines += [f"    {line}" for line in self.example.splitlines()]
        return "\n".join(lines)


@dataclass(frozen=True)
class Report:
    """Every finding of a run, how long it took, and whether the knowledge may be used."""

    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    checked: tuple[str, ...] = field(default=())

    def of(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended."""
        return self.of(ERROR)

    @property
    def proofs(self) -> int:
        """How many properties were proved."""
        return len(self.of(PROVED))

    @property
    def ok(self) -> bool:
        """Whether nothing must be mended."""
        return not self.errors

    def lines(self, proved: bool = False) -> Iterable[str]:
        """The report as text: faults first, then what to look at, then (if asked for) every proof, then the count."""
        for severity in (ERROR, WARNING, *((PROVED,) if proved else ())):
            yield from (str(finding) for finding in self.of(severity))
        errors, warnings = len(self.errors), len(self.of(WARNING))
        yield f"{self.proofs} proofs, {errors} errors, {warnings} warnings in {self.seconds:.1f} s ({', '.join(self.checked)})"

    def __str__(self) -> str:
        return "\n".join(self.lines())
