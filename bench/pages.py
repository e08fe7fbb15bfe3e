"""The pages under load: a steady mix of what a busy afternoon asks, for a minute, with no error and no memory that grows.

    python bench/pages.py [--rate 200] [--seconds 60] [--clients 32]

Of twenty requests eight are files, four are pages opened, four are names looked up while somebody types, two are cases sent as JSON,
one is an answer while somebody types, one a whole page with its answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from urllib.parse import urlencode

from loader import FORM, Call, memory, part, processor, served, steady
from table import Table

RATE, SECONDS, CLIENTS = 200, 60.0, 32
CASE = {"age": "57", "sex": "female", "r1.concept": "serum_b12", "r1.value": "205", "r1.unit": "pg/mL", "r2.concept": "paresthesia", "r3.concept": "metformin",
        "r3.date": "2020-01-01", "r4.concept": "hemoglobin", "r4.value": "11", "r4.unit": "g/dL"}  # fmt: skip
SENT = {"age_years": 57, "facts": [{"concept": "serum_b12", "value": 95, "unit": "pg/mL"}, {"concept": "tingling in both feet"}]}


def mix() -> dict[str, Call]:
    """The requests, in the order in which they take turns."""
    files = [Call(f"/{name}") for name in ("static/cobalamin.css", "static/htmx.min.js", "static/patient.js", "fonts/NotoSans-Regular.woff2")]
    pages = [Call(path) for path in ("/", "/patient", "/me", "/population")]
    names = [Call("/patient", urlencode({"part": "patient-suggest", "add": text}).encode(), FORM) for text in ("ting", "metf", "झुन", "تنم")]
    live = Call("/patient", urlencode({**CASE, "part": "patient-live"}).encode(), FORM)
    whole = Call("/patient", urlencode(CASE).encode(), FORM)
    sent = Call("/api/assess", json.dumps(SENT).encode())
    held = [*files, *pages, *files, *names, sent, live, sent, whole]
    kinds = [*["a file"] * 4, *["a page opened"] * 4, *["a file"] * 4, *["names looked up"] * 4,
             "a case as JSON", "an answer while typing", "a case as JSON", "a whole page"]  # fmt: skip
    return {f"{kind} ({number})": call for number, (kind, call) in enumerate(zip(kinds, held, strict=True))}


def measure(rate: int = RATE, seconds: float = SECONDS, clients: int = CLIENTS) -> Table:
    """A server of its own, warmed up, under a steady rate; memory is read a third of the way and at the end."""
    with served() as (port, pid):
        asyncio.run(steady(port, mix(), 40, 5, clients))
        before, found = processor(pid), {}  # type: float, dict[str, list[float]]
        failed, held = 0, []  # type: int, list[float]
        for _ in range(3):
            times, wrong = asyncio.run(steady(port, mix(), rate, seconds / 3, clients))
            failed += wrong
            held.append(memory(pid))
            for name, some in times.items():
                found.setdefault(name.rpartition(" (")[0], []).extend(some)
        used = processor(pid) - before
    everything = {"all requests": [one for some in found.values() for one in some], **found}
    rows = [(name, str(len(some)), *(f"{part(some, share):.1f} ms" for share in (0.5, 0.95, 0.99, 1.0))) for name, some in everything.items()]
    title = (f"The pages, {rate} requests a second for {seconds:.0f} s, one process, {failed} failed; {used / max(1, len(everything['all requests'])) * 1000:.1f} ms of "
             f"processor a request; {held[0]:.0f} MB after a third, {held[-1]:.0f} MB at the end; load average {os.getloadavg()[0]:.1f}")  # fmt: skip
    return Table(title, ("request", "number", "median", "95th", "99th", "slowest"), rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=RATE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    given = parser.parse_args()
    print(measure(given.rate, given.seconds, given.clients))
