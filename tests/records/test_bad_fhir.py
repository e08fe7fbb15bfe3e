"""What is wrong with FHIR files: a clear error, or a row set aside and counted; nothing is lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from test_fhir import LOINC, PATIENT, account_of, coded, facts_of, observation, quantity

from cobalamin.errors import InputError, NothingToAssess

RESULT = json.dumps(observation(coded((LOINC, "2132-9")), valueQuantity=quantity(150, "pg/mL")))
OTHER = json.dumps(observation(coded((LOINC, "99999-9")), valueQuantity=quantity(1, "1")))


def export(folder: Path, lines: list[str] | bytes, name: str = "Observation.ndjson") -> Path:
    (folder / "Patient.ndjson").write_text(json.dumps(PATIENT) + "\n", encoding="utf-8")
    (folder / name).write_bytes(lines if isinstance(lines, bytes) else ("\n".join(lines) + "\n").encode())
    return folder


def counted(folder: Path, tmp_path: Path) -> dict[str, Any]:
    rows, sources, _ = facts_of(folder, tmp_path)
    return {"facts": len(rows), **{part: held.to_dict() for part, held in sources.items() if part != "Patient"}}


@pytest.mark.parametrize(
    "broken",
    [
        b'{"resourceType":"Observation","id":"x', b"}{", b"garbage", b"[]", b"5", b"null", b'{"resourceType":null}', b'{"id":"no type"}',
        b'{"resourceType":"Observation","id":"\xff"}',
        RESULT.encode() + RESULT.encode(), b'{"a":1}' * 3, b"\0\0",
    ],
)  # fmt: skip
def test_one_broken_line_is_counted_and_the_others_are_read(tmp_path: Path, broken: bytes) -> None:
    lines = [OTHER.encode()] * 400 + [broken] + [RESULT.encode(), b"", OTHER.encode()]
    assert counted(export(tmp_path, b"\n".join(lines)), tmp_path) == {
        "facts": 1,
        "no resource": {"read": 1, "used": 0, "not_ours": 0, "set_aside": {"unreadable_row": 1}},
        "Observation": {"read": 402, "used": 1, "not_ours": 401, "set_aside": {}},
    }


@pytest.mark.parametrize(
    "odd",
    [
        '{"resourceType":"Observation","code":5,"subject":{"reference":"Patient/p1"}}',
        '{"resourceType":"Observation","code":{"coding":{"system":"http://loinc.org"}}}',
        '{"resourceType":"Observation","x":' + "[" * 10000 + "]" * 10000 + "}",
        '{"resourceType":"Observation","code":' + '{"a":' * 10000 + "1" + "}" * 10000 + "}",
        '{"resourceType":"Observation","component":[' + "[" * 10000 + "]" * 10000 + "]}",
        '{"resourceType":"Observation","note":"' + "y" * 2_000_000 + '"}',
    ],
    ids=["code of a wrong kind", "coding of a wrong kind", "deep", "deep code", "deep component", "long"],
)
def test_an_odd_resource_stops_nothing(tmp_path: Path, odd: str) -> None:
    found = counted(export(tmp_path, [OTHER, odd, RESULT]), tmp_path)
    assert found["facts"] == 1
    assert found["Observation"]["read"] == 3


def test_a_line_longer_than_any_resource_is_an_error(tmp_path: Path) -> None:
    folder = export(tmp_path, [RESULT, '{"resourceType":"Observation","note":"' + "y" * 140_000_000 + '"}', RESULT])
    with pytest.raises(InputError, match=r"Observation\.ndjson"):
        counted(folder, tmp_path)


def test_nothing_at_all(tmp_path: Path) -> None:
    (tmp_path / "Patient.ndjson").write_bytes(b"")
    with pytest.raises(NothingToAssess):
        facts_of(tmp_path, tmp_path)


@pytest.mark.parametrize("cut", [0.5, 0.999, 1.0])
def test_gzip_cut_off_is_an_error_that_names_the_file(tmp_path: Path, cut: float) -> None:
    packed = gzip.compress("\n".join([OTHER, RESULT] * 500).encode())
    packed = packed[: int(len(packed) * cut) - 4]
    with pytest.raises(InputError, match=r"Observation\.ndjson\.gz ends too early"):
        counted(export(tmp_path, packed, "Observation.ndjson.gz"), tmp_path)


def test_gzip_with_a_wrong_byte_is_an_error(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress("\n".join(json.dumps({**json.loads(RESULT), "id": str(n * 7919)}) for n in range(3000)).encode()))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(InputError, match=r"Observation\.ndjson\.gz"):
        counted(export(tmp_path, bytes(packed), "Observation.ndjson.gz"), tmp_path)


def test_what_is_named_gzip_and_is_not(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not gzip"):
        counted(export(tmp_path, RESULT.encode(), "Observation.ndjson.gz"), tmp_path)


def test_a_file_cut_off_loses_only_its_last_line(tmp_path: Path) -> None:
    whole = "\n".join([OTHER, RESULT, RESULT]).encode()
    found = counted(export(tmp_path, whole[:-20]), tmp_path)
    assert (found["facts"], found["no resource"]["set_aside"]) == (1, {"unreadable_row": 1})


def test_empty_files_a_mark_at_the_start_and_windows_lines(tmp_path: Path) -> None:
    (tmp_path / "Condition.ndjson").write_bytes(b"")
    (tmp_path / "Procedure.ndjson.gz").write_bytes(gzip.compress(b""))
    found = counted(export(tmp_path, b"\xef\xbb\xbf" + RESULT.encode() + b"\r\n" + RESULT.encode() + b"\r\n"), tmp_path)
    assert found == {"facts": 2, "Observation": {"read": 2, "used": 2, "not_ours": 0, "set_aside": {}}}


def test_an_export_without_its_patients(tmp_path: Path) -> None:
    folder = export(tmp_path, [RESULT])
    (folder / "Patient.ndjson").unlink()
    _, _, notices = facts_of(folder, tmp_path)
    assert account_of(folder, tmp_path).patients_used == 1
    assert any("no Patient resource" in notice for notice in notices)


def test_references_to_nobody_and_a_patient_in_two_files(tmp_path: Path) -> None:
    folder = export(tmp_path, [RESULT.replace("Patient/p1", "Patient/nobody"), RESULT])
    (folder / "Patient.2.ndjson").write_text(json.dumps(PATIENT) + "\n" + json.dumps(PATIENT | {"id": None}) + "\n", encoding="utf-8")
    account = account_of(folder, tmp_path)
    assert account.facts_set_aside["unknown_patient"] == 1
    assert account.patients_set_aside["duplicate_patient"] == 1
    assert account.sources["Patient"].set_aside == {"no_id": 1}
    assert account.patients_used == 1


def test_resources_in_the_wrong_file_are_found(tmp_path: Path) -> None:
    condition = {"resourceType": "Condition", "code": coded(("http://hl7.org/fhir/sid/icd-10", "D51.0")), "subject": {"reference": "Patient/p1"}}
    found = counted(export(tmp_path, [RESULT, json.dumps(condition), '{"resourceType":"Encounter"}', json.dumps(PATIENT | {"id": "p2"})]), tmp_path)
    assert found["facts"] == 2
    assert (found["Condition"]["used"], found["Encounter"]["not_ours"]) == (1, 1)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere.ndjson"
    outside.write_text(RESULT, encoding="utf-8")
    folder = tmp_path / "export"
    folder.mkdir()
    export(folder, [RESULT])
    (folder / "within.ndjson").symlink_to(folder / "Observation.ndjson")
    assert counted(folder, tmp_path)["facts"] == 2
    (folder / "Observation.2.ndjson").symlink_to(outside)
    with pytest.raises(InputError, match=r"Observation\.2\.ndjson is a link that leads out of the folder"):
        counted(folder, tmp_path)


def test_a_bundle_cut_off(tmp_path: Path) -> None:
    whole = json.dumps({"resourceType": "Bundle", "entry": [{"resource": PATIENT}, {"resource": json.loads(RESULT)}]})
    (tmp_path / "one.json").write_text("\ufeff" + whole, encoding="utf-8")
    (tmp_path / "two.json").write_text(whole[:-30], encoding="utf-8")
    found = counted(tmp_path, tmp_path)
    assert (found["facts"], found["Bundle"]["set_aside"]) == (1, {"unreadable_row": 1})
    with pytest.raises(InputError, match=r"two\.json is not valid JSON"):
        counted(tmp_path / "two.json", tmp_path)
