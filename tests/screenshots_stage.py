"""What the pictures show: the sample clip as camera and microphone, and sessions made of it."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from app.coach.catalogue import load_catalogue
from app.coach.report_types import Report
from app.coach.types import Baseline, Lane, Mark, MarkKind
from app.session.clipping import release_clip
from app.session.clock import SessionClock
from app.session.handing_over import SharePlan, hand_over
from app.session.live import LiveSession
from app.session.sample import PacedSound
from app.session.senses import build_ears, build_eyes
from app.store.clips import ClipKind, Release
from app.store.consent import load_consent_text
from app.store.store import Store
from app.store.types import KeepPolicy, Person, PersonRole
from audio.microphones import MicrophoneList
from audio.types import VoiceBaseline
from vision.opencv import cv2
from vision.sources import VideoFile
from vision.types import Frame, VisionBaseline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.session.plan import LivePlan
    from app.store.types import SessionRecord

ROOT: Final = Path(__file__).resolve().parents[1]
CAMERA_HZ: Final = 15.0
PASSPHRASE: Final = "apple river lamp tiger velvet north"  # noqa: S105 - the sample's only
STRENGTHS: Final = (
    "You let her finish before you said anything.",
    "You said sorry for the second charge, not “for any inconvenience”.",
    "You said who calls her, and by when.",
)
STEP: Final = "Keep both hands on the counter while you say sorry."


class SampleDevice:
    """The sample clip in the place of a camera or a microphone."""

    def __init__(self, device_id: str, name: str) -> None:
        self.id = device_id
        self.name = name


class ClipCamera:
    """The clip's pictures when they are due: on a busy machine it jumps, as a camera does."""

    rate_hz: float | None = CAMERA_HZ

    def __init__(self, pictures: Sequence[bytes], clock: Callable[[], float]) -> None:
        self._pictures = pictures
        self._clock = clock
        self._closed = threading.Event()

    def __iter__(self) -> Iterator[Frame]:
        """Give each picture that is due, until the clip is over."""
        origin, shown = self._clock(), -1
        while not self._closed.wait(1 / (4 * CAMERA_HZ)):
            due = int((self._clock() - origin) * CAMERA_HZ)
            if due >= len(self._pictures):
                return
            if due > shown:
                shown = due
                packed = np.frombuffer(self._pictures[due], np.uint8)
                yield Frame(self._clock(), cv2.imdecode(packed, cv2.IMREAD_COLOR), due)

    def close(self) -> None:
        """End the iteration soon."""
        self._closed.set()


def pictures_of(clip: Path) -> list[bytes]:
    """Pack the clip's pictures so that any of them is at hand at once."""
    packed: list[bytes] = []
    for frame in VideoFile(clip):
        if frame.t * CAMERA_HZ >= len(packed):
            packed.append(cv2.imencode(".jpg", frame.image)[1].tobytes())
    return packed


def sample_session(
    clip: Path,
    pictures: Sequence[bytes],
    plan: LivePlan,
    store: Store,
    who: tuple[str | None, str | None],
) -> LiveSession:
    """Make a live session that sees and hears the sample clip."""
    clock = SessionClock()
    return LiveSession(
        replace(plan, sample=True),
        store,
        person_id=who[0],
        consent_id=who[1],
        camera_source=ClipCamera(pictures, clock.raw),
        microphone_source=PacedSound(clip, clock.raw),
        clock=clock,
        inputs=MicrophoneList(),
    )


def warm_up() -> None:
    """Load the models first: a clip does not wait for them as a camera does."""
    catalogue = load_catalogue()
    for sense in (
        build_eyes(catalogue, None, frozenset()),
        build_ears(catalogue, None, frozenset()),
    ):
        sense.warm_up()
        sense.close()


def earlier_sessions() -> None:
    """Enter two short sessions of the days before, so that lists are lists."""
    text = load_consent_text()
    with Store.open() as store:
        store.ensure_person("Ben")
        store.ensure_person("Cleo", PersonRole.TRAINER)
    for title, days, seconds in (("Lost booking", 2, 182.0), ("Late check-out", 1, 131.0)):
        then = dt.datetime.now(dt.UTC) - dt.timedelta(days=days, hours=1)
        with Store.open(now=lambda moment=then: moment) as store:  # type: ignore[misc]
            person = store.ensure_person("Ana")
            consent = store.consent_of(person.id) or store.record_consent(
                person.id, text.version, text.purpose, text.retention_days, text.seen_by
            )
            record = store.begin_session(
                person_id=person.id,
                consent_id=consent.id,
                keep_policy=KeepPolicy.REPORT_ONLY,
                title=title,
                focus=None,
                checklist=None,
                sample=True,
            )
            report = Report(seconds, (), (), (), (), (), (), speakers_labelled=False)
            store.finish_session(record.id, duration_s=seconds, report=report)


def another_take(store: Store, record: SessionRecord) -> SessionRecord:
    """Enter the same talk once more, to lay beside the first: the clip is the only one there is."""
    report = store.report(record.id)
    begun = store.begin_session(
        person_id=record.person_id,
        consent_id=record.consent_id,
        keep_policy=record.keep_policy,
        title=record.title,
        focus=record.focus,
        checklist=record.checklist,
        scenario=record.scenario,
        sample=True,
    )
    shutil.copytree(store.files(record.id).folder, store.files(begun.id).folder, dirs_exist_ok=True)
    marks = [replace(one, id="") for one in store.marks(record.id) if one.lane is Lane.MACHINE]
    store.append_marks(begun.id, marks)
    store.finish_session(begun.id, duration_s=record.duration_s or 0.0, report=report)
    return store.session(begun.id)


def own_normal_of(store: Store, person_id: str) -> None:
    """Keep an own normal by itself, as a calibration does."""
    voice = VoiceBaseline(
        1, -60.0, -30.0, 190.0, 150.0, 240.0, 2.5, 4.5, 0.5, 60.0, 20.0, speech_s=20.0
    )
    vision = VisionBaseline(1, MappingProxyType({"brow_gap": 0.1}), None, None, 50)
    taken = dt.datetime.now(dt.UTC).isoformat()
    store.own_normals.keep(person_id, Baseline(taken, "calibration", vision=vision, voice=voice))


def clips_of(store: Store, record: SessionRecord) -> None:
    """Release two stretches to the library, one of each kind."""
    for start_s, kind, title, practice in (
        (36.0, ClipKind.BEST, "Sorry, for the one thing", "P19"),
        (15.0, ClipKind.WORST, "Arms crossed while she explains", "P30"),
    ):
        note = "Watch the hands." if kind is ClipKind.WORST else "Hear how short it is."
        release = Release(
            record.id, start_s, start_s + 6.0, kind, title, practice, note, with_picture=True
        )
        release_clip(store, record.person_id or "", release)


@dataclass(frozen=True)
class Trainer:
    """Cleo, at her own computer."""

    store: Store
    """Where she keeps what she received."""
    person: Person
    """Herself."""
    session_id: str
    """What Ana shared with her."""
    review: Path
    """Her review, sealed for Ana."""


def reviewed_by_cleo(store: Store, record: SessionRecord, folder: Path) -> Trainer:
    """Hand a session over, have it reviewed and sealed again, as two people would."""
    to_cleo, back = folder / "ana-to-cleo.rapport", folder / "cleo-to-ana.rapport"
    catalogue = load_catalogue()
    plan = SharePlan(record.id, record.person_id or "", "Cleo", with_picture=True)
    hand_over(store, plan, to_cleo, PASSPHRASE, catalogue=catalogue)
    theirs = Store.open(folder / "cleo" / "rapport.db")
    cleo = theirs.ensure_person("Cleo", PersonRole.TRAINER)
    seen = theirs.handover.look(to_cleo, PASSPHRASE, cleo.id)
    theirs.handover.confirm(cleo.id, seen.letter.sender)
    session_id = theirs.handover.receive(seen, cleo.id)
    theirs.append_marks(session_id, review_marks(theirs, session_id, cleo.id))
    theirs.handover.send_review(session_id, cleo.id, back, PASSPHRASE)
    return Trainer(theirs, cleo, session_id, back)


def review_marks(store: Store, session_id: str, author: str) -> list[Mark]:
    """Three strengths, a step, comments, markers and a verdict."""

    def said(kind: MarkKind, t: float = 0.0, **data: str) -> Mark:
        return Mark(t, Lane.TRAINER, kind, author, data)

    report = store.report(session_id)
    crossed = [one for one in report.findings if one.cue == "arms_crossed"] if report else []
    others = [one for one in report.findings if one.cue != "arms_crossed"] if report else []
    return [
        *(said(MarkKind.REVIEW, part="strength", text=text) for text in STRENGTHS),
        said(MarkKind.REVIEW, part="next_step", text=STEP, cue="arms_crossed"),
        said(MarkKind.NOTE, 8.5, text="A smile before the first word: it carries."),
        said(MarkKind.NOTE, 13.5, text="Here the arms go up, just as she explains.", until="20.0"),
        said(
            MarkKind.MARKER,
            26.0,
            marker="own_words",
            set="front_desk",
            label="Said back in their words",
            colour="arms",
        ),
        said(MarkKind.NOTE, 44.0, text="A nod, and no hurry. She felt heard here."),
        *(said(MarkKind.VERDICT, one.start_s, finding=one.id, verdict="agree") for one in crossed),
        *(
            said(MarkKind.VERDICT, one.start_s, finding=one.id, verdict="disagree")
            for one in others[:1]
        ),
        said(MarkKind.REVIEW, part="done"),
    ]
