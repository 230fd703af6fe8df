"""The library of cases: only the owner gives and takes back; what is deleted is deleted."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from store_cases import begun

from app.errors import AppError
from app.store.clips import Clip, ClipKind, Release
from app.store.files import SessionFiles
from app.store.store import Store

if TYPE_CHECKING:
    from app.store.types import SessionRecord


@pytest.fixture
def session(store: Store) -> SessionRecord:
    record = begun(store)
    store.finish_session(record.id, duration_s=60.0)
    return record


def release(record: SessionRecord, **fields: object) -> Release:
    values: dict[str, object] = {
        "session_id": record.id, "start_s": 5.0, "end_s": 20.0, "kind": ClipKind.BEST,
        "title": "  Names the   hour ", "practice": "P26",
    }  # fmt: skip
    return Release(**(values | fields))  # type: ignore[arg-type]


def released(store: Store, record: SessionRecord, **fields: object) -> Clip:
    clip_id = store.clips.new_id()
    store.clips.files(clip_id).write_atomic("recording.mkv", b"cut out")
    assert record.person_id is not None
    return store.clips.release(clip_id, record.person_id, release(record, **fields))


def test_everybody_sees_what_was_released_by_practice_and_kind(
    store: Store, session: SessionRecord
) -> None:
    best = released(store, session)
    worst = released(store, session, kind=ClipKind.WORST, practice="P02", title="Too early")
    assert (best.title, best.owner, best.length_s) == ("Names the hour", "Ana", 15.0)
    clips = store.clips
    assert {one.id for one in clips.listed()} == {best.id, worst.id}
    assert [one.id for one in clips.listed(kind=ClipKind.WORST)] == [worst.id]
    assert [one.id for one in clips.listed(practice="P26")] == [best.id]
    assert clips.listed(practice="P26", kind=ClipKind.WORST) == []


@pytest.mark.parametrize(
    "fields", [{"title": "   "}, {"end_s": 5.5}, {"end_s": 700.0}, {"start_s": -1.0}]
)
def test_what_makes_no_clip_is_refused(
    store: Store, session: SessionRecord, fields: dict[str, object]
) -> None:
    with pytest.raises(AppError):
        released(store, session, **fields)
    assert store.clips.listed() == []


def test_only_the_owner_gives_and_takes_back(store: Store, session: SessionRecord) -> None:
    ben = store.ensure_person("Ben")
    with pytest.raises(AppError, match="Only the person"):
        store.clips.check(ben.id, release(session))
    clip = released(store, session)
    with pytest.raises(AppError, match="Only the person"):
        store.clips.withdraw(clip.id, ben.id)
    files = store.clips.files(clip.id)
    assert files.has_recording
    store.clips.withdraw(clip.id, clip.person_id)
    assert not files.folder.exists()
    with pytest.raises(AppError, match="took it back"):
        store.clips.clip(clip.id)


@pytest.mark.parametrize("how", ["deleted", "withdrawn", "over", "removed"])
def test_a_clip_goes_with_its_session_and_is_in_the_receipt(
    store: Store, session: SessionRecord, how: str
) -> None:
    clip = released(store, session)
    files = store.clips.files(clip.id)
    assert session.person_id is not None
    if how == "deleted":
        (receipt,) = [store.delete_session(session.id)]
    elif how == "withdrawn":
        (receipt,) = store.withdraw_consent(session.person_id)
    elif how == "removed":
        (receipt,) = store.remove_person(session.person_id)
    else:
        import datetime as dt  # noqa: PLC0415

        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=31)
        (receipt,) = store.enforce_retention(later)
    assert not files.folder.exists()
    assert store.clips.listed() == []
    assert receipt.files >= 1
    assert receipt.size_bytes >= len(b"cut out")


def test_what_a_kill_left_of_a_clip_goes_and_a_new_one_stays(
    store: Store, session: SessionRecord
) -> None:
    kept = released(store, session)
    old, new = store.clips.files("old"), store.clips.files("new")
    for files in (old, new):
        files.write_atomic("recording.mkv", b"half")
    hours_ago = time.time() - 7200
    os.utime(old.folder, (hours_ago, hours_ago))
    os.utime(store.clips.files(kept.id).folder, (hours_ago, hours_ago))
    with Store.open(store.path) as again:
        assert not old.folder.exists()
        assert new.folder.exists()
        assert again.clips.files(kept.id).has_recording


def test_a_clip_whose_session_is_being_deleted_is_seen_no_more(
    store: Store, session: SessionRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = released(store, session)

    def held_open(_files: SessionFiles) -> None:
        raise AppError("The recording is held open.", "Close the player.")

    with monkeypatch.context() as patch:
        patch.setattr(SessionFiles, "delete", held_open)
        with pytest.raises(AppError, match="held open"):
            store.delete_session(session.id)
    assert store.clips.listed() == []
    with pytest.raises(AppError, match="not there any more"):
        store.clips.clip(clip.id)
