"""How far a long run is: one line on standard error, of numbers of people only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

Progress = Callable[[int, int, int], None]


def progress_lines(asked: bool) -> Progress | None:
    """What to call after each part of a run; nothing to call where nobody looks: standard error is no terminal and it was not asked for."""
    return Shown(sys.stderr.isatty()) if asked or sys.stderr.isatty() else None


class Shown:
    """Prints how many people are done, how many a second, and about how long the rest will take; a terminal keeps one line."""

    def __init__(self, terminal: bool):
        self.terminal, self.start = terminal, time.monotonic()

    def __call__(self, done: int, everybody: int, before: int) -> None:
        """*before* people were assessed by an earlier run."""
        if done == everybody == before or (done < everybody and done == before):
            return
        rate = (done - before) / max(time.monotonic() - self.start, 1e-9)
        line = f"{done:,} of {everybody:,} people, {rate:,.0f} a second"
        if done < everybody:
            line += f", about {_time((everybody - done) / rate)} left"
        print(f"\r\033[K{line}" if self.terminal else line, end="\n" if done == everybody or not self.terminal else "", file=sys.stderr, flush=True)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
