"""What the operator of a server decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cobalamin.app.cds_hooks.settings import HookSettings

HERE = "127.0.0.1"
OWN_HOSTS = (HERE, "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """Where the server listens and what it lets in.

    `hosts` are further names it may be called by (a request for any other is refused, so that no page elsewhere can be made to look
    like this one); `root` is a prefix that a proxy takes away; `folders` may be opened as populations; sizes are bytes, times seconds.
    """

    host: str = HERE
    port: int = 8012
    hosts: tuple[str, ...] = ()
    root: str = ""
    proxies: tuple[str, ...] = ()
    folders: tuple[Path, ...] = field(default_factory=tuple)
    largest_body: int = 4 * 1024 * 1024
    longest: float = 20.0
    hooks: HookSettings = field(default_factory=HookSettings)
    """What the services of CDS Hooks need."""

    @property
    def known_hosts(self) -> list[str]:
        """Every name that may stand in a request's Host header."""
        return [*OWN_HOSTS, *self.hosts]
