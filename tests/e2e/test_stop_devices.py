"""Stopping a session on real device paths, in each state it can be in."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from app.coach.types import Sense
from app.session.live import LiveSession
from app.session.plan import LivePlan
from app.store.types import KeepPolicy, SessionStatus
from audio.microphones import MicrophoneList
from tests.e2e.emulated import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.store.store import Store
    from tests.e2e.emulated import NetworkCamera
    from tests.e2e.rig import Clip, Rig

pytestmark = pytest.mark.devices

STOP_S = 20.0
"""Less than a camera that does not answer holds its reader; a busy machine takes its time."""


@pytest.fixture
def silent_address() -> Iterator[str]:
    """A network camera that takes the call and then says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/video.mjpg"


@pytest.fixture
def dead_address() -> str:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/video.mjpg"


def session_on(store: Store, camera: str | None, microphone: str | None) -> LiveSession:
    person = store.ensure_person("Somebody").id
    consent = store.record_consent(person, "1", "a test", 1, "nobody").id
    plan = LivePlan(
        camera=camera,
        microphone=microphone,
        baseline=None,
        focus=None,
        switched_off=frozenset(),
        keep=KeepPolicy.PICTURE_AND_SOUND,
        checklist="",
        title="to be stopped",
    )
    inputs = MicrophoneList()
    return LiveSession(plan, store, inputs=inputs, person_id=person, consent_id=consent)


def stopped(session: LiveSession) -> str | None:
    """Stop within the limit; a second stop says the same."""
    before = time.monotonic()
    first = session.stop()
    assert time.monotonic() - before < STOP_S
    assert session.snapshot().state == "stopped"
    assert session.stop() == first
    return first


def test_stop_right_after_the_start(
    clip: Clip, cameras: Callable[..., NetworkCamera], rig: Rig, store: Store
) -> None:
    session = session_on(store, cameras(clip).url, rig.microphone)
    session.start()
    assert session.snapshot().state == "starting"
    assert stopped(session) is None
    assert store.sessions() == []


def test_stop_while_a_camera_is_being_waited_for(
    silent_address: str, rig: Rig, store: Store
) -> None:
    session = session_on(store, silent_address, rig.microphone)
    session.start()
    wait_for(lambda: any("camera" in t.name for t in threading.enumerate()), 60)
    assert session.snapshot().state == "starting"
    assert stopped(session) is None


def test_stop_while_it_runs(
    clip: Clip, cameras: Callable[..., NetworkCamera], rig: Rig, store: Store
) -> None:
    session = session_on(store, cameras(clip).url, rig.microphone)
    session.start()
    wait_for(lambda: session.snapshot().sees and session.snapshot().hears, 60)
    kept = stopped(session)
    assert kept is not None
    record = store.session(kept)
    assert record.status is SessionStatus.FINISHED
    assert record.duration_s is not None
    assert record.duration_s > 0
    assert store.files(kept).has_recording


def test_stop_where_no_device_works(dead_address: str, rig: Rig, store: Store) -> None:
    session = session_on(store, dead_address, "no such microphone | ALSA")
    session.start()
    wait_for(lambda: session.snapshot().t > 2.0, 60)  # a second of silence is no gap yet
    faults = session.snapshot().faults
    assert {fault.sense for fault in faults} == {Sense.VISION, Sense.VOICE}
    assert all(fault.what and fault.remedy for fault in faults)
    kept = stopped(session)
    assert kept is not None
    report = store.report(kept)
    assert report is not None
    assert report.events == ()
    gone = {(gap.sense, gap.reason) for gap in report.gaps if gap.cue is None}
    assert gone == {(Sense.VISION, "sensor_gone"), (Sense.VOICE, "sensor_gone")}
