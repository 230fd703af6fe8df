"""A session is called as its owner wants: found, exported, shared and kept under that name."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_cases import a_report, begun

from app.errors import AppError
from app.store.about_me import export_about_me
from app.store.about_me_index import INDEX
from app.store.database import MIGRATIONS, open_database
from app.store.imports import ImportState
from app.store.store import Store
from app.store.types import TITLE_LENGTH, KeepPolicy

if TYPE_CHECKING:
    from app.store.types import SessionRecord


def named(store: Store, record: SessionRecord, name: str) -> SessionRecord:
    return store.name_session(record.id, name, record.person_id)


def test_a_name_stands_in_the_place_of_the_title_and_is_found(store: Store) -> None:
    record = begun(store, title="IMG_2041")
    other = begun(store, title="IMG_2042")
    made = named(store, record, "  Angry guest \n at check-in ")
    assert (made.title, made.former_title) == ("Angry guest at check-in", "IMG_2041")
    assert store.session(record.id) == made
    found = store.sessions("angry guest", person_id=record.person_id)
    assert [one.id for one in found] == [record.id]
    assert [one.id for one in store.sessions("IMG_204")] == [other.id]


@pytest.mark.parametrize("given", ["", "   ", "IMG_2041", " IMG_2041 "])
def test_an_empty_name_or_the_first_one_gives_it_back(store: Store, given: str) -> None:
    record = begun(store, title="IMG_2041")
    for name in ("One", "Two"):
        assert named(store, record, name).former_title == "IMG_2041"
    assert named(store, record, given) == record
    assert named(store, record, given) == record, "once more changes nothing"


def test_a_long_name_is_cut_but_a_long_title_comes_back_whole(store: Store) -> None:
    title = "a film " * 30
    record = begun(store, title=title)
    assert len(named(store, record, "x" * 200).title) == TITLE_LENGTH
    assert named(store, record, title).title == title
    named(store, record, "short")
    assert named(store, record, "").title == title


def test_one_without_a_title_gets_a_name_and_loses_it(store: Store) -> None:
    record = begun(store, title="")
    made = named(store, record, "Late")
    assert (made.title, made.former_title) == ("Late", "")
    assert named(store, record, "") == record


def test_nobody_but_its_owner_gives_a_name(store: Store) -> None:
    hers = begun(store)
    ben = store.ensure_person("Ben")
    sample = store.begin_session(
        person_id=None, consent_id=None, keep_policy=KeepPolicy.REPORT_ONLY, title="S", sample=True
    )
    for who in (ben.id, None):
        with pytest.raises(AppError, match="another profile"):
            store.name_session(hers.id, "Mine", who)
    with pytest.raises(AppError, match="cannot be renamed"):
        store.name_session(sample.id, "Mine", ben.id)
    with store.access.write() as db:
        db.connection().exec_driver_sql("UPDATE sessions SET origin = 'received'")
    with pytest.raises(AppError, match="cannot be renamed"):
        named(store, hers, "Mine")
    store.delete_session(sample.id)
    with pytest.raises(AppError, match="not there any more"):
        store.name_session(sample.id, "Mine", ben.id)
    assert [one.title for one in store.sessions()] == [hers.title]


def test_a_name_given_while_it_runs_outlives_its_end_and_the_next_start(home: Path) -> None:
    del home
    with Store.open() as store:
        record = begun(store)
        named(store, record, "The loud one")
        store.finish_session(record.id, duration_s=60.1, report=a_report())
    with Store.open() as store:
        kept = store.session(record.id)
    assert (kept.title, kept.former_title) == ("The loud one", record.title)


def test_what_is_exported_about_a_person_has_both(store: Store, tmp_path: Path) -> None:
    record = begun(store, title="IMG_2041")
    named(store, record, "Angry guest")
    target = tmp_path / "me.zip"
    export_about_me(store, record.person_id or "", target)
    with zipfile.ZipFile(target) as archive:
        session = json.loads(archive.read(INDEX))["sessions"][0]
    assert (session["title"], session["former_title"]) == ("Angry guest", "IMG_2041")


def test_the_queue_of_videos_tells_the_name(store: Store) -> None:
    person = store.ensure_person("Ana")
    store.record_consent(person.id, "1", "own training", 30, "me")
    video = [(Path("/films/IMG_2041.mp4"), "print")]
    store.imports.add(person.id, video, KeepPolicy.PICTURE_AND_SOUND)
    claimed = store.imports.claim()
    assert claimed is not None
    record = store.imports.begin_session(claimed.id)
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    store.imports.done(claimed.id)
    assert store.imports.listed(person.id)[0].named == ""
    named(store, record, "Angry guest")
    assert store.imports.listed(person.id)[0].named == "Angry guest"
    (twice,) = store.imports.add(person.id, video, KeepPolicy.PICTURE_AND_SOUND)
    assert twice.state is ImportState.TWICE
    assert "“Angry guest”" in twice.what


def test_a_list_from_before_names_takes_them(tmp_path: Path) -> None:
    old, path = tmp_path / "old", tmp_path / "rapport.db"
    shutil.copytree(MIGRATIONS, old)
    (old / "versions" / "0005_former_title.py").unlink()
    open_database(path, migrations=old).dispose()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO persons (id, name, name_key, created_at) VALUES (?, ?, ?, ?)",
                   ("ana", "Ana", "ana", "2026-01-01 10:00:00"))  # fmt: skip
        db.execute(
            "INSERT INTO consents (id, person_id, version, purpose, retention_days, seen_by,"
            " given_at) VALUES ('c', 'ana', '1', 'training', 9000, 'me', '2026-01-01 10:00:00')"
        )
        db.execute(
            "INSERT INTO sessions (id, person_id, consent_id, keep_policy, title, started_at,"
            " started_age_s, status, sample, app_version, rules_version, model_version)"
            " VALUES ('s', 'ana', 'c', 'report_only', 'Before', '2026-01-01 10:00:00', 0.0,"
            " 'finished', 0, '1', 1, '')"
        )
    with Store.open(path) as store:
        assert store.session("s").former_title is None
        assert store.name_session("s", "After", "ana").former_title == "Before"
        assert store.name_session("s", "", "ana").title == "Before"
