"""What `cobalamin check` does: proofs over the same rules the engines run, and checks of the knowledge as data.

    from cobalamin.verify import run
    report = run(load(places=True))
    print(report)
"""

from cobalamin.verify.check import PARTS, run
from cobalamin.verify.report import Finding, Report

__all__ = ["PARTS", "Finding", "Report", "run"]
