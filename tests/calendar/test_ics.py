"""Calendar files: what two outside readers make of them, ids that stay, and what they must not say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from cobalamin.assessing import memory_engine
from cobalamin.engines.memory.course import calendar
from cobalamin.model.calendar import DoseCalendar, Received, Unmatched
from cobalamin.outputs.ics import calendar_ics
from cobalamin.records.case import read_case
from cobalamin.rules.calendar import Asked, dose_calendar
from cobalamin.rules.load import load

READER = Path(__file__).parent.parent / "calendar_readers"
WHY_NOT = "there is no node on the path" if shutil.which("node") is None else "" if (READER / "node_modules").is_dir() else (
    "its package is not installed: npm ci --prefix tests/calendar_readers")  # fmt: skip
KNOWLEDGE = load()
LANGUAGES = ("en", "hi", "ar")
DAY = date(2026, 11, 20)
REVIEWS = [{"date": "2027-02-20", "review": "first_review", "what": ["symptoms", "adherence"]},
           {"date": "2026-11-21", "review": "potassium_first_days", "what": ["potassium"]}]  # fmt: skip
SPOKEN_OF = re.compile("b12|cobalamin|injection|tablet|vitamin|कोबाल|इंजेक्शन|विटामिन|गोली|حقن|حبة|حبوب|فيتامين|كوبال", re.IGNORECASE)


def shots(*offsets: int) -> list[Received]:
    return [Received(DAY + timedelta(days=offset), "hydroxocobalamin", 1000.0, "intramuscular") for offset in offsets]


def plan(regimen: str, given_so_far: list[Received], as_of: int = 0, others: tuple[Unmatched, ...] = (), patient: str = "p1") -> DoseCalendar:
    asked = Asked(KNOWLEDGE.regimens[regimen], DAY + timedelta(days=as_of), "ng239", 40)
    return dose_calendar(asked, given_so_far, KNOWLEDGE, others).named(patient, "ng239")


def events(data: bytes) -> list[icalendar.Event]:
    return [part for part in icalendar.Calendar.from_ical(data).walk("VEVENT")]


def days(data: bytes) -> dict[str, date]:
    return {str(event["uid"]): event.decoded("dtstart") for event in events(data)}


def by_ical_js(data: bytes) -> dict[str, Any]:
    if WHY_NOT:
        if os.environ.get("COBALAMIN_CI"):
            pytest.fail(WHY_NOT)
        pytest.skip(WHY_NOT)
    done = subprocess.run(["node", READER / "read.mjs"], input=data, capture_output=True, check=True)
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_readers_read_the_same(lang: str) -> None:
    """Pins that days, titles, texts with commas and line breaks, ids and reminders come back alike in every language."""
    held = plan("hydroxocobalamin_loading", shots(0, 2, 5), 6)
    data = calendar_ics(held, REVIEWS, KNOWLEDGE, lang)
    ours = events(data)
    theirs = by_ical_js(data)
    third = {str(event.uid.value): event for event in vobject.readOne(data.decode()).vevent_list}
    assert len(ours) == len(theirs["events"]) == len(third) == len(held.kept) + len(REVIEWS)
    for event, other in zip(ours, theirs["events"], strict=True):
        uid = str(event["uid"])
        assert other["uid"] == uid
        assert other["summary"] == str(event["summary"]) == third[uid].summary.value
        assert other["description"] == str(event["description"]) == third[uid].description.value
        assert other["allDay"]
        assert other["start"] == event.decoded("dtstart").isoformat() == third[uid].dtstart.value.isoformat()
        assert other["end"] == (event.decoded("dtstart") + timedelta(days=1)).isoformat() == third[uid].dtend.value.isoformat()
        assert len(other["alarms"]) == len(event.walk("VALARM")) == len(third[uid].contents.get("valarm", []))
    injections = [event for event in theirs["events"] if event["start"] in {row.day.isoformat() for row in held.to_come}]
    assert all(event["alarms"] == ["-PT15H", "PT8H"] for event in injections)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("voice", ["clinical", "lay"])
def test_the_bytes_are_as_the_standard_wants(lang: str, voice: Any) -> None:
    """Pins line ends, lines of at most 75 octets, and that no letter is cut in two."""
    data = calendar_ics(plan("hydroxocobalamin_nerves", shots(0, 3), 4), REVIEWS, KNOWLEDGE, lang, voice=voice)
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"METHOD" not in data


def test_a_plan_made_again_moves_its_events() -> None:
    """Pins that ids stay when a dose is late and everything after it moves, and that the later version is the one to keep."""
    first = calendar_ics(plan("hydroxocobalamin_loading", []), REVIEWS, KNOWLEDGE)
    again = calendar_ics(plan("hydroxocobalamin_loading", shots(0, 5), 5), REVIEWS, KNOWLEDGE)
    before, after = days(first), days(again)
    assert before.keys() == after.keys()
    moved = {uid: (after[uid] - before[uid]).days for uid in before}
    assert sorted(moved.values()) == [0, 0, 0, *[3] * 9]
    assert min(event["sequence"] for event in events(again)) > max(event["sequence"] for event in events(first))


def test_a_course_begun_again_moves_its_events_too() -> None:
    """Pins that what was missed stays, cancelled, on its day, and what is planned anew has one event each."""
    held = plan("hydroxocobalamin_loading_again", shots(0, 2), 20)
    found = {str(event["uid"]): event for event in events(calendar_ics(held, [], KNOWLEDGE))}
    cancelled = [event.decoded("dtstart") for event in found.values() if event["status"] == "CANCELLED"]
    assert cancelled == [DAY + timedelta(days=offset) for offset in (4, 7, 9, 11)]
    assert len(found) == len(held.kept)


def test_what_is_no_longer_planned_is_cancelled() -> None:
    """Pins that events of injections end when tablets take their place."""
    held = dose_calendar(Asked(KNOWLEDGE.regimens["cyanocobalamin_tablets_1000"], DAY + timedelta(days=12), "ng239", 40,
                               followed=KNOWLEDGE.regimens["hydroxocobalamin_loading"]), shots(0, 2, 4, 7, 9, 11), KNOWLEDGE).named("p1", "ng239")  # fmt: skip
    found = events(calendar_ics(held, [], KNOWLEDGE))
    assert [str(event["status"]) for event in found if event.decoded("dtstart") > DAY + timedelta(days=80) and "injection" in str(event["summary"])] == ["CANCELLED"] * 3
    before = days(calendar_ics(plan("hydroxocobalamin_loading", []), [], KNOWLEDGE))
    assert before.keys() <= days(calendar_ics(held, [], KNOWLEDGE)).keys()


def test_tablets_are_few_events() -> None:
    """Pins a beginning and a reminder of supply each month, and a day each week for weekly ones."""
    daily = events(calendar_ics(plan("cyanocobalamin_tablets_1000", []), [], KNOWLEDGE))
    assert [event.decoded("dtstart").isoformat() for event in daily] == ["2026-11-20", "2026-12-20", "2027-01-20"]
    data = calendar_ics(plan("cyanocobalamin_tablets_weekly", []), [], KNOWLEDGE)
    (weekly,) = by_ical_js(data)["events"]
    assert weekly["days"][:2] == ["2026-11-20", "2026-11-27"]
    assert len(weekly["days"]) == 14


def test_tablets_that_are_taken_keep_their_beginning() -> None:
    """Pins that the event of tablets stays on its day when the plan is made again while they are taken."""
    since = Unmatched("cyanocobalamin", DAY, None, "taken_since")
    first = days(calendar_ics(plan("cyanocobalamin_tablets_1000", []), [], KNOWLEDGE))
    later = days(calendar_ics(plan("cyanocobalamin_tablets_1000", [], 10, (since,)), [], KNOWLEDGE))
    assert first.items() <= later.items()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_discreet_calendar_says_nothing(lang: str) -> None:
    """Pins that neither the drug nor the illness stands anywhere in a discreet file, and the person's id in none but a named one."""
    held = plan("hydroxocobalamin_loading", shots(0), 1, patient="asha")
    data = calendar_ics(held, REVIEWS, KNOWLEDGE, lang, discreet=True)
    unfolded = data.decode().replace("\r\n ", "")
    assert not SPOKEN_OF.search(unfolded)
    assert "asha" not in unfolded
    assert "asha" not in calendar_ics(held, REVIEWS, KNOWLEDGE, lang).decode()
    assert all("asha" in str(event["summary"]) for event in events(calendar_ics(held, REVIEWS, KNOWLEDGE, lang, named=True)))
    assert days(data).keys() == days(calendar_ics(held, REVIEWS, KNOWLEDGE, lang)).keys()


def test_two_people_share_no_event() -> None:
    """Pins that a clinic can put many people into one calendar."""
    one, other = (days(calendar_ics(plan("hydroxocobalamin_loading", [], patient=id), REVIEWS, KNOWLEDGE)) for id in ("p1", "p2"))
    assert one.keys().isdisjoint(other.keys())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 120), max_size=10), st.integers(0, 150), st.text(max_size=40), st.sampled_from(LANGUAGES), st.booleans())
def test_whatever_was_given_can_be_read(offsets: list[int], as_of: int, patient: str, lang: str, named: bool) -> None:
    """Every file reads back whole, its ids are all different, and it is the same when it is written again."""
    held = plan("hydroxocobalamin_nerves", shots(*(offset for offset in sorted(offsets) if offset <= as_of)), as_of, patient=patient)
    data = calendar_ics(held, REVIEWS, KNOWLEDGE, lang, named=named)
    assert data == calendar_ics(held, REVIEWS, KNOWLEDGE, lang, named=named)
    found = events(data)
    assert len({str(event["uid"]) for event in found}) == len(found) >= len(held.kept) + len(REVIEWS)
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_a_case_becomes_a_calendar_file() -> None:
    """Pins the way from a case to a file, as a page calls it, with the moment it was written."""
    engine = memory_engine("2026-11-20")
    case = read_case({"patient_id": "p1", "age_years": 60, "facts": [{"concept": "pernicious anemia"}, {"concept": "serum_b12", "value": 90, "unit": "ng/L"}]},
                     engine.words, engine.day, engine.spoken)  # fmt: skip
    found = engine.assess(case)
    held = calendar(case, engine, found.treatment["regimen"])
    stamp = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    written = events(calendar_ics(held, found.review, KNOWLEDGE, "en", stamp=stamp))
    assert {event.decoded("dtstamp") for event in written} == {stamp}
    assert [event.decoded("dtstart").isoformat() for event in written if "injection" in str(event["summary"])] == [dose["date"] for dose in found.treatment["doses"]]
