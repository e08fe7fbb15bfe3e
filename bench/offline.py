"""The site without a server in Chromium: how large it is, how long until the program answers, and how long an answer takes. By itself: python bench/offline.py"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from table import Table

from cobalamin.app.site.building import build

ROUNDS, ANSWERS = 3, 5
READY = "html[data-program^=ready]"
CASE = "[['lang','en'],['part','patient-live'],['age','57'],['r1.concept','serum_b12'],['r1.value','205'],['r1.unit','pg/mL'],['r2.concept','paresthesia']]"
ASK = f"() => fetch('/patient', {{method: 'POST', body: new URLSearchParams({CASE})}}).then((answer) => answer.text())"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def table() -> Table:
    """A first visit, a visit with no network, and answers."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        made = build(Path(scratch) / "site")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(Path(scratch) / "site")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/en/patient.html"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        first, again, answers = [], [], []  # type: list[float], list[float], list[float]
        for _ in range(ROUNDS):
            context = browser.new_context()
            page = context.new_page()
            for offline, times in ((False, first), (True, again)):
                context.set_offline(offline)
                begun = time.perf_counter()
                page.goto(address)
                page.wait_for_selector(READY, timeout=300_000)
                times.append(time.perf_counter() - begun)
                page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            for _ in range(ANSWERS):
                begun = time.perf_counter()
                page.evaluate(ASK)
                answers.append(time.perf_counter() - begun)
            context.close()
        browser.close()
        server.shutdown()
    rows = [("until the program answers, first visit", f"{statistics.median(first):.1f} s"), ("the same with no network", f"{statistics.median(again):.1f} s"),
            ("an answer while typing", f"{statistics.median(answers) * 1000:.0f} ms"),
            ("size", f"{made['bytes'] / 1e6:.1f} MB, of which {made['python'] / 1e6:.1f} MB are Python itself")]  # fmt: skip
    return Table("The site without a server, in Chromium", ("what", "median"), rows)


if __name__ == "__main__":
    print(table())
