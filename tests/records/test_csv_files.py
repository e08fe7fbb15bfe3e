"""Which rows a CSV file holds: one law for the plain reader and for DuckDB, whatever the file looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

from tables_of_text import B12, HEAD, header_of, raw_rows, write

from cobalamin.errors import InputError

B12_ROW = ("p1", "serum_b12", "2026-11-01", "", "150", "", "ng/L", "", "")
ODD = "p2,mcv,2026-11-01,120,fL"
ODD_ROW = ("p2", "mcv", "2026-11-01", "", "120", "", "fL", "", "")

ALIKE = {
    "plain": f"{HEAD}\n{B12}\n{ODD}\n",
    "no_end": f"{HEAD}\n{B12}\n{ODD}",
    "crlf": f"{HEAD}\r\n{B12}\r\n{ODD}\r\n",
    "lone_cr": f"{HEAD}\r{B12}\r{ODD}\r",
    "mixed_ends": f"{HEAD}\r\n{B12}\n{ODD}\r",
    "blank_lines": f"\n\r\n{HEAD}\n\n{B12}\n\n\n{ODD}\n\n",
    "mark": f"\ufeff{HEAD}\n{B12}\n{ODD}\n",
    "utf16": f"{HEAD}\n{B12}\n{ODD}\n".encode("utf-16"),
    "utf16_crlf": f"{HEAD}\r\n{B12}\r\n{ODD}\r\n".encode("utf-16"),
    "utf16_big_end": b"\xfe\xff" + f"{HEAD}\n{B12}\n{ODD}\n".encode("utf-16-be"),
    "utf16_without_mark": f"{HEAD}\n{B12}\n{ODD}\n".encode("utf-16-le"),
    "nul": f"{HEAD}\n{B12}\n{ODD}\n".replace("serum", "ser\0um"),
    "semicolon": f"{HEAD}\n{B12}\n{ODD}\n".replace(",", ";"),
    "tab": f"{HEAD}\n{B12}\n{ODD}\n".replace(",", "\t"),
    "spaces": f"{HEAD}\n{B12}\n{ODD}\n".replace(",", " , "),
    "odd_spaces": f"{HEAD}\n{B12}\n{ODD}\n".replace(",", "\u00a0,\u3000\t"),
    "quoted": f"{HEAD}\n{B12}\n{ODD}\n".replace("serum_b12", '"serum_b12"').replace("mcv", '"mcv"'),
    "quoted_with_spaces": f"{HEAD}\n{B12}\n{ODD}\n".replace("serum_b12", ' "serum_b12" '),
    "empty_cells_at_the_end": f"{HEAD}\n{B12},,\n{ODD},\n",
    "other_case": f"{HEAD.upper()}\n{B12}\n{ODD}\n",
}


@pytest.mark.parametrize("form", ALIKE)
def test_the_same_rows_in_every_form(form: str, tmp_path: Path) -> None:
    """Pins line ends, byte-order marks, UTF-16, NUL bytes, delimiters, quotes and spaces."""
    assert raw_rows(write(tmp_path, "facts.csv", ALIKE[form])) == ([B12_ROW, ODD_ROW], 0)


LOST = {
    "too_short": "p9,serum_b12",
    "too_long": B12 + ",,7",
    "quote_never_closed": 'p9,"serum_b12,2026-11-01,150,ng/L',
    "quote_in_the_middle_of_a_cell_in_quotes": 'p9,"serum"b12,2026-11-01,150,ng/L',
    "only_a_quote": '"',
    "one_cell": "x",
    "longer_than_any_row": "p9,mcv,2026-11-01," + "7" * 17_000_000 + ",fL",
}


@pytest.mark.parametrize("kind", LOST)
def test_a_row_that_cannot_be_read_costs_no_other(kind: str, tmp_path: Path) -> None:
    """Pins that a broken row is one unreadable row, also when it stands last, and that the rows around it are read."""
    assert raw_rows(write(tmp_path, "facts.csv", [HEAD, B12, LOST[kind], ODD])) == ([B12_ROW, ODD_ROW], 1)
    assert raw_rows(write(tmp_path, "facts.csv", [HEAD, B12, ODD, LOST[kind]])) == ([B12_ROW, ODD_ROW], 1)


def test_every_way_to_break_a_row_in_one_file(tmp_path: Path) -> None:
    """Pins the count when many kinds of broken rows stand in one file, twice each."""
    lines = [line for text in LOST.values() for line in (text[:1000], B12, text[:1000], ODD)]
    rows, lost = raw_rows(write(tmp_path, "facts.csv", [HEAD, *lines]))
    assert (rows, lost) == ([row for _ in LOST for row in (B12_ROW, ODD_ROW)], 2 * len(LOST))


def test_quotes_hold_what_they_hold(tmp_path: Path) -> None:
    """Pins delimiters, line breaks and doubled quotes inside a cell in quotes."""
    path = write(tmp_path, "facts.csv", f'{HEAD}\n"p,1","a ""b"" c","x\ny",1,\n{B12}\n')
    assert raw_rows(path) == ([("p,1", 'a "b" c', "x\ny", "", "1", "", "", "", ""), B12_ROW], 0)


def test_bytes_of_an_older_encoding_cost_only_their_letters(tmp_path: Path) -> None:
    """Pins that a Latin-1 line between UTF-8 lines is decoded on its own, whichever way lines end."""
    for end in (b"\n", b"\r\n", b"\r"):
        lines = [HEAD.encode(), "p1,नमस्ते,,1,µg".encode(), "pé,mcv,,1,µg".encode("latin-1"), "p3,خدران,,1,µg".encode()]
        rows, lost = raw_rows(write(tmp_path, "facts.csv", end.join(lines) + end))
        assert [(row[0], row[1], row[6]) for row in rows] == [("p1", "नमस्ते", "µg"), ("pé", "mcv", "µg"), ("p3", "خدران", "µg")]
        assert lost == 0


def test_a_million_characters_in_a_cell(tmp_path: Path) -> None:
    """Pins that a huge cell is a cell like any other for the readers."""
    rows, lost = raw_rows(write(tmp_path, "facts.csv", [HEAD, "p1," + "x" * 1_000_000 + ",,1,", B12]))
    assert ([len(row[1]) for row in rows], lost) == ([1_000_000, 9], 0)


def test_many_columns(tmp_path: Path) -> None:
    """Pins that two thousand columns nobody knows are read past."""
    more = ",".join(f"c{number}" for number in range(2000))
    assert raw_rows(write(tmp_path, "facts.csv", [f"{HEAD},{more}", f"{B12},{more}"])) == ([B12_ROW], 0)


def test_a_name_that_stands_there_twice(tmp_path: Path) -> None:
    """Pins that the first column of a name counts, also when case and spaces differ."""
    assert raw_rows(write(tmp_path, "facts.csv", [f"{HEAD}, Value ,VALUE", f"{B12},7,8"])) == ([B12_ROW], 0)


def test_names_that_would_break_a_query(tmp_path: Path) -> None:
    """Pins that names of columns and files are never read as SQL."""
    path = write(tmp_path / "it's a [1] folder*", 'fac\'ts "1";.csv', [f'{HEAD},it\'s,"""x""",{{}}', f"{B12},1,2,3"])
    assert raw_rows(path) == ([B12_ROW], 0)
    assert header_of(path)[-3:] == ("it's", '"x"', "{}")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", '"patient_id,concept\np1,x\n', b"\0\0"])
def test_a_file_without_a_first_row(content: str | bytes, tmp_path: Path) -> None:
    """Pins that a file without a readable header is an input error that names the file."""
    with pytest.raises(InputError, match=r"facts\.csv"):
        raw_rows(write(tmp_path, "facts.csv", content))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(st.text(st.sampled_from('ab," \n\r\t;é'), max_size=14), max_size=6))
@example(lines=['a,"b', 'a,"', "a,b"])
@example(lines=['a,b"c', ' "a" , "b" ', '"a""",b'])
@example(lines=['a,"b" ', '"a" ,b', '""', ","])
@example(lines=["a,b", "\ra,b"])
@example(lines=['a,"\r\n"', "a,b"])
def test_both_readers_see_the_same_rows_in_any_text(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Pins that no arrangement of quotes, delimiters and line ends makes the readers part (`raw_rows` compares them)."""
    raw_rows(write(tmp_path_factory.mktemp("text"), "facts.csv", "\n".join(["patient_id,concept", *lines])))
