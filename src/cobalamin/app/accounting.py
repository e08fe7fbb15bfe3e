"""Where every row of a run went: lines to print, and a file beside the answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cobalamin.model.account import Account
from cobalamin.outputs.plain import to_json
from cobalamin.outputs.whole_file import whole_file


def lines_of_account(account: Account) -> Iterator[str]:
    """One line for each part of a source, then for patients and for facts."""
    tree: dict[str, Any] = account.to_dict()
    for name, counts in {**tree.get("sources", {}), "patients": tree["patients"], "facts": tree["facts"]}.items():
        aside = ", ".join(f"{number} {reason}" for reason, number in counts["set_aside"].items())
        others = f" + {counts['not_ours']} not ours" if "not_ours" in counts else ""
        total = sum(counts["set_aside"].values())
        yield f"{name}: {counts['read']} read = {counts['used']} used{others} + {total} set aside{f' ({aside})' if aside else ''}"


def account_file(out: Path) -> Path:
    """The file beside *out* that holds its account."""
    return out.with_name(f"{out.name}.account.json")


def write_account(account: Account, out: Path) -> None:
    """Write the account beside the answers in *out*, whole or not at all."""
    with whole_file(account_file(out)) as draft:
        draft.write_text(to_json(account.to_dict(), indent=1) + "\n", encoding="utf-8")
