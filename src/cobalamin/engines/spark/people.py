"""People as Spark gathers them: one row a patient, of several rows the first; only distinct texts of sex, age and odd weights are looked at."""

from __future__ import annotations

from cobalamin.engines.spark.database import SparkDatabase
from cobalamin.records.case import PATIENT_COLUMNS
from cobalamin.records.people import ASIDE, PLAIN_WEIGHT, learn_words_of_people
from cobalamin.records.words import Words

COLUMNS = PATIENT_COLUMNS[1:]


def learn_people(database: SparkDatabase, words: Words, as_of: int, has_patients: bool) -> None:
    """Define `people`, as `records.people` does."""
    if has_patients:
        texts = ", ".join(f"COALESCE({column}::STRING, '') AS {column}" for column in COLUMNS)
        first = ", ".join(f"'{column}', {column}" for column in COLUMNS)
        held = ", ".join(f"held.{column}" for column in COLUMNS)
        rows = f"SELECT patient_id, place, {texts} FROM raw_patients WHERE patient_id <> ''"
        chosen = f"SELECT patient_id, min(place) AS place, min_by(named_struct({first}), place) AS held FROM ({rows}) GROUP BY patient_id"
        placed = f"SELECT patient_id, place, {held} FROM ({chosen})"
        database.define("placed", database.query(rows))
    else:
        texts = ", ".join(f"'' AS {column}" for column in COLUMNS)
        placed = f"SELECT patient_id, {texts}, min(place) AS place FROM raw_facts WHERE patient_id <> '' GROUP BY patient_id"
        # nobody's sex or age is told: there is one text to learn
        database.define("placed", database.query(f"SELECT {texts}"))
    learn_words_of_people(database, words, as_of)
    kind, empty = database.dialect.kind(ASIDE), database.dialect.empty(ASIDE.removesuffix("[]"))
    database.define("people", database.query(f"""
SELECT p.patient_id, p.place, s.sex, w.years_lo, w.years_hi, w.months_lo, w.months_hi,
  COALESCE(o.weight, CASE WHEN {database.matches('p.weight', PLAIN_WEIGHT)} THEN p.weight::DOUBLE END) AS weight, p.stratum, p.psu, p.site,
  CASE WHEN s.sex_aside IS NOT NULL OR w.age_aside IS NOT NULL OR o.weight_aside IS NOT NULL
    THEN concat(COALESCE(s.sex_aside, {empty}), COALESCE(w.age_aside, {empty}), COALESCE(o.weight_aside, {empty}))::{kind} END AS person_aside
FROM ({placed}) p JOIN sex_words s ON s.text = p.sex
JOIN age_words w ON w.birth = p.birth_date AND w.years = p.age_years AND w.months = p.age_months
LEFT JOIN weight_words o ON o.text = p.weight"""))
