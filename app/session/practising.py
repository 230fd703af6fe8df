"""Looks through a session for practices, once its words are there; may run beside the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.coach.joins import load_halves
from app.coach.practice_report import fingerprint, practice_report
from app.coach.practice_types import Speaking
from app.coach.practice_verdicts import short
from app.store.practice_file import read_practices, write_practices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.practice_report import Find, PracticeReport
    from app.coach.report_types import Report
    from app.coach.scenario_types import Scenario
    from app.coach.types import Mark
    from app.store.store import Store
    from app.store.types import SessionRecord


def practices_of(
    record: SessionRecord,
    report: Report,
    marks: Sequence[Mark],
    *,
    scenario: Scenario | None,
    find: Find,
    store: Store | None,
) -> PracticeReport:
    """Give what the words of a session showed: as it is kept, or found now and then kept.

    Parameters
    ----------
    record, report, marks
        The session; the report holds its words.
    scenario
        What was practised; None for a free talk, or where its file is gone.
    find
        The practice finder.
    store
        Where it is kept; None for a session of which nothing is kept.
    """
    files = store.files(record.id) if store is not None and record.id else None
    kept = read_practices(files) if files is not None else None
    if kept is not None and kept.key == fingerprint(report, marks, scenario, record.role):
        return kept
    wordless = report.words is None and report.phrases is None
    if kept is not None and wordless and not record.keep_policy.keeps_readings:
        return kept  # the words are gone: it cannot be made again
    found = practice_report(
        report, marks, scenario=scenario, role=record.role, find=find, halves=load_halves()
    )
    if store is not None and files is not None and found.looked:
        store.session(record.id)  # it may have been deleted meanwhile: then nothing is kept
        whole = record.keep_policy.keeps_readings
        write_practices(files, found if whole else without_words(found))
        if _heard(found) or record.practices is not None:
            store.note_practices(record.id, found.evidence)
    return found


def _heard(found: PracticeReport) -> bool:
    """Whether the staff member was heard to say anything: silence keeps to no practice."""
    said = any(one.speaker is Speaking.STAFF and one.text.strip() for one in found.turns)
    return said or bool(found.evidence)


def without_words(found: PracticeReport) -> PracticeReport:
    """Leave of a talk what a session that keeps its report only may keep.

    That is which practice, when, and the short quote that speaks for it: a claim without it could
    not be looked at by anybody. What else was said goes, the customer's side with it.
    """
    return replace(
        found,
        turns=tuple(replace(turn, text="", words=()) for turn in found.turns),
        evidence=tuple(replace(one, words=short(one.words)) for one in found.evidence),
        joined=tuple(replace(one, words=short(one.words)) for one in found.joined),
    )
