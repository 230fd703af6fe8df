"""The report of a session of which nothing is kept: it lives as long as the page shows it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.coach import marks
from app.store.types import KeepPolicy, SessionRecord, SessionStatus
from app.ui.pages.report_log import MarkLog
from app.ui.pages.report_session import PROGRAM, ShownSession
from app.version import RULES_VERSION, VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.coach.report_types import Checklist, Report
    from app.coach.scenario_types import Scenario
    from app.coach.types import Mark
    from app.session.plan import LivePlan


class FleetingMarks:
    """What was said in a session and on its report, in memory only."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self._marks = list(marks)

    def append_marks(self, session_id: str, marks: Sequence[Mark]) -> list[Mark]:
        """Append to the log; gives the marks with their ids."""
        del session_id
        named = [mark if mark.id else replace(mark, id=str(uuid.uuid4())) for mark in marks]
        self._marks += named
        return named

    def marks(self, session_id: str, *, effective: bool = True) -> list[Mark]:
        """Give what holds after revisions and tombstones, by time; or else the whole log."""
        del session_id
        return marks.effective(self._marks) if effective else list(self._marks)


def fleeting_session(
    plan: LivePlan,
    report: Report,
    marks: Sequence[Mark],
    checklists: Sequence[Checklist],
    now: datetime,
    scenario: Scenario | None = None,
) -> ShownSession:
    """Make what the report page shows of a session that ended at `now` and is nowhere written."""
    record = SessionRecord(
        id="",
        person_id=None,
        consent_id=None,
        keep_policy=KeepPolicy.NOTHING,
        title=plan.title,
        started_at=now,
        duration_s=report.duration_s,
        status=SessionStatus.FINISHED,
        focus=plan.focus,
        checklist=plan.checklist or None,
        sample=plan.sample,
        findings=tuple(finding.cue for finding in report.findings),
        app_version=VERSION,
        rules_version=RULES_VERSION,
        model_version="",
        scenario=plan.scenario or None,
        role=plan.role,
    )
    return ShownSession(
        record=record,
        report=report,
        log=MarkLog(FleetingMarks(marks), "", PROGRAM),
        checklist=next((one for one in checklists if one.id == record.checklist), None),
        recording=Path(),
        scenario=scenario,
    )
