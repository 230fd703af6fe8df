"""Live sessions with fake devices and senses, in real time but short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import (
    FakeCamera,
    FakeMicrophone,
    FakeVoice,
    always,
    between,
)
from live_cases import Devices, plan, run_for, session
from waiting import until

from app.coach.types import Lane, MarkKind, Sense
from app.session.recover import replay_saved
from app.store.types import SessionStatus
from vision.types import Arms, Frame

if TYPE_CHECKING:
    from app.store.store import Store


def test_a_session_is_recorded_measured_and_entered(store: Store) -> None:
    devices = Devices(between(0.5, 2.0))
    live = session(store, plan(), devices.camera)
    session_id = run_for(live, 2.8)
    assert session_id is not None
    record = store.session(session_id)
    assert record.status is SessionStatus.FINISHED
    assert record.duration_s is not None
    assert 2.8 <= record.duration_s <= live.clock.now()
    (arms,) = store.events(session_id)
    assert arms.cue == "arms_crossed"
    expected = (devices.when(devices.eye, 0.5), devices.when(devices.eye, 2.0))
    # The rule takes off the lag of the real measure, which these eyes do not have.
    assert (arms.start_s, arms.end_s) == pytest.approx(expected, abs=0.8)
    files = store.files(session_id)
    assert files.has_recording
    assert not files.recording_part.exists()
    shot = live.snapshot()
    assert shot.state == "stopped"
    assert shot.sound_overflows == 0
    assert shot.frames_left_out == 0
    assert 50 <= shot.frames_recorded <= shot.frames_seen


def test_the_screen_sees_what_goes_on() -> None:
    live = session(None, plan(), lambda clock: FakeCamera(clock.raw, always(1.0)))
    live.start()
    until(lambda: live.snapshot().open)
    shot = live.snapshot()
    assert (shot.state, shot.sees, shot.hears) == ("running", True, True)
    assert shot.vision is not None
    assert shot.vision.arms is Arms.CROSSED
    assert shot.level_dbfs == -20.0
    assert shot.t - shot.vision.t < 2.0
    frame = live.picture()
    assert isinstance(frame, Frame)
    assert frame.image[0, 0, 0] == 255
    live.stop()


def test_the_focus_cue_hints_and_the_hint_is_a_mark(store: Store) -> None:
    devices = Devices(between(0.2, 6.2))
    live = session(store, plan(focus="arms_crossed"), devices.camera)
    live.start()
    until(lambda: live.snapshot().hint is not None)
    hint = live.snapshot().hint
    assert hint is not None
    assert 4.7 <= hint.shown_s - max(0.0, devices.when(devices.eye, 0.2)) <= 6.2
    until(lambda: live.snapshot().t > 7.2)
    session_id = live.stop()
    assert session_id is not None
    hints = [mark for mark in store.marks(session_id) if mark.kind is MarkKind.HINT]
    assert [mark.data["good"] for mark in hints] == ["false", "true"]
    assert {mark.lane for mark in hints} == {Lane.MACHINE}


def test_marks_are_kept_with_their_moment_and_count_in_the_report(store: Store) -> None:
    live = session(store, plan())
    live.start()
    until(lambda: live.snapshot().t > 0.5)
    before_s = live.clock.now()
    mark = live.mark(MarkKind.TICK, {"item": "greeting", "on": "true"})
    after_s = live.clock.now()
    until(lambda: live.snapshot().t > after_s)
    session_id = live.stop()
    assert session_id is not None
    ticks = [one for one in store.marks(session_id) if one.kind is MarkKind.TICK]
    assert ticks == [mark]
    assert before_s <= mark.t <= after_s
    assert live.report is not None
    assert live.report.ticked == ("greeting",)


@pytest.mark.parametrize("gone", [Sense.VISION, Sense.VOICE])
def test_a_device_pulled_out_is_said_and_the_other_goes_on(store: Store, gone: Sense) -> None:
    devices = Devices(
        camera_fails_s=1.5 if gone is Sense.VISION else None,
        microphone_fails_s=1.5 if gone is Sense.VOICE else None,
    )
    live = session(store, plan(), devices.camera, devices.microphone)
    live.start()
    until(lambda: live.snapshot().faults)
    (fault,) = live.snapshot().faults
    assert fault.sense is gone
    assert "unplugged" in fault.what
    assert fault.remedy
    until(lambda: live.snapshot().t > 3.3)
    shot = live.snapshot()
    assert (shot.sees, shot.hears) == (gone is Sense.VOICE, gone is Sense.VISION)
    session_id = live.stop()
    assert session_id is not None
    assert live.report is not None
    (gap,) = [one for one in live.report.gaps if one.reason == "sensor_gone"]
    assert (gap.sense, gap.cue) == (gone, None)
    lost = devices.when(devices.eye if gone is Sense.VISION else devices.ear, 1.5)
    assert gap.start_s == pytest.approx(lost, abs=0.8)
    assert gap.end_s == live.report.duration_s
    # Of the whole session a machine that is busy may say something more.
    faults = [
        mark
        for mark in store.marks(session_id)
        if mark.kind is MarkKind.FAULT and "whole" not in mark.data
    ]
    assert [mark.data["sense"] for mark in faults] == [gone.value]


def test_replaying_what_was_saved_gives_the_same_report(store: Store) -> None:
    live = session(store, plan(), lambda clock: FakeCamera(clock.raw, between(0.3, 1.5)))
    session_id = run_for(live, 2.0)
    assert session_id is not None
    assert live.report is not None
    assert live.report.events
    assert replay_saved(store, store.session(session_id)) == live.report
    assert store.report(session_id) == live.report


def test_sound_alone_is_a_session(store: Store) -> None:
    live = session(store, plan(), camera=None, senses=lambda catalogue: (None, FakeVoice()))
    session_id = run_for(live, 0.6)
    assert session_id is not None
    assert live.report is not None
    assert not [gap for gap in live.report.gaps if gap.reason == "sensor_gone"][1:]


def test_what_a_played_file_ends_with_is_told() -> None:
    live = session(
        None,
        plan(),
        lambda clock: FakeCamera(clock.raw, ends_s=0.5),
        lambda clock: FakeMicrophone(clock.raw, ends_s=0.5),
    )
    live.start()
    until(lambda: live.snapshot().source_ended)
    assert not live.snapshot().faults
    live.stop()
