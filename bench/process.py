"""A command run as a process of its own, so that its memory and its start count honestly; and the machine it runs on."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

TICK = 0.2
"""Seconds between two looks at a process and its children."""


@dataclass(frozen=True)
class Used:
    """Seconds, processor seconds and the greatest memory of a process with its children, and the last line it printed."""

    seconds: float
    cpu: float
    gigabytes: float
    printed: str


def run(argv: Sequence[str | Path], cwd: Path | None = None, environment: dict[str, str] | None = None, children: bool = False) -> Used:
    """Run a command to its end, or end with what it said; *children* that it leaves behind, such as Java, are watched in /proc."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=cwd, env=environment, stdout=out, stderr=errors, start_new_session=children)
        watch = _Watch(process.pid) if children else None
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(map(str, argv))} failed: {errors.read()[-2000:]}")
        printed = (out.read().splitlines() or [""])[-1]
    cpu, gigabytes = used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e9
    if watch:
        watch.end()
        cpu, gigabytes = max(cpu, watch.cpu), max(gigabytes, watch.gigabytes)
    return Used(seconds, cpu, gigabytes, printed)


class _Watch(threading.Thread):
    """Looks at every process of a session now and then: their memory together, and the processor seconds each has used."""

    def __init__(self, session: int):
        super().__init__(daemon=True)
        self.session, self.gigabytes, self.seen, self.over = session, 0.0, dict[int, float](), threading.Event()
        self.start()

    @property
    def cpu(self) -> float:
        return sum(self.seen.values())

    def end(self) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
        while not self.over.wait(TICK):
            together = 0
            for file in Path("/proc").glob("[0-9]*/stat"):
                try:
                    fields = file.read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[3]) == self.session:
                    self.seen[int(file.parent.name)] = (int(fields[11]) + int(fields[12])) / tick
                    together += int(fields[21]) * page
            self.gigabytes = max(self.gigabytes, together / 1e9)


def machine(*packages: str) -> str:
    """The day, versions and machine of a run, and how busy the machine was with other work."""
    held = [f"{name} {found}" for name in ("cobalamin", "duckdb", *packages) if (found := _version(name))]
    if node := shutil.which("node"):
        held.append(f"Node.js {subprocess.run([node, '--version'], capture_output=True, text=True, check=True).stdout.strip().lstrip('v')}")
    parts = [date.today().isoformat(), *held, f"Python {platform.python_version()}", f"{os.cpu_count()} cores of {_processor()}", f"{_memory():.0f} GB memory",
             f"{platform.system()} {platform.machine()}", f"load of other work at the start: {os.getloadavg()[0]:.1f}"]  # fmt: skip
    return " · ".join(parts)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0] if names else platform.processor() or "an unknown processor"


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
