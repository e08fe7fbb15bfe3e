"""The official test cases of SQL on FHIR v2, and what our two runners make of them: SQL of DuckDB, and functions in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cobalamin.records.fhir.path import ViewError
from cobalamin.records.fhir.rows import evaluate_view
from cobalamin.records.fhir.shape import shape_of
from cobalamin.records.fhir.view import compile_view

Rows = list[dict[str, Any]]
Run = Callable[["SuiteCase", Path], tuple[Rows, list[str]]]
FOLDER = Path(__file__).parent / "sql_on_fhir"


@dataclass(frozen=True)
class SuiteCase:
    """One case: a view over a few resources and the rows it must give, or None when it must be refused."""

    file: str
    title: str
    view: dict[str, Any]
    resources: list[dict[str, Any]]
    expected: list[dict[str, Any]] | None
    columns: list[str] | None

    @property
    def name(self) -> str:
        return f"{self.file}: {self.title}"


def suite_cases() -> Iterator[SuiteCase]:
    """The shareable cases."""
    for file in sorted(FOLDER.glob("*.json")):
        tree = json.loads(file.read_text(encoding="utf-8"))
        for test in tree["tests"]:
            if "shareable" in test.get("tags", ()):
                expected = None if test.get("expectError") else test.get("expect")
                yield SuiteCase(file.stem, test["title"], test["view"], tree["resources"], expected, test.get("expectColumns"))


def outcome(case: SuiteCase, run: Run, folder: Path) -> str:
    """`passed`, `refused: why`, or `wrong: what`."""
    try:
        found, columns = run(case, folder)
    except ViewError as error:
        return "passed" if case.expected is None else f"refused: {error}"
    except duckdb.Error as error:
        return "passed" if case.expected is None else f"wrong: {str(error)[:200]}"
    if case.expected is None:
        return "wrong: no error"
    if case.columns is not None and case.columns != columns:
        return f"wrong: columns {columns}"
    same = sorted(map(_plain, found)) == sorted(map(_plain, case.expected))
    return "passed" if same else f"wrong: {found}"


def in_duckdb(case: SuiteCase, folder: Path) -> tuple[Rows, list[str]]:
    """The rows of a view over the resources of its case, and its columns, by the compiler."""
    mine = [resource for resource in case.resources if resource["resourceType"] == case.view.get("resource")]
    compiled = compile_view(case.view, {str(case.view.get("resource")): shape_of(mine)})
    file = folder / "resources.ndjson"
    file.write_text("".join(json.dumps(resource) + "\n" for resource in mine), encoding="utf-8")
    compiled.shape.element("resourceType")
    con = duckdb.connect()
    source = f"read_json('{file}', format='newline_delimited', columns={compiled.shape.columns()})" if mine else "(SELECT NULL AS \"resourceType\" WHERE FALSE)"
    cursor = con.execute(compiled.over(source))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()], names


def in_memory(case: SuiteCase, folder: Path) -> tuple[Rows, list[str]]:
    """The same by the functions."""
    mine = [resource for resource in case.resources if resource["resourceType"] == case.view.get("resource")]
    view = evaluate_view(case.view, {str(case.view.get("resource")): shape_of(mine)})
    return [{name: row[name] for name in view.columns} for resource in mine for row in view.rows(resource)], list(view.columns)


RUNNERS: tuple[Run, ...] = (in_duckdb, in_memory)


def _plain(row: dict[str, Any]) -> str:
    return json.dumps({key: _number(value) for key, value in row.items()}, sort_keys=True, ensure_ascii=False)


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
