"""One server, one browser and one site without a server for all tests; no request may leave this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import ARGUMENTS, AXE, CHROMIUM, PYODIDE, VIEWS, files, server, why_no_browser

SAMPLES = Path(__file__).parents[2] / "samples"
Open = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = why_no_browser()
    for item in items:
        if reason and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A server with the sample clinic as an allowed folder."""
    with server((SAMPLES / "clinic",)) as held:
        yield held


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site without a server, as files."""
    from cobalamin.app.site.building import build

    folder = tmp_path_factory.mktemp("site") / "site"
    build(folder, PYODIDE)
    with files(folder) as held:
        yield held


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for the tests of a module; its loop of events must have ended before other tests run one of theirs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Open]:
    """Open an address in a window of its own; at the end nothing has left this machine and no script has failed."""
    asked: list[str] = []
    wrong: list[str] = []
    with ExitStack() as stack:

        def opened(url: str, view: str = "desktop", **options: Any) -> Any:
            context = chromium.new_context(viewport=VIEWS[view], **options)
            stack.callback(context.close)
            page = context.new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            page.goto(url)
            return page

        yield opened
    outside = [url for url in asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"]
    assert not outside
    assert not wrong


@pytest.fixture(scope="session")
def violations() -> Callable[[Any], list[str]]:
    """What the accessibility checker finds on a page: WCAG 2.2 up to AA and its own best practice."""
    source = AXE.read_text(encoding="utf-8")

    def found(page: Any) -> list[str]:
        # evaluated by the browser itself, so the page's own policy stays as it is
        page.evaluate(source)
        report = json.loads(page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(JSON.stringify)"))
        return [f"{v['id']}: {v['help']} {[node['target'] for node in v['nodes']][:3]}" for v in report["violations"]]

    return found
