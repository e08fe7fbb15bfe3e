"""The broken fixtures: each changes a copy of the shipped knowledge in one way and says what must be found."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cobalamin.errors import KnowledgeError
from cobalamin.rules.load import FOLDER, load
from cobalamin.verify import Finding, run

BROKEN = Path(__file__).parent.parent / "fixtures" / "broken"
DAY = "2026-11-20"


@dataclass(frozen=True)
class Broken:
    """One kind of mistake: files added, texts replaced, perhaps a site's own guideline, and what must come of it."""

    name: str
    mistake: str
    finds: dict[str, Any]
    says: str
    files: dict[str, str] = field(default_factory=dict)
    edits: tuple[dict[str, str], ...] = ()
    site: str = ""
    only: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Broken:
        """The fixture in *path*."""
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        lists = {key: tuple(tree.pop(key, ())) for key in ("edits", "only", "guidelines")}
        return cls(path.stem, **tree, **lists)

    def build(self, folder: Path) -> tuple[Path, ...]:
        """Write the broken knowledge into *folder* and answer the guideline files of the site, if there are any."""
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("compiled.json"))
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        for edit in self.edits:
            path = folder / edit["file"]
            text, old = path.read_text(encoding="utf-8"), edit["replace"].strip("\n")
            assert old in text, f"{edit['file']} no longer holds {old!r}: bring this fixture up to date"
            path.write_text(text.replace(old, edit["by"].strip("\n"), 1), encoding="utf-8")
        if not self.site:
            return ()
        site = folder.parent / "site.yaml"
        site.write_text(self.site, encoding="utf-8")
        return (site,)

    def check(self, folder: Path) -> list[Finding]:
        """Everything that loading and checking the broken knowledge finds."""
        extra = self.build(folder)
        try:
            knowledge = load(folder, extra, places=True)
        except KnowledgeError as error:
            return [Finding(error.id, "error", "", str(error.place), f"{error.what} {error.help}")]
        if not self.only:
            return []
        return list(run(knowledge, self.guidelines or None, only=self.only, folder=folder, as_of=DAY).findings)


def every_kind() -> list[Broken]:
    """All fixtures, by name."""
    return [Broken.read(path) for path in sorted(BROKEN.glob("*.yaml"))]
