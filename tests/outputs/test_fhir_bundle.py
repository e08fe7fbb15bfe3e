"""An assessment as a Bundle of FHIR R4: valid for every patient of the spec tables, complete, nothing ordered, every rule named."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fhir_judges
import pytest

import cobalamin
from cobalamin.model.assessment import Assessment
from cobalamin.model.fact import SetAside
from cobalamin.outputs.fhir.bundle import bundle_of
from cobalamin.outputs.fhir.requests import advised_tests
from cobalamin.rules.knowledge import Knowledge

sys.path.insert(0, str(Path(__file__).parents[1] / "spec"))
import spec_file

AS_OF, LANGUAGES = "2026-11-20", ("en", "hi", "ar")
SAMPLE = Path(__file__).parents[2] / "samples" / "fhir" / "bundle.json"
IN_ALL_LANGUAGES = 8
"""Each patient is written in one language in turn, every eighth in all three, so that the judges are done in seconds."""
REFERENCE = re.compile(r'"reference": "([^"]*)"')
HTML = {f"{{http://www.w3.org/1999/xhtml}}{name}" for name in ("div", "p", "b", "ul", "li")}
EVIL = '<script>alert(1)</script>"\'&\u202e\u0000\ud800'

Made = list[tuple[Assessment, str, dict[str, Any]]]


def of_type(bundle: dict[str, Any], type: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == type]


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> Made:
    """Every patient of the spec tables of whom something is said that was said of none before, as a Bundle."""
    patients = [patient for file in spec_file.read_all(knowledge) for patient in file.patients]
    known: set[str] = set()
    found, number = [], 0
    for patient in patients:
        assessment = cobalamin.assess(patient.case, as_of=patient.as_of, guideline=patient.guideline)
        if not (said := set(said_of(assessment))) <= known:
            known |= said
            number += 1
            for lang in LANGUAGES if number % IN_ALL_LANGUAGES == 0 else (LANGUAGES[number % 3],):
                found.append((assessment, lang, bundle_of(assessment, knowledge, lang)))
    return found


def said_of(assessment: Assessment) -> Iterator[str]:
    """Every word and rule of an assessment under the name it stands under."""
    tree = assessment.to_dict()
    held = {**tree, **tree["test"], **tree["treatment"], "response_because": tree["response"]["because"], **tree["response"]}
    for name, value in held.items():
        for item in value if isinstance(value, list) else [value]:
            word = item.get("review") or item.get("rule") or item.get("drug") or item.get("id") if isinstance(item, dict) else item
            if name not in ("patient_id", "as_of"):
                yield f"{name}: {word}"


@pytest.mark.skipif(bool(fhir_judges.WHY_NOT), reason=f"the judges of FHIR cannot sit: {fhir_judges.WHY_NOT}")
def test_three_judges_find_nothing_wrong(made: Made) -> None:
    """Each resource is judged once, and some whole Bundles."""
    resources = {json.dumps({**entry["resource"], "id": "x"}): entry["resource"] for _, _, bundle in made for entry in bundle["entry"]}
    bundles = [bundle for _, _, bundle in made[::100]]

    assert len(made) > 350
    assert not fhir_judges.faults([*resources.values(), *bundles])
    assert {resource["resourceType"] for resource in resources.values()} >= {
        "RiskAssessment", "DetectedIssue", "ServiceRequest", "MedicationRequest", "CarePlan", "Goal", "CommunicationRequest", "Provenance", "Device"}  # fmt: skip


def test_nothing_is_an_order(made: Made) -> None:
    """Whatever could be done is a draft proposal, and nothing claims to be verified or active."""
    wrong = [
        resource["resourceType"] for _, _, bundle in made for entry in bundle["entry"] if (resource := entry["resource"])["resourceType"] not in ("Device", "Provenance")
        if resource.get("status", resource.get("lifecycleStatus")) not in ("draft", "preliminary", "proposed") or resource.get("intent", "proposal") != "proposal"
    ]  # fmt: skip

    assert not wrong


def test_references_lead_somewhere(made: Made) -> None:
    """Every reference is to a resource of the Bundle or to the person, and every resource has an id of its own."""
    for assessment, _, bundle in made:
        urls = [entry["fullUrl"] for entry in bundle["entry"]]
        assert urls == [f"urn:uuid:{entry['resource']['id']}" for entry in bundle["entry"]]
        assert len(set(urls)) == len(urls)
        assert set(REFERENCE.findall(json.dumps(bundle))) <= {*urls, f"Patient/{assessment.patient_id}"}


def test_everything_the_assessment_says_is_there(made: Made) -> None:
    """Every test, dose, review and piece of advice is proposed, with its days."""
    for about, _, bundle in made:
        requests, issues, risks = (of_type(bundle, type) for type in ("ServiceRequest", "DetectedIssue", "RiskAssessment"))
        instructions = [held for request in of_type(bundle, "MedicationRequest") for held in request["dosageInstruction"]]
        details = [activity["detail"] for plan in of_type(bundle, "CarePlan") for activity in plan["activity"] if "detail" in activity]
        days = [day for held in instructions for day in held["timing"].get("event", ())] + [
            held["timing"]["repeat"]["boundsPeriod"]["start"] for held in instructions if "repeat" in held["timing"]]  # fmt: skip

        assert len(requests) + sum(test == "maternal_b12" for test in advised_tests(about)) == len(advised_tests(about))
        assert sorted(days) == sorted(dose["date"] for dose in about.treatment["doses"])
        assert {day for held in details for day in held.get("scheduledTiming", {}).get("event", ())} == {review["date"] for review in about.review}
        assert sum("prevention." in json.dumps(held) for held in details) == len(about.prevention)
        assert len(issues) == (about.urgency != "none")
        assert {risk["prediction"][0]["qualitativeRisk"]["coding"][-1]["code"] for risk in risks} == {f"status.{status}" for status in about.guidelines.values()}
        assert risks[0]["prediction"][0]["qualitativeRisk"]["coding"][-1]["code"] == f"status.{about.status}"


def test_every_rule_is_named_with_its_source(made: Made) -> None:
    """Each rule that counted is in a Provenance with source, place and grade, and each proposal has a Provenance."""
    for about, _, bundle in made:
        provenances = of_type(bundle, "Provenance")
        named = {entity["what"]["identifier"]["value"]: entity["what"]["display"] for held in provenances for entity in held["entity"]}
        targets = {target["reference"] for held in provenances for target in held["target"]}
        proposed = {entry["fullUrl"] for entry in bundle["entry"] if entry["resource"]["resourceType"] in ("ServiceRequest", "MedicationRequest", "DetectedIssue")}

        assert set(named) == {entry.rule for entry in about.trace}
        assert all(entry.source in re.sub("[\u2066-\u2069]", "", named[entry.rule]) for entry in about.trace)
        assert proposed <= targets


def test_a_drug_names_the_rule_that_chose_it(knowledge: Knowledge) -> None:
    bundle = bundle_of(assessed("symptom_to_plan"), knowledge)
    (drug,) = of_type(bundle, "MedicationRequest")
    (why,) = [held for held in of_type(bundle, "Provenance") if held["target"] == [{"reference": f"urn:uuid:{drug['id']}"}]]

    assert any(entity["what"]["identifier"]["value"].startswith("treat.regimen.") for entity in why["entity"])
    assert why["agent"][0]["who"] == {"reference": bundle["entry"][0]["fullUrl"]}
    assert bundle["entry"][0]["resource"]["version"][0]["value"] == cobalamin.__version__


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_person_is_told_in_the_language(knowledge: Knowledge, lang: str) -> None:
    """The message is the plain voice, says its language, and ends with what it is."""
    about = assessed("symptom_to_plan")
    (message,) = of_type(bundle_of(about, knowledge, lang), "CommunicationRequest")
    told = "\n".join(part["contentString"] for part in message["payload"])
    script = {"en": "[a-z]", "hi": "[\u0900-\u097f]", "ar": "[\u0600-\u06ff]"}[lang]

    assert (message["language"], message["status"], message["recipient"]) == (lang, "draft", [{"reference": "Patient/meera"}])
    assert len(re.findall(script, told)) > 500
    assert ("\u2066" in told) == (lang == "ar")


def test_ids_stay_and_differ(knowledge: Knowledge) -> None:
    """The same assessment has the same ids in every language and at any time; those of another day share none but the program's."""
    ids = [[entry["fullUrl"] for entry in bundle_of(assessed("first_case"), knowledge, lang, recorded="2026-11-21T08:00:00Z")["entry"]] for lang in LANGUAGES]
    later = {entry["fullUrl"] for entry in bundle_of(assessed("first_case", "2026-11-21"), knowledge)["entry"]}

    assert ids[0] == ids[1] == ids[2]
    assert set(ids[0]) & later == {ids[0][0]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_of_the_record_becomes_markup(knowledge: Knowledge, lang: str) -> None:
    """Names and words of the record are text in every narrative, without characters that JSON or XML may not hold."""
    about = replace(assessed("first_case"), patient_id=EVIL, not_understood=(SetAside(EVIL, "not_understood"),), set_aside=(SetAside(EVIL, "no_unit"),))
    bundle = bundle_of(about, knowledge, lang)

    json.dumps(bundle, ensure_ascii=False).encode()
    divs = list(narratives(bundle))
    assert any("alert(1)" in "".join(div.itertext()) for div in divs)
    for div in divs:
        assert {part.tag for part in div.iter()} <= HTML
        assert div.get("lang") == lang
    if not fhir_judges.WHY_NOT:
        assert not fhir_judges.faults([entry["resource"] for entry in bundle["entry"]])


def test_every_narrative_is_plain_html(made: Made) -> None:
    assert {part.tag for _, _, bundle in made[::10] for div in narratives(bundle) for part in div.iter()} == HTML


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_our_own_proposals_are_no_facts_when_they_come_back(knowledge: Knowledge, engine: str, tmp_path: Path) -> None:
    """A record that holds our Bundle is read as without it: a proposed injection was not given. As an order it would count."""
    pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")
    record = json.loads(SAMPLE.read_text(encoding="utf-8"))
    plain = answer(tmp_path, engine, record["entry"])
    ours = bundle_of(Assessment.from_dict(plain), knowledge)["entry"]
    assert of_type({"entry": ours}, "MedicationRequest")
    ordered = json.loads(json.dumps(ours).replace('"draft"', '"active"').replace('"proposal"', '"order"'))

    assert answer(tmp_path, engine, [*record["entry"], *ours]) == plain
    assert answer(tmp_path, engine, [*record["entry"], *ordered]) != plain


def answer(folder: Path, engine: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    path = folder / "bundle.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), encoding="utf-8")
    (found,) = cobalamin.assess_all(str(path), as_of=AS_OF, engine=engine)
    return found


def assessed(sample: str, as_of: str = AS_OF) -> Assessment:
    case = json.loads((SAMPLE.parents[1] / "cases" / f"{sample}.json").read_text(encoding="utf-8"))
    return cobalamin.assess(case, as_of=as_of)


def narratives(bundle: dict[str, Any]) -> Iterator[ET.Element]:
    return (ET.fromstring(entry["resource"]["text"]["div"]) for entry in bundle["entry"])
