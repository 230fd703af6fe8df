"""Videos become sessions: measured in a child, kept as chosen; broken ones get their sentences."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import av
import pytest
from session.import_cases import ana, make_film, plan_of

from app.errors import AppError
from app.session import importing_work
from app.session.importing import ImportQueue
from app.session.importing_files import add_videos
from app.session.importing_work import import_one
from app.session.recover import replay_saved
from app.store.imports import ImportState
from app.store.readings import read_readings
from app.store.types import KeepPolicy, Origin

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store
    from app.store.types import Person


__all__ = ["ana"]


@pytest.mark.parametrize(
    "keep", [KeepPolicy.PICTURE_AND_SOUND, KeepPolicy.VOICE_AND_STICK, KeepPolicy.REPORT_ONLY]
)
def test_a_video_becomes_a_session_that_keeps_what_was_chosen(
    store: Store, ana: Person, tmp_path: Path, keep: KeepPolicy
) -> None:
    make_film(tmp_path / "films" / "late checkout.mkv")
    items, _ = add_videos(store, ana.id, [tmp_path / "films"], keep)
    seen: list[float] = []
    queue = ImportQueue(store, plan_of)
    queue._note = seen.append  # type: ignore[method-assign]
    queue.work_off()
    (item,) = store.imports.listed(ana.id)
    assert (item.state, item.what) == (ImportState.DONE, "")
    assert item.id == items[0].id
    (record,) = store.sessions()
    assert (record.title, record.origin, record.keep_policy) == (
        "late checkout", Origin.IMPORTED, keep
    )  # fmt: skip
    assert record.duration_s == pytest.approx(2.0, abs=0.2)
    assert seen == sorted(seen)
    files, report = store.files(record.id), store.report(record.id)
    assert report is not None
    assert not report.speakers_labelled
    if keep is KeepPolicy.REPORT_ONLY:
        assert not files.has_recording
        assert not files.has("readings.rrd")
        return
    with av.open(str(files.recording_or_tell())) as box:
        assert bool(box.streams.video) is keep.keeps_picture
        assert box.streams.audio
    assert len(list(read_readings(files))) > 20
    assert replay_saved(store, record) == report


def test_broken_files_get_their_sentences_and_the_queue_goes_on(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    films = tmp_path / "films"
    make_film(films / "3 good.mkv", 1.0)
    (films / "1 broken.mp4").write_bytes(os.urandom(4000))
    (films / "2 empty.mp4").write_bytes(b"")
    gone = make_film(films / "4 gone.mkv", 0.5)
    items, _ = add_videos(store, ana.id, [films], KeepPolicy.REPORT_ONLY)
    gone.unlink()
    ImportQueue(store, plan_of).work_off()
    told = {one.title: (one.state, one.what, one.remedy) for one in store.imports.listed(ana.id)}
    assert told["3 good"][0] is ImportState.DONE
    assert "neither a video nor a sound file" in told["1 broken"][1]
    assert told["2 empty"][0] is ImportState.FAILED
    assert "not there any more" in told["4 gone"][1]
    assert all(remedy for state, _, remedy in told.values() if state is ImportState.FAILED)
    assert (len(store.sessions()), len(items)) == (1, 4)


def test_what_is_too_long_or_has_no_room_is_refused_before_the_work(
    store: Store, ana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_film(tmp_path / "films" / "film.mkv", 0.5)
    (item,), _ = add_videos(store, ana.id, [tmp_path / "films"], KeepPolicy.PICTURE_AND_SOUND)
    monkeypatch.setattr(importing_work, "_length_s", lambda _: 9 * 3600.0)
    with pytest.raises(AppError, match="9 hours long"):
        import_one(store, item, plan_of(item))
    monkeypatch.undo()
    monkeypatch.setattr(
        importing_work.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})
    )
    with pytest.raises(AppError, match="no room on the disk"):
        import_one(store, item, plan_of(item))
