"""What many tests share: the knowledge as shipped, its vocabulary, and one memory engine on a fixed day."""

from __future__ import annotations

import os

import pytest
from engines_under_test import memory_engine

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.records.words import Words
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import load

AS_OF = "2026-11-20"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def engine() -> MemoryEngine:
    return memory_engine(AS_OF, "ng239")


@pytest.fixture(scope="session")
def words(engine: MemoryEngine) -> Words:
    return engine.words


@pytest.fixture(scope="session")
def today(engine: MemoryEngine) -> int:
    return engine.day


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In continuous integration a skipped test is a failure: everything the tests need is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("COBALAMIN_CI") and reporter and reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
