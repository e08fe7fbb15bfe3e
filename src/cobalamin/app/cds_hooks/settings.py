"""What the operator of the services decides, from a file of the operator's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from cobalamin.app.cds_hooks.request import is_url
from cobalamin.app.cds_hooks.token import Client, keys_of
from cobalamin.errors import InputError, UsageError, nearest

KEYS = ("base_url", "clients", "guideline", "guideline_files", "dates", "origins", "feedback")
CLIENT_KEYS = ("jwks", "jku")


@dataclass(frozen=True)
class HookSettings:
    """Whom to trust (nobody has to show a token while `clients` is empty), under which address and guideline, and where feedback is counted.

    Without `dates` the queries that are asked for hold no `today()`; `origins` are web pages that may call from a browser.
    """

    base_url: str = ""
    clients: tuple[Client, ...] = ()
    guideline: str | None = None
    guideline_files: tuple[Path, ...] = ()
    dates: bool = True
    origins: tuple[str, ...] = ()
    feedback: Path | None = None


def read_settings(path: Path) -> HookSettings:
    """The settings in a YAML or JSON file; paths in it are beside it."""
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise InputError(f"{path.name} cannot be read as YAML.") from None
    if not isinstance(tree, dict):
        raise InputError(f"{path.name} is a list of settings, each a name and a value: {', '.join(KEYS)}.")
    _known(tree, KEYS, path.name)
    base = str(tree.get("base_url") or "").rstrip("/")
    clients = tree.get("clients") or {}
    if base and not is_url(base):
        raise UsageError(f"{path.name}: base_url is the address that record systems call, like https://b12.clinic.example.")
    if clients and not base:
        raise UsageError(f"{path.name}: clients need base_url, the address their tokens are meant for.")
    if not isinstance(clients, dict):
        raise UsageError(f"{path.name}: clients are written as the issuer of their tokens, with jwks or jku under it.")
    folder = path.parent
    return HookSettings(
        base, tuple(_client(str(issuer), held, folder, path.name) for issuer, held in clients.items()), tree.get("guideline"),
        tuple(folder / str(file) for file in tree.get("guideline_files") or ()), tree.get("dates") is not False,
        tuple(str(origin).rstrip("/") for origin in tree.get("origins") or ()), folder / str(tree["feedback"]) if tree.get("feedback") else None,
    )  # fmt: skip


def _client(issuer: str, held: object, folder: Path, name: str) -> Client:
    if not isinstance(held, dict) or not (held.get("jwks") or held.get("jku")):
        raise UsageError(f"{name}: a client needs jwks (a file with its public keys) or jku (addresses they may be fetched from).")
    _known(held, CLIENT_KEYS, name)
    addresses = held.get("jku") or ()
    addresses = (addresses,) if isinstance(addresses, str) else tuple(str(one) for one in addresses)
    for address in addresses:
        if not is_url(address) or urlsplit(address).scheme != "https":
            raise UsageError(f"{name}: keys are fetched over https and from nowhere else.")
    return Client(issuer, _keys(folder / str(held["jwks"])) if held.get("jwks") else (), addresses)


def _keys(path: Path) -> tuple[Mapping[str, Any], ...]:
    try:
        return keys_of(json.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise InputError(f"{path.name}, a file of public keys, cannot be opened.") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path.name} is not usable as a set of public keys: {error if type(error) is ValueError else 'it is not JSON'}.") from None


def _known(tree: Mapping[str, Any], keys: tuple[str, ...], name: str) -> None:
    for key in tree:
        if key not in keys:
            raise UsageError(f"{name}: '{key}' is no setting; there are {', '.join(keys)}. {nearest(str(key), keys)}".rstrip())
