"""Live sessions with fake devices and senses for the tests of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes import (
    NOTHING_SEEN,
    FakeCamera,
    FakeMicrophone,
    FakeVision,
    FakeVoice,
    Paced,
    Script,
    StillMicrophones,
    steady_clock,
)
from waiting import until

from app.session.live import LiveSession
from app.session.plan import LivePlan
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.catalogue import Catalogue
    from app.session.clock import SessionClock
    from app.session.pipeline import Ears, Eyes
    from app.store.store import Store


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
    clock = steady_clock()
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
        inputs=StillMicrophones(),
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


def run_for(live: LiveSession, seconds: float) -> str | None:
    live.start()
    until(lambda: live.snapshot().state == "running" and live.snapshot().t >= seconds)
    return live.stop()
