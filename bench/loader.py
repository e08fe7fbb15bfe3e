"""A server of ours under a steady rate of requests, each counted from the moment it was due.

The loader is in the process that measures and takes part of the two cores.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
LANGUAGES = ("en", "hi", "ar")


@dataclass(frozen=True)
class Call:
    """One request; without a body it is a GET."""

    path: str
    body: bytes = b""
    kind: str = JSON

    def request(self, lang: str) -> bytes:
        """The request as it goes over the wire."""
        method = "POST" if self.body else "GET"
        head = f"{method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {self.kind}\r\nAccept-Language: {lang}\r\nContent-Length: {len(self.body)}\r\n\r\n"
        return head.encode() + self.body


class Client:
    """One connection that is kept."""

    def __init__(self, port: int):
        self.port, self.writer = port, None  # type: int, asyncio.StreamWriter | None

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
        status, body = int(lines[0].split()[1]), await self.reader.readexactly(length)
        if b"connection: close" in lines:
            self.writer.close()
            self.writer = None
        return status, body


async def steady(port: int, calls: Mapping[str, Call], rate: int, seconds: float, clients: int) -> tuple[dict[str, list[float]], int]:
    """Milliseconds of every call by kind, from the moment it was due, the kinds taking turns; and how many were not answered with 200."""
    kinds, free, failed = list(calls.items()), asyncio.Queue(), 0  # type: list[tuple[str, Call]], asyncio.Queue[Client], int
    times: dict[str, list[float]] = {name: [] for name, _ in kinds}
    for _ in range(clients):
        free.put_nowait(Client(port))

    async def one(number: int, due: float) -> None:
        nonlocal failed
        name, call = kinds[number % len(kinds)]
        client = await free.get()
        status, _ = await client.send(call.request(LANGUAGES[number % len(LANGUAGES)]))
        times[name].append((time.perf_counter() - due) * 1000)
        failed += status != 200
        free.put_nowait(client)

    start, tasks = time.perf_counter() + 0.1, []
    for number in range(int(rate * seconds)):
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(number, due)))
    await asyncio.gather(*tasks)
    return times, failed


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """A server of its own: its port and its process."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    server = subprocess.Popen([str(Path(sys.executable).parent / "cobalamin"), "serve", "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def part(times: list[float], share: float) -> float:
    """The time within which *share* of the calls were answered."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def processor(pid: int) -> float:
    """Seconds of processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """MB a process holds now."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")
