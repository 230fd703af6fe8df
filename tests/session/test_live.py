"""Live sessions with fake devices and senses, in real time but short."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from fakes import (
    NOTHING_SEEN,
    FakeCamera,
    FakeMicrophone,
    FakeVision,
    FakeVoice,
    Paced,
    Script,
    always,
    between,
)

from app.coach.types import Lane, MarkKind, Sense
from app.errors import AppError
from app.session.clock import SessionClock
from app.session.live import LiveSession
from app.session.plan import LivePlan
from app.session.recover import replay_session
from app.store.types import KeepPolicy, SessionStatus
from vision.types import Arms, Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.coach.catalogue import Catalogue
    from app.session.pipeline import Ears, Eyes
    from app.store.store import Store

LONG_S = 20.0


def plan(keep: KeepPolicy = KeepPolicy.PICTURE_AND_SOUND, **options: object) -> LivePlan:
    values: dict[str, object] = {
        "camera": None,
        "microphone": None,
        "baseline": None,
        "focus": None,
        "switched_off": frozenset(),
        "keep": keep,
        "checklist": "",
        "title": "a test",
    }
    return LivePlan(**(values | options))  # type: ignore[arg-type]


def fake_senses(catalogue: Catalogue) -> tuple[Eyes, Ears]:
    return FakeVision(), FakeVoice()


def session(
    store: Store | None,
    a_plan: LivePlan,
    camera: Callable[[SessionClock], FakeCamera] | None = lambda clock: FakeCamera(clock.raw),
    microphone: Callable[[SessionClock], FakeMicrophone] | None = (
        lambda clock: FakeMicrophone(clock.raw)
    ),
    senses: Callable[[Catalogue], tuple[Eyes | None, Ears | None]] = fake_senses,
) -> LiveSession:
    clock = SessionClock()
    person_id = consent_id = None
    if store is not None:
        person_id = store.ensure_person("Ada").id
        consent_id = store.record_consent(
            person_id,
            version="1",
            purpose="training",
            retention_days=30,
            seen_by="only me",
        ).id
    return LiveSession(
        a_plan,
        store,
        person_id=person_id,
        consent_id=consent_id,
        camera_source=camera(clock) if camera else None,
        microphone_source=microphone(clock) if microphone else None,
        clock=clock,
        build_senses=senses,
    )


class Devices:
    """Makes a session's devices and knows when something in them happened."""

    def __init__(
        self,
        script: Script = NOTHING_SEEN,
        camera_fails_s: float | None = None,
        microphone_fails_s: float | None = None,
    ) -> None:
        self._script = script
        self._fails = (camera_fails_s, microphone_fails_s)

    def camera(self, clock: SessionClock) -> FakeCamera:
        self.clock = clock
        self.eye = FakeCamera(clock.raw, self._script, fails_s=self._fails[0])
        return self.eye

    def microphone(self, clock: SessionClock) -> FakeMicrophone:
        self.ear = FakeMicrophone(clock.raw, fails_s=self._fails[1])
        return self.ear

    def when(self, device: Paced, seconds: float) -> float:
        """Session time of a moment of a device's own time."""
        return self.clock.session_time(device.origin + seconds)


def until(done: Callable[[], object]) -> None:
    limit = time.monotonic() + LONG_S
    while not done():
        if time.monotonic() > limit:
            raise TimeoutError
        time.sleep(0.005)


def run_for(live: LiveSession, seconds: float) -> str | None:
    live.start()
    until(lambda: live.snapshot().state == "running" and live.snapshot().t >= seconds)
    return live.stop()


def test_a_session_is_recorded_measured_and_entered(store: Store) -> None:
    devices = Devices(between(0.5, 2.0))
    live = session(store, plan(), devices.camera)
    session_id = run_for(live, 2.8)
    assert session_id is not None
    record = store.session(session_id)
    assert record.status is SessionStatus.FINISHED
    assert record.duration_s == pytest.approx(2.8, abs=0.3)
    (arms,) = store.events(session_id)
    assert arms.cue == "arms_crossed"
    expected = (devices.when(devices.eye, 0.5), devices.when(devices.eye, 2.0))
    # The rule takes off the lag of the real measure, which these eyes do not have.
    assert (arms.start_s, arms.end_s) == pytest.approx(expected, abs=0.4)
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
    assert shot.t - shot.vision.t < 0.5
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
    assert 4.7 <= hint.shown_s - max(0.0, devices.when(devices.eye, 0.2)) <= 5.6
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
    mark = live.mark(MarkKind.TICK, {"item": "greeting", "on": "true"})
    until(lambda: live.snapshot().t > 0.8)
    session_id = live.stop()
    assert session_id is not None
    ticks = [one for one in store.marks(session_id) if one.kind is MarkKind.TICK]
    assert ticks == [mark]
    assert 0.5 < mark.t < 0.8
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
    assert gap.start_s == pytest.approx(lost, abs=0.25)
    assert gap.end_s == live.report.duration_s
    faults = [mark for mark in store.marks(session_id) if mark.kind is MarkKind.FAULT]
    assert [mark.data["sense"] for mark in faults] == [gone.value]


def test_replaying_what_was_saved_gives_the_same_report(store: Store) -> None:
    live = session(store, plan(), lambda clock: FakeCamera(clock.raw, between(0.3, 1.5)))
    session_id = run_for(live, 2.0)
    assert session_id is not None
    assert live.report is not None
    assert live.report.events
    assert replay_session(store, session_id) == live.report
    assert store.report(session_id) == live.report


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


def test_stop_before_the_start_is_nothing(store: Store) -> None:
    live = session(store, plan())
    assert live.stop() is None
    assert live.snapshot().state == "stopped"
    assert store.sessions() == []


def test_stop_while_the_models_load_leaves_nothing_behind(store: Store) -> None:
    loading, go_on = threading.Event(), threading.Event()

    def slow(catalogue: Catalogue) -> tuple[Eyes, Ears]:
        loading.set()
        go_on.wait(LONG_S)
        return fake_senses(catalogue)

    live = session(store, plan(), senses=slow)
    live.start()
    assert loading.wait(LONG_S)
    assert live.snapshot().state == "starting"
    threading.Timer(0.1, go_on.set).start()
    assert live.stop() is None
    assert store.sessions() == []


def test_stop_while_a_camera_does_not_answer(store: Store) -> None:
    class Silent(FakeCamera):
        def __iter__(self) -> Iterator[Frame]:  # type: ignore[override]
            self._closed.wait(LONG_S)
            yield from ()

    live = session(store, plan(), lambda clock: Silent(clock.raw))
    live.start()
    assert live.stop() is None
    assert store.sessions() == []


def test_stop_twice_gives_the_same(store: Store) -> None:
    live = session(store, plan())
    session_id = run_for(live, 0.3)
    assert session_id is not None
    assert live.stop() == session_id


def test_stop_from_two_threads_ends_once(store: Store) -> None:
    live = session(store, plan())
    live.start()
    until(lambda: live.snapshot().state == "running")
    ids: list[str | None] = []
    threads = [threading.Thread(target=lambda: ids.append(live.stop())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_S)
    assert len(set(ids)) == 1
    assert len(store.sessions()) == 1


def test_without_any_device_it_does_not_start() -> None:
    live = session(None, plan(), None, None)
    with pytest.raises(AppError, match="Neither"):
        live.start()
    assert live.stop() is None


def test_sound_alone_is_a_session(store: Store) -> None:
    live = session(store, plan(), camera=None, senses=lambda catalogue: (None, FakeVoice()))
    session_id = run_for(live, 0.6)
    assert session_id is not None
    assert live.report is not None
    assert not [gap for gap in live.report.gaps if gap.reason == "sensor_gone"][1:]


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
    until(lambda: live.snapshot().frames_recorded > frames + 10)
    with pytest.raises(AppError, match="mistake"):
        live.stop()
    assert live.session_id is not None
    assert store.session(live.session_id).status is SessionStatus.RUNNING
    assert store.files(live.session_id).has_recording


def test_devices_let_go_and_senses_close() -> None:
    eyes, ears = FakeVision(), FakeVoice()
    live = session(None, plan(), senses=lambda catalogue: (eyes, ears))
    run_for(live, 0.3)
    assert eyes.closed
    assert ears.closed
    assert not [one.name for one in threading.enumerate() if one.name.startswith("rapport")]


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
