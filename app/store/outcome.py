"""What the list knows of a session, as it holds after what people said: their word outranks it.

The report in the session's folder stays as the machine made it; what the row in the database says
of it is worked out anew whenever the report or what was said of it changes.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.coach.types import MarkKind
from app.coach.verdicts import judged
from app.errors import AppError
from app.store import episodes
from app.store import log as said
from app.store.files import PRACTICES, REPORT
from app.store.tables import FactRow, MarkRow, SessionRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from app.coach.practice_types import Evidence
    from app.coach.report_types import Report
    from app.coach.types import Mark
    from app.store.access import Access
    from app.store.files import SessionFiles

JUDGED: Final = "verdicts_in_list"
"""Fact that stands once the rows of an older program say what holds."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    """What the machine made of a session, as it lies in its folder."""

    report: Report | None = None
    """Its episodes and findings; None where there is no report that can be read."""
    evidence: tuple[Evidence, ...] | None = None
    """What was found in the words; None where it was not read."""
    stamp: tuple[object, ...] = ()
    """Which files it was read from: measured again, a session has others."""


def made(files: SessionFiles, about: Iterable[Mark]) -> Made | None:
    """Read what these marks judge, before the transaction that enters them; None for nothing."""
    findings = {mark.data.get("finding", "") for mark in about if mark.kind is MarkKind.VERDICT}
    if not findings:
        return None
    stamp = files.stamp(REPORT, PRACTICES)
    report = _report(files)
    episodes = {event.id for event in report.events} if report is not None else set()
    return Made(report, _evidence(files) if findings - episodes else None, stamp)


def renewed(before: Made, files: SessionFiles, about: Iterable[Mark]) -> Made:
    """Give it as it is inside the transaction: a session may be measured again meanwhile."""
    if before.stamp == files.stamp(REPORT, PRACTICES):
        return before
    return made(files, about) or before


def note(db: Session, row: SessionRow, made: Made) -> None:
    """Note what holds of it, after all that was said."""
    marks = episodes.as_they_hold(db, row.id, said.read(db, row.id))
    if made.report is not None:
        findings = judged(made.report, marks).findings
        row.findings = json.dumps([finding.cue for finding in findings])
    if made.evidence is not None and row.practices is not None:
        note_practices(row, made.evidence, marks)


def note_practices(row: SessionRow, evidence: Sequence[Evidence], marks: Sequence[Mark]) -> None:
    """Note what the words of a session showed; they may be found again, by a better engine."""
    from app.coach.practice_report import counts  # noqa: PLC0415 - loads slowly
    from app.coach.practice_verdicts import standing  # noqa: PLC0415 - as above

    found = counts(standing(evidence, marks))
    row.practices = json.dumps({practice: list(times) for practice, times in sorted(found.items())})


def put_right(access: Access) -> None:
    """Do once what an older program did not: it noted what the machine had said, whoever judged."""
    with access.read() as db:
        if db.get(FactRow, JUDGED) is not None:
            return
        verdicts = MarkRow.kind == MarkKind.VERDICT.value
        ids = list(db.scalars(select(MarkRow.session_id).where(verdicts).distinct()))
    read = {one: Made(_report(files := access.files(one)), _evidence(files)) for one in ids}
    with access.write() as db:
        for session_id, one in read.items():
            row = db.get(SessionRow, session_id)
            if row is None or row.findings is None:
                continue
            try:
                note(db, row, one)
            except AppError as error:
                log.info("The list keeps what it knew of a session: %s", error)
        db.merge(FactRow(key=JUDGED, value="yes"))


def _report(files: SessionFiles) -> Report | None:
    try:
        return files.read_found()
    except AppError as error:
        log.info("The list keeps what it knew of a session: %s", error)
        return None


def _evidence(files: SessionFiles) -> tuple[Evidence, ...] | None:
    from app.store.practice_file import read_practices  # noqa: PLC0415 - loads slowly

    try:
        found = read_practices(files)
    except AppError as error:
        log.info("The list keeps what it knew of a session's words: %s", error)
        return None
    return None if found is None else found.evidence
