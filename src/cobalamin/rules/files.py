"""Read knowledge files (YAML), remembering where everything stands so that an error can point at it.

Parsing YAML is slow, so trees that loaded without an error are kept beside the knowledge as one JSON archive,
used as long as its digest equals that of the files. An archive is never needed: it only saves time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.errors import KnowledgeError, Place, nearest

if TYPE_CHECKING:
    import yaml

ARCHIVE = "compiled.json"


class Text(str):
    """A scalar of a knowledge file that knows its place."""

    place: Place


class Mapping(dict[str, Any]):
    """A mapping of a knowledge file that knows its place."""

    place: Place


def place_of(value: object, default: Place) -> Place:
    """Where *value* stands, or *default* when it came from the archive."""
    return getattr(value, "place", default)


def _build(node: yaml.Node, file: str) -> Any:
    import yaml

    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        mapping = Mapping()
        mapping.place = place
        for key_node, value_node in node.value:
            key = _build(key_node, file)
            if key in mapping:
                raise KnowledgeError(f"'{key}' is written twice.", place_of(key, place), "Keep one.", "duplicate-key")
            mapping[key] = _build(value_node, file)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, file) for item in node.value]
    if node.tag == "tag:yaml.org,2002:int":
        return int(node.value)
    if node.tag == "tag:yaml.org,2002:float":
        return float(node.value)
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    if node.tag == "tag:yaml.org,2002:null":
        return None
    text = Text(node.value)
    text.place = place
    return text


def read_yaml(path: Path, name: str) -> Any:
    """The tree of one YAML file; *name* is what errors call it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"cannot be read: {type(error).__name__}.", Place(name), id="unreadable-file") from None
    return _tree(text, name)


@lru_cache(maxsize=1024)
def _tree(text: str, name: str) -> Any:
    """The tree of *text*, parsed once in a process however many copies of the knowledge hold it; nobody changes a tree."""
    import yaml

    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        problem = getattr(error, "problem", None) or "it holds a character that text may not hold"
        raise KnowledgeError(f"is not YAML: {problem}.", place, "Check indentation, quotes and colons.", "yaml") from None
    return mapping_at(Mapping() if node is None else _build(node, name), Place(name))


def mapping_at(tree: Any, place: Place) -> dict[str, Any]:
    """*tree* itself when it is a mapping of names, as every knowledge file and every part with named members is."""
    if not isinstance(tree, dict):
        raise KnowledgeError("holds something else than names with values.", place_of(tree, place), "Write `name: value` lines.", "not-a-mapping")
    return tree


def at(tree: object, file: str, path: str) -> Place:
    """Where *tree* stands in *file*, under the name *path*."""
    spot = place_of(tree, Place(file))
    return Place(file, spot.line, spot.column, path)


def only_keys(tree: dict[str, Any], known: Collection[str], place: Place) -> None:
    """Refuse a key of *tree* that nobody reads, with the nearest that somebody does."""
    for key in tree:
        if key not in known:
            near = nearest(str(key), known) or f"Known: {', '.join(sorted(known))}."
            raise KnowledgeError(f"'{key}' is not understood here.", place_of(key, place), near, "unknown-key")


def knowledge_paths(root: Path) -> list[Path]:
    """Every YAML file under *root*, in a fixed order."""
    return sorted(path for path in root.rglob("*.yaml"))


def digest(root: Path, paths: Iterable[Path]) -> str:
    """One digest of the names and contents of *paths*."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def read_folder(root: Path) -> tuple[dict[str, Any], str, bool]:
    """Every tree under *root* by file name, the digest, and whether the archive served it."""
    paths = knowledge_paths(root)
    signature = digest(root, paths)
    try:
        archived = json.loads((root / ARCHIVE).read_text(encoding="utf-8"))
        if archived["digest"] == signature:
            return archived["trees"], signature, True
    except (OSError, ValueError, KeyError):
        pass
    return {p.relative_to(root).as_posix(): read_yaml(p, p.relative_to(root).as_posix()) for p in paths}, signature, False


def write_archive(root: Path, trees: dict[str, Any], signature: str) -> None:
    """Keep *trees* for the next start; a folder that cannot be written to is left as it is."""
    target = root / ARCHIVE
    try:
        draft = target.with_suffix(".tmp")
        draft.write_text(json.dumps({"digest": signature, "trees": trees}, ensure_ascii=False, separators=(",", ":")),
                         encoding="utf-8")  # fmt: skip
        draft.replace(target)
    except OSError:
        return
