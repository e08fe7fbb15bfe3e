"""The shape of the code: imports point one way, heavy libraries load only when used, no clinical number lives in Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import cobalamin
from cobalamin.rules.load import load

ROOT = Path(cobalamin.__file__).parent
MAY_IMPORT = {
    "errors": set(),
    "model": {"model"},
    "rules": {"model", "rules", "errors"},
    "records": {"model", "rules", "records", "errors"},
    "engines": {"model", "rules", "records", "engines", "errors"},
    "stats": {"stats"},
    "outputs": {"model", "rules", "outputs", "errors"},
    "verify": {"model", "rules", "records", "engines", "outputs", "verify", "errors"},
    "simulation": {"model", "rules", "records", "outputs", "simulation", "errors"},
    "assessing": {"model", "rules", "records", "engines", "errors"},
    "spark": {"model", "rules", "records", "engines", "errors", "assessing"},
    "run": {"model", "rules", "records", "engines", "errors", "assessing", "spark"},
    "app": {"model", "rules", "records", "engines", "stats", "outputs", "verify", "errors", "assessing", "run", "simulation", "app"},
}
FILES = sorted(path for path in ROOT.rglob("*.py") if path.name != "__init__.py")
NOT_CLINICAL = {
    100: "percent",
    1000: "rows fetched at a time",
    10000: "steps of the grid in one unit",
    200: "longest text that is read",
    40: "longest sex that is read",
    45: "bits below the day of a packed result",
    60: "seconds for a proof",
    0.6: "likeness of a near name",
    80: "columns of a terminal",
    120: "longest phrase that is read",
    1.5: "growth of a sampled value in a proof",
}


def layer(path: Path) -> str:
    """The layer a file belongs to: its folder, or its name at the top."""
    inside = path.relative_to(ROOT).parts
    return inside[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    """A layer imports only the layers below it, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name.startswith("cobalamin."):
                assert name.split(".")[1] in MAY_IMPORT[layer(path)], f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_one_noun_long(path: Path) -> None:
    """No module grows beyond what one noun needs, and none is named for nothing in particular."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330
    assert path.stem not in {"util", "utils", "helpers", "misc", "common"}


def test_no_clinical_number_in_python() -> None:
    """Every number a parameter prints stays out of the code, unless it is a number of the code's own with a reason."""
    clinical = {number for spec in load().parameters.values() for values in spec.values.values() for dated in values for _, number in dated.printed}
    clinical = {number for number in clinical if number > 31 or number != int(number)} - set(NOT_CLINICAL)
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
                assert float(node.value) not in clinical, f"{path.relative_to(ROOT)}:{node.lineno} holds {node.value}"


def test_no_sentence_for_patients_in_python() -> None:
    """No Hindi or Arabic sentence lives in the code; digits and marks of those scripts do."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(" ") > 3:
                assert not any(c.isalpha() and ("\u0600" <= c <= "\u06ff" or "\u0900" <= c <= "\u097f") for c in node.value), f"{path}:{node.lineno}"


@pytest.mark.parametrize(("code", "never"), [
    ("import cobalamin.app.cli", {"duckdb", "z3", "fluent", "babel", "yaml", "cobalamin.rules", "cobalamin.engines"}),
    ("import cobalamin; cobalamin.assess({'facts': []})", {"duckdb", "z3", "fluent", "babel", "cobalamin.rules.shelf", "cobalamin.rules.catalog_file",
                                                          "cobalamin.records.fhir"}),
    ("import cobalamin; cobalamin.assess({'resourceType': 'Patient', 'id': 'p'})", {"duckdb", "z3", "fluent", "babel"}),
])  # fmt: skip
def test_heavy_libraries_load_only_when_used(code: str, never: set[str]) -> None:
    """Asking for help loads nothing; assessing one person loads no database, prover or translator."""
    program = f"import sys; {code}; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert never.isdisjoint(loaded)
