"""A live session without devices, and services round it, for the tests of the window."""

from __future__ import annotations

import uuid
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from fakes import StillMicrophones

from app.coach.calibration import STEP_SECONDS, CalibrationStep, StepProgress
from app.coach.catalogue import load_catalogue
from app.coach.types import Baseline, Lane, Mark, MarkKind
from app.session.plan import LivePlan, Snapshot
from app.settings import Settings
from app.store.consent import load_consent_text
from app.store.types import KeepPolicy, Person
from app.ui.library import Library
from app.ui.services import Choices, Services
from vision.types import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.report_types import Report
    from app.store.store import Store

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class FakeDevice:
    id: str
    name: str


def blank_snapshot(**fields: object) -> Snapshot:
    values: dict[str, Any] = {
        "t": 0.0, "state": "running", "sees": True, "hears": True, "level_dbfs": -30.0,
        "vision": None, "voice": None, "framing": (), "hint": None, "open": (),
        "calibration": None, "faults": (), "frames_seen": 0, "frames_replaced": 0,
        "frames_recorded": 0, "frames_left_out": 0, "sound_overflows": 0,
    }  # fmt: skip
    return Snapshot(**(values | fields))


def grey_frame(t: float, value: int = 90, size: tuple[int, int] = (480, 640)) -> Frame:
    return Frame(t=t, image=np.full((*size, 3), value, np.uint8))


class FakeLive:
    """Does what a test tells it; starting and stopping take no time."""

    def __init__(
        self,
        plan: LivePlan,
        person_id: str | None = None,
        consent_id: str | None = None,
        store: Store | None = None,
    ) -> None:
        self.plan = plan
        self.who = (person_id, consent_id)
        self.store = store
        self.session_id: str | None = None
        self.marks: list[Mark] = []
        self.steps: list[CalibrationStep | None] = []
        self.state = "starting"
        self.now = blank_snapshot(state="starting", sees=False, hears=False)
        self.frame: Frame | None = None
        self.start_error: Exception | None = None
        self.stop_error: Exception | None = None
        self.own_normal = Baseline(made_at=NOW.isoformat(), origin="calibration")
        self.looked = 0
        self.report: Report | None = None

    def start(self) -> None:
        if self.start_error is not None:
            raise self.start_error
        self.state = "running"
        self.show(state="running", sees=True, hears=True)
        keeps = self.plan.keep is not KeepPolicy.NOTHING and not self.plan.preview
        if keeps and self.store is not None:
            record = self.store.begin_session(
                person_id=self.who[0],
                consent_id=self.who[1],
                keep_policy=self.plan.keep,
                title=self.plan.title,
                focus=self.plan.focus,
                checklist=self.plan.checklist or None,
            )
            self.session_id = record.id

    def stop(self) -> str | None:
        self.state = "stopped"
        self.show(state="stopped")
        if self.session_id is not None:
            self.store.finish_session(self.session_id, duration_s=self.now.t, report=None)
        if self.stop_error is not None:
            raise self.stop_error
        return self.session_id

    def show(self, **fields: object) -> None:
        self.now = replace(self.now, **fields)  # type: ignore[arg-type]

    def snapshot(self) -> Snapshot:
        self.looked += 1
        return self.now

    def picture(self) -> Frame | None:
        return self.frame

    def mark(self, kind: MarkKind, data: Mapping[str, str], lane: Lane = Lane.SELF) -> Mark:
        mark = Mark(self.now.t, lane, kind, "me", MappingProxyType(dict(data)), str(uuid.uuid4()))
        self.marks.append(mark)
        return mark

    def calibrate(self, step: CalibrationStep | None) -> None:
        self.steps.append(step)
        if step is None:
            self.show(calibration=None)
        else:
            self.progress(step, 0.0)

    def progress(self, step: CalibrationStep, part: float) -> None:
        wanted = STEP_SECONDS[step]
        self.show(calibration=StepProgress(step, part * wanted, wanted, enough=part >= 1))

    def baseline(self) -> Baseline:
        return self.own_normal


class AtOnce:
    """Runs background work in the foreground: one thread, one order."""

    def run(self, function: Callable[[], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function())
        except Exception as error:  # noqa: BLE001 - carried to whoever waits
            future.set_exception(error)
        return future

    def close(self) -> None:
        pass


class Stagehand:
    """Services with fakes where devices would be; remembers every session that was made."""

    def __init__(
        self, store: Store, settings: Settings | None = None, *, now: datetime = NOW
    ) -> None:
        self.store = store
        self.lives: list[FakeLive] = []
        self.prepare: Callable[[FakeLive], None] = lambda live: None
        self.saved: list[Settings] = []
        self.cameras = [FakeDevice("0", "Front camera"), FakeDevice("1", "Desk camera")]
        self.microphones = [FakeDevice("", "System default"), FakeDevice("headset", "Headset")]
        self.services = Services(
            store=store,
            choices=Choices(settings or Settings(), self.saved.append),
            catalogue=load_catalogue(),
            library=Library(),
            consent=load_consent_text(),
            cameras=lambda: self.cameras,
            microphones=lambda: self.microphones,
            inputs=StillMicrophones(),
            make_live=self.make_live,
            background=AtOnce(),
            now=lambda: now,
        )

    def make_live(self, plan: LivePlan, person_id: str | None, consent_id: str | None) -> FakeLive:
        live = FakeLive(plan, person_id, consent_id, self.store)
        self.prepare(live)
        self.lives.append(live)
        return live

    @property
    def live(self) -> FakeLive:
        return self.lives[-1]


def agree(services: Services, name: str = "Ana") -> Person:
    """Enter a person who agreed."""
    text = services.consent
    person = services.store.ensure_person(name)
    services.store.record_consent(
        person.id, text.version, text.purpose, text.retention_days, text.seen_by
    )
    services.choices.change(person_name=name)
    return person
