"""kill -9 in the middle of a session: at the next start it is there, playable and analysed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import av
import pytest

from app.coach.types import MarkKind
from app.session.recover import recover_unfinished
from app.store.store import Store
from app.store.types import SessionStatus
from tests.e2e.rig import LEAD_S, Clip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.emulated import NetworkCamera, PulseServer

pytestmark = [pytest.mark.devices, pytest.mark.alone]

KILL_AT_S = 10.0
LOST_S = 2.0


def last_times(path: Path) -> tuple[float, float]:
    """End of the picture and of the sound that can be decoded, seconds."""
    ends: list[float] = []
    for kind in ("video", "audio"):
        with av.open(str(path)) as container:
            *_, last = container.decode(getattr(container.streams, kind)[0])
            length = last.samples / last.sample_rate if kind == "audio" else 0.0
            ends.append(float(last.time) + length)
    return ends[0], ends[1]


def test_a_killed_session_is_there_at_the_next_start(
    clip: Clip,
    cameras: Callable[..., NetworkCamera],
    room: PulseServer,
    microphone: str,
    home: Path,
) -> None:
    camera = cameras(clip)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.doomed", camera.url, microphone],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    playing: subprocess.Popen[bytes] | None = None
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        begun = camera.begin(time.monotonic() + LEAD_S)
        assert clip.wav is not None
        playing = room.play(clip.wav)
        threading.Event().wait(begun + KILL_AT_S - time.monotonic())
    finally:
        process.kill()
        killed_at = time.monotonic()
        process.communicate()
        if playing is not None:
            playing.kill()
            playing.wait()
    killed_s = killed_at - told["zero"]
    sent_s = max(at for at in camera.sent_at.values() if at <= killed_at) - told["zero"]
    begun_s = begun - told["zero"]

    with Store.open() as store:
        assert [record.id for record in store.unfinished()] == [told["id"]]
        assert recover_unfinished(store) == [told["id"]]
        assert store.unfinished() == []
        record = store.session(told["id"])
        assert record.status is not SessionStatus.RUNNING
        files = store.files(record.id)
        assert files.has_recording
        assert not files.recording_part.exists()
        seen_s, heard_s = last_times(files.recording)
        assert sent_s - LOST_S <= seen_s <= killed_s + 0.1
        assert killed_s - LOST_S <= heard_s <= killed_s + 0.1
        assert record.duration_s is not None
        assert min(sent_s, heard_s) - LOST_S <= record.duration_s <= killed_s + 0.1
        report = store.report(record.id)
        assert report is not None
        crossed = [event for event in report.events if event.cue == "arms_crossed"]
        assert [event.start_s - begun_s for event in crossed] == pytest.approx([3.0], abs=0.6)
        notes = [mark for mark in store.marks(record.id) if mark.kind is MarkKind.NOTE]
        assert [mark.data["text"] for mark in notes] == ["said early"]
    assert any(home.iterdir())
