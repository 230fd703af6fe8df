"""Sessions with a trainer's review, and recordings whose truth is known by construction."""

from __future__ import annotations

import io
import math
import struct
import wave
from typing import TYPE_CHECKING

from report_material import event, numbered_clip

from app.coach.report_types import Curve, Report
from app.coach.types import Lane, Mark, MarkKind, Sense
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.store import Store
    from app.store.types import SessionRecord

SCENARIO = "hotel_charged_twice"
CHECKLIST = "complaint"
STRENGTHS = (
    "You let her finish, twice, and only said “I see”.",
    "Sorry for the double charge: short, and for this one thing.",
    "You said who calls whom, and by when.",
)
STEP = "Keep both hands on the counter while you say sorry."
COMMENT = "comment-1.wav"


def curves(seconds: float, seed: float = 0.0) -> tuple[Curve, ...]:
    """One of each that is laid side by side; holes where nothing was measured."""
    times = tuple(n / 10 for n in range(round(seconds * 10)))

    def wave_of(middle: float, swing: float) -> tuple[float | None, ...]:
        return tuple(
            None if int(t) % 9 == 4 else middle + swing * math.sin(t / 2 + seed) for t in times
        )

    return (
        Curve("pitch_st", Sense.VOICE, "semitones", times, wave_of(0.0, 3.0)),
        Curve("level_over_db", Sense.VOICE, "dB", times, wave_of(1.0, 4.0)),
        Curve("pace_syl_s", Sense.VOICE, "syllables a second", times, wave_of(4.2, 0.8)),
        Curve("brow", Sense.VISION, "", times, wave_of(0.3, 0.3)),
    )


def report_of(seconds: float, seed: float = 0.0) -> Report:
    """Arms crossed from 8 s, quicker than usual from 14 s."""
    events = (event("arms_crossed", 8.0 + seed, 12.0), event("pace_fast", 14.0, 16.0))
    return Report(seconds, events, (), curves(seconds, seed), (), (), (), speakers_labelled=True)


def line(t: float, name: str) -> Mark:
    data = {"line": name, "end": "false"}
    return Mark(t, Lane.SELF, MarkKind.LINE, "rapport", data)


def a_session(
    store: Store,
    *,
    who: str = "Ana",
    title: str = "Charged twice",
    scenario: str | None = SCENARIO,
    seconds: float = 20.0,
    marks: Sequence[Mark] = (),
    clip: bool = False,
    policy: KeepPolicy = KeepPolicy.PICTURE_AND_SOUND,
) -> SessionRecord:
    """A finished session of somebody, with its own marks."""
    person = store.ensure_person(who)
    consent = store.consent_of(person.id) or store.record_consent(
        person.id, version="1", purpose="training", retention_days=30, seen_by=who
    )
    begun = store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=policy,
        title=title,
        checklist=CHECKLIST,
        scenario=scenario,
    )
    if clip:
        numbered_clip(store.files(begun.id).source(), seconds)
    store.append_marks(begun.id, list(marks))
    store.finish_session(begun.id, duration_s=seconds, report=report_of(seconds))
    return store.session(begun.id)


def review_marks(author: str) -> list[Mark]:
    """Three strengths, a step, three moments (one of them spoken), verdicts and both views."""

    def said(kind: MarkKind, t: float = 0.0, **data: str) -> Mark:
        return Mark(t, Lane.TRAINER, kind, author, data)

    return [
        *(said(MarkKind.REVIEW, part="strength", text=text) for text in STRENGTHS),
        said(MarkKind.REVIEW, part="next_step", text=STEP, cue="arms_crossed"),
        said(MarkKind.NOTE, 8.5, text="Here the arms go up, just as you say sorry.", until="12.0"),
        said(MarkKind.MARKER, 14.0, label="Own words", colour="pace", text="“The second charge”."),
        said(MarkKind.NOTE, 17.0, sound=COMMENT),
        said(MarkKind.VERDICT, 8.0, finding="arms_crossed-8000", verdict="agree"),
        said(MarkKind.VERDICT, 14.0, finding="pace_fast-14000", verdict="disagree"),
        said(MarkKind.RATING, item="apology", value="yes"),
    ]


def reviewed_session(store: Store, *, clip: bool = False, **more: object) -> SessionRecord:
    """A session of Ana's that Marta reviewed."""
    marta = store.ensure_person("Marta Kowalska")
    marks = [line(2.0, "opening"), *review_marks(marta.id)]
    record = a_session(store, marks=marks, clip=clip, **more)  # type: ignore[arg-type]
    store.files(record.id).write_atomic(COMMENT, spoken_comment())
    return record


def spoken_comment(seconds: float = 0.6) -> bytes:
    """A tone as a sound file."""
    content = io.BytesIO()
    with wave.open(content, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        samples = (int(3000 * math.sin(n / 8)) for n in range(round(16000 * seconds)))
        out.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return content.getvalue()
