"""What tests in a real browser stand on: a server of ours, Chromium, and the two libraries that are only there for tests."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
PYODIDE = MODULES / "pyodide"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run")
VIEWS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def why_no_browser() -> str:
    """Why pages cannot be tried in a browser here, or an empty text."""
    missing = [name for name in ("playwright", "fastapi", "uvicorn") if find_spec(name) is None]
    if missing:
        return f"{missing[0]} is not installed"
    if not CHROMIUM:
        return "there is no Chromium (Debian: apt install chromium)"
    return "" if AXE.is_file() and PYODIDE.is_dir() else "its libraries are not there (npm ci --prefix tests/browser)"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def server(folders: tuple[Path, ...] = ()) -> Iterator[str]:
    """The application on this machine; its address."""
    import uvicorn

    from cobalamin.app.server.server import create_app
    from cobalamin.app.server.settings import Settings

    port = free_port()
    running = uvicorn.Server(uvicorn.Config(create_app(Settings(port=port, folders=folders)), host="127.0.0.1", port=port, access_log=False, log_level="warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join(10)


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server that says nothing."""

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """A folder of files over HTTP, as any plain server hands it out; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=os.fspath(folder))) as held:
        threading.Thread(target=held.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{held.server_address[1]}"
        held.shutdown()
