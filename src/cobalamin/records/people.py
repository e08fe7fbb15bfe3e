"""People in bulk: `raw_patients` joined with what each distinct text of sex, age and weight means."""

from __future__ import annotations

from cobalamin.model.fact import Patient
from cobalamin.records.case import PATIENT_COLUMNS
from cobalamin.records.database import Database, DuckDBDatabase
from cobalamin.records.sql_text import quoted
from cobalamin.records.understand import read_patient, survey_weight
from cobalamin.records.words import Words

ASIDE = "STRUCT(fact VARCHAR, reason VARCHAR)[]"
PLAIN_WEIGHT = "[0-9]{1,12}([.][0-9]{1,20})?"
"""Nearly every weight is a plain number and another one: only the others are asked for their meaning."""


def learn_words_of_people(database: Database, words: Words, as_of: int) -> None:
    """Create `sex_words`, `age_words` and `weight_words`: what the texts of `placed` mean.

    Sex stands apart from age: their distinct texts are few, their pairs are many.
    """
    sexes = ((text, read_patient({"sex": text}, words, as_of)) for (text,) in database.rows("SELECT DISTINCT sex FROM placed"))
    database.fill("sex_words", {"text": "VARCHAR", "sex": "VARCHAR", "sex_aside": ASIDE}, ((text, person.sex or None, _aside(person)) for text, person in sexes))
    kinds = {"birth": "VARCHAR", "years": "VARCHAR", "months": "VARCHAR", "years_lo": "DOUBLE", "years_hi": "DOUBLE", "months_lo": "DOUBLE",
             "months_hi": "DOUBLE", "age_aside": ASIDE}  # fmt: skip
    ages = database.rows("SELECT DISTINCT birth_date, age_years, age_months FROM placed")
    read = ((texts, read_patient(dict(zip(("birth_date", "age_years", "age_months"), texts, strict=True)), words, as_of)) for texts in ages)
    database.fill("age_words", kinds, ((*texts, *(p.years or (None, None)), *(p.months or (None, None)), _aside(p)) for texts, p in read))
    odd = database.rows(f"SELECT DISTINCT weight FROM placed WHERE trim(weight) <> '' AND NOT {database.matches('weight', PLAIN_WEIGHT)}")
    weights = ((text, survey_weight(text, words)) for (text,) in odd)
    database.fill("weight_words", {"text": "VARCHAR", "weight": "DOUBLE", "weight_aside": ASIDE},
                  ((t, None, [{"fact": "weight", "reason": read}]) if isinstance(read, str) else (t, read, None) for t, read in weights))  # fmt: skip


def learn_people(database: DuckDBDatabase, words: Words, as_of: int, has_patients: bool) -> None:
    """Create `people`: one row a patient, ages as intervals, unreadable columns set aside; duplicates keep the first row."""
    columns = ", ".join(f"COALESCE({quoted(c)}::VARCHAR, '') AS {quoted(c)}" for c in PATIENT_COLUMNS[1:])
    numbered = "SELECT *, row_number() OVER () AS place FROM"
    if not has_patients:
        columns = ", ".join(f"'' AS {quoted(c)}" for c in PATIENT_COLUMNS[1:])
        placed = (f"SELECT patient_id, {columns}, min(place) AS place FROM ({numbered} (SELECT patient_id FROM raw_facts WHERE patient_id <> '')) "
                  "GROUP BY patient_id")  # fmt: skip
    else:
        placed = f"{numbered} (SELECT patient_id, {columns} FROM raw_patients WHERE patient_id <> '')"
    database.con.execute(f"CREATE OR REPLACE TEMP TABLE placed AS {placed}")
    learn_words_of_people(database, words, as_of)
    database.con.execute(f"""CREATE OR REPLACE TEMP TABLE people AS
SELECT p.patient_id, p.place, s.sex, w.years_lo, w.years_hi, w.months_lo, w.months_hi,
  COALESCE(o.weight, CASE WHEN {database.matches('p.weight', PLAIN_WEIGHT)} THEN p.weight::DOUBLE END) AS weight, p.stratum, p.psu, p.site,
  CASE WHEN s.sex_aside IS NOT NULL OR w.age_aside IS NOT NULL OR o.weight_aside IS NOT NULL
    THEN list_concat(list_concat(s.sex_aside, w.age_aside), o.weight_aside) END AS person_aside
FROM placed p JOIN sex_words s ON s.text = p.sex JOIN age_words w ON w.birth = p.birth_date AND w.years = p.age_years AND w.months = p.age_months
LEFT JOIN weight_words o ON o.text = p.weight
WHERE p.place IN (SELECT min(place) FROM placed GROUP BY patient_id)""")


def _aside(person: Patient) -> list[dict[str, str]] | None:
    return [{"fact": item.fact, "reason": item.reason} for item in person.set_aside] or None
