"""A Spark session on this machine, for those who pass none: nothing listens outside, nothing is left behind, no row is ever logged."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.errors import InputError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HERE = "127.0.0.1"
MASTER = "local[*]"
MEMORY = "4g"
LATE_LOGS = ("SQLQueryContextLogger", "py4j")
"""Python's side of Spark repeats the text of a failed query."""


@contextmanager
def local_session(scratch: Path, memory: str = "", threads: int = 0, master: str = "") -> Iterator[SparkSession]:
    """A session with its files in *scratch*, ended afterwards; *memory* is a size such as 4GB."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("This needs Spark: pip install 'cobalamin[spark]', and Java 17 or later.") from None

    os.environ.setdefault("SPARK_LOCAL_IP", HERE)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = master or (f"local[{threads}]" if threads else MASTER)
    settings = {
        "spark.driver.bindAddress": HERE, "spark.driver.host": HERE, "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": _spark_size(memory) or MEMORY, "spark.local.dir": str(scratch / "spark"), "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.sql.shuffle.partitions": str(max(2, (threads or os.cpu_count() or 2) * 2)), "spark.log.level": "OFF",
        # the plan is large and its small tables are known: planning it anew after each of them takes longer than running it
        "spark.sql.adaptive.enabled": "false",
        # what a page nobody looks at would show of finished queries: the plans are large, and kept they fill the memory
        "spark.sql.ui.retainedExecutions": "1", "spark.ui.retainedJobs": "1", "spark.ui.retainedStages": "1", "spark.ui.retainedTasks": "1",
        "spark.sql.maxPlanStringLength": "0",
        # every small table that is joined takes at least a page, and there are many
        "spark.buffer.pageSize": "1m",
        "spark.sql.parquet.compression.codec": "zstd", "spark.sql.session.timeZone": "UTC",
    }  # fmt: skip
    builder = SparkSession.builder.master(master).appName("cobalamin")
    for name, value in settings.items():
        builder = builder.config(name, value)
    for name in LATE_LOGS:
        logging.getLogger(name).disabled = True
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise UsageError(f"Spark cannot be started ({type(error).__name__}); it needs Java 17 or later on the path.") from None
    try:
        yield session
    finally:
        session.stop()


def on_this_machine(session: SparkSession) -> bool:
    """Whether a session runs where the files of this machine are."""
    return str(session.conf.get("spark.master", "")).startswith("local")


@contextmanager
def refused() -> Iterator[None]:
    """What Spark cannot do is an error that repeats nothing of the data."""
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        raise InputError(f"The input cannot be assessed: Spark ended with {error.getCondition() or type(error).__name__}.") from None
    except Py4JError:
        raise InputError("The input cannot be assessed: Spark ended; a file may be damaged, or memory or disk may be too small.") from None


def _spark_size(text: str) -> str:
    """A size such as 4GB as Java writes it."""
    size = text.strip().lower().removesuffix("b")
    if size and not (size[:-1].replace(".", "").isdigit() and size[-1] in "kmgt"):
        raise UsageError(f"'{text}' is no amount of memory; write it like 4GB.")
    return size
