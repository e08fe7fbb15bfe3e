"""Where the rows of a whole population went, counted in the database that holds them."""

from __future__ import annotations

from collections.abc import Mapping

from cobalamin.model.account import Account
from cobalamin.records.database import Database
from cobalamin.records.opened import Opened

NAMED = "COALESCE(patient_id, '') <> ''"
"""Whether a row says whose it is."""


def count(database: Database, source: str) -> int:
    """How many rows there are in what stands behind FROM."""
    return int(database.rows(f"SELECT count(*) {source}")[0][0])


def by_reason(database: Database, rows: str) -> dict[str, int]:
    """How many of *rows*, a SELECT of reasons, have each."""
    return dict(database.rows(f"SELECT reason, count(*) FROM ({rows}) GROUP BY reason"))


def account_of(database: Database, opened: Opened, people: int, facts_of_people: int, set_aside: Mapping[str, int], columns: Mapping[str, int],
               not_understood: int) -> Account:  # fmt: skip
    """The account of a run: rows read, used and set aside.

    *set_aside* counts what was written as set aside, patients' own *columns* and rows of facts together; *facts_of_people* are the facts
    of the *people* assessed.
    """
    done = Account(facts_read=count(database, "FROM raw_facts"), patients_used=people, sources=opened.sources)
    done.facts_set_aside.update(set_aside)
    done.columns_set_aside.update(columns)
    done.facts_set_aside.subtract(done.columns_set_aside)
    nobodys = count(database, f"FROM raw_facts WHERE NOT {NAMED}")
    unreadable = opened.unreadable.get("facts", 0)
    done.facts_set_aside.update({
        "not_understood": not_understood, "no_patient": nobodys, "unknown_patient": done.facts_read - nobodys - facts_of_people, "unreadable_row": unreadable,
    })  # fmt: skip
    done.facts_read += unreadable
    done.facts_used = done.facts_read - done.facts_set_aside.total()
    if not opened.has_patients:
        done.patients_read = people
        return done
    nameless, read = count(database, f"FROM raw_patients WHERE NOT {NAMED}"), count(database, "FROM raw_patients")
    unreadable = opened.unreadable.get("patients", 0)
    done.patients_set_aside.update({"no_patient": nameless, "duplicate_patient": read - nameless - people, "unreadable_row": unreadable})
    done.patients_read = read + unreadable
    return done
