"""Everything about one person in one file: whole, readable, and nothing of anybody else."""

from __future__ import annotations

import io
import json
import os
import zipfile
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from store_cases import a_baseline, a_report, begun

from app.coach.content_kinds import ContentKind
from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.settings import Settings, save_settings
from app.store.about_me import export_about_me
from app.store.about_me_index import DETAIL, FILES, INDEX, README, schema
from app.store.packs import content_dir
from app.store.tables import SessionRow
from app.store.types import Origin

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store

HERS = "the blue suitcase"
HIS = "the red umbrella"
FILM = os.urandom(300_000)


def filled(store: Store, name: str, words: str) -> str:
    """Enter a person with a session that has everything; gives their id."""
    record = begun(store, name=name, title=f"About {words}")
    person = record.person_id or ""
    note = Mark(1.0, Lane.SELF, MarkKind.NOTE, person, {"text": words})
    (said,) = store.append_marks(record.id, [note])
    gone = Mark(1.0, Lane.SELF, MarkKind.NOTE, person, {}, revises=said.id, tombstone=True)
    store.append_marks(record.id, [gone, note])
    files = store.files(record.id)
    files.write_atomic("recording.mkv", FILM)
    files.write_baseline(a_baseline())
    (files.sink("recording.mkv")).write_bytes(b"half")
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    store.record_partner_consent(
        person, f"Partner of {name}", version="1", purpose="p", retention_days=7, seen_by="me"
    )
    store.delete_session(begun(store, name=name).id)
    save_settings(Settings(person_id=person, person_name=name, focus="brow_drawn"))
    return person


def opened(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files[INDEX]), files


def test_the_archive_holds_everything_of_a_person(store: Store, tmp_path: Path) -> None:
    ana = filled(store, "Ana", HERS)
    (content_dir(ContentKind.SCENARIOS) / "own_one.toml").write_text("title = 'mine'")
    told: list[float] = []
    export_about_me(store, ana, tmp_path / "me.zip", progress=told.append)
    index, files = opened(tmp_path / "me.zip")

    assert index["person"]["name"] == "Ana"
    (session,) = index["sessions"]
    assert session["title"] == f"About {HERS}"
    names = {file["name"].rpartition("/")[2]: file for file in session["files"]}
    assert names.keys() == {"recording.mkv", "report.json", "baseline.json", DETAIL}
    for file in session["files"]:
        assert len(files[file["name"]]) == file["size_bytes"]
    assert files[names["recording.mkv"]["name"]] == FILM
    detail = json.loads(files[names[DETAIL]["name"]])
    assert [mark["deleted"] for mark in detail["marks"]] == [False, True, False]
    assert all(mark["said_at"] for mark in detail["marks"])
    assert [event["cue"] for event in detail["events"]] == ["loud", "arms_crossed"]
    assert {one["kind"]: one["given_by"] for one in index["consents"]} == {
        "own": None,
        "partner": "Partner of Ana",
    }
    assert [one["reason"] for one in index["receipts"]] == ["asked"]
    assert b'focus = "brow_drawn"' in files["settings.toml"]
    assert files["content/scenarios/own_one.toml"] == b"title = 'mine'"
    assert told == sorted(told)
    assert 0.9 < told[-1] <= 1.0
    assert not [name for name in files if name.endswith(".part")]


def test_nothing_of_another_profile_is_in_it(store: Store, tmp_path: Path) -> None:
    ana, ben = filled(store, "Ana", HERS), filled(store, "Benedikt", HIS)
    export_about_me(store, ana, tmp_path / "me.zip")
    _, files = opened(tmp_path / "me.zip")
    whole = b"\n".join([*files.values(), *(name.encode() for name in files)])
    assert HERS.encode() in whole
    for strange in (HIS, "Benedikt", ben):
        assert strange.encode() not in whole, strange


def test_what_somebody_else_shared_stays_theirs(store: Store, tmp_path: Path) -> None:
    ana = filled(store, "Ana", HERS)
    tom = begun(store, name="Tom", title="Ana's talk")
    told = Mark(2.0, Lane.TRAINER, MarkKind.NOTE, tom.person_id or "", {"text": "well asked"})
    owners = Mark(2.0, Lane.SELF, MarkKind.NOTE, ana, {"text": HERS})
    store.append_marks(tom.id, [told, owners])
    store.files(tom.id).write_atomic("recording.mkv", FILM)
    store.finish_session(tom.id, duration_s=60.1, report=a_report())
    with store.access.write() as db:
        row = db.get_one(SessionRow, tom.id)
        row.origin, row.owner_name = Origin.RECEIVED.value, "Ana"
    export_about_me(store, tom.person_id or "", tmp_path / "me.zip")
    index, files = opened(tmp_path / "me.zip")
    assert index["sessions"] == []
    (received,) = index["received"]
    assert [mark["data"]["text"] for mark in received["marks"]] == ["well asked"]
    assert not [name for name in files if name.startswith("sessions/")]
    assert HERS.encode() not in b"\n".join(files.values())


def test_the_index_keeps_to_its_schema_which_says_what_everything_is(
    store: Store, tmp_path: Path
) -> None:
    export_about_me(store, filled(store, "Ana", HERS), tmp_path / "me.zip")
    index, files = opened(tmp_path / "me.zip")
    schemas = json.loads(files["schema.json"])
    assert schemas == schema()
    for one in schemas.values():
        jsonschema.Draft202012Validator.check_schema(one)
        for part in [one, *one["$defs"].values()]:
            for name, field in part["properties"].items():
                of = one["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else field
                assert of.get("description"), f"{part['title']}.{name}"
    jsonschema.validate(index, schemas[INDEX])
    detail = next(name for name in files if name.endswith(DETAIL))
    jsonschema.validate(json.loads(files[detail]), schemas[DETAIL])


def test_the_readme_names_every_file_in_plain_words(store: Store, tmp_path: Path) -> None:
    export_about_me(store, filled(store, "Ana", HERS), tmp_path / "me.zip")
    index, files = opened(tmp_path / "me.zip")
    words = files[README].decode()
    assert "Everything that Rapport keeps about Ana" in words
    for file in index["sessions"][0]["files"]:
        name = file["name"].rpartition("/")[2]
        assert name in FILES
        assert name in words
    assert max(map(len, words.splitlines())) <= 100
    assert "not encrypted" in words


def test_stopped_half_way_it_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(part: float) -> None:
        raise Stopped

    target = tmp_path / "me.zip"
    target.write_bytes(b"an older one")
    ana = filled(store, "Ana", HERS)
    with pytest.raises(Stopped):
        export_about_me(store, ana, target, progress=stop)
    assert target.read_bytes() == b"an older one"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["me.zip"]


def test_a_folder_that_cannot_be_written_and_a_person_who_is_gone_are_told(
    store: Store, tmp_path: Path
) -> None:
    ana = filled(store, "Ana", HERS)
    with pytest.raises(AppError, match="not there any more"):
        export_about_me(store, ana, tmp_path / "no such folder" / "me.zip")
    store.remove_person(ana)
    with pytest.raises(AppError, match="profile is not there any more"):
        export_about_me(store, ana, tmp_path / "me.zip")
    assert not (tmp_path / "me.zip").exists()


def test_a_session_that_runs_is_named_and_has_no_files_yet(store: Store, tmp_path: Path) -> None:
    record = begun(store)
    store.files(record.id).write_atomic("session.json", b"{}")
    export_about_me(store, record.person_id or "", tmp_path / "me.zip")
    index, _ = opened(tmp_path / "me.zip")
    assert [(one["status"], one["files"]) for one in index["sessions"]] == [("running", [])]


def test_two_sessions_of_one_minute_and_title_lie_apart(store: Store, tmp_path: Path) -> None:
    titles = ["Ärger / mit: dem *Zimmer*", "Ärger / mit: dem *Zimmer*", "..", "x" * 300]
    for title in titles:
        record = begun(store, title=title)
        store.finish_session(record.id, duration_s=1.0, report=a_report())
    export_about_me(store, record.person_id or "", tmp_path / "me.zip")
    index, files = opened(tmp_path / "me.zip")
    folders = {one["files"][0]["name"].rpartition("/")[0] for one in index["sessions"]}
    assert len(folders) == 4
    assert all(".." not in name and len(name) < 150 for name in files)
    with zipfile.ZipFile(io.BytesIO((tmp_path / "me.zip").read_bytes())) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert len(list((tmp_path / "unpacked" / "sessions").iterdir())) == 4
