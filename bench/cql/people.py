"""People for the race of the interpret rules: adults with the markers, drugs and signs those rules read, as cases and as FHIR Bundles.

Values are drawn independently and mostly near the limits, so that every line of the tables is met; it says nothing about real people.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

CODES = "urn:cobalamin:concept"
Case = dict[str, Any]

# concept: (chance, [(unit, least, most, digits)]); one value in eight stands on a limit
RESULTS: dict[str, tuple[float, list[tuple[str, float, float, int]]]] = {
    "serum_b12": (0.75, [("ng/L", 60, 700, 0), ("pg/mL", 60, 700, 0), ("pmol/L", 45, 520, 0)]),
    "holotranscobalamin": (0.3, [("pmol/L", 10, 120, 0)]),
    "methylmalonic_acid": (0.4, [("umol/L", 0.1, 1.5, 2), ("nmol/L", 100, 1500, 0)]),
    "homocysteine": (0.35, [("umol/L", 5, 40, 1)]),
    "serum_folate": (0.4, [("ug/L", 1, 12, 1), ("nmol/L", 2, 30, 1)]),
    "creatinine": (0.5, [("mg/dL", 0.5, 3, 2), ("umol/L", 45, 260, 0)]),
    "egfr": (0.2, [("mL/min/1.73m2", 10, 110, 0)]),
    "mcv": (0.6, [("fL", 75, 120, 1)]),
    "hemoglobin": (0.6, [("g/dL", 6, 16, 1), ("g/L", 60, 160, 0)]),
}
LIMITS = {
    "ng/L": (180, 350), "pg/mL": (180, 350), "pmol/L": (25, 70, 73, 84, 89.9, 133, 180, 186, 258), "umol/L": (0.28, 0.4, 0.46, 0.8, 0.92, 1.25, 15),
    "nmol/L": (7, 10, 280, 371, 400, 460, 800, 920, 1250), "ug/L": (3,), "fL": (97.8, 99.4, 100, 100.4), "g/dL": (10.5, 11, 12, 13), "g/L": (105, 110, 120, 130),
    "mL/min/1.73m2": (30, 60),
}  # fmt: skip
WORDS = {"intrinsic_factor_antibody": 0.15}
DRUGS = ("antifolate_drug", "fibrate", "combined_oral_contraceptive", "hormone_replacement_therapy", "vitamin_b12_treatment", "nitrous_oxide", "metformin")
CONDITIONS = (
    "iron_deficiency", "anemia_on_record", "macrocytosis_on_record", "liver_disease", "leukemia", "hepatocellular_carcinoma", "haptocorrin_deficiency",
    "vitamin_b6_deficiency", "hypothyroidism", "alcohol_use_disorder", "folate_deficiency", "dialysis", "chronic_kidney_disease", "total_gastrectomy",
    "ileal_resection", "pernicious_anemia", "paresthesia", "numbness", "loss_of_vibration_sense", "loss_of_position_sense", "romberg_sign", "gait_ataxia",
    "spasticity", "hyperreflexia", "lhermitte_sign", "subacute_combined_degeneration", "cord_signal_change", "optic_neuropathy", "visual_loss", "psychosis",
    "delirium", "confusion", "memory_impairment", "dementia", "fatigue", "glossitis",
)  # fmt: skip
UCUM = {"mL/min/1.73m2": "mL/min/{1.73_m2}"}
LARGEST_NUMBER_OF_STATES = 4


def cases(number: int, day: date, seed: str = "race") -> Iterator[Case]:
    """Cases in the shape of the command line: everything dated, every number with its unit."""
    random = Random(seed)
    for index in range(number):
        sex = random.choice(("female", "male"))
        born = day - timedelta(days=random.randint(19 * 366, 95 * 365))
        facts = []
        for concept, (chance, units) in RESULTS.items():
            if random.random() < chance:
                for back in sorted(random.sample(range(500), random.choice((1, 1, 2)))):
                    unit, least, most, digits = random.choice(units)
                    near = [limit for limit in LIMITS.get(unit, ()) if least <= limit <= most]
                    value = random.choice(near) if near and random.random() < 0.125 else round(random.uniform(least, most), digits)
                    facts.append({"concept": concept, "date": _ago(day, back), "value": value, "unit": unit})
        for concept, chance in WORDS.items():
            if random.random() < chance:
                facts.append({"concept": concept, "date": _ago(day, random.randint(0, 900)), "value": random.choice(("positive", "negative"))})
        states = random.sample(CONDITIONS + DRUGS, random.randint(0, LARGEST_NUMBER_OF_STATES))
        if sex == "female" and random.random() < 0.15:
            facts.append({"concept": "pregnancy", "date": _ago(day, random.randint(0, 280))})
        for concept in states:
            back = random.randint(1, 900)
            end = {"end": _ago(day, random.randint(0, back))} if random.random() < 0.5 or concept == "nitrous_oxide" else {}
            facts.append({"concept": concept, "date": _ago(day, back), **end})
        yield {"patient_id": f"p{index:06}", "sex": sex, "birth_date": born.isoformat(), "facts": facts}


def _ago(day: date, days: int) -> str:
    return (day - timedelta(days=days)).isoformat()


def bundle(case: Case) -> dict[str, Any]:
    """A case as a FHIR R4 Bundle: results as Observations, drugs as MedicationStatements, everything else as Conditions."""
    id = case["patient_id"]
    subject = {"reference": f"Patient/{id}"}
    resources: list[dict[str, Any]] = [{"resourceType": "Patient", "id": id, "gender": case["sex"], "birthDate": case["birth_date"]}]
    for number, fact in enumerate(case["facts"]):
        code = {"coding": [{"system": CODES, "code": fact["concept"]}]}
        base = {"id": f"{id}-{number}", "subject": subject}
        if fact["concept"] in WORDS:
            value = {"valueString": fact["value"]}
            resources.append({"resourceType": "Observation", **base, "status": "final", "code": code, "effectiveDateTime": fact["date"], **value})
        elif "value" in fact:
            unit = UCUM.get(fact["unit"], fact["unit"])
            quantity = {"valueQuantity": {"value": fact["value"], "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}}
            resources.append({"resourceType": "Observation", **base, "status": "final", "code": code, "effectiveDateTime": fact["date"], **quantity})
        elif fact["concept"] in DRUGS:
            period = {"start": fact["date"], **({"end": fact["end"]} if "end" in fact else {})}
            resources.append({"resourceType": "MedicationStatement", **base, "status": "active", "medicationCodeableConcept": code, "effectivePeriod": period})
        else:
            ended = {"abatementDateTime": fact["end"]} if "end" in fact else {}
            resources.append({"resourceType": "Condition", **base, "code": code, "onsetDateTime": fact["date"], **ended})
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource} for resource in resources]}
