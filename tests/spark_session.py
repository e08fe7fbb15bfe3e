"""One Spark session for all tests: starting one, and warming it, costs more than a thousand patients."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

INTERPRETED = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
"""Compiling the query to Java takes far longer than running it over a thousand patients."""


def why_no_spark() -> str:
    """Why Spark cannot be tried, or an empty text."""
    if find_spec("pyspark") is None:
        return "the package pyspark is not installed"
    return "" if shutil.which("java") else "there is no Java on the path"


@cache
def spark_session() -> Any:
    """A session on two cores that ends with the tests."""
    from cobalamin.engines.spark.session import local_session

    stack = ExitStack()
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cobalamin-spark-"))
    session = stack.enter_context(local_session(Path(folder), "2GB", 2))
    atexit.register(stack.close)
    for name, value in INTERPRETED.items():
        session.conf.set(name, value)
    return session
