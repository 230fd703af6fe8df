"""The self-check on a session: nothing is written, the one thing is the person's own alone."""

from __future__ import annotations

import dataclasses
import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from fakes import FakeCamera, FakeMicrophone, FakeVision, FakeVoice, SteadyTime, StillMicrophones

from app.coach.catalogue import load_catalogue
from app.coach.checklist import load_checklists
from app.coach.practices import load_practices
from app.coach.report_types import Finding, Report
from app.coach.self_check import DeviceState
from app.coach.self_check_thing import ThingKind
from app.coach.types import CueEvent, Lane, Mark, MarkKind, Sense
from app.session.clock import SessionClock
from app.session.live import LiveSession
from app.session.self_check import check_plan, devices_of, glimpse_of, thing_for
from app.session.self_check_walk import Walk
from app.settings import Settings
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.session.pipeline import Ears, Eyes
    from app.store.store import Store

RULES = load_catalogue().rules
PRACTICES = load_practices(heads=True)


class Watch:
    """Tells which files this process opens for writing; sleeps unless it is asked to look."""

    def __init__(self) -> None:
        self.looks = False
        self.written: list[str] = []
        sys.addaudithook(self._hear)  # there is no way to take a hook back

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if not self.looks:
            return
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.written.append(str(path))
        elif event in ("os.rename", "os.mkdir", "os.remove"):
            self.written.append(str(args[0]))


WATCH = Watch()


@pytest.fixture
def written() -> Iterator[list[str]]:
    """What was written while the test ran."""
    WATCH.written = []
    WATCH.looks = True
    yield WATCH.written
    WATCH.looks = False


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file under a folder with its size and time."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def fake_senses(catalogue: Catalogue) -> tuple[Eyes, Ears]:
    return FakeVision(), FakeVoice()


def a_walk(settings: Settings, store: Store | None) -> tuple[Walk, LiveSession]:
    """A walk over fake devices, on a clock that runs eight times as fast as theirs."""
    plan = check_plan(settings, "0", "", None)
    steady = SteadyTime()
    clock = SessionClock(steady)
    live = LiveSession(
        plan,
        store,
        person_id="p",
        camera_source=FakeCamera(clock.raw),
        microphone_source=FakeMicrophone(clock.raw),
        clock=clock,
        inputs=StillMicrophones(),
        build_senses=fake_senses,
    )
    return Walk(live, plan, RULES, "Card.", clock=lambda: 8.0 * steady()), live


def test_the_plan_is_a_preview_unless_it_was_asked_for() -> None:
    settings = Settings(switched_off=("smile",), keep_policy="voice_and_stick_figure")
    plan = check_plan(settings, "0", "", None)
    assert (plan.preview, plan.keep, plan.focus) == (True, KeepPolicy.NOTHING, None)
    assert plan.switched_off == {"smile"}
    asked = check_plan(settings, "0", "", None, recorded=True, title="Self-check")
    assert (asked.preview, asked.keep) == (False, KeepPolicy.VOICE_AND_STICK)


def test_nothing_is_written_from_the_first_step_to_the_last(
    store: Store, home: Path, written: list[str]
) -> None:
    before = tree(home)
    walk, live = a_walk(Settings(keep_policy="picture_and_sound"), store)
    states: dict[str, str] = {}
    walk.go(lambda title, _: states.update({title: live.snapshot().state}))
    assert len(states) == len(walk.check.steps) == 6
    assert states["Your greeting"] == "running"
    assert states["And you?"] == "stopped"
    assert walk.check.checked().devices == dict.fromkeys(Sense, DeviceState.WORKS)
    assert live.session_id is None
    assert live.snapshot().frames_recorded == 0
    assert store.sessions() == store.unfinished() == []
    assert tree(home) == before
    assert written == []


def test_without_any_device_it_walks_all_the_same() -> None:
    plan = check_plan(Settings(), None, None, None)
    now = iter(range(0, 1000, 2))
    walk = Walk(None, plan, RULES, "Card.", clock=lambda: float(next(now)), wait=lambda _: None)
    titles: list[str] = []
    found = walk.go(lambda title, _: titles.append(title))
    assert titles == ["Picture and sound", "Before you start", "And you?"]
    assert found.devices == dict.fromkeys(Sense, DeviceState.ABSENT)
    assert [line.text for line in walk.lines()] == [
        "There is no camera.",
        "There is no microphone.",
    ]


def test_devices_are_those_that_were_chosen_and_are_then_not_listed() -> None:
    @dataclasses.dataclass
    class Device:
        id: str

    def hangs() -> list[Device]:
        raise AssertionError("a chosen camera needs no list")

    assert devices_of(Settings(camera="1", microphone="headset"), hangs) == ("1", "headset")
    assert devices_of(Settings(camera="none", microphone="none"), hangs) == (None, None)
    assert devices_of(Settings(), lambda: [Device("7"), Device("8")]) == ("7", "")
    assert devices_of(Settings(), list) == (None, "")


def test_a_glimpse_takes_the_faults_of_the_senses_alone() -> None:
    from live_cases import plan  # noqa: PLC0415
    from ui.fake_live import blank_snapshot  # noqa: PLC0415

    from app.session.plan import Fault  # noqa: PLC0415

    assert plan().camera is None
    shot = blank_snapshot(
        frames_seen=3,
        faults=(Fault(Sense.VOICE, "Pulled out.", "Plug it in."), Fault(None, "Full.", "Free.")),
    )
    glimpse = glimpse_of(shot)
    assert glimpse.pictures == 3
    assert glimpse.faults == {Sense.VOICE: ("Pulled out.", "Plug it in.")}


# One thing


def talk(store: Store, name: str, *cues: str, **fields: object) -> str:
    """Enter a finished session in which these cues were named."""
    person = store.ensure_person(name)
    consent = store.consent_of(person.id) or store.record_consent(person.id, "1", "test", 30, "me")
    record = store.begin_session(
        person_id=person.id, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
        title="A talk", focus=None, checklist=None, **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    events = tuple(CueEvent(cue, 1.0, 9.0, 1.0, 0.5) for cue in cues)
    findings = tuple(
        Finding(f"{cue}-1000", cue, 1.0, 9.0, 1.0, 0.5, None, 1, 8.0, 8.0) for cue in cues
    )
    report = Report(60.0, events, (), (), findings, (), (), speakers_labelled=True)
    store.finish_session(record.id, duration_s=60.0, report=report)
    return record.id


def thing_of(store: Store, name: str) -> tuple[ThingKind, str]:
    thing = thing_for(
        store,
        store.ensure_person(name).id,
        practices=PRACTICES,
        checklists=load_checklists(),
        rules=RULES,
        day=1,
    )
    return thing.kind, thing.name


def say(store: Store, session: str, kind: MarkKind, lane: Lane, **data: str) -> None:
    author = store.ensure_person("Tom").id
    store.append_marks(session, [Mark(0.0, lane, kind, author, MappingProxyType(data))])


def test_three_sessions_make_a_pattern_and_nobody_elses_count(store: Store) -> None:
    for _ in range(3):
        talk(store, "Ben", "arms_crossed")
    talk(store, "Ana", "arms_crossed")
    talk(store, "Ana", "arms_crossed")
    assert thing_of(store, "Ana")[0] is ThingKind.CARD
    assert thing_of(store, "Ben") == (ThingKind.PATTERN, "arms crossed")
    talk(store, "Ana", "arms_crossed")
    assert thing_of(store, "Ana") == (ThingKind.PATTERN, "arms crossed")


def test_samples_do_not_count(store: Store) -> None:
    for _ in range(3):
        talk(store, "Ana", "arms_crossed", sample=True)
    assert thing_of(store, "Ana")[0] is ThingKind.CARD


def test_a_finding_that_somebody_disagreed_with_does_not_count(store: Store) -> None:
    sessions = [talk(store, "Ana", "arms_crossed") for _ in range(3)]
    data = {"finding": "arms_crossed-1000", "verdict": "disagree"}
    say(store, sessions[0], MarkKind.VERDICT, Lane.SELF, **data)
    assert thing_of(store, "Ana")[0] is ThingKind.CARD


def test_the_trainers_next_step_comes_first(store: Store) -> None:
    sessions = [talk(store, "Ana", "arms_crossed") for _ in range(4)]
    say(store, sessions[1], MarkKind.REVIEW, Lane.TRAINER, part="next_step", text="Say by when.")
    thing = thing_for(
        store,
        store.ensure_person("Ana").id,
        practices=PRACTICES,
        checklists=load_checklists(),
        rules=RULES,
        day=1,
    )
    assert (thing.kind, thing.text) == (ThingKind.TRAINER, "Say by when.")


def test_somebody_unknown_gets_a_card(store: Store) -> None:
    talk(store, "Ana", "arms_crossed")
    thing = thing_for(store, None, practices=PRACTICES, checklists=(), rules=RULES, day=1)
    assert thing.kind is ThingKind.CARD
