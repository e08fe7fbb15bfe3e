"""A proposed mapping as YAML, each column with a comment that says why it is read so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from cobalamin.errors import InputError, UsageError
from cobalamin.records.folder import SUFFIXES, kind_of
from cobalamin.records.opened import scratch_folder
from cobalamin.records.proposal import Column, Proposal, sample_note
from cobalamin.records.wide import open_table
from cobalamin.records.words import Words
from cobalamin.rules.load import load
from cobalamin.run import NEEDS_DUCKDB

WIDEST = 72
"""Comments stand one below the other behind lines as long as this."""


def propose(file: Path) -> str:
    """The mapping proposed for a wide table; it can be given to --mapping as it is."""
    if not find_spec("duckdb"):
        raise UsageError(NEEDS_DUCKDB)
    import duckdb

    from cobalamin.engines.duckdb.engine import connect

    if not file.is_file():
        raise InputError(f"{file} does not exist or is no file.")
    if not kind_of(file):
        raise InputError(f"{file.name} is no table; give {', '.join(SUFFIXES)}.")
    with scratch_folder() as folder:
        con = connect(scratch=Path(folder))
        try:
            table = open_table(con, file, Path(folder))
            proposal = Proposal(con, table, Words(load()))
            return "\n".join(_lines(proposal, file.name, sample_note(con, table))) + "\n"
        except duckdb.Error as error:
            raise InputError(f"{file.name} cannot be read: DuckDB ended with {type(error).__name__}.") from None
        finally:
            con.close()


def _lines(proposal: Proposal, name: str, looked_at: str) -> Iterator[str]:
    columns = proposal.columns
    yield f"# How the columns of {_one_line(name)} are read, as proposed from their names and from {looked_at}. Look it over before it is used:"
    yield "# a comment says why a column is read as it is, and words in capitals want an answer."
    people = [column for column in columns if column.kind == "patient"]
    yield "patient:" if people else "patient: {}"
    if not any(column.said.role == "patient_id" for column in people):
        yield "  # NO COLUMN LOOKS LIKE THE PATIENT'S: write patient_id: COLUMN here"
    yield from _aligned((f"  {column.said.role}: {_text(column.name)}", column.why) for column in people)
    yield from _aligned((f"date: {_text(column.name)}", column.why) for column in columns if column.kind == "date")
    if proposal.dates:
        yield f"dates: {proposal.dates}"
    if proposal.blank:
        yield f"blank: [{', '.join(map(_text, sorted(proposal.blank)))}]"
    for kind in ("results", "flags", "words"):
        held = [column for column in columns if column.kind == kind]
        if held:
            yield f"{kind}:"
            yield from _aligned((f"  {_text(column.name)}: {{{_body(column)}}}", column.why) for column in held)
    left = [column for column in columns if column.kind == "ignore" and column.name.strip()]
    if left:
        yield "ignore:"
        yield from _aligned((f"  - {_text(column.name)}", column.why) for column in left)


def _body(column: Column) -> str:
    if column.kind == "words":
        return f"split: {_text(column.split)}" if column.split else ""
    parts = [f"concept: {_text(column.said.code or column.said.concept)}"]
    parts += [f"unit: {_text(column.unit)}"] if column.unit else []
    parts += ["assumed: true"] if column.assumed else []
    parts += [f"{key}: [{', '.join(map(_text, texts))}]" for key, texts in (("present", column.present), ("absent", column.absent)) if texts]
    return ", ".join([*parts, *(f"{what}: {_text(name)}" for what, name in column.beside.items())])


def _aligned(lines: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Lines with their comments one below the other, as far as the lines are short."""
    held = list(lines)
    width = max((len(line) for line, _ in held if len(line) <= WIDEST), default=0)
    return (f"{line:{width}}  # {_one_line(why)}" if why else line for line, why in held)


def _text(text: str) -> str:
    """A text as YAML reads it back, bare where that is safe."""
    plainly = text.replace("_", "").replace("/", "").isalnum() and text.isascii() and text[:1].isalpha()
    return text if plainly and text.lower() not in ("true", "false", "null", "yes", "no", "on", "off", "y", "n") else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
