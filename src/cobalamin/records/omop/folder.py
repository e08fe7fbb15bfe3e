"""A CDM as a folder of files: one CSV or Parquet file a table, or a folder of parts, their names in any case."""

from __future__ import annotations

import gzip
import os
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.errors import InputError, nearest
from cobalamin.records.csv_bulk import csv_to_parquet, stripped
from cobalamin.records.csv_files import open_csv
from cobalamin.records.omop.tables import EVENTS, TABLES, Table
from cobalamin.records.sql_text import quote, quoted
from cobalamin.records.text_files import CHUNK

if TYPE_CHECKING:
    import duckdb

SUFFIXES = (".parquet", ".csv", ".csv.gz")
NOT_OURS = ("__MACOSX", ".")
"""What archives of other systems leave behind."""


def table_files(folder: Path) -> dict[str, list[Path]]:
    """The files of each table: of the folder itself, or of the one folder inside it that holds them."""
    for place in (folder, *_folders(folder)):
        found: dict[str, list[Path]] = {}
        for path in _inside(place):
            name, suffix = _split(path.name)
            if name in TABLES and suffix and path.is_file():
                found.setdefault(name, []).append(path)
            elif path.name.casefold() in TABLES and path.is_dir():
                parts = [part for part in _inside(path) if _split(part.name)[1] and part.is_file()]
                found.setdefault(path.name.casefold(), []).extend(parts)
        if is_cdm(found):
            return {name: paths for name, paths in found.items() if paths}
    return {}


def is_cdm(tables: dict[str, list[Path]]) -> bool:
    """Whether these are the tables of a CDM: people and anything that happened to them, or the words for it."""
    return "person" in tables and any(name in tables for name in (*(events.table.name for events in EVENTS), "concept"))


def _split(name: str) -> tuple[str, str]:
    """The name of a table and the ending of its file, both in lower case."""
    lower = name.casefold()
    suffix = next((suffix for suffix in SUFFIXES if lower.endswith(suffix)), "")
    return lower.removesuffix(suffix), suffix


def _inside(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if not path.name.startswith(NOT_OURS))
    except OSError:
        return


def _folders(folder: Path) -> list[Path]:
    return [path for path in _inside(folder) if path.is_dir()]


class Folder:
    """The tables of a folder, as views of DuckDB."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path, scratch: Path):
        self.con, self.scratch, self.files = con, scratch, table_files(folder)
        self.unreadable: dict[str, int] = {}
        self.notices: list[str] = []
        self.opened: set[str] = set()

    def has(self, table: str) -> bool:
        return table in self.files

    def rows(self, table: str) -> str:
        """The view over a table's files; CSV is turned into Parquet once, because it is read more than once."""
        if table not in self.opened:
            paths = self._one_kind(self.files[table])
            parts = [self._part(TABLES[table], path, number) for number, path in enumerate(paths)]
            self.con.execute(f"CREATE OR REPLACE TEMP VIEW cdm_{table} AS {' UNION ALL '.join(parts)}")
            self.opened.add(table)
        return f"cdm_{table}"

    def keep(self, name: str, sql: str) -> None:
        target = self.scratch / f"{name}.parquet"
        self.con.execute(f"COPY ({sql}) TO {quote(target)} (FORMAT parquet)")
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet({quote(target)})")

    def _one_kind(self, paths: list[Path]) -> list[Path]:
        """The files of one ending; the same table in another ending as well would be read twice."""
        kinds = [[path for path in paths if _split(path.name)[1] == suffix] for suffix in SUFFIXES]
        first = next(kind for kind in kinds if kind)
        self.notices += [f"{path.name} is not read; {first[0].name} is." for kind in kinds for path in kind if kind is not first]
        return first

    def _part(self, table: Table, path: Path, number: int) -> str:
        if path.suffix.casefold() == ".parquet":
            return self._parquet(table, path)
        file = open_csv(self._unpacked(path), self.scratch)
        at = self._places(table, file.header, path)
        target = self.scratch / f"cdm-{table.name}-{number}.parquet"
        picked = {column: _typed(table, column, stripped(f"c{at[column]}")) if column in at else _missing(table, column) for column in table.columns}
        lost = csv_to_parquet(self.con, file, picked, target, self.scratch)
        self.unreadable[table.name] = self.unreadable.get(table.name, 0) + lost
        return f"SELECT * FROM read_parquet({quote(target)})"

    def _unpacked(self, path: Path) -> Path:
        """The file itself, or what is packed in it."""
        if path.suffix.casefold() != ".gz":
            return path
        target = self.scratch / path.name[: -len(path.suffix)]
        try:
            with gzip.open(path, "rb") as packed, target.open("wb") as out:
                shutil.copyfileobj(packed, out, CHUNK)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise InputError(f"{path.name} is cut off or damaged: it cannot be unpacked to its end. Copy it again from where it came.") from None
        except OSError as error:
            raise InputError(f"{path.name} cannot be unpacked: {error.strerror}.") from None
        return target

    def _parquet(self, table: Table, path: Path) -> str:
        import duckdb

        source = f"read_parquet({quote(path)})"
        try:
            path.open("rb").close()
            names = [str(row[0]) for row in self.con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
        except OSError as error:
            raise InputError(f"{path.name} cannot be opened: {error.strerror}.") from None
        except duckdb.Error:
            raise InputError(f"{path.name} is not a Parquet file that can be read.") from None
        at = self._places(table, names, path)
        picked = [f"{_typed(table, column, f'{quoted(names[at[column]])}::VARCHAR') if column in at else _missing(table, column)} AS {quoted(column)}"
                  for column in table.columns]  # fmt: skip
        return f"SELECT {', '.join(picked)} FROM {source}"

    def _places(self, table: Table, header: list[str] | tuple[str, ...], path: Path) -> dict[str, int]:
        """Where each column of ours stands; the model has many more columns, of which nobody needs to be told."""
        found: dict[str, int] = {}
        for index, name in enumerate(header):
            found.setdefault(name.replace("\ufeff", "").strip().casefold(), index)
        for column in table.needed:
            if column not in found:
                held = ", ".join(list(found)[:12])
                raise InputError(f"{path.name} has no column '{column}', which the table {table.name} of the OMOP CDM 5.4 needs; "
                                 f"it has {held}. {nearest(column, found)}".rstrip())  # fmt: skip
        return found


def _typed(table: Table, column: str, text: str) -> str:
    """A column as its kind: an id as a whole number (0 where there is none), everything else as text, empty for nothing."""
    return f"COALESCE(TRY_CAST({text} AS BIGINT), 0)" if column in table.ids else f"COALESCE({text}, '')"


def _missing(table: Table, column: str) -> str:
    return "0::BIGINT" if column in table.ids else "''"


def recognizes(source: str) -> bool:
    """Whether *source* is a folder with the tables of a CDM."""
    return os.path.isdir(source) and bool(table_files(Path(source)))
