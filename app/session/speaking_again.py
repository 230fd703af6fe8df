"""An imported film once more, now that somebody said who speaks in it when."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from app.coach.catalogue import known_cues
from app.coach.relink import adrift
from app.coach.review import episode_of
from app.coach.session_turns import speaker_stretches
from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.session.beside import Beside
from app.session.child import run_in_child, yield_to_others
from app.session.errors import Cancelled
from app.session.keeping import read_facts
from app.session.listening_after import listen_after, outdate_words
from app.session.offline import MEASURED_SHARE, Analysis, analyse, part_of
from app.store.claims import MEASURES
from app.store.readings import ReadingsWriter
from app.store.types import KeepPolicy
from app.store.versions import current_versions
from audio.types import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.senses import Reading
    from app.store.files import SessionFiles
    from app.store.store import Store
    from audio.speech.types import SpeechSetUp

log = logging.getLogger(__name__)

AGAIN = "again"
"""Folder inside the session's, in which the new readings are made."""
Stretch = tuple[float, float]
"""Start and end on the session's clock, seconds."""


def customer_said(marks: Sequence[Mark], duration_s: float) -> list[Stretch] | None:
    """Give when the customer speaks, as somebody said; None where nobody said anything."""
    if not any(mark.kind is MarkKind.SPEAKER for mark in marks):
        return None
    return list(speaker_stretches(marks, frozenset({Speaker.CUSTOMER.value}), duration_s))


def speaker_marks(customer: Sequence[Stretch], author: str) -> list[Mark]:
    """Say as marks that the customer speaks in these stretches, and the staff member otherwise."""
    marks = [_mark(0.0, Speaker.STAFF, author)]
    for start, end in _joined(customer):
        if start <= 0.0:
            marks.clear()
        marks += [
            _mark(max(0.0, start), Speaker.CUSTOMER, author), _mark(end, Speaker.STAFF, author)
        ]  # fmt: skip
    return marks


def say_who_speaks(
    store: Store, session_id: str, customer: Sequence[Stretch], author: str
) -> list[Mark]:
    """Take down who speaks when, in the place of what was said of it before."""
    before = [one for one in store.marks(session_id) if one.kind is MarkKind.SPEAKER]
    gone = [
        Mark(one.t, one.lane, one.kind, author, one.data, "", one.id, tombstone=True)
        for one in before
    ]
    return store.append_marks(session_id, [*gone, *speaker_marks(customer, author)])


def measure_again(
    store: Store,
    session_id: str,
    speech: SpeechSetUp | None,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Measure the recording of an imported session with what was said about who speaks.

    Picture and sound are measured anew together, so both must have been kept. The words come after
    that, as those of a live session do; what a person wrote down stands.

    Raises
    ------
    AppError
        Where the picture or the recording was not kept, it cannot be read, or it is being
        measured again already.
    Cancelled
        When `cancelled` said so; the report stays as it was then.
    """
    if store.session(session_id).keep_policy is not KeepPolicy.PICTURE_AND_SOUND:
        raise AppError(
            "Of this session no picture was kept, so it cannot be measured again.",
            "Import the video once more, and say then who speaks in it.",
        )
    store.files(session_id).recording_or_tell()
    if not store.claims.take(session_id, MEASURES):
        raise AppError("This session is being measured again already.", "Wait until that is done.")
    try:
        _measure(store, session_id, speech, progress, cancelled)
    finally:
        store.claims.give_back(session_id, MEASURES)


def _measure(
    store: Store,
    session_id: str,
    speech: SpeechSetUp | None,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    files = store.files(session_id)
    off = frozenset(read_facts(files).get("switched_off", ()))
    marks = tuple(store.marks(session_id))
    share = 1.0 if speech is None else MEASURED_SHARE
    again = files.within(AGAIN)
    try:
        analysis: Analysis = run_in_child(
            again_job, files, off, marks,
            progress=part_of(progress, 0.0, share), cancelled=cancelled,
        )  # fmt: skip
        store.session(session_id)  # deleted meanwhile: then nothing is kept
        if analysis.baseline is not None:
            again.write_baseline(analysis.baseline)
        outdate_words(files)
        files.take_over(again)
        store.imports.renew(session_id, analysis.report)
        _log_adrift(store, session_id)
    finally:
        again.delete()
    with suppress(Cancelled):  # the new report is there, and looks for them again
        told = part_of(progress, share, 1.0)
        listen_after(store, session_id, speech, progress=told, cancelled=cancelled)


def _log_adrift(store: Store, session_id: str) -> None:
    """Note how many words on episodes found none any more; report and desk tell which."""
    known, cues = {one.id for one in store.events(session_id)}, known_cues()
    said = adrift(store.marks(session_id), known)
    lost = [one for one in said if episode_of(one.data.get("finding", ""))[0] in cues]
    if lost:
        log.info("Measured again, session %s has %d words on no episode", session_id, len(lost))


def again_job(
    files: SessionFiles,
    off: frozenset[str],
    marks: Sequence[Mark],
    *,
    progress: Callable[[float], None],
) -> Analysis:
    """Do the child's part of `measure_again`."""
    yield_to_others()
    writer = ReadingsWriter(files.within(AGAIN), current_versions())

    def note(reading: Reading) -> None:
        writer.write(reading)

    try:
        return analyse(
            files.source(), switched_off=off, marks=marks, note=note, progress=progress,
        )  # fmt: skip
    finally:
        writer.close()


class SpeakingAgain(Beside):
    """Measures one session again; the report stays as it was where it is stopped."""

    def __init__(self, store: Store, session_id: str, speech: SpeechSetUp | None) -> None:
        super().__init__("rapport speakers", store, session_id)
        self.done = False
        """Whether the new report is there."""
        self._speech = speech

    def _work(self) -> None:
        measure_again(
            self._store, self.session_id, self._speech,
            progress=self._note, cancelled=self._cancelled,
        )  # fmt: skip
        self.done = True


def _mark(t: float, speaker: Speaker, author: str) -> Mark:
    return Mark(t, Lane.SELF, MarkKind.SPEAKER, author, {"speaker": speaker.value}, "")


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Put stretches that touch or overlap into one, by start."""
    joined: list[Stretch] = []
    for start, end in sorted((min(one), max(one)) for one in stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return joined
