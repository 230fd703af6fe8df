"""A session with everything in it, and two homes to hand it over between."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from app.coach.report_types import Curve, Finding, Report
from app.coach.types import Baseline, CueEvent, Gap, Lane, Mark, MarkKind, Sense
from app.session.film import Film
from app.store.readings import ReadingsWriter
from app.store.store import Store
from app.store.types import KeepPolicy
from app.store.words import SavedWords, write_words
from audio.types import AudioBlock, VoiceBaseline, VoiceReading, Word
from vision.types import Frame, VisionBaseline, VisionReading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.store.types import Person, SessionRecord

LENGTH_S = 12.0
FLASHES_S = (2.0, 6.0, 9.0)
"""White picture and a beep, 0.2 s each."""
RATE_HZ = 48000
PICTURE_HZ = 25
PASSPHRASE = "apple river lamp tiger velvet north"  # noqa: S105 - opens made-up sessions only
TITLE = "The guest who was charged twice"
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


class Calendar:
    """A calendar that a test turns."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        """Tell the time; a second passes with every look, as marks need."""
        self.now += dt.timedelta(milliseconds=1)
        return self.now


@dataclass
class Home:
    """One computer, with one profile that acts."""

    store: Store
    person: Person
    calendar: Calendar


def home(folder: Path, name: str, calendar: Calendar | None = None) -> Home:
    """Open a store in a folder of its own, with one person in it."""
    calendar = calendar or Calendar()
    store = Store.open(folder / "rapport.db", now=calendar)
    return Home(store, store.ensure_person(name), calendar)


def film(path: Path, *, picture: bool = True) -> None:
    """Write a recording in which picture and sound flash together."""
    made = Film(path, picture=picture, sound_rate_hz=RATE_HZ)
    rng = np.random.default_rng(1)
    for number in range(round(LENGTH_S * PICTURE_HZ)):
        t = number / PICTURE_HZ
        lit = any(start <= t < start + 0.2 for start in FLASHES_S)
        if picture:
            made.add_frame(Frame(t, np.full((48, 64, 3), 250 if lit else 10, np.uint8)))
        count = RATE_HZ // PICTURE_HZ
        samples = rng.uniform(-0.3, 0.3, count) if lit else np.zeros(count)
        made.add_block(AudioBlock(t, samples.astype(np.float32), RATE_HZ))
    made.close()


def a_session(
    store: Store, person: Person, *, keep: KeepPolicy = KeepPolicy.PICTURE_AND_SOUND
) -> SessionRecord:
    """Make a finished session with recording, readings, words, report and marks."""
    consent = store.consent_of(person.id) or store.record_consent(
        person.id, "1", "own training", 90, "me and whom I share it with"
    )
    record = store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=keep,
        title=TITLE,
        focus="arms_crossed",
        checklist="complaint",
    )
    files = store.files(record.id)
    if keep.keeps_sound:
        film(files.sink(), picture=keep.keeps_picture)
        files.complete()
        with ReadingsWriter(files, {"rapport": "test"}) as writer:
            for number in range(round(LENGTH_S * 10)):
                t = number / 10
                writer.write(
                    VisionReading(t, body_looked=True, yaw_deg=5.0, brow=0.25, joints=joints(t))
                )
                writer.write(VoiceReading(t, speech=True, level_dbfs=-30.0))
        words = tuple(
            Word(text, at, at + 0.4, 0.9)
            for text, at in (("sorry", 1.0), ("about", 5.0), ("elephant", 7.0), ("bye", 10.0))
        )
        write_words(files, SavedWords(words, "pocketsphinx", thorough=True))
    store.append_marks(record.id, own_marks(person.id))
    done = store.finish_session(record.id, duration_s=LENGTH_S, report=a_report())
    assert done is not None
    return done


def joints(t: float) -> np.ndarray:
    """Make a body, facing the camera, whose right hand goes up and down."""
    made = np.full((33, 3), 0.5, np.float32)
    made[:, 2] = 0.9
    places = {
        0: (0.50, 0.22), 7: (0.54, 0.21), 8: (0.46, 0.21), 11: (0.60, 0.38), 12: (0.40, 0.38),
        13: (0.66, 0.55), 14: (0.34, 0.55), 15: (0.62, 0.70), 16: (0.30, 0.40), 19: (0.62, 0.74),
        20: (0.30, 0.36), 23: (0.56, 0.72), 24: (0.44, 0.72), 25: (0.56, 0.90), 26: (0.44, 0.90),
        27: (0.56, 1.05), 28: (0.44, 1.05),
    }  # fmt: skip
    for joint, place in places.items():
        made[joint, :2] = place
    made[16, 1] += 0.2 * np.sin(t)
    return made


def a_report() -> Report:
    """Make a report with episodes before, across and inside the span from 5 s to 10 s."""
    events = (
        CueEvent("arms_crossed", 1.0, 4.0, 0.9, 0.5),
        CueEvent("arms_crossed", 4.5, 6.5, 0.8, 0.5),
        CueEvent("brow_drawn", 7.25, 9.0, 0.9, 0.5),
    )
    return Report(
        duration_s=LENGTH_S,
        events=events,
        gaps=(Gap(Sense.VISION, None, "no_person", 4.0, 5.5),),
        curves=(Curve("brow", Sense.VISION, "", (0.0, 6.0, 11.0), (0.1, 0.2, None)),),
        findings=(
            Finding("arms_crossed-1000", "arms_crossed", 1.0, 4.0, 0.9, 0.5, None, 2, 5.0, 3.0),
        ),
        not_measured=(),
        ticked=(),
        speakers_labelled=False,
        notes=("Nobody said who is speaking.", "At 00:01: the camera was pulled out"),
        baseline=a_baseline(),
    )


def a_baseline() -> Baseline:
    """Make an own normal with both senses."""
    return Baseline(
        "2026-11-22T08:00:00+00:00",
        "calibration",
        vision=VisionBaseline(1, MappingProxyType({"brow_gap": 0.1}), None, None, 50),
        voice=VoiceBaseline(
            1, -60.0, -30.0, 190.0, 150.0, 240.0, 2.5, 4.5, 0.5, 60.0, 20.0, speech_s=20.0
        ),
    )


def own_marks(person_id: str) -> list[Mark]:
    """Make what an owner says: notes in and out of the span, a self-rating, a verdict."""

    def mark(t: float, kind: MarkKind, **data: str) -> Mark:
        return Mark(t, Lane.SELF, kind, person_id, data)

    return [
        mark(2.0, MarkKind.NOTE, text="before the span: giraffe"),
        mark(7.0, MarkKind.NOTE, text="in the span: zebra", until="8.0"),
        mark(0.0, MarkKind.RATING, item="P19", value="partly"),
        mark(7.25, MarkKind.VERDICT, finding="brow_drawn-7250", verdict="agree"),
    ]


def trainer_marks(person_id: str, finding: str = "brow_drawn-2250") -> list[Mark]:
    """Make what a trainer says about the span from 5 s to 10 s."""

    def mark(t: float, kind: MarkKind, **data: str) -> Mark:
        return Mark(t, Lane.TRAINER, kind, person_id, data)

    return [
        mark(1.0, MarkKind.NOTE, text="calm here", until="2.5"),
        mark(2.25, MarkKind.VERDICT, finding=finding, verdict="disagree"),
        mark(3.0, MarkKind.MARKER, marker="good", set="usual", label="good", colour="pace"),
        mark(0.0, MarkKind.REVIEW, part="strength", text="you let them finish"),
    ]


def acquainted(one: Home, other: Home) -> None:
    """Let two people compare the words of their keys, both ways."""
    one.store.handover.confirm(one.person.id, other.store.handover.me(other.person.id))
    other.store.handover.confirm(other.person.id, one.store.handover.me(one.person.id))


def tree_bytes(folder: Path, keep: Callable[[Path], bool] = lambda path: True) -> bytes:
    """Give all bytes under a folder in one."""
    return b"".join(
        path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and keep(path)
    )
