"""What a kill leaves is made whole at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from waiting import LONG_S

from app.coach.types import CueEvent, Lane, Mark, MarkKind
from app.session.keeping import Keeping
from app.session.plan import LivePlan
from app.session.recover import Recovery, recover_unfinished
from app.session.remux import make_whole
from app.store.files import SessionFiles
from app.store.store import Store
from app.store.types import KeepPolicy, SessionStatus
from audio.types import VoiceReading

ROOT = Path(__file__).parents[2]

KILLED = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from session_recording import endless_session
endless_session({keep!r})
"""


def killed_session(keep: KeepPolicy, seconds: float) -> float:
    """Run a session in another process and kill it; gives how far it was."""
    code = KILLED.format(root=str(ROOT), tests=str(ROOT / "tests"), keep=keep.value)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    reached = 0.0
    for line in process.stdout:
        reached = float(line)
        if reached > seconds:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.wait(LONG_S)
    process.stdout.close()
    return reached


def test_a_killed_session_is_there_playable_and_analysed(home: Path) -> None:
    reached = killed_session(KeepPolicy.PICTURE_AND_SOUND, 5.0)
    with Store.open() as store:
        (record,) = store.unfinished()
        assert recover_unfinished(store) == [record.id]
        found = store.session(record.id)
        assert found.status is SessionStatus.FINISHED
        assert found.duration_s is not None
        assert found.duration_s > reached - 2.0
        files = store.files(record.id)
        assert not files.recording_part.exists()
        with av.open(str(files.recording)) as box:
            assert box.duration is not None
            assert box.duration / av.time_base > reached - 2.0
        assert store.report(record.id) is not None
        assert [mark.data["text"] for mark in store.marks(record.id)
                if mark.kind is MarkKind.NOTE] == ["early"]  # fmt: skip
        assert store.unfinished() == []


def test_without_a_picture_the_saved_readings_are_replayed(home: Path) -> None:
    reached = killed_session(KeepPolicy.VOICE_AND_STICK, 6.0)
    with Store.open() as store:
        (session_id,) = recover_unfinished(store)
        report = store.report(session_id)
        assert report is not None
        assert report.duration_s > reached - 2.5
        assert [event.cue for event in report.events] == ["arms_crossed"]


def plan(keep: KeepPolicy) -> LivePlan:
    return LivePlan(None, "", None, None, frozenset(), keep, "", "a test", sample=True)


def cut_off(store: Store, keep: KeepPolicy) -> str:
    """A session that this process began and forgot."""
    keeping = Keeping(
        plan(keep), frozenset(), store, person_id=None, consent_id=None, on_fault=lambda error: None
    )
    mark = Mark(3.0, Lane.SELF, MarkKind.NOTE, "me", {"text": "a"})
    keeping.note([mark, CueEvent("loud", 1.0, 2.0, 13.0, 12.0), VoiceReading(4.0, speech=True)])
    assert keeping.close() == []
    return keeping.session_id


def test_of_a_session_that_keeps_its_report_only_the_episodes_are_left(store: Store) -> None:
    session_id = cut_off(store, KeepPolicy.REPORT_ONLY)
    assert recover_unfinished(store) == [session_id]
    report = store.report(session_id)
    assert report is not None
    assert [event.cue for event in report.events] == ["loud"]
    assert report.duration_s == 3.0


def test_a_session_without_a_readable_recording_is_finished_all_the_same(store: Store) -> None:
    session_id = cut_off(store, KeepPolicy.PICTURE_AND_SOUND)
    store.files(session_id).recording_part.write_bytes(b"nothing that plays")
    recover_unfinished(store)
    assert store.session(session_id).status is SessionStatus.FINISHED
    assert store.files(session_id).recording_part.exists()
    # Its readings are whole, and so the report is made of them.
    report = store.report(session_id)
    assert report is not None
    assert report.duration_s == 4.0


def test_recovery_beside_the_window_can_be_stopped_at_once(store: Store) -> None:
    recovery = Recovery(store)
    recovery.start()
    recovery.stop(10.0)
    session_id = cut_off(store, KeepPolicy.REPORT_ONLY)
    recovery = Recovery(store)
    recovery.start()
    recovery.stop(10.0)
    assert store.session(session_id).status in {SessionStatus.FINISHED, SessionStatus.RUNNING}


def test_a_deleted_session_does_not_stop_the_others(store: Store) -> None:
    gone, other = cut_off(store, KeepPolicy.REPORT_ONLY), cut_off(store, KeepPolicy.REPORT_ONLY)
    sessions = store.unfinished()
    store.delete_session(gone)
    assert recover_unfinished(store, sessions=sessions) == [other]


def test_make_whole_refuses_what_holds_nothing(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path)
    files.recording_part.write_bytes(np.zeros(100, np.uint8).tobytes())
    with pytest.raises(Exception, match="cut off"):
        make_whole(files)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["recording.mkv.part"]
