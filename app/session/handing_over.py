"""Hands a session over as one sealed file: gathers what goes with it, and nothing else.

A span is cut frame by frame: its picture is encoded anew from the first frame in it, its sound
is cut to the sample, and all times begin at 0. A whole session with its picture goes as it is.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Final

from app.coach.cutting import (
    Span,
    cut_marks,
    cut_phrases,
    cut_report,
    cut_turns,
    cut_words,
    span_of,
)
from app.errors import AppError
from app.session.errors import Cancelled
from app.session.handing_over_faults import told_of_share
from app.session.handing_over_figure import write_figure
from app.session.importing_film import write_recording
from app.store.files import RECORDING, SessionFiles
from app.store.handover import layout
from app.store.handover.door import new_share_id
from app.store.handover.merging import with_sounds
from app.store.handover.parts import Said, dump_marks, dump_shared
from app.store.handover.types import Content, Share, Shared
from app.store.practice_file import NAME as PRACTICES
from app.store.practice_file import read_practices, write_practices
from app.store.report_file import dump_report
from app.store.types import KeepPolicy
from app.store.words import NAME as WORDS
from app.store.words import read_words, write_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report
    from app.store.store import Store
    from app.store.types import SessionRecord

WORKSHOP: Final = "handing-over"
"""Folder inside the session's, where a span is cut; it goes with the session at the latest."""
CUTTING: Final = 0.8
"""Part of the work that cutting a recording is; the rest is sealing."""
SHORTEST_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class SharePlan:
    """What is to be handed over."""

    session_id: str
    """The session."""
    person_id: str
    """Its owner."""
    to_name: str
    """Whom it is for."""
    with_picture: bool
    """With the picture; otherwise voice and stick figure only."""
    start_s: float | None = None
    """Where the span begins, seconds; None for the whole session."""
    end_s: float | None = None
    """Where it ends, seconds; None for the whole session."""
    expires_at: dt.datetime | None = None
    """From when on it opens no more, UTC; None for the usual 30 days."""


def hand_over(
    store: Store,
    plan: SharePlan,
    target: Path,
    passphrase: str,
    *,
    catalogue: Catalogue,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Share:
    """Write one sealed file; may take as long as the span, and is done beside the screen.

    Parameters
    ----------
    target
        Where the file goes.
    passphrase
        Kept nowhere.
    catalogue
        The cue rules, by which a span's own findings are chosen.
    progress
        Told 0..1.
    cancelled
        Asked again and again; True stops it and leaves nothing.

    Raises
    ------
    AppError
        Where the session may not be handed over, or the disk refuses.
    Cancelled
        When `cancelled` said so.
    """
    store.handover.latest_end(plan.session_id, plan.person_id)
    record = store.session(plan.session_id)
    gathering = _Gathering(store, record, plan, _step(progress, cancelled))
    try:
        with told_of_share(gathering.shop, store.path.parent):
            contents = gathering.contents(catalogue)
        usual = store.handover.usual_end()
        share = Share(
            id=new_share_id(),
            person_id=plan.person_id,
            session_id=record.id,
            start_s=gathering.span.start_s,
            end_s=gathering.span.end_s,
            with_picture=gathering.policy.keeps_picture,
            to_name=plan.to_name,
            made_at=usual,  # set by the store when it is written
            expires_at=plan.expires_at or usual,
        )
        step = _step(progress, cancelled)
        return store.handover.share(
            share,
            contents,
            target,
            passphrase,
            lambda part: step(CUTTING + part * (1.0 - CUTTING)),
        )
    finally:
        gathering.close()


def what_may_go(record: SessionRecord, files: SessionFiles, *, with_picture: bool) -> KeepPolicy:
    """Tell what of a session goes with a share: never more than was kept of it."""
    if not files.has(RECORDING) or not record.keep_policy.keeps_sound:
        return KeepPolicy.REPORT_ONLY
    if with_picture and record.keep_policy.keeps_picture:
        return KeepPolicy.PICTURE_AND_SOUND
    return KeepPolicy.VOICE_AND_STICK


class _Gathering:
    """Collects what goes into one share."""

    def __init__(
        self, store: Store, record: SessionRecord, plan: SharePlan, step: Callable[[float], None]
    ) -> None:
        self._store = store
        self._record = record
        self._step = step
        self._files = store.files(record.id)
        self.shop = self._files.within(WORKSHOP)
        """Where what goes is prepared."""
        self._whole = plan.start_s is None and plan.end_s is None
        self.span = _span(plan, record.duration_s or 0.0)
        self.policy = what_may_go(record, self._files, with_picture=plan.with_picture)

    def close(self) -> None:
        """Delete what was cut out for it."""
        with suppress(AppError):
            self.shop.delete()

    def contents(self, catalogue: Catalogue) -> list[Content]:
        """Gather everything, small things first."""
        self.shop.delete()  # what a killed program left
        self.shop.make()
        marks, sounds = self._marks()
        found = [Content.of(layout.SESSION, dump_shared(self._shared())), marks]
        report = self._store.report(self._record.id)
        if report is not None:
            found.append(Content.of(layout.REPORT, dump_report(self._cut(report, catalogue))))
        found += self._words()
        found += sounds
        if self.policy is KeepPolicy.VOICE_AND_STICK:
            found += self._figure()
        if self.policy.keeps_sound:
            found.append(self._recording())
        return found

    def _shared(self) -> Shared:
        record = self._record
        return Shared(
            title=record.title,
            started_at=record.started_at,
            start_s=self.span.start_s,
            end_s=self.span.end_s,
            whole=self._whole,
            keep_policy=self.policy,
            focus=record.focus,
            checklist=record.checklist,
            scenario=record.scenario,
            role=record.role.value,
            app_version=record.app_version,
            rules_version=record.rules_version,
            model_version=record.model_version,
        )

    def _marks(self) -> tuple[Content, list[Content]]:
        """Give the owner's marks in the span, and the sounds of spoken ones."""
        at = self._store.said_at(self._record.id)
        marks = self._store.marks(self._record.id)
        cut = cut_marks(marks, self.span, self._store.events(self._record.id))
        said, sounds = with_sounds([Said(mark, at[mark.id]) for mark in cut], self._files)
        return Content.of(layout.MARKS, dump_marks(said)), sounds

    def _cut(self, report: Report, catalogue: Catalogue) -> Report:
        """Give the report of the span, without the own normal of the face, which nobody needs."""
        if report.baseline is not None:
            report = replace(report, baseline=replace(report.baseline, vision=None, notes=()))
        if self._whole:
            return report
        marks = cut_marks(self._store.marks(self._record.id), self.span, report.events)
        return cut_report(report, self.span, marks, catalogue, self._record.focus)

    def _words(self) -> list[Content]:
        """Give the words; what they show of the practices is found anew in those of a span."""
        saved = read_words(self._files) if self.policy.keeps_sound else None
        if saved is None:
            return []
        saved = replace(saved, heard=None)  # what an engine misheard is nobody else's
        if not self._whole:
            saved = replace(
                saved,
                words=cut_words(saved.words, self.span) or (),
                phrases=cut_phrases(saved.phrases, self.span),
                turns=cut_turns(saved.turns, self.span),
            )
        write_words(self.shop, saved)
        found = [_file(self.shop, WORDS, layout.WORDS)]
        practices = read_practices(self._files) if self._whole else None
        if practices is not None:
            write_practices(self.shop, practices)
            found.append(_file(self.shop, PRACTICES, layout.PRACTICES))
        return found

    def _figure(self) -> list[Content]:
        written = write_figure(self._files, self.shop, self.span, lambda: self._step(0.0))
        return [_file(self.shop, layout.READINGS, layout.READINGS)] if written else []

    def _recording(self) -> Content:
        picture = self.policy.keeps_picture
        if picture and self._whole:
            return _file(self._files, RECORDING, layout.RECORDING)
        write_recording(
            self._files.source(),
            self.shop,
            picture=picture,
            start_s=self.span.start_s,
            end_s=self.span.end_s,
            progress=lambda part: self._step(part * CUTTING),
        )
        if not self.shop.has(RECORDING):
            raise AppError(
                "There is no sound in this recording that could be handed over.",
                "Share it with the picture, or share only its report.",
            )
        return _file(self.shop, RECORDING, layout.RECORDING)


def _span(plan: SharePlan, duration_s: float) -> Span:
    start_s = max(0.0, plan.start_s or 0.0)
    end_s = min(duration_s, plan.end_s if plan.end_s is not None else duration_s)
    if end_s - start_s < min(SHORTEST_S, duration_s) or end_s <= start_s:
        raise AppError(
            "This span holds nothing that could be handed over.",
            "Choose a beginning and an end inside the session, a second apart at least.",
        )
    return span_of(start_s, end_s)


def _step(
    progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None
) -> Callable[[float], None]:
    def step(part: float) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(min(1.0, part))

    return step


def _file(files: SessionFiles, there: str, name: str) -> Content:
    """Give a file of a session's folder as it will be read."""

    def opened() -> IO[bytes]:
        return files.open_read(there)

    with opened() as file:
        size = file.seek(0, io.SEEK_END)
    return Content(name, size, opened)
