"""Read the examples out of a page of Markdown.

A comment before a block says what is to be done with it:
    <!-- run -->            a console block: each command runs; the lines shown come out in this order, `...` stands for others;
                            a python block: it runs; a `<pre>` after a console block shows more of its output
    <!-- run: stderr -->    the lines shown are those of standard error
    <!-- file: PATH -->     the block is the whole of that file
    <!-- adds to: PATH -->  the block is added at the end of that file of the knowledge
    <!-- spec -->           the block is a spec table
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"(?:<!-- (?P<mark>[^>\n]*?) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```(?:\n\n<pre[^>]*>\n(?P<more>.*?)</pre>)?", re.DOTALL)
INVISIBLE = re.compile("[\u200e\u200f\u2066-\u2069]")
LINK = re.compile(r"\]\(<?([^)<>\s]+)>?\)|(?:src|href)=\"([^\"]+)\"")


@dataclass(frozen=True)
class Example:
    """One block of a page: what it is, what is to be done with it, and what it says."""

    page: str
    line: int
    mark: str
    kind: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def commands(self) -> list[tuple[str, list[str]]]:
        """Each command of a console block with the lines it is shown to print."""
        found: list[tuple[str, list[str]]] = []
        for line in self.text.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
        return found


def pages() -> list[Path]:
    """Every page of documentation, the generated ones too."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "tests/spec/README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def written() -> list[Path]:
    """The pages somebody wrote."""
    return [page for page in pages() if not {"reference", "spec"} & set(page.relative_to(ROOT).parts)]


def examples(*marks: str) -> list[Example]:
    """Every example of the written pages whose mark begins with one of *marks*; all of them when none is given."""
    found = []
    for page in written():
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            mark = match["mark"] or ""
            if not marks or mark.startswith(marks):
                line = text.count("\n", 0, match.start("text"))
                found.append(Example(page.relative_to(ROOT).as_posix(), line, mark, match["kind"], match["text"] + (match["more"] or "")))
    return found


def links(page: Path) -> list[str]:
    """Where a page points to within the repository, anchors kept."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [target for found in LINK.findall(text) if (target := found[0] or found[1]) and not re.match(r"[a-z]+:", target)]


def missing(shown: list[str], printed: str) -> str:
    """The first line of *shown* that *printed* does not hold in this order, or nothing. `...` stands for any lines."""
    held, after, gap = INVISIBLE.sub("", printed).splitlines(), 0, True
    for line in shown:
        if line.strip() == "...":
            gap = True
            continue
        found = next((place for place in range(after, len(held)) if held[place].rstrip() == line.rstrip()), None)
        if found is None or (not gap and found != after):
            return line
        after, gap = found + 1, not line.strip() and gap
    return ""
