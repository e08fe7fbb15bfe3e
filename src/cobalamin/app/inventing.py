"""`cobalamin simulate`: invent the people of a region, write their records with the truth apart, and say what was made."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cobalamin.assessing import checked_day
from cobalamin.errors import InputError, UsageError
from cobalamin.outputs.language import language, quantity_run
from cobalamin.outputs.lines import wrap
from cobalamin.outputs.page import COLUMNS
from cobalamin.records.opened import scratch_folder
from cobalamin.rules.load import load
from cobalamin.run import NEEDS_DUCKDB

MOST_PEOPLE = 100_000_000


def invent(region: str, people: int, seed: int, folder: Path, as_of: str | None = None, memory_limit: str = "", threads: int = 0,
           format: str = "facts") -> dict[str, Any]:  # fmt: skip
    """Invent *people* of a region into a folder as patients.parquet, facts.parquet and, apart, truth.parquet; returns the counts.

    With *format* `fhir` the record is FHIR R4 as NDJSON files, with `omop` a folder of the OMOP CDM 5.4 as Parquet; the truth stays a table.

    The same region, number, seed, day, knowledge and release of DuckDB give the same rows in the same order, whatever the threads.
    Nobody is real: ids begin with `synthetic-`, every file says so in its metadata, and so does synthetic.json beside them.
    """
    if not find_spec("duckdb"):
        raise UsageError(NEEDS_DUCKDB)
    import duckdb

    from cobalamin.engines.duckdb.engine import connect
    from cobalamin.simulation.region import region_named
    from cobalamin.simulation.world import World, checked_folder

    if not 1 <= people <= MOST_PEOPLE:
        raise UsageError(f"Say how many people to invent, from 1 to {MOST_PEOPLE:,}.")
    world = World(region_named(region), load(), people, seed, checked_day(as_of))
    checked_folder(folder, format).mkdir(exist_ok=True)
    with scratch_folder() as scratch:
        con = connect(memory_limit, threads, Path(scratch))
        try:
            return world.write(con, folder, Path(scratch), format)
        except duckdb.OutOfMemoryException:
            raise InputError("The memory allowed is not enough; allow more, or free some disk for temporary files.") from None
        except duckdb.IOException:
            raise InputError(f"{folder} cannot be written, or there is no room on the disk.") from None
        finally:
            con.close()


def print_invented(about: dict[str, Any], folder: Path, lang: str) -> str:
    """What was made, in a language."""
    from cobalamin.simulation.region import region_named

    words = language(lang)
    numbers = {name: quantity_run(f"{about[name]:,}") for name in ("people", "facts", "deficient", "given_b12")}
    title = words.label(region_named(about["region"]).title)
    lines = [words.say("simulation-notice"), words.say("simulation-made", "clinical", region=title, seed=quantity_run(str(about["seed"])), **numbers),
             words.say(f"simulation-files-{about['format']}", folder=quantity_run(str(folder)))]  # fmt: skip
    return words.directed([line for text in lines for line in wrap(text, "", "", COLUMNS)])
