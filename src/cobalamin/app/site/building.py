"""Make the site: a folder of files that any plain file server can hand out, and that works with no network after the first visit."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import cobalamin.outputs
from cobalamin.app.pages.asked import Asked, languages
from cobalamin.app.pages.site import DOORS, file_of, rendered
from cobalamin.app.site.browser import ROOT
from cobalamin.app.site.program import write_program
from cobalamin.errors import InputError, UsageError
from cobalamin.outputs.whole_file import whole_folder

PYODIDE = "314.0.7"
"""The release of Pyodide that the site was tried with."""
PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
HERE = Path(__file__).parent
OUTPUTS = Path(cobalamin.outputs.__file__).parent
SCRIPTS = ("site.js", "worker.js")
MANIFEST = {
    "name": "Cobalamin", "short_name": "Cobalamin", "start_url": "./index.html", "scope": "./", "display": "standalone",
    "background_color": "#fdfcfb", "theme_color": "#8c2f39",
    "icons": [{"src": "static/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
}  # fmt: skip


def build(out: Path, pyodide: Path | None = None) -> dict[str, int]:
    """Write the site to the folder *out*, whole or not at all; returns the number of files, their bytes, and the bytes of Python itself."""
    with tempfile.TemporaryDirectory(prefix="cobalamin-") as scratch, whole_folder(out, _is_ours) as draft:
        draft.mkdir(exist_ok=True)
        python = pyodide or fetched(Path(scratch))
        _copy(python, PARTS, draft / "pyodide")
        _copy(HERE, SCRIPTS, draft / "site")
        _copy(OUTPUTS / "static", (path.name for path in (OUTPUTS / "static").iterdir()), draft / "static")
        _copy(OUTPUTS / "fonts", (path.name for path in (OUTPUTS / "fonts").glob("*.woff2")), draft / "fonts")
        write_program(draft / "program.zip")
        for name, text in _pages():
            (draft / name).parent.mkdir(exist_ok=True)
            (draft / name).write_text(text, encoding="utf-8")
        (draft / "site.webmanifest").write_text(json.dumps(MANIFEST), encoding="utf-8")
        files = {path.relative_to(draft).as_posix(): path.read_bytes() for path in sorted(draft.rglob("*")) if path.is_file()}
        (draft / "service.js").write_text(_service(files), encoding="utf-8")
        held = sum(map(len, files.values()))
        return {"files": len(files) + 1, "bytes": held, "python": sum(len(content) for name, content in files.items() if name.startswith("pyodide/"))}


def fetched(scratch: Path) -> Path:
    """Pyodide from the registry of npm, which checks what it hands out."""
    npm = shutil.which("npm")
    if npm is None:
        raise UsageError(f"The site needs Pyodide {PYODIDE}: install npm, or name the unpacked npm package with --pyodide FOLDER.")
    command = [npm, "install", "--prefix", str(scratch), "--no-audit", "--no-fund", "--ignore-scripts", f"pyodide@{PYODIDE}"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise InputError(f"npm could not fetch pyodide@{PYODIDE}; fetch it elsewhere and name the unpacked package with --pyodide FOLDER.")
    return scratch / "node_modules" / "pyodide"


def _copy(source: Path, names: Iterable[str], target: Path) -> None:
    target.mkdir()
    for name in names:
        if not (source / name).is_file():
            raise InputError(f"{source} holds no {name}; give the folder of the npm package pyodide {PYODIDE}.")
        shutil.copyfile(source / name, target / name)


def _pages() -> Iterator[tuple[str, str]]:
    """Every page in every language, and the first one, which sends on to the reader's own."""
    for lang in languages():
        for door in DOORS:
            asked = Asked(door.path, lang, root=ROOT)
            yield file_of(door.path, lang), rendered(asked, door.view(asked), DOORS, serverless=True)
    first = file_of("/", languages()[0])
    links = "".join(f'<li><a href="{file_of("/", lang)}" lang="{lang}">{lang}</a></li>' for lang in languages())
    head = f'<head><meta charset="utf-8"><title>Cobalamin</title><meta http-equiv="refresh" content="0; url={first}"></head>'
    yield "index.html", f"<!doctype html><html lang=\"en\">{head}<body><ul>{links}</ul></body></html>\n"


def _is_ours(path: Path) -> bool:
    """Whether what lies in a folder is a part of a site, so that a new one may take its place."""
    return path.name in {*languages(), "fonts", "static", "pyodide", "site", "program.zip", "index.html", "service.js", "site.webmanifest"}


def _service(files: dict[str, bytes]) -> str:
    """The service worker, with the name of every file to keep and a version that changes with any of them."""
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    names = ", ".join(json.dumps(name) for name in files)
    return (HERE / "service.js").read_text(encoding="utf-8").replace("@VERSION@", digest.hexdigest()).replace("/* @FILES@ */", names)
