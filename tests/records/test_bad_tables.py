"""Tables as people really send them: each odd row is read rightly or set aside with its reason, and the counts add up."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

from tables_of_text import AS_OF, B12, HEAD, Answers, answers, both, from_rows, opened_rows, parquet, write

from cobalamin.errors import InputError, NothingToAssess, UsageError
from cobalamin.run import Run, one_patient

FACTS = ("patient_id", "concept", "date", "end", "value", "comparator", "unit", "dose")
Row = dict[str, str]


def b12(value: str = "150", **more: str) -> Row:
    return {"concept": "serum_b12", "date": "2026-11-01", "value": value, "unit": "ng/L"} | more


# one fact a patient, and what comes of it: a status, or the reason why the fact is set aside
PEOPLE: dict[str, tuple[Row, str]] = {
    "plain": (b12(), "deficient"),
    "spaces": (b12(" 150 ", concept=" serum_b12\u00a0", unit="\tng/L "), "deficient"),
    "arabic digits": (b12("١٥٠", date="٢٠٢٦-١١-٠١"), "deficient"),
    "devanagari digits": (b12("१५०"), "deficient"),
    "decimal comma": (b12("150,5"), "deficient"),
    "case of unit": (b12(unit="PG/ML"), "deficient"),
    "case of unit 2": (b12(unit="pg/ml"), "deficient"),
    "micro sign": (b12("0.15", unit="\u00b5g/L"), "deficient"),
    "greek mu": (b12("0.15", unit="\u03bcg/L"), "deficient"),
    "unit beside the value": (b12("150 ng/L", unit=""), "deficient"),
    "comparator inside": (b12("<180"), "deficient"),
    "comparator in its column": (b12("180", comparator="<"), "deficient"),
    "interval": (b12("<200"), "read"),
    "arabic concept": (b12(concept="فيتامين ب12"), "deficient"),
    "hindi concept": (b12(concept="विटामिन बी12"), "deficient"),
    "code": (b12(concept="loinc|2132-9"), "deficient"),
    "time of day": (b12(date="2026-11-01T08:30:00Z"), "deficient"),
    "no date": (b12(date=""), "deficient"),
    "two comparators": (b12("<180", comparator="<"), "unreadable_comparator"),
    "odd comparator": (b12(comparator="~"), "unreadable_comparator"),
    "word": (b12("a lot"), "unreadable_value"),
    "word for a level": (b12("high"), "read"),
    "word for a test": (b12("positive"), "unreadable_value"),
    "zero": (b12("0"), "impossible_value"),
    "negative": (b12("-5"), "impossible_value"),
    "nan": (b12("NaN"), "unreadable_value"),
    "infinite": (b12("inf"), "unreadable_value"),
    "beyond arithmetic": (b12("1e300"), "impossible_value"),
    "two readings": (b12("1,234"), "ambiguous_number"),
    "no unit": (b12(unit=""), "no_unit"),
    "blank unit": (b12(unit="\u3000"), "no_unit"),
    "unknown unit": (b12(unit="blobs"), "unknown_unit"),
    "unit of another kind": (b12(unit="fL"), "wrong_unit"),
    "two units": (b12("150 pmol/L"), "unreadable_value"),
    "code and unit clash": (b12(concept="loinc|14685-2"), "code_unit_clash"),
    "no value": (b12(""), "no_value"),
    "future": (b12(date="2026-11-21"), "future"),
    "impossible month": (b12(date="2026-13-01"), "unreadable_date"),
    "impossible day": (b12(date="2026-02-30"), "unreadable_date"),
    "another calendar": (b12(date="01/11/2026"), "unreadable_date"),
    "long ago": (b12(date="1899-12-31"), "impossible_date"),
    "ends before": ({"concept": "metformin", "date": "2026-01-02", "end": "2026-01-01"}, "ends_before_start"),
    "no concept": (b12(concept=" "), "no_concept"),
    "nobody knows": (b12(concept="glorbing"), "not_understood"),
    "million in value": (b12("1" * 1_000_000), "unreadable_value"),
    "million in unit": (b12(unit="x" * 1_000_000), "unknown_unit"),
    "million in concept": (b12(concept="x" * 1_000_000), "not_understood"),
    "million in date": (b12(date="x" * 1_000_000), "unreadable_date"),
    "million in comparator": (b12(comparator="<" * 1_000_000), "unreadable_comparator"),
    "million in dose": (b12(dose="x" * 1_000_000), "deficient"),
    'quote " and , in id': (b12(), "deficient"),
    "=1+1": (b12(), "deficient"),
    "@formula": (b12(), "deficient"),
    "-2": (b12(), "deficient"),
    "مريض": (b12(), "deficient"),
    "'); DROP TABLE people": (b12(), "deficient"),
    "0007": (b12(), "deficient"),
    "7": (b12("400"), "unlikely"),
}
STATUSES = ("deficient", "indeterminate", "unlikely", "read")


def as_csv(rows: list[Row], columns: tuple[str, ...], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


ODD_FACTS = [{"patient_id": id, **row} for id, (row, _) in PEOPLE.items()]
ODD_FACTS += [{"patient_id": id, **b12()} for id in ("nobody", " ", "", "\u00a0", "Plain")]
ODD_FACTS += [{"patient_id": "plain", **b12()}] * 2
ODD_PEOPLE = [{"patient_id": f" {id}\t", "sex": "F", "birth_date": "1980-01-01"} for id in PEOPLE]
ODD_PEOPLE += [{"patient_id": "plain", "sex": "M"}, {"patient_id": "plain ", "sex": "M"}, {"patient_id": ""}, {"patient_id": "\u3000"}]
ODD_PEOPLE += [{"patient_id": "without facts", "sex": "x", "birth_date": "2031-01-01"}]
PERSON = ("patient_id", "sex", "birth_date")


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """The answers both engines give to a folder of everything odd."""
    folder = tmp_path_factory.mktemp("it's bad")
    write(folder, "facts.csv", as_csv(ODD_FACTS, FACTS) + 'too,short\n1,2,3,4,5,6,7,8,9\n"never closed,serum_b12,,,,,,\n')
    write(folder, "patients.csv", as_csv(ODD_PEOPLE, PERSON) + "too short\n")
    return both(folder)


@pytest.mark.parametrize("id", PEOPLE)
def test_every_odd_fact_is_read_or_set_aside(id: str, bad: Answers) -> None:
    """Pins what comes of each odd row, through CSV on both engines."""
    person = next(p for p in bad.people if p["patient_id"] == id)
    wanted = PEOPLE[id][1]
    if wanted in STATUSES:
        assert (person["status"], person["set_aside"], person["not_understood"]) == (person["status"] if wanted == "read" else wanted, [], [])
    else:
        reasons = [item["reason"] for item in person["set_aside"]] + ["not_understood" for _ in person["not_understood"]]
        assert (person["status"], reasons) == ("unknown", [wanted])
        assert all(len(item["fact"]) < 400 for item in person["set_aside"])


def test_the_account_of_everything_odd(bad: Answers) -> None:
    """Pins every count: nobody's facts, nameless rows, duplicate patients (the first counts), rows that cannot be read."""
    people, account = bad.people, bad.account
    assert [p["patient_id"] for p in people] == [*PEOPLE, "without facts"]
    reasons = [reason for _, reason in PEOPLE.values() if reason not in STATUSES]
    aside = account["facts"]["set_aside"]
    assert account["patients"] == {"read": len(PEOPLE) + 6, "used": len(PEOPLE) + 1,
                                   "set_aside": {"duplicate_patient": 2, "no_patient": 2, "unreadable_row": 1}}  # fmt: skip
    assert aside == {"no_patient": 3, "unknown_patient": 2, "unreadable_row": 3} | {reason: reasons.count(reason) for reason in reasons}
    assert account["facts"]["read"] == len(PEOPLE) + 10
    assert account["patient_columns_set_aside"] == {"future": 1, "unreadable_value": 1}
    last = people[-1]
    assert (last["status"], [item["reason"] for item in last["set_aside"]]) == ("unknown", ["unreadable_value", "future"])


@pytest.mark.parametrize("kind", ["text", "typed"])
def test_parquet_gives_the_same_answers(kind: str, bad: Answers, tmp_path: Path) -> None:
    """Pins that Parquet of text, and of days as such, is read like CSV; an impossible day cannot be written as a day."""
    typed = kind == "typed"
    impossible = {id for id, (_, wanted) in PEOPLE.items() if wanted == "unreadable_date" or id in ("arabic digits", "time of day")} if typed else set()
    facts = [row for row in ODD_FACTS if row["patient_id"] not in impossible]
    day = "* REPLACE (nullif(trim(date), '')::DATE AS date)" if typed else "*"
    born = "* REPLACE (nullif(birth_date, '')::TIMESTAMP AS birth_date)" if typed else "*"
    parquet(tmp_path / "t", "facts.parquet", f"SELECT {day} FROM {from_rows(tmp_path, facts, FACTS)}")
    parquet(tmp_path / "t", "patients.parquet", f"SELECT {born} FROM {from_rows(tmp_path, ODD_PEOPLE, PERSON)}")
    found = answers(tmp_path / "t", "duckdb")
    for mine, theirs in zip(found.people, bad.people, strict=True):
        assert mine["patient_id"] == theirs["patient_id"]
        assert mine == theirs or mine["patient_id"] in impossible
    assert found.account["patients"]["set_aside"] == {"duplicate_patient": 2, "no_patient": 2}
    assert found.account["facts"]["set_aside"].items() >= {"no_patient": 3, "unknown_patient": 2}.items()


def test_facts_alone_are_answered_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Pins that people who stand only in facts come in the order they first appear, on both engines."""
    ids = [f"p{number * 7919 % 1500}" for number in range(1500)]
    found = both(write(tmp_path, "my patients.csv", [HEAD, *(B12.replace("p1", id) for id in (*ids, *ids))]))
    assert [p["patient_id"] for p in found.people] == ids


def test_header_alone_and_patients_alone(tmp_path: Path) -> None:
    """Pins that tables without rows hold nothing to assess, and patients without a facts file are still answered."""
    write(tmp_path / "none", "facts.csv", [HEAD])
    write(tmp_path / "none", "patients.csv", ["patient_id"])
    for engine in ("memory", "duckdb"):
        with pytest.raises(NothingToAssess):
            answers(tmp_path / "none", engine)
    found = both(write(tmp_path / "some", "Patients.CSV", ["patient_id", "a", "", "b", "a"]).parent)
    assert found.status() == {"a": "unknown", "b": "unknown"}
    assert found.account["patients"]["set_aside"] == {"duplicate_patient": 1}


# ---- columns and files as a whole


def test_columns_nobody_knows_are_noticed(tmp_path: Path) -> None:
    """Pins the notice with the nearest name, alike on both engines, and that a hundred columns do not fill the screen."""
    path = write(tmp_path, "facts.csv", [HEAD + ",vlaue,comparater,,date", B12 + ",1,<,x,"])
    assert answers(path, "memory").notices == opened_rows(path)[1].notices == [
        "facts.csv: the column 'vlaue' is not used. Did you mean 'value'?", "facts.csv: the column 'comparater' is not used. Did you mean 'comparator'?",
        "facts.csv: a column without a name is not used.", "facts.csv: the column 'date' stands there twice; the first is read."]  # fmt: skip
    many = ",".join(f"zz{number}" for number in range(100))
    notices = answers(write(tmp_path, "facts.csv", [f"{HEAD},{many}", f"{B12},{many}"]), "memory").notices
    assert (len(notices), notices[-1]) == (13, "facts.csv: 88 more columns are not used.")
    path = parquet(tmp_path, "facts.parquet", "SELECT 'p' AS patient_id, 'mcv' AS concept, 1 AS vlaue")
    assert opened_rows(path)[1].notices == ["facts.parquet: the column 'vlaue' is not used. Did you mean 'value'?"]


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("facts.csv", "patientid,concept,value\np1,serum_b12,3\n", "no column 'patient_id'.*patientid, concept, value. Did you mean 'patientid'"),
        ("facts.csv", "patient_id,concpt,value\np1,serum_b12,3\n", "no column 'concept'.*Did you mean 'concpt'"),
        ("facts.csv", "", "facts.csv is empty"),
        ("facts.csv", "\n", "no readable first row"),
        ("patients.csv", "id,sex\np1,f\n", "no column 'patient_id'"),
        ("notes.md", "x", "notes.md; expected patients and facts"),
    ],
)
def test_files_that_cannot_be_read(engine: str, name: str, content: str, says: str, tmp_path: Path) -> None:
    """Pins the error for a missing column, an empty file and a folder of other things, alike on both engines."""
    with pytest.raises(InputError, match=says):
        answers(write(tmp_path, name, content).parent, engine)


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_a_first_row_that_may_be_a_patient_is_never_repeated(engine: str, tmp_path: Path) -> None:
    """Pins that the error for a file without names does not show what stands in its first row."""
    with pytest.raises(InputError) as error:
        answers(write(tmp_path, "facts.csv", ["patient_1,serum_b12,2026-11-01,205,ng/L"]), engine)
    assert "patient_1" not in str(error.value)
    assert "205" not in str(error.value)


def test_parquet_that_is_none(tmp_path: Path) -> None:
    """Pins text, an empty file and a file cut short under the name of Parquet."""
    whole = parquet(tmp_path, "whole.parquet", "SELECT 'CANARY' AS patient_id, 'mcv' AS concept FROM range(5000)").read_bytes()
    for content in (B12, "", whole[:-20], whole[:200] + b"\0" * 200 + whole[400:]):
        with pytest.raises(InputError) as error:
            answers(write(tmp_path, "facts.parquet", content), "duckdb")
        assert "CANARY" not in str(error.value)


def test_the_memory_engine_says_that_it_does_not_read_parquet(tmp_path: Path) -> None:
    """Pins that no table is left out in silence, whichever of the two is Parquet."""
    write(tmp_path, "facts.csv", [HEAD, B12])
    parquet(tmp_path, "patients.parquet", "SELECT 'p1' AS patient_id")
    with pytest.raises(UsageError, match="duckdb"):
        answers(tmp_path, "memory")


def test_two_files_of_one_table(tmp_path: Path) -> None:
    """Pins that the file that is not read is named."""
    write(tmp_path, "facts.csv", [HEAD, B12])
    write(tmp_path, "facts.tsv", ["x"])
    assert answers(tmp_path, "memory").notices == opened_rows(tmp_path)[1].notices == ["facts.tsv is not read; facts.csv is."]


# ---- the types of Parquet


def test_types_of_parquet(tmp_path: Path) -> None:
    """Pins days, timestamps with and without a zone, whole and broken numbers, and lists where text should be."""
    day = date(2026, 11, 1)
    for sql, wanted in (("DATE '2026-11-01'", day), ("TIMESTAMP '2026-11-01 08:00:00'", day), ("'2026-11-01'::TIMESTAMP_NS", day),
                        ("TIMESTAMPTZ '2026-11-01 23:30:00+00'", day), ("'2026-11-01'", "2026-11-01"), ("20261101", "20261101"), ("NULL", None),
                        ("[1, 2]", "[1, 2]"), ("{'a': 1}", "{'a': 1}"), ("TIME '08:00:00'", "08:00:00")):  # fmt: skip
        rows, _ = opened_rows(parquet(tmp_path, "days.parquet", f"SELECT 'p' AS patient_id, 'serum_b12' AS concept, {sql} AS date"))
        assert rows[0]["date"] == wanted, sql
    for sql, held in (("150.5::DOUBLE", 150.5), ("178.4::FLOAT", 178.4), ("150.25::DECIMAL(9,2)", 150.25), ("150::HUGEINT", 150.0), ("7::UTINYINT", 7.0),
                      ("'150'", "150"), ("[1, 2]", "[1, 2]"), ("TRUE", "true"), ("{'a': 1}", "{'a': 1}"), ("'a'::BLOB", "a"), ("NULL", None)):  # fmt: skip
        rows, _ = opened_rows(parquet(tmp_path, "values.parquet", f"SELECT 'p' AS patient_id, 'serum_b12' AS concept, {sql} AS value"))
        assert rows[0]["value"] == held, sql
    kinds = ("SELECT 'p' AS patient_id, 'serum_b12' AS concept, unnest(['2026-11-01', '294247-01-01', 'infinity', NULL])::TIMESTAMP AS date, "
             "178.4::FLOAT AS value, 'ng/L' AS unit")  # fmt: skip
    found = answers(parquet(tmp_path, "facts.parquet", kinds), "duckdb")
    assert found.account["facts"]["set_aside"] == {"future": 1, "unreadable_date": 1}
    assert "178.4 ng/L" in str(found.people[0]["trace"])


def test_numbers_that_are_none_in_a_column_of_numbers(tmp_path: Path) -> None:
    """Pins NaN, infinity, nothing, zero, negative and enormous numbers in a DOUBLE column."""
    values = {"nan": "'nan'", "inf": "'inf'", "minus": "'-inf'", "null": "NULL", "zero": "0", "negative": "-4", "huge": "1e20", "good": "150"}
    sql = " UNION ALL ".join(f"SELECT '{id}' AS patient_id, 'serum_b12' AS concept, {value}::DOUBLE AS value, 'ng/L' AS unit" for id, value in values.items())
    found = answers(parquet(tmp_path, "facts.parquet", sql), "duckdb")
    reasons = {person["patient_id"]: [item["reason"] for item in person["set_aside"]] for person in found.people}
    assert reasons == {"nan": ["unreadable_value"], "inf": ["unreadable_value"], "minus": ["unreadable_value"], "null": ["no_value"],
                       "zero": ["impossible_value"], "negative": ["impossible_value"], "huge": ["impossible_value"], "good": []}  # fmt: skip


def test_ids_that_are_numbers(tmp_path: Path) -> None:
    """Pins that 7, 7.0 and '7' are one patient, and that an id that is not a number is nobody."""
    kinds = {"whole": "unnest([7, 8, NULL]::BIGINT[])", "text": "unnest(['7', '8', ''])", "decimal": "unnest([7, 8, NULL]::DECIMAL(9,2)[])",
             "broken": "unnest([7::DOUBLE, 8, 'nan'::DOUBLE])"}  # fmt: skip
    for kind, sql in kinds.items():
        rows, _ = opened_rows(parquet(tmp_path, f"{kind}.parquet", f"SELECT {sql} AS patient_id, 'serum_b12' AS concept"))
        assert [row["patient_id"] or None for row in rows] == ["7", "8", None], kind


def test_text_of_parquet_with_white_space_and_nul(tmp_path: Path) -> None:
    """Pins that ids are compared without the white space around them, and that a NUL in a text breaks nothing."""
    parquet(tmp_path, "patients.parquet", "SELECT 'p1' || chr(160) AS patient_id, chr(9) || 'F' AS sex")
    concepts = "unnest(['serum_b12', 'a' || chr(0) || 'b'])"
    parquet(tmp_path, "facts.parquet", f"SELECT chr(12288) || 'p1' AS patient_id, {concepts} AS concept, '150' AS value, 'ng/L' AS unit")
    found = answers(tmp_path, "duckdb")
    assert found.status() == {"p1": "deficient"}
    assert found.account["facts"]["set_aside"] == {"not_understood": 1}


# ---- cases through both engines


def test_odd_cases_on_both_engines() -> None:
    """Pins ids that repeat, are missing or hold halves of characters and NUL, and facts that are no facts."""
    ids = ["a", "a", "a'", "", None, 7, 7.0, True, ["x"], "p\ud800", "p\0q", " a "]
    found = both([{"patient_id": id, "facts": [b12(), b12("1\0" + "50"), "p", None, {"concept": "x\udfff"}]} for id in ids])
    assert len({person["patient_id"] for person in found.people}) == len(ids)
    assert found.account["facts"] == {"read": 60, "used": 24, "set_aside": {"no_concept": 24, "not_understood": 12}}


def test_ten_thousand_cases_of_one_name() -> None:
    """Pins that ids which repeat are told apart without taking ever longer."""
    run = Run([{"patient_id": "same"}] * 10_000, as_of=AS_OF, engine="memory")
    from cobalamin.run import cases_of

    assert len({case["patient_id"] for case in cases_of(run.source)}) == 10_000


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_one_person_of_a_table(engine: str, tmp_path: Path) -> None:
    """Pins that one person can be taken out of a table with either engine, and that an unknown id is not repeated."""
    run = Run(write(tmp_path, "facts.csv", [HEAD, B12, B12.replace("p1", "p2")]), as_of=AS_OF, engine=engine)
    assert len(one_patient(run, " p2 ")["facts"]) == 1
    with pytest.raises(UsageError) as error:
        one_patient(run, "CANARY")
    assert "CANARY" not in str(error.value)
