"""What of a live session is on disk, by policy and after mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import (
    FakeVision,
    FakeVoice,
)
from live_cases import plan, run_for, session
from waiting import until

from app.coach.types import MarkKind
from app.errors import AppError
from app.session.ending import KEPT
from app.session.recorder import Recorder
from app.store.files import SessionFiles
from app.store.types import KeepPolicy, SessionStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.store import Store
    from vision.types import Frame


@pytest.mark.parametrize(
    ("keep", "files"),
    [
        (KeepPolicy.PICTURE_AND_SOUND, {"recording.mkv", "readings.rrd"}),
        (KeepPolicy.VOICE_AND_STICK, {"recording.mkv", "readings.rrd"}),
        (KeepPolicy.REPORT_ONLY, set[str]()),
    ],
)
def test_only_what_the_policy_allows_is_on_disk(
    store: Store, keep: KeepPolicy, files: set[str]
) -> None:
    session_id = run_for(session(store, plan(keep)), 0.6)
    assert session_id is not None
    folder = store.files(session_id).folder
    names = {path.name for path in folder.iterdir()} - {"report.json", "session.json"}
    assert names == files
    assert store.report(session_id) is not None


def test_voice_and_stick_figure_has_no_picture_in_its_recording(store: Store) -> None:
    import av  # noqa: PLC0415

    session_id = run_for(session(store, plan(KeepPolicy.VOICE_AND_STICK)), 0.6)
    assert session_id is not None
    with av.open(str(store.files(session_id).recording)) as box:
        assert [stream.type for stream in box.streams] == ["audio"]


@pytest.mark.parametrize("options", [{"keep": KeepPolicy.NOTHING}, {"preview": True}])
def test_nothing_is_written_where_nothing_is_to_be_kept(
    store: Store, options: dict[str, object]
) -> None:
    live = session(store, plan(**options))  # type: ignore[arg-type]
    assert run_for(live, 0.4) is None
    assert store.sessions() == []
    assert list((store.path.parent).glob("sessions/*")) == []
    assert live.report is not None


def test_our_own_mistake_ends_the_measuring_not_the_recording(
    store: Store, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("mistake of the program")

    class Broken(FakeVision):
        def look(self, frame: Frame) -> None:
            if frame.t > 0.5:
                raise ZeroDivisionError

    live = session(store, plan(), senses=lambda catalogue: (Broken(), FakeVoice()))
    live.start()
    until(lambda: live.snapshot().faults)
    frames = live.snapshot().frames_recorded
    note = live.mark(MarkKind.NOTE, {"text": "still here"})
    until(lambda: live.snapshot().frames_recorded > frames + 10)
    with pytest.raises(AppError, match="mistake"):
        live.stop()
    assert live.session_id is not None
    assert store.session(live.session_id).status is SessionStatus.RUNNING
    assert store.files(live.session_id).has_recording
    assert note in store.marks(live.session_id)


def test_a_session_that_cannot_be_written_to_is_not_left_in_the_list(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: SessionFiles, name: str, content: bytes) -> None:
        raise AppError("The disk is full.", "Free some space.")

    monkeypatch.setattr(SessionFiles, "write_atomic", full)
    live = session(store, plan())
    with pytest.raises(AppError, match="full"):
        live.start()
    assert store.sessions() == []
    assert live.stop() is None


def test_a_recording_that_is_not_whole_leaves_its_session_for_the_next_start(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(self: Recorder) -> None:
        ended(self)
        self.whole = False
        raise AppError("The recording could not be ended in time.", "")

    ended = Recorder.close
    monkeypatch.setattr(Recorder, "close", stuck)
    live = session(store, plan())
    with pytest.raises(AppError, match="in time"):
        run_for(live, 0.4)
    assert live.session_id is not None
    assert [one.id for one in store.unfinished()] == [live.session_id]


def test_a_list_that_is_locked_at_the_end_says_that_nothing_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(self: Store, *_: object, **__: object) -> None:
        raise AppError("The list is in use by another program.", "Close it.")

    live = session(store, plan())
    live.start()
    until(lambda: live.snapshot().frames_recorded > 3)
    monkeypatch.setattr(type(store), "finish_session", locked)
    with pytest.raises(AppError) as told:
        live.stop()
    assert told.value.what == "The list is in use by another program."
    assert told.value.remedy == f"Close it. {KEPT}"
    monkeypatch.undo()
    assert [one.id for one in store.unfinished()] == [live.session_id]


def test_a_recording_that_cannot_be_written_is_told_apart_from_one_that_runs(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = [10**12]
    monkeypatch.setattr(SessionFiles, "free_bytes", lambda _: room[0])
    live = session(store, plan())
    live.start()
    until(lambda: live.snapshot().frames_recorded > 3)
    assert not live.snapshot().recording_ended
    room[0] = 0
    until(lambda: live.snapshot().recording_ended)
    live.stop()
