"""A CDM in a real PostgreSQL: the answers of its files, read and never written, and a clear end when the server goes away."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")
pytest.importorskip("adbc_driver_postgresql", reason="ADBC is not installed: pip install 'cobalamin[postgres]'")

import duckdb
from adbc_driver_postgresql import dbapi
from omop_people import SAMPLE, cdm
from postgres_server import MISSING, PASSWORD, READER, Server, installed, server
from tables_of_text import Answers, answers

from cobalamin.errors import InputError, UsageError
from cobalamin.records.omop.postgres import Postgres, shown
from cobalamin.run import Run

pytestmark = pytest.mark.skipif(not installed(), reason=MISSING)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    with server() as running:
        running.load(SAMPLE, "cdm")
        running.ask(f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'; GRANT USAGE ON SCHEMA cdm TO {READER}; GRANT SELECT ON ALL TABLES IN SCHEMA cdm TO {READER}")
        yield running


@pytest.fixture(scope="module")
def sample() -> Answers:
    return answers(SAMPLE, "duckdb")


def test_a_database_says_what_its_files_say(postgres: Server, sample: Answers) -> None:
    """The same answers and the same account; the schema by our own parameter or by PostgreSQL's."""
    for address in (postgres.url("cdm"), postgres.url() + "?options=-csearch_path%3Dcdm"):
        found = answers(address, "duckdb")
        assert found.people == sample.people
        assert found.account == sample.account


def test_tables_may_be_views_and_stand_apart_and_be_named_in_capitals(postgres: Server, sample: Answers) -> None:
    postgres.load(cdm(postgres.folder / "words", leave=[path.stem for path in SAMPLE.glob("*.csv") if not path.stem.startswith("concept")]), "words")
    names = {"person": '"PERSON"', "measurement": "measured"}
    postgres.load(cdm(postgres.folder / "people", leave=("concept", "concept_ancestor", "concept_relationship")), "people", names)
    postgres.ask('CREATE VIEW people.measurement AS SELECT * FROM people.measured; ALTER TABLE people."PERSON" RENAME COLUMN person_id TO "Person_ID"')
    found = answers(postgres.url("people,words"), "duckdb")
    assert found.people == sample.people
    assert found.account == sample.account


def test_the_session_cannot_write(postgres: Server, tmp_path: Path) -> None:
    """Not even for the owner of everything, neither by a statement nor by a function behind a view."""
    postgres.load(SAMPLE, "trap")
    postgres.ask("CREATE TABLE trap.log (at timestamp); CREATE FUNCTION trap.noted() RETURNS boolean LANGUAGE sql VOLATILE "
                 "AS 'INSERT INTO trap.log VALUES (now()) RETURNING true'; "
                 "ALTER TABLE trap.person RENAME TO people; CREATE VIEW trap.person AS SELECT * FROM trap.people WHERE trap.noted()")  # fmt: skip
    with pytest.raises(InputError, match="writes when it is read"):
        answers(postgres.url("trap"), "duckdb")
    for sql in ("CREATE TABLE written (a integer)", "DELETE FROM person"):
        with duckdb.connect() as con, Postgres(con, postgres.url("cdm"), tmp_path) as opened:
            with pytest.raises(InputError, match="writes when it is read"):
                opened.keep("written", sql)
            # a new transaction could write: after a failure there is none
            with pytest.raises(dbapi.Error):
                opened.keep("written", "SELECT 1 AS n")
    assert postgres.ask("SELECT count(*) FROM trap.log") == "0"
    assert postgres.ask("SELECT count(*) FROM cdm.person") == "7"


def test_all_tables_are_of_one_moment(postgres: Server, tmp_path: Path) -> None:
    """What others write while a run reads is not seen by it."""
    postgres.load(SAMPLE, "moving")
    with duckdb.connect() as con, Postgres(con, postgres.url("moving"), tmp_path) as opened:
        postgres.ask("DELETE FROM moving.person WHERE person_id = 7; INSERT INTO moving.measurement (person_id) VALUES (1)")
        for table, rows in (("person", 7), ("measurement", 14)):
            opened.keep(f"seen_{table}", f"SELECT count(*) AS n FROM {opened.rows(table)} t")
            assert con.execute(f"SELECT n FROM seen_{table}").fetchall() == [(rows,)]


def test_only_rows_of_what_the_pathway_knows_come_over(postgres: Server, tmp_path: Path) -> None:
    with Run(postgres.url("cdm"), as_of="2026-11-20").opened(tmp_path) as engine:
        kept = {table: engine.con.execute(f"SELECT count(*) FROM omop_{table}").fetchall()[0][0] for table in ("measurement", "condition_occurrence", "observation")}
    assert kept == {"measurement": 13, "condition_occurrence": 4, "observation": 1}


def test_no_room_for_what_comes_over_is_said(postgres: Server, tmp_path: Path) -> None:
    with duckdb.connect() as con, Postgres(con, postgres.url("cdm"), tmp_path / "not there") as opened, pytest.raises(InputError, match="no room"):
        opened.keep("people", f"SELECT * FROM {opened.rows('person')} t")


def test_a_password_lets_in_and_is_never_shown(postgres: Server, monkeypatch: pytest.MonkeyPatch, sample: Answers) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    address = postgres.url("cdm", user=READER)
    for tried, said in ((address, "a password is needed"), (address.replace("@", ":wr0ng@", 1), "password is wrong")):
        with pytest.raises(InputError, match=said) as error:
            answers(tried, "duckdb")
        assert "wr0ng" not in str(error.value)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert answers(address, "duckdb").people == sample.people
    monkeypatch.delenv("PGPASSWORD")
    assert answers(address.replace("@", ":s3cret%3Ap%40ss@", 1), "duckdb").people == sample.people
    assert shown("postgresql://me:pass@host:5/cdm?password=pass") == "postgresql://host:5/cdm"
    with pytest.raises(InputError) as error:
        answers("postgresql://me:p4ss@127.0.0.1:p4ss/cdm", "duckdb")
    assert "p4ss" not in str(error.value).replace(shown("postgresql://me:p4ss@127.0.0.1:p4ss/cdm"), "")


def test_what_is_wrong_is_said_in_one_line(postgres: Server) -> None:
    """No server, no database, no schema, no table, no column, no right to read, no such setting."""
    postgres.load(cdm(postgres.folder / "nobody", leave=("person",)), "nobody")
    postgres.load(SAMPLE, "renamed")
    postgres.load(SAMPLE, "secret")
    postgres.ask(f"ALTER TABLE renamed.measurement RENAME person_id TO persn_id; GRANT USAGE ON SCHEMA secret TO {READER}")
    wrong = {
        "postgresql://admin@127.0.0.1:1/postgres": "no server answers there",
        postgres.url(database="nothing"): "no such database",
        postgres.url(user="stranger"): "no such user",
        postgres.url("cmd"): "has no schema 'cmd'. Did you mean 'cdm'?",
        postgres.url("nobody"): "there is no table person",
        postgres.url("renamed"): "has no column 'person_id'.* Did you mean 'persn_id'",
        postgres.url("secret", user=f"{READER}:s3cret%3Ap%40ss"): "may not read it",
        postgres.url() + "?shema=cdm": "'shema' is no setting of an address. Did you mean 'schema'",
    }
    for address, said in wrong.items():
        with pytest.raises(InputError, match=said) as error:
            answers(address, "duckdb")
        assert "\n" not in str(error.value)


def test_a_broken_view_is_the_databases_fault(postgres: Server) -> None:
    """A value that cannot be computed ends the run without being repeated."""
    postgres.load(SAMPLE, "broken")
    postgres.ask("ALTER TABLE broken.measurement RENAME TO measured; ALTER TABLE broken.measured RENAME value_as_number TO number; CREATE VIEW broken.measurement AS "
                 "SELECT *, (number || 'x')::integer AS value_as_number FROM broken.measured")  # fmt: skip
    with pytest.raises(InputError, match=r"measurement at .* cannot be computed") as error:
        answers(postgres.url("broken"), "duckdb")
    assert "150" not in str(error.value)


def test_an_address_is_an_input_without_files(postgres: Server) -> None:
    run = Run(postgres.url("cdm"), as_of="2026-11-20", engine="memory")
    assert not run.reads(SAMPLE / "person.csv")
    with pytest.raises(UsageError, match="duckdb"):
        answers(postgres.url("cdm"), "memory")


SLOW = ("ALTER TABLE {schema}.measurement RENAME TO measured; CREATE VIEW {schema}.measurement AS "
        "SELECT m.* FROM {schema}.measured m, LATERAL (SELECT pg_sleep(m.person_id * 2)) s")  # fmt: skip
CUTS = {
    "terminate": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cobalamin'",
    "cancel": "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'cobalamin'",
    "kill": "",
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_run_ends_clearly_when_the_server_goes_away(postgres: Server, tmp_path: Path, cut: str) -> None:
    """In mid-query: one line, exit 10, nothing written, nothing left behind."""
    address = postgres.load(SAMPLE, cut)
    postgres.ask(SLOW.format(schema=cut))
    out = tmp_path / "answers.parquet"
    out.write_text("old")
    command = [sys.executable, "-m", "cobalamin.app.cli", "assess", address, "--as-of", "2026-11-20", "--out", str(out)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={"PATH": "/usr/bin", "TMPDIR": str(tmp_path)})
    while postgres.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cobalamin' AND state = 'active' AND query LIKE '%measurement%'") == "0":
        assert running.poll() is None, running.stderr and running.stderr.read()
        time.sleep(0.05)
    if cut == "kill":
        postgres.stop()
        postgres.start()
    else:
        postgres.ask(CUTS[cut])
    _, said = running.communicate(timeout=60)
    assert running.returncode == 10, said
    assert said.startswith("cobalamin: ")
    assert len(said.splitlines()) == 1
    assert ("stopped" if cut == "cancel" else "connection was lost") in said
    assert [path.name for path in tmp_path.iterdir()] == ["answers.parquet"]
    assert out.read_text() == "old"
