"""What to do and when to look again: a CarePlan with what is proposed, reviews and prevention, and Goals that treatment is expected to reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from cobalamin.outputs.content import Content, Section
from cobalamin.outputs.fhir.requests import advised_tests
from cobalamin.outputs.fhir.risk import RISK
from cobalamin.outputs.fhir.strings import texts
from cobalamin.outputs.fhir.writer import Resource, Writer, filled, reference_to

PLAN = "CarePlan"


def goals(writer: Writer, content: Content) -> list[Resource]:
    """What treatment is expected to bring about, each as a proposed Goal."""
    found = []
    for word in content.assessment.response["expected"]:
        text = writer.say(f"expect-{word}")
        found.append(writer.resource("Goal", f"Goal.{word}", [Section("", "", (text,))], lifecycleStatus="proposed", description=writer.own("expected", word, text),
                                     subject=writer.subject, startDate=writer.as_of, addresses=[writer.reference(RISK)]))  # fmt: skip
    return found


def care_plan(writer: Writer, content: Content, aims: Iterable[Resource], proposed: Iterable[Mapping[str, str]]) -> Resource | None:
    """The plan as a draft proposal, None where there is nothing to do; *proposed* are References to the requests it rests on."""
    activity = [*({"reference": dict(reference)} for reference in proposed), *({"detail": detail} for detail in _details(writer, content))]
    if not activity:
        return None
    sections = [*content.tests("clinical"), *content.plan("clinical"), *content.collections("clinical", only=["prevention"])]
    said = [section for section in (*content.cautions("clinical"), *content.response("clinical")) if section.id != "expected"]
    held = content.assessment.treatment
    also = [f"{writer.say('heading-regimens-also')}: {content.treatment.sure(id, 'clinical')}" for id in held["alternatives"]]
    start = next(iter(content.start("clinical")), None)
    return writer.resource(
        PLAN, PLAN, sections, status="draft", intent="proposal", title=writer.string(start.title) if start else writer.say("heading-next"),
        description=writer.string(" ".join(start.paragraphs)) if start else writer.say(f"next-{content.assessment.status}"), subject=writer.subject,
        period={"start": writer.as_of}, created=writer.as_of, author=writer.author, supportingInfo=[writer.reference(RISK)],
        goal=[reference_to(goal) for goal in aims], activity=activity,
        note=writer.note([*texts(*said), *also]),
    )  # fmt: skip


def _details(writer: Writer, content: Content) -> Iterator[dict[str, Any]]:
    """What no request stands for: tests of somebody else, days of review, advice."""
    about = content.assessment
    for test in advised_tests(about):
        if test in writer.how["for_another_person"]:
            yield _detail(writer.concept(test, "ServiceRequest"), writer.say(f"test-{test}"))
    if about.treatment["start"] == "specialist":
        yield _detail(writer.own("start", "specialist", writer.say("start-name-specialist")), writer.say("start-specialist"))
    for day, found in groupby(about.review, lambda review: review["date"]):
        reviews = list(found)
        what = dict.fromkeys(content.treatment.look(word, "clinical") for review in reviews for word in review["what"])
        coding = [writer.own("review", review["review"], "")["coding"][0] for review in reviews]
        yield _detail({"coding": coding, "text": writer.say("heading-review")}, writer.string(writer.words.joined(what)), scheduledTiming={"event": [day]})
    for word in about.prevention:
        text = writer.say(f"prevent-{word}", **content.amounts(f"prevent-{word}"))
        yield _detail(writer.own("prevention", word, writer.say("heading-prevention")), text)


def _detail(code: dict[str, Any], description: str, **held: Any) -> dict[str, Any]:
    return filled(code=filled(**code), status="not-started", **held, description=description)
