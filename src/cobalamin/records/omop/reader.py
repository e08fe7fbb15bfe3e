"""Records in the OMOP Common Data Model 5.4, from a folder of files or a PostgreSQL database, as facts.

Each table is read twice where it stands: once to count its rows by what they are of, and once for the rows the pathway
knows. What ids mean is worked out in between, from the vocabulary of the records themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.model.account import SourceRows
from cobalamin.records.database import DuckDBDatabase
from cobalamin.records.omop import folder, people, postgres
from cobalamin.records.omop.facts import create_facts
from cobalamin.records.omop.meanings import Key, Meanings, keys_table, numbers
from cobalamin.records.omop.tables import EVENTS, INSTEAD, Cdm, Events
from cobalamin.records.omop.values import Values
from cobalamin.records.opened import Opened
from cobalamin.records.sql_text import quoted

if TYPE_CHECKING:
    import duckdb

    from cobalamin.records.source import Input
    from cobalamin.records.words import Words


def recognizes(source: str) -> bool:
    """Whether *source* is a folder with the tables of a CDM, or the address of a database."""
    return postgres.recognizes(source) or folder.recognizes(source)


def files(source: str) -> list[Path]:
    """The files of the tables that are read; a database has none."""
    return [] if postgres.recognizes(source) else [path for paths in folder.table_files(Path(source)).values() for path in paths]


def open_source(con: duckdb.DuckDBPyConnection, source: Input, words: Words) -> Opened:
    """Create `raw_facts` and `raw_patients` from the tables of a CDM, and account for the rows of each."""
    if postgres.recognizes(source.source):
        with postgres.Postgres(con, source.source, source.scratch) as cdm:
            return open_cdm(con, cdm, source, words)
    return open_cdm(con, folder.Folder(con, Path(source.source), source.scratch), source, words)


def open_cdm(con: duckdb.DuckDBPyConnection, cdm: Cdm, source: Input, words: Words) -> Opened:
    """The same for tables that stand anywhere."""
    opened = Opened({}, True, cdm.notices)
    people.learn_deaths(con, cdm, source.as_of)
    opened.sources["person"] = people.create(con, cdm, words, source.scratch)
    counts = {events: found for events in EVENTS if (found := _census(con, cdm, events)) is not None}
    for made, first in INSTEAD.items():
        if any(events.table.name == first and found for events, found in counts.items()):
            counts = {events: found for events, found in counts.items() if events.table.name != made}
    meanings = Meanings(con, cdm, words)
    meanings.learn({id for found in counts.values() for key in found for id in key[:2] if id})
    kept = {}
    for events, found in counts.items():
        kept[events] = _keep(con, cdm, events, found, meanings)
        opened.sources[events.table.name] = _account(con, kept[events], sum(found.values()))
    Values(con, meanings).learn(kept.values(), {name: events.table.columns for events, name in kept.items()})
    opened.facts_types = create_facts(con, kept, source.scratch)
    for table, lost in cdm.unreadable.items():
        if lost and table in opened.sources:
            opened.sources[table].read += lost
            opened.sources[table].set_aside["unreadable_row"] += lost
        elif lost:
            opened.notices.append(f"{table}: {lost} rows cannot be read.")
    if not cdm.has("concept"):
        opened.notices.append("There is no table concept: only the ids of tests, drugs and units that the pathway itself knows, and codes the source printed, are read.")
    return opened


def _account(con: duckdb.DuckDBPyConnection, name: str, read: int) -> SourceRows:
    """Where the rows of a table went: those kept are used, unless they are of somebody who has died."""
    kept, dead = con.execute(f"SELECT count(*), count(*) FILTER (WHERE person_id IN (SELECT person_id FROM omop_dead)) FROM {name}").fetchall()[0]
    rows = SourceRows(read, int(kept) - int(dead), read - int(kept))
    if dead:
        rows.set_aside["deceased"] = int(dead)
    return rows


def _census(con: duckdb.DuckDBPyConnection, cdm: Cdm, events: Events) -> dict[Key, int] | None:
    """How many rows of a table are of what; None for a table that is not there."""
    if not cdm.has(events.table.name):
        return None
    name = f"census_{events.table.name}"
    cdm.keep(name, f"SELECT {', '.join(_key(events))}, count(*) AS times FROM {cdm.rows(events.table.name)} t GROUP BY 1, 2, 3")
    rows = con.execute(f"SELECT * FROM {name}").fetchall()
    return {(int(concept), int(source), str(printed)): int(times) for concept, source, printed, times in rows}


def _key(events: Events) -> tuple[str, str, str]:
    """The columns that say what a row is of."""
    source, printed = f"{events.of}_source_concept_id", f"{events.of}_source_value"
    columns = events.table.columns
    return f"COALESCE(t.{events.concept}, 0)", f"COALESCE(t.{source}, 0)" if source in columns else "0", f"t.{printed}" if printed in columns else "''"


def _keep(con: duckdb.DuckDBPyConnection, cdm: Cdm, events: Events, found: dict[Key, int], meanings: Meanings) -> str:
    """Keep the rows of what the pathway knows, each with the number of its key; the texts of each key go to `<name>_says`."""
    by_ids: dict[tuple[int, int], tuple[str, ...]] = {}
    printed: dict[Key, tuple[str, ...]] = {}
    for key in found:
        pair = key[:2]
        if pair not in by_ids:
            by_ids[pair] = meanings.meaning((*pair, ""), events.of)
        if not by_ids[pair] and (texts := meanings.meaning(key, events.of)):
            printed[key] = texts
    keys = [(*pair, None) for pair, texts in by_ids.items() if texts] + list(printed)
    texts_of = [by_ids[key[:2]] if key[2] is None else printed[key] for key in keys]
    name = f"omop_{events.table.name}"
    DuckDBDatabase(con).fill(f"{name}_says", {"key": "BIGINT", "concept": "VARCHAR"}, ((number, text) for number, texts in enumerate(texts_of) for text in texts))
    concept, source, text = _key(events)
    columns = ", ".join(f"COALESCE(t.{quoted(column)}, {0 if column in events.table.ids else chr(39) * 2}) AS {quoted(column)}" for column in events.table.columns)
    rows = f"SELECT k.key, {columns} FROM {cdm.rows(events.table.name)} t"
    if keys:
        # the list of ids, of the column as it stands, lets a database use its index
        ids = {key[0] for key in keys}
        among = f"t.{events.concept} IN ({numbers(ids)})" + (f" OR t.{events.concept} IS NULL" if 0 in ids else "")
        joined = f"k.concept = {concept} AND k.source = {source} AND (k.printed IS NULL OR k.printed = {text})"
        cdm.keep(name, f"{rows} JOIN {keys_table([(n, *key) for n, key in enumerate(keys)])} ON {joined} WHERE {among}")
    else:
        cdm.keep(name, f"SELECT 0 AS key, {columns} FROM {cdm.rows(events.table.name)} t WHERE 1 = 0")
    return name
