"""Invented people: the same for a seed, as many deficient as their region says, and no word of the truth in their records."""

from __future__ import annotations

import json
from math import log, sqrt
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cobalamin.app.cli import main
from cobalamin.app.inventing import invent
from cobalamin.app.judging import FOUND, Judged, print_judged
from cobalamin.assessing import memory_engine
from cobalamin.errors import InputError, KnowledgeError, UsageError
from cobalamin.model.account import Account
from cobalamin.records.case import read_case
from cobalamin.rules.files import read_yaml
from cobalamin.rules.load import FOLDER, load
from cobalamin.run import Run
from cobalamin.simulation.omop import OWN
from cobalamin.simulation.omop_tables import COLUMNS, EVENTS
from cobalamin.simulation.region import EVERYWHERE, left_over, read_regions, regions

duckdb = pytest.importorskip("duckdb", reason="inventing people needs DuckDB")
DAY = "2026-11-20"
PEOPLE = 15_000
CERTAIN = 4.5
"""Standard errors that a share of so many people may be away from the one it was drawn with."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("invented") / "uk"
    invent("uk_practice", PEOPLE, 7, made, DAY)
    return made


def rows(sql: str, folder: Path) -> list[Any]:
    for table in ("patients", "facts", "truth"):
        sql = sql.replace(f"@{table}", f"(FROM '{folder}/{table}.parquet')")
    return duckdb.connect().execute(sql).fetchall()


def test_a_seed_gives_the_same_people_whatever_the_threads(tmp_path: Path) -> None:
    """Rows and their order depend on region and seed alone; another seed is another region."""
    for name, seed, threads in (("one", 3, 1), ("two", 3, 2), ("other", 4, 2)):
        invent("gulf", 3000, seed, tmp_path / name, DAY, threads=threads)
    for table in ("patients", "facts", "truth"):
        one, two, other = (rows(f"SELECT * FROM @{table}", tmp_path / name) for name in ("one", "two", "other"))
        assert one == two
        assert one != other


def test_more_people_leave_the_first_ones_as_they_were(tmp_path: Path) -> None:
    """A person does not depend on how many others are invented."""
    invent("west_india", 500, 1, tmp_path / "few", DAY)
    invent("west_india", 900, 1, tmp_path / "many", DAY)
    few = rows("SELECT * FROM @facts", tmp_path / "few")
    assert rows("SELECT * FROM @facts WHERE patient_id < 'synthetic-west-india-00000500'", tmp_path / "many") == few


def share_is(part: int, whole: int, percent: float) -> None:
    expected = percent / 100
    assert abs(part / whole - expected) < CERTAIN * sqrt(expected * (1 - expected) / whole) + 1e-9, (part, whole, percent)


@pytest.mark.parametrize("id", sorted(regions()))
def test_as_many_lack_b12_as_the_region_says(id: str, tmp_path: Path) -> None:
    """By age band: how many people, how many women, and how many lack B12, whatever the exposures do."""
    region = regions()[id]
    invent(id, PEOPLE, 5, tmp_path / id, DAY)
    age = f"COALESCE(age_years, date_sub('year', birth_date, DATE '{DAY}'))"
    people = rows(f"SELECT {age}, sex, deficient FROM @patients p JOIN @truth t USING (patient_id)", tmp_path / id)
    total = sum(band.share for band in region.ages.values())
    for band in region.ages.values():
        mine = [(sex, lacking) for age, sex, lacking in people if band.from_ <= age < band.to]
        known = [sex for sex, _ in mine if sex]
        # a year of 365.2425 days and a year of the calendar part on a birthday: allow a day's worth of people on either side
        assert abs(len(mine) / PEOPLE - band.share / total) < 0.012
        share_is(sum(sex == "female" for sex in known), len(known), band.female)
        share_is(sum(lacking for _, lacking in mine), len(mine), band.deficient)


def test_exposures_are_as_common_as_the_region_says(folder: Path) -> None:
    """Metformin from its age on, as often as people have it and somebody writes it down."""
    drug = regions()["uk_practice"].exposures["metformin"]
    eligible = f"birth_date <= DATE '{DAY}' - INTERVAL {int(drug.age) + 1} YEAR"
    listed = "('metformin', 'atc|A10BA02')"
    having = f"patient_id IN (SELECT patient_id FROM @facts WHERE concept IN {listed})"
    whole, part = rows(f"SELECT count(*), count(*) FILTER (WHERE {having}) FROM @patients WHERE {eligible}", folder)[0]
    share_is(part, whole, drug.share * drug.recorded / 100)


def test_a_person_varies_from_day_to_day_as_measured(folder: Path) -> None:
    """Two results of one untreated person who lacks nothing differ by the variation of the knowledge: 14.7 % for serum B12."""
    pairs = rows("""SELECT list(ln(value::DOUBLE) ORDER BY date) FROM @facts f JOIN @truth t USING (patient_id)
        WHERE NOT deficient AND treated IS NULL AND concept IN ('loinc|2132-9', 'Serum vitamin B12') AND unit = 'ng/L' AND comparator = '' AND value SIMILAR TO '[0-9]+'
        GROUP BY patient_id, concept HAVING count(*) >= 2""", folder)  # fmt: skip
    squares = [(logs[0] - logs[1]) ** 2 / 2 for (logs,) in pairs]
    assert len(squares) > 150
    # a day written twice and a wrong unit or code are in here too, as in any record: few
    squares = sorted(squares)[: -len(squares) // 50]
    within = regions()["uk_practice"].results["serum_b12"].within / 100
    assert 0.75 * within < sqrt(sum(squares) / len(squares)) < 1.1 * within


def test_children_have_the_hemoglobin_of_children(folder: Path) -> None:
    """Small children have less than women, by the factor of the knowledge, and none has a man's."""
    age = f"date_sub('year', birth_date, DATE '{DAY}')"
    printed = "SELECT try_cast(value AS DOUBLE) AS level FROM @facts JOIN @patients p USING (patient_id) WHERE concept = 'loinc|718-7' AND unit = 'g/L'"
    small, women = (rows(f"SELECT median(level), quantile_cont(level, 0.999), count(*) FROM ({printed} AND {who})", folder)[0]
                    for who in (f"{age} < 5", f"sex = 'female' AND {age} BETWEEN 18 AND 60"))  # fmt: skip
    assert small[2] > 50
    assert abs(small[0] / women[0] - regions()["uk_practice"].results["hemoglobin"].young["5"]) < 0.03
    assert small[1] < 165


def test_units_are_converted_once(folder: Path) -> None:
    """Sites that print pmol/L print 0.738 of what others print in ng/L, assay apart."""
    middle = "SELECT median(try_cast(value AS DOUBLE)) FROM @facts WHERE concept = 'loinc|{}' AND unit = '{}'"
    mass, molar = (rows(middle.format(*code), folder)[0][0] for code in (("2132-9", "ng/L"), ("14685-2", "pmol/L")))
    assay = regions()["uk_practice"].assays["serum_b12"][1]
    moved = log(10) * assay.shift + (assay.power - 1) * log(mass)
    gaps = [log(molar / mass / 0.737806) - shift for shift in (0, moved, -moved)]
    assert min(map(abs, gaps)) < 0.05


def test_the_record_holds_nothing_of_the_truth(folder: Path) -> None:
    """No cause that nobody recorded is a fact, no column of the truth is one of the record, and reading the folder never opens the truth."""
    region = regions()["uk_practice"]
    hidden = {region.unexplained, *(e.cause for e in region.exposures.values() if e.cause)} - set(region.exposures)
    written = {concept for (concept,) in rows("SELECT DISTINCT concept FROM @facts", folder)}
    assert hidden
    assert not written & hidden
    columns = {name for table in ("patients", "facts") for name, *_ in rows(f"DESCRIBE SELECT * FROM @{table}", folder)}
    assert not columns & {"deficient", "cause", "onset", "depth_untreated", "treated"}
    run = Run(str(folder), as_of=DAY)
    assert run.reader is not None
    assert {file.name for file in run.reader.files(str(folder))} == {"patients.parquet", "facts.parquet"}
    assert rows("SELECT count(*) FROM @facts WHERE patient_id NOT LIKE 'synthetic-%'", folder) == [(0,)]


def test_everything_says_that_it_is_synthetic(folder: Path) -> None:
    """Every id, the metadata of every file, the file beside them, and what is printed."""
    for table in ("patients", "facts", "truth"):
        [(value,)] = duckdb.connect().execute(f"SELECT value FROM parquet_kv_metadata('{folder}/{table}.parquet') WHERE key = 'synthetic'").fetchall()
        assert b"nobody" in value
    about = json.loads((folder / "synthetic.json").read_text())
    assert "nobody" in about["notice"]
    assert about["patients"] == PEOPLE
    assert about["facts"] == rows("SELECT count(*) FROM @facts", folder)[0][0]


def test_engines_agree_on_invented_people(folder: Path, tmp_path: Path) -> None:
    """Records with gaps and mistakes read alike by both engines, and every row is accounted for."""
    few = tmp_path / "few"
    few.mkdir()
    for table, columns in (("patients", "*"), ("facts", "*")):
        duckdb.connect().execute(f"COPY (SELECT {columns} FROM read_parquet('{folder}/{table}.parquet') WHERE patient_id < 'synthetic-uk-practice-00000400') "
                                 f"TO '{few}/{table}.csv' (HEADER)")  # fmt: skip
    account = Account()
    bulk = {row["patient_id"]: row for row in Run(str(few), as_of=DAY, engine="duckdb").rows(account)}
    assert account.adds_up
    assert account.facts_set_aside
    for row in Run(str(few), as_of=DAY, engine="memory").rows(Account()):
        other = bulk[row["patient_id"]]
        assert {name: row[name] for name in ("status", "urgency", "guidelines", "test")} == {name: other[name] for name in ("status", "urgency", "guidelines", "test")}


def test_guidelines_are_judged_by_the_truth(folder: Path) -> None:
    """Counts equal those of one person after another under that guideline; the treated are left out; three languages print them."""
    printed = CliRunner().invoke(main, ["compare", str(folder), "--truth", str(folder / "truth.parquet"), "--as-of", DAY, "--format", "json"])
    tree = json.loads(printed.stdout)
    assert tree["synthetic"] is True
    judged = {one["guideline"]: Judged(**{name: one[name] for name in Judged.__dataclass_fields__}) for one in tree["guidelines"]}
    assert list(judged) == list(load().guidelines)
    for lang in ("en", "hi", "ar"):
        assert f"{judged['nhg2018'].tests:,}" in print_judged(load(), regions()["uk_practice"], list(judged.values()), lang)
    truth = dict(rows("SELECT patient_id, deficient FROM @truth WHERE treated IS NULL", folder))
    one = judged["ng239"]
    assert one.deficient + one.others == len(truth)
    assert one.deficient == sum(truth.values())
    looked = rows("SELECT DISTINCT patient_id FROM @facts f JOIN @truth t USING (patient_id) WHERE deficient AND treated IS NULL", folder)
    engine, found = memory_engine(DAY, "ng239"), 0
    facts: dict[str, list[dict[str, Any]]] = {id: [] for (id,) in looked}
    cursor = duckdb.connect().execute(f"SELECT * FROM read_parquet('{folder}/facts.parquet') ORDER BY patient_id").fetchall()
    names = ("patient_id", "concept", "date", "end", "value", "comparator", "unit", "dose")
    for row in cursor:
        if row[0] in facts:
            facts[row[0]].append({name: value for name, value in zip(names, row, strict=True) if value is not None})
    born = {id: (sex, birth, age) for id, sex, birth, age in rows("SELECT patient_id, sex, birth_date, age_years FROM @patients", folder)}
    for id, held in facts.items():
        sex, birth, age = born[id]
        case = {"patient_id": id, "sex": sex, "birth_date": birth, "age_years": age, "facts": held}
        found += engine.assess(read_case(case, engine.words, engine.day, engine.spoken)).status in FOUND
    assert one.found == found
    assert 0 < one.found <= one.reached <= one.deficient
    assert one.figures["sensitivity"] == 100 * one.found / one.deficient


def test_a_record_as_fhir_is_the_same_record(tmp_path: Path) -> None:
    """Read as FHIR or as tables people have the same status, but for what FHIR has no place for: an age without a birth date, no day."""
    answers = {}
    for format in ("facts", "fhir"):
        invent("gulf", 600, 2, tmp_path / format, DAY, format=format)
        account = Account()
        answers[format] = {row["patient_id"]: row["status"] for row in Run(str(tmp_path / format), as_of=DAY, engine="duckdb").rows(account)}
        assert account.adds_up
    assert not (tmp_path / "fhir" / "facts.parquet").exists()
    assert [json.loads(line)["meta"]["tag"][0]["code"] for line in (tmp_path / "fhir" / "Patient.ndjson").open()] == ["HTEST"] * 600
    assert rows("SELECT * FROM @truth", tmp_path / "fhir") == rows("SELECT * FROM @truth", tmp_path / "facts")
    lost = "birth_date IS NULL OR patient_id IN (SELECT patient_id FROM @facts WHERE date IS NULL)"
    whole = {id for (id,) in rows(f"SELECT patient_id FROM @patients WHERE NOT ({lost})", tmp_path / "facts")}
    assert len(whole) > 500
    assert {id: answers["fhir"][id] for id in whole} == {id: answers["facts"][id] for id in whole}


@pytest.fixture(scope="module")
def cdm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same people as tables of facts and as a CDM."""
    folder = tmp_path_factory.mktemp("cdm")
    for format in ("facts", "omop"):
        invent("gulf", 900, 2, folder / format, DAY, format=format)
    return {format: folder / format for format in ("facts", "omop")}


def test_a_record_as_omop_is_the_same_record(cdm: dict[str, Path], tmp_path: Path) -> None:
    """Everybody has the same status, tests and urgency as from tables of facts in which stands what a CDM can hold:
    no fact without a day, and of an age without a birth date only the year of birth."""
    patients = f"""SELECT patient_id, sex, COALESCE(birth_date::VARCHAR, (year(DATE '{DAY}') - age_years)::VARCHAR) AS birth_date, site FROM @patients"""
    for table, sql in (("patients", patients), ("facts", "SELECT * FROM @facts WHERE date IS NOT NULL")):
        rows(f"COPY ({sql}) TO '{tmp_path / table}.csv' (HEADER)", cdm["facts"])
    answers, accounts = {}, {}
    for format, source in (("facts", tmp_path), ("omop", cdm["omop"])):
        accounts[format] = Account()
        answers[format] = [{name: row[name] for name in ("status", "urgency", "guidelines", "test")}
                           for row in Run(str(source), as_of=DAY, engine="duckdb").rows(accounts[format])]  # fmt: skip
        assert accounts[format].adds_up
    assert answers["omop"] == answers["facts"]
    statuses = {row["status"] for row in answers["omop"]}
    assert {"deficient", "unlikely", "unknown"} <= statuses
    # texts that mean nothing are not looked at in a CDM, and not understood among facts: all else goes the same way
    aside, not_ours = accounts["facts"].facts_set_aside, sum(part.not_ours for part in accounts["omop"].sources.values())
    assert aside.pop("not_understood") == not_ours
    assert aside == accounts["omop"].facts_set_aside


def test_a_cdm_holds_every_fact_and_explains_its_ids(cdm: dict[str, Path]) -> None:
    """Every fact stands in one table or had no day; every concept named has its row, local ones above two billion; everything says it is synthetic."""
    folder, con = cdm["omop"], duckdb.connect()
    about = json.loads((folder / "synthetic.json").read_text())
    counts = about["rows"]
    assert sum(counts[name] for name in EVENTS) + counts["no_day"] == about["facts"] == rows("SELECT count(*) FROM @facts", cdm["facts"])[0][0]
    assert counts["no_day"] > 0
    above = load().omop["written"]["local_above"]
    known = {id: vocabulary for id, vocabulary in con.execute(f"SELECT concept_id, vocabulary_id FROM '{folder}/concept.parquet'").fetchall()}
    assert {vocabulary for id, vocabulary in known.items() if id > above} == {OWN}
    assert OWN not in {vocabulary for id, vocabulary in known.items() if id < above}
    for table, columns in COLUMNS.items():
        path = folder / f"{table}.parquet"
        held = [(name, kind) for name, kind, *_ in con.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]
        assert held == list(columns.items())
        [(value,)] = con.execute(f"SELECT value FROM parquet_kv_metadata('{path}') WHERE key = 'synthetic'").fetchall()
        assert b"nobody" in value
        for column in (name for name in columns if name.endswith("_concept_id") and name != "cdm_version_concept_id"):
            used = {id for (id,) in con.execute(f"SELECT DISTINCT {column} FROM '{path}'").fetchall() if id}
            assert used <= set(known), (table, column)
    measured = con.execute(f"SELECT count(*) FILTER (WHERE measurement_concept_id = 0), count(*) FILTER (WHERE unit_concept_id > 0) FROM '{folder}/measurement.parquet'")
    local, with_unit = measured.fetchall()[0]
    assert 0 < local < counts["measurement"]
    assert with_unit > counts["measurement"] / 2
    assert "SYNTHETIC" in con.execute(f"SELECT cdm_source_name FROM '{folder}/cdm_source.parquet'").fetchall()[0][0]
    named = {id for (id,) in con.execute(f"SELECT person_id::VARCHAR FROM '{folder}/person.parquet' WHERE person_source_value LIKE 'synthetic-%'").fetchall()}
    truth = dict(rows("SELECT patient_id, deficient FROM @truth", folder))
    assert set(truth) == named
    assert sum(truth.values()) == rows("SELECT count(*) FROM @truth WHERE deficient", cdm["facts"])[0][0]


def test_two_forms_do_not_share_a_folder(cdm: dict[str, Path]) -> None:
    """A folder with tables of facts does not become a CDM beside them."""
    with pytest.raises(UsageError, match="another form"):
        invent("gulf", 10, 1, cdm["facts"], DAY, format="omop")


def test_a_wrong_region_is_refused_with_its_place() -> None:
    """An unknown concept, a spelling that means something else, a unit of nothing, and causes that explain too much."""
    good = {name: read_yaml(FOLDER / name, name) for name in (EVERYWHERE, "simulation/gulf.yaml")}
    for section, row, id in (
        ("exposures", {"metfornim": {"share": 1, "deficient": 0}}, "unknown-concept"),
        ("prints", {"paresthesia": [{"as": "fatigue", "share": 100}]}, "spelling"),
        ("results", {"serum_b12": {"unit": "fL"}}, "unknown-unit"),
        ("exposures", {"vegan_diet": {"share": 90}}, "too-many-deficient"),
        ("numbers", {"treats": {"is": "many"}}, "field-type"),
        ("numbers", {"treats": {"are": 3}}, "unknown-key"),
        ("numbers", {"treats": {"is": 3, "source": "nobody"}}, "unknown-source"),
    ):  # fmt: skip
        broken = {**good, "simulation/gulf.yaml": {**good["simulation/gulf.yaml"], section: {**good["simulation/gulf.yaml"].get(section, {}), **row}}}
        with pytest.raises(KnowledgeError) as caught:
            read_regions(broken, load())
        assert caught.value.id == id


def test_shares_of_the_catalog_are_taken_from_it() -> None:
    """A share that names an entry of the prevalence catalog is one that this entry prints."""
    from cobalamin.rules.shelf import shelf

    entries = shelf().catalogs["prevalence"].entries
    for region in regions().values():
        for band in region.ages.values():
            if band.prevalence:
                printed = [value.fields["percent"] for value in entries[band.prevalence].values]
                assert any(amount.low <= band.deficient <= amount.high for amount in printed), (region.id, band.id)
            for sex in ("female", "male"):
                assert left_over(region, band, band.from_, sex) >= 0


def test_the_command_invents_and_refuses(tmp_path: Path) -> None:
    """Counts and notice are printed; an unknown region, a folder with other files and a missing truth are refused in one line."""
    runner, made = CliRunner(), tmp_path / "made"
    done = runner.invoke(main, ["simulate", "gulf", "--people", "800", "--out", str(made), "--as-of", DAY])
    assert done.exit_code == 0
    assert "Synthetic" in done.output
    no_truth = runner.invoke(main, ["compare", str(made), "--truth", str(tmp_path / "truth.parquet"), "--as-of", DAY])
    assert no_truth.exit_code == InputError.exit_code
    assert runner.invoke(main, ["simulate", "golf", "--out", str(tmp_path / "x")]).exit_code == UsageError.exit_code
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "facts.csv").write_text("patient_id,concept\n")
    refused = runner.invoke(main, ["simulate", "gulf", "--out", str(tmp_path / "mine")])
    assert refused.exit_code == UsageError.exit_code
    assert "other files" in refused.output
