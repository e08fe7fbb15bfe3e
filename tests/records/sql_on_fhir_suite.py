"""The official test cases of SQL on FHIR v2, and what our compiler makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cobalamin.records.fhir.path import ViewError
from cobalamin.records.fhir.shape import shape_of
from cobalamin.records.fhir.view import compile_view

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


def outcome(case: SuiteCase, folder: Path) -> str:
    """`passed`, `refused: why`, or `wrong: what`."""
    try:
        found, columns = run_view(case, folder)
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


def run_view(case: SuiteCase, folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of a view over the resources of its case, and its columns."""
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


def _plain(row: dict[str, Any]) -> str:
    return json.dumps({key: _number(value) for key, value in row.items()}, sort_keys=True, ensure_ascii=False)


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
