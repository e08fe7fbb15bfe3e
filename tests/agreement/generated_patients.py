"""Make patients that try the engines: values on and beside every limit, odd units, words, comparators, dates at window edges.

One function draws from anything that behaves like `random.Random`, so Hypothesis can shrink what a plain seed can repeat.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from cobalamin.rules import nodes as n
from cobalamin.rules.bind import bind
from cobalamin.rules.knowledge import Knowledge

AS_OF = date(2026, 11, 20)
EDGES = (0, 1, 4, 5, 10, 11, 20, 21, 22, 28, 29, 55, 56, 83, 84, 97, 98, 179, 180, 181, 195, 196, 294, 295, 364, 365, 366, 400, 3000, -1, -30)
RANGES = ("180-914 pg/mL", "> 200", "", " see note ", "٢٠٠-٩٠٠", "x" * 80)
ODD_VALUES = ("", "abc", "-3", "0", "1,234", "nan", "١٢٠", "1e3", "high", "low", "normal", "undetectable", "positive", "negative", "present", "absent")
ODD_UNITS = ("", "PG/ML", "furlongs", "\u00b5mol/L", "\u03bcmol/L", "ng/mL")
ODD_DATES = ("2026-02-30", "yesterday", "2031-01-01", "1850-01-01", "2026-11-20T08:30:00Z")
ODD_CONCEPTS = (
    "tingling in both feet", "no numbness", "loss of vibration and position sense", "total gastrectomy 20 years ago", "low folate", "झुनझुनी नहीं है",
    "fatigue, headache and serum b12", "لا يوجد تنميل", "metformin for 3 years", "glorbing of the snood", "",
    "loinc|2132-9", "loinc|14685-2", "icd10|D51.0", "Vitamin B12", "विटामिन बी12", "hb",
)
DOSES = ("", "1000 ug intramuscular", "1 mg im", "1000 ug oral daily", "500 mg daily", "850 mg bd", "50 ug oral daily", "a lot")


class Maker:
    """Draw cases that use the concepts the pathway looks at."""

    def __init__(self, knowledge: Knowledge):
        concepts = knowledge.concepts.values()
        self.knowledge = knowledge
        self.results = [c for c in concepts if c.is_result and c.units]
        self.markers = [knowledge.concepts[id] for id in (
            "serum_b12", "serum_b12", "holotranscobalamin", "methylmalonic_acid", "homocysteine", "creatinine", "hemoglobin", "mcv", "serum_folate")]
        self.words = [c for c in concepts if c.is_result and c.words]
        self.present = [c for c in concepts if not c.is_result and c.kind != "panel"]
        named = {node.concept for step in bind(knowledge, AS_OF.isoformat()).steps if step.table.stage in ("treat", "respond", "prevent")
                 for condition in step.conditions for node in condition.walk() if isinstance(node, (n.Presence, n.Course))}  # fmt: skip
        self.turns = [knowledge.concepts[id] for name in sorted(named) for id in knowledge.narrower(name)]
        self.limits: dict[str, list[tuple[str, float]]] = {}
        for spec in knowledge.parameters.values():
            for values in spec.values.values():
                for dated in values:
                    self.limits.setdefault(spec.of, []).extend((unit.split(": ")[-1], number) for unit, number in dated.printed)

    def case(self, random: Random, number: int) -> dict[str, Any]:
        """One case with up to 16 facts."""
        case: dict[str, Any] = {"patient_id": f"p{number}"}
        if random.random() < 0.9:
            case["sex"] = random.choice(("female", "male", "F", "m", "x"))
        kind = random.random()
        if kind < 0.45:
            case["age_years"] = random.choice((0, 1, 4, 5, 10, 11, 12, 14, 15, 16, 17, 18, 19, 40, 64, 65, 66, 90, 131, -1))
        elif kind < 0.6:
            case["age_months"] = random.choice((0, 1, 3, 5, 6, 11, 12, 23, 24, 59, 60, 131))
        elif kind < 0.9:
            born = AS_OF - timedelta(days=random.randint(-5, 36000))
            case["birth_date"] = random.choice((born.isoformat(), f"{born.year}-11-20", f"{born.year}-11-21", "2000-02-29", "1999-13-01"))
        case["facts"] = [self.fact(random) for _ in range(random.randint(0, 16))]
        for fact in case["facts"] if random.random() < 0.2 else ():
            fact["reference"] = random.choice(RANGES)
        return case

    def fact(self, random: Random) -> dict[str, Any]:
        """One fact, mostly sensible."""
        kind = random.random()
        if kind < 0.5:
            return self._result(random, random.choice(self.markers if random.random() < 0.7 else self.results))
        if kind < 0.58:
            concept = random.choice(self.words)
            return {"concept": concept.id, "value": random.choice((*concept.words, "positive", "high")), "date": self._date(random)}
        if kind < 0.96:
            # the drugs and circumstances that treatment turns on are few among many: draw them often enough
            concept = random.choice(self.turns if random.random() < 0.25 else self.present)
            fact = {"concept": concept.id, "date": self._date(random)}
            if random.random() < 0.2:
                fact["end"] = self._date(random)
            if random.random() < 0.15:
                fact["value"] = random.choice(("yes", "no", "absent", "negative", "present", "3"))
            if concept.kind == "drug" and random.random() < 0.5:
                fact["dose"] = random.choice(DOSES)
            return fact
        fact = {"concept": random.choice(ODD_CONCEPTS), "value": random.choice(ODD_VALUES), "date": random.choice((*ODD_DATES, ""))}
        return fact | {"unit": random.choice(ODD_UNITS)}

    def _result(self, random: Random, concept: Any) -> dict[str, Any]:
        unit = random.choice(concept.units.units)
        low, high = concept.plausible
        first = concept.units.factor(concept.range_group, unit.group) or 1.0
        number: Any = round(random.uniform(low, high * 0.6) * first / unit.times, random.choice((0, 1, 2, 4)))
        name = unit.name
        if concept.id in self.limits and random.random() < 0.6:
            name, limit = random.choice(self.limits[concept.id])
            number = round(limit + random.choice((0, 0, 0.01, -0.01, 1, -1, 0.0001, -0.0001)), 4)
        fact = {"concept": concept.id, "value": number, "unit": name, "date": self._date(random)}
        odd = random.random()
        if odd < 0.12:
            fact["comparator"] = random.choice(("<", "<=", ">", ">=", "≤", "less than", "=", "~"))
        elif odd < 0.2:
            fact["value"] = random.choice(("<", ">", "≥ ", "below ")) + str(number)
        elif odd < 0.25:
            fact["value"] = random.choice(ODD_VALUES)
        elif odd < 0.3:
            fact["unit"] = random.choice(ODD_UNITS)
        elif odd < 0.33:
            fact["value"], fact["unit"] = f"{number} {name}", ""
        elif odd < 0.36:
            fact["value"] = str(number).replace(".", ",")
        return fact

    def _date(self, random: Random) -> str:
        if random.random() < 0.15:
            return random.choice((*ODD_DATES, ""))
        return (AS_OF - timedelta(days=random.choice(EDGES) if random.random() < 0.6 else random.randint(0, 500))).isoformat()
