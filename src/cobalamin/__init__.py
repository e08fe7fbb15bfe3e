"""Cobalamin: an open, computable care pathway for vitamin B12 deficiency.

`assess(case)` answers for one person, `assess_all(source)` for everybody in a source,
`assess_tables(session, patients, facts)` for everybody in tables of a Spark session.
Decision support with its sources, for use with a clinician; not a certified medical device.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cobalamin.assessing import assess
    from cobalamin.model.account import Account
    from cobalamin.model.assessment import Assessment
    from cobalamin.run import assess_all
    from cobalamin.spark import assess_tables

__version__ = "0.1.0"
__all__ = ["Account", "Assessment", "assess", "assess_all", "assess_tables"]
_PLACES = {"assess": "assessing", "assess_all": "run", "assess_tables": "spark", "Account": "model.account", "Assessment": "model.assessment"}


def __getattr__(name: str) -> Any:
    # Nothing is loaded before it is used, so that asking for help takes no time.
    if name in _PLACES:
        return getattr(import_module(f"cobalamin.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'cobalamin' has no attribute {name!r}")
