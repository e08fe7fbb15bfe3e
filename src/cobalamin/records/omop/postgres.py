"""A CDM in a live PostgreSQL database, read through ADBC in one read-only transaction, so that all tables are of one moment.

Queries run in the server; only what is kept of them comes over, batch by batch, into Parquet files of the scratch folder.
A password is never shown, and neither is what the server says of a query, which could hold a patient's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from cobalamin.errors import InputError, UsageError, nearest
from cobalamin.records.omop.tables import EVENTS, TABLES, Table
from cobalamin.records.sql_text import quote as text
from cobalamin.records.sql_text import quoted

if TYPE_CHECKING:
    import duckdb

SCHEMES = ("postgresql://", "postgres://")
SECONDS_TO_CONNECT = "15"
WHOLE = ("smallint", "integer", "bigint")
SNAPSHOT = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", "SET LOCAL datestyle TO 'ISO, YMD'")
REFUSED = {
    "connection refused": "no server answers there: is it running, and are host and port right?",
    "could not translate host name": "there is no such host: check its name.",
    "timeout expired": "the server did not answer in time: check host, port and firewall.",
    "password authentication failed": "the user or the password is wrong: check both; a password may stand in PGPASSWORD or ~/.pgpass.",
    "no password supplied": "a password is needed: put it in PGPASSWORD or ~/.pgpass.",
    "permission denied for database": "this user may not connect to the database: ask for CONNECT on it.",
    "no pg_hba.conf entry": "the server does not let this user in from here: ask whoever runs it.",
    "too many": "the server has too many connections: try again later.",
}
"""What libpq says when it cannot connect, and what to do."""
STOPPED = {
    "42501": "this user may not read it: ask for SELECT on it.",
    "57014": "the query was stopped, by a time limit of the server or by somebody: raise statement_timeout for this user.",
    "25006": "a view of it writes when it is read, and this session may not write: ask whoever runs the database.",
    "53": "the server has no room left for the query: ask whoever runs it.",
    "42": "the table or view is broken in the database: open it there.",
    "22": "a value in a table or view cannot be computed: open it there.",
}
"""What the beginning of an SQLSTATE means, and what to do."""
IN_MID_QUERY = {"canceling statement": "57014", "read-only transaction": "25006", "permission denied": "42501"}
"""What a server says once rows are on their way, when ADBC passes no SQLSTATE on; anything else is a value that cannot be computed."""


def recognizes(source: str) -> bool:
    """Whether *source* is the address of a PostgreSQL database."""
    return source.casefold().startswith(SCHEMES)


def address(source: str) -> tuple[str, list[str]]:
    """The address as libpq takes it, and the schemas named in it by `schema=`, which is ours."""
    base, _, query = source.partition("?")
    given = parse_qsl(query, keep_blank_values=True)
    schemas = [name.strip() for key, value in given if key == "schema" for name in value.split(",") if name.strip()]
    settings = {"connect_timeout": SECONDS_TO_CONNECT, "application_name": "cobalamin"} | {key: value for key, value in given if key != "schema"}
    return f"{base}?{urlencode(settings, quote_via=quote)}", schemas


def shown(source: str) -> str:
    """The address without user, password and settings: host and database."""
    base = source.partition("?")[0]
    scheme, _, rest = base.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


class Postgres:
    """The tables of a database; a context in which the connection stands."""

    def __init__(self, con: duckdb.DuckDBPyConnection, source: str, scratch: Path):
        self.con, self.source, self.scratch = con, source, scratch
        self.unreadable: dict[str, int] = {}
        self.notices: list[str] = []
        self.tables: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {}
        """Of each table there is: its name in SQL, and of each of its columns the name in SQL and the type."""

    def __enter__(self) -> Postgres:
        try:
            from adbc_driver_postgresql import dbapi
        except ImportError:
            raise UsageError("Reading a database needs ADBC: pip install 'cobalamin[postgres]'.") from None
        uri, schemas = address(self.source)
        try:
            self.link = dbapi.connect(uri)
        except dbapi.Error as error:
            raise InputError(self._refused(str(error))) from None
        try:
            for setting in SNAPSHOT:
                self._run(setting, "")
            if schemas:
                self._choose(schemas)
            self._find()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        import contextlib

        # a server that is gone cannot be said goodbye to
        with contextlib.suppress(Exception):
            self.link.close()

    def has(self, table: str) -> bool:
        return table in self.tables

    def rows(self, table: str) -> str:
        """A query over the table's columns; ids keep their type where it is a whole number, so that an index can be used."""
        name, columns = self.tables[table]
        picked = ", ".join(f"{_typed(TABLES[table], column, *columns.get(column, ('', '')))} AS {quoted(column)}" for column in TABLES[table].columns)
        return f"(SELECT {picked} FROM {name})"

    def keep(self, name: str, sql: str) -> None:
        import pyarrow.parquet as parquet

        target = self.scratch / f"{name}.parquet"
        places = {sql.find(f" FROM {named})"): table for table, (named, _) in self.tables.items()}
        held = min(((place, table) for place, table in places.items() if place >= 0), default=(0, ""))[1]
        with self.link.cursor() as cursor:
            batches = self._batches(cursor, sql, held)
            try:
                with parquet.ParquetWriter(target, next(batches)) as file:
                    for batch in batches:
                        file.write_batch(batch)
            except OSError:
                # what goes wrong in the server is no OSError any more
                raise InputError("What the database sent cannot be kept: there is no room in the folder for temporary files. "
                                 "Free some, or name another with TMPDIR.") from None  # fmt: skip
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet({text(target)})")

    def _batches(self, cursor: Any, sql: str, table: str) -> Iterator[Any]:
        """The schema of a query's result, then its batches."""
        from adbc_driver_postgresql import dbapi
        from pyarrow import ArrowException

        try:
            cursor.execute(sql)
            reader = cursor.fetch_record_batch()
            yield reader.schema
            while True:
                try:
                    batch = reader.read_next_batch()
                except StopIteration:
                    return
                yield batch
        except (dbapi.Error, ArrowException, OSError) as error:
            raise InputError(self._stopped(error, table)) from None

    def _run(self, sql: str, table: str) -> list[Any]:
        """The rows of a small query; none for a setting."""
        from adbc_driver_postgresql import dbapi

        with self.link.cursor() as cursor:
            try:
                cursor.execute(sql)
                return list(cursor.fetchall()) if sql.startswith("SELECT") else []
            except dbapi.Error as error:
                raise InputError(self._stopped(error, table)) from None

    def _choose(self, schemas: list[str]) -> None:
        """Look for tables in these schemas, the first that holds one counts."""
        there = [name for (name,) in self._run("SELECT CAST(nspname AS text) FROM pg_namespace", "")]
        for schema in schemas:
            if schema not in there:
                raise InputError(f"{shown(self.source)} has no schema '{schema}'. {nearest(schema, there)} Name it with ?schema=.".replace("  ", " "))
        self._run(f"SET LOCAL search_path TO {', '.join(map(quoted, schemas))}", "")

    def _find(self) -> None:
        """The tables and views of the model that this session sees, and their columns."""
        wanted = ", ".join(map(text, TABLES))
        found = self._run("SELECT lower(c.relname), CAST(CAST(c.oid AS regclass) AS text), lower(a.attname), CAST(quote_ident(a.attname) AS text), "
                          "format_type(a.atttypid, NULL), has_table_privilege(c.oid, 'SELECT') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                          f"WHERE lower(c.relname) IN ({wanted}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid) "
                          "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2, a.attnum", "")  # fmt: skip
        for table, name, column, own, kind, allowed in found:
            if not allowed:
                raise InputError(f"The table {name} at {shown(self.source)}: {STOPPED['42501']}")
            self.tables.setdefault(table, (name, {}))[1].setdefault(column, (own, kind))
        if "person" not in self.tables or not any(events.table.name in self.tables for events in EVENTS):
            missing = "person" if "person" not in self.tables else ", ".join(events.table.name for events in EVENTS)
            raise InputError(f"{shown(self.source)} is no OMOP CDM as this user sees it: there is no table {missing}. "
                             "Name the schema its tables are in: ?schema=cdm, or ?schema=cdm,vocabulary.")  # fmt: skip
        for table, (name, columns) in self.tables.items():
            for column in TABLES[table].needed:
                if column not in columns:
                    raise InputError(f"The table {name} has no column '{column}', which the table {table} of the OMOP CDM 5.4 needs. "
                                     f"{nearest(column, columns)}".rstrip())  # fmt: skip

    def _refused(self, said: str) -> str:
        """Why there is no connection, without the password."""
        where = f"{shown(self.source)} cannot be opened"
        if wrong := re.search(r'invalid URI query parameter: "([^"]*)"', said):
            return f"{where}: '{wrong[1]}' is no setting of an address. {nearest(wrong[1], ('schema', 'options', 'sslmode', 'user', 'connect_timeout'))}".rstrip()
        if missing := re.search(r'(database|role) "[^"]*" does not exist', said):
            return f"{where}: there is no such {missing[1].replace('role', 'user')} on the server."
        reason = next((help for words, help in REFUSED.items() if words in said.casefold()), "")
        return f"{where}: {reason or self._masked(said.partition('Failed to connect:')[2] or said)}"

    def _masked(self, said: str) -> str:
        base, _, query = self.source.partition("?")
        secrets = [base.partition("://")[2].rpartition("@")[0].partition(":")[2], dict(parse_qsl(query)).get("password", "")]
        for secret in (form for one in secrets if one for form in (one, unquote(one))):
            said = said.replace(secret, "***")
        return " ".join(said.split())

    def _stopped(self, error: Exception, table: str) -> str:
        """Why a query came to no end, without a word of what it was about."""
        where = f"The table {table} at {shown(self.source)}" if table else shown(self.source)
        state = str(getattr(error, "sqlstate", None) or "")
        if state.startswith(("08", "57P")) or not self._alive():
            return f"{where}: the connection was lost in mid-query; nothing was written. Run it again when the server is back."
        state = state or next((state for words, state in IN_MID_QUERY.items() if words in str(error)), "22000")
        help = next((help for start, help in STOPPED.items() if state.startswith(start)), "the server refused the query.")
        return f"{where}: {help} (SQLSTATE {state})"

    def _alive(self) -> bool:
        """Whether the server still answers; after that the connection is closed, because a new transaction would be neither read-only nor of that moment."""
        try:
            self.link.rollback()
            with self.link.cursor() as cursor:
                cursor.execute("SELECT 1")
                return bool(cursor.fetchall())
        except Exception:
            return False
        finally:
            self.__exit__()


def _typed(table: Table, column: str, name: str, kind: str) -> str:
    """A column as its kind: an id as a whole number, everything else as text, empty for nothing."""
    if column not in table.ids:
        return f"COALESCE(CAST({name} AS text), '')" if name else "CAST('' AS text)"
    if not name:
        return "0"
    return name if kind in WHOLE else f"CAST(substring(CAST({name} AS text) FROM '^[0-9]{{1,18}}') AS bigint)"
