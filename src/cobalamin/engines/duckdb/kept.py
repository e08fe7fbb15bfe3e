"""Finished parts of a run, kept in a hidden folder beside its answers until all are there, so that a killed run can be taken up again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MANIFEST = "made-from.json"


class KeptParts:
    """The finished parts in a folder; those of another input, day or guideline are thrown away."""

    def __init__(self, folder: Path, made_from: Mapping[str, Any], resume: bool):
        self.folder, self.notice = folder, ""
        asked = json.loads(json.dumps(made_from))
        if folder.exists():
            differs = _differs(folder / MANIFEST, asked)
            if resume and differs:
                self.notice = f"the parts of an earlier run cannot be used, as {differs} changed since; everything is done again"
            if differs or not resume:
                shutil.rmtree(folder)
        folder.mkdir(exist_ok=True)
        _write(folder / MANIFEST, asked)

    def draft(self, number: int) -> Path:
        """Where a part is written until it is finished."""
        return self.folder / f"draft-{number:06}.parquet"

    def file(self, number: int) -> Path:
        """The answers of a finished part."""
        return self.folder / f"part-{number:06}.parquet"

    def finish(self, number: int, facts: int) -> None:
        """Keep a part, and of how many facts it was made."""
        _write(self.file(number).with_suffix(".json"), {"facts": facts})
        self.draft(number).replace(self.file(number))

    def finished(self, number: int) -> bool:
        return self.file(number).exists()

    def facts(self, number: int) -> int:
        """Of how many facts a finished part was made."""
        return int(json.loads(self.file(number).with_suffix(".json").read_text(encoding="utf-8"))["facts"])

    def remove_unfinished(self) -> None:
        """Throw away what is of no use to a later run: the draft of a part, and everything where no part was finished."""
        for draft in self.folder.glob("draft-*"):
            draft.unlink(missing_ok=True)
        if not any(self.folder.glob("part-*.parquet")):
            self.remove()

    def remove(self) -> None:
        """Throw the parts away: the answers stand in their place."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _differs(manifest: Path, asked: dict[str, Any]) -> str:
    """What the parts were made from that is not what is asked; empty when all is the same."""
    try:
        held = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "what they were made from"
    return " and ".join(name for name in asked.keys() | held.keys() if asked.get(name) != held.get(name))


def _write(path: Path, tree: Mapping[str, Any]) -> None:
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps(tree), encoding="utf-8")
    draft.replace(path)
