"""A person's own sessions, newest first, as what progress is told from. For that person alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.coach.marks import effective, ratings
from app.coach.practice_report import AVOIDED
from app.coach.practice_types import Speaking
from app.coach.progress import Practised, counted, fade, steady_sessions
from app.coach.report import SHORT_S
from app.coach.types import MarkKind
from app.errors import AppError
from app.store.types import Origin, SessionStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.coach.report_types import Checklist
    from app.coach.types import Mark
    from app.store.store import Store
    from app.store.types import SessionRecord

MOST: Final = 12
"""Older sessions say nothing about how it is now."""
LEAST_SHARE: Final = 0.5
"""Part of a session in which a cue may be missing, as in the report's note on the focus."""

log = logging.getLogger(__name__)


def history_of(
    store: Store,
    person_id: str,
    checklists: Sequence[Checklist],
    findable: Collection[str],
) -> tuple[Practised, ...]:
    """Look at a person's newest sessions; samples and those with swapped roles do not count.

    Parameters
    ----------
    store, person_id, checklists
        Where they are, whose, and what was wanted in them.
    findable
        Practices that words can show. Of the others only those count that the person spoke of:
        what nobody looked for is not missing.
    """
    by_id = {one.id: one for one in checklists}
    return tuple(
        _whole(store, record, by_id.get(record.checklist or ""), findable)
        for record in own_sessions(store, person_id)[:MOST]
    )


def rarer(store: Store, person_id: str | None, cue: str | None) -> float | None:
    """Tell how much rarer the hint for a cue is shown, from the sessions that had it as focus.

    Returns
    -------
    float or None
        As `app.coach.progress.fade` gives it; 1 for nobody and for no cue.
    """
    if person_id is None or cue is None:
        return 1.0
    focused = [record for record in own_sessions(store, person_id) if record.focus == cue]
    history = (_of_cue(store, record, cue) for record in focused[:MOST])
    return fade(steady_sessions(history, cue))


def own_sessions(store: Store, person_id: str) -> list[SessionRecord]:
    """List the sessions that say something of how a person practises, newest first."""
    return [
        record
        for record in store.sessions(person_id=person_id)
        if record.origin is not Origin.RECEIVED
        and record.status is SessionStatus.FINISHED
        and record.findings is not None
        and record.role is Speaking.STAFF
        and not record.sample
    ]


def _of_cue(store: Store, record: SessionRecord, cue: str) -> Practised:
    """Look at one session for one cue: what was not measured was not kept to either."""
    seen = _practised(record, (), None, ())
    if cue in seen.cues or _measured(store, record, cue):
        return seen
    return replace(seen, unmeasured=frozenset({cue}))


def _whole(
    store: Store, record: SessionRecord, checklist: Checklist | None, findable: Collection[str]
) -> Practised:
    return _practised(record, store.marks(record.id), checklist, findable)


def _measured(store: Store, record: SessionRecord, cue: str) -> bool:
    """Whether a session was long enough, and the cue measured for at least half of it."""
    try:
        report = store.report(record.id)
    except AppError as error:
        log.info("The report of session %s says nothing about hints: %s", record.id, error)
        return False
    if report is None or report.duration_s < SHORT_S:
        return False
    missed_s = sum(row.seconds for row in report.not_measured if row.cue == cue)
    return missed_s < LEAST_SHARE * report.duration_s


def _practised(
    record: SessionRecord,
    marks: Sequence[Mark],
    checklist: Checklist | None,
    findable: Collection[str],
) -> Practised:
    """Put together what was found and what the person said, who outranks it both ways."""
    done, wrong = counted(record.practices)
    said = _said(marks)
    items = checklist.items if checklist is not None else ()
    yes = {item.practice for item in items if said.get(item.id) is True}
    no = {item.practice for item in items if said.get(item.id) is False}
    looked = record.practices is not None
    kept = AVOIDED - wrong if looked else frozenset()
    wanted = dict.fromkeys(
        item.practice for item in items if item.id in said or (looked and item.practice in findable)
    )
    return Practised(
        wanted=tuple(wanted),
        done=frozenset(((done | kept) - no) | yes),
        wrong=frozenset(wrong - yes),
        looked=looked or bool(said),
        cues=frozenset(record.findings or ()),
    )


def _said(marks: Sequence[Mark]) -> dict[str, bool]:
    """Item to whether the person says that it was done: a tick counts before a rating."""
    said = {
        item: value == "yes"
        for item, value in ratings(marks).items()
        if item and value in {"yes", "no"}
    }
    for mark in effective(marks):
        if mark.kind is MarkKind.TICK:
            said[mark.data.get("item", "")] = mark.data.get("on", "true") == "true"
    return said
