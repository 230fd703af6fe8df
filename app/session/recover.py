"""At the next start: sessions that were cut off are made whole and analysed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from app.coach.catalogue import load_catalogue
from app.coach.curves import CurveCollector
from app.coach.report import build_report
from app.errors import AppError
from app.session.keeping import facts_senses, read_facts
from app.session.offline import analyse, replay
from app.session.remux import make_whole
from app.store.readings import read_readings
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.catalogue import Catalogue
    from app.coach.types import Report
    from app.session.pipeline import Reading
    from app.store.store import Store
    from app.store.types import SessionRecord

log = logging.getLogger(__name__)


def recover_unfinished(
    store: Store,
    catalogue: Catalogue | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[str]:
    """Make every session whole that a crash or a kill cut off; gives their ids.

    A session that cannot be recovered is finished without a report, so that what there is of it
    can be opened or deleted.
    """
    catalogue = catalogue or load_catalogue()
    cut_off = store.unfinished()
    recovered: list[str] = []
    for number, record in enumerate(cut_off):
        if progress is not None:
            progress(number / len(cut_off))
        duration_s, report = 0.0, None
        try:
            duration_s, report = _recover(store, record, catalogue)
        except AppError as error:
            log.info("Session %s has no report: %s", record.id, error)
        if store.finish_session(record.id, duration_s=duration_s, report=report) is not None:
            recovered.append(record.id)
    return recovered


def replay_session(store: Store, session_id: str, catalogue: Catalogue | None = None) -> Report:
    """Make the report of a finished session again from its saved readings and marks."""
    record = store.session(session_id)
    if record.duration_s is None:
        raise AppError("This session is not finished.", "Start Rapport again to make it whole.")
    readings = list(read_readings(store.files(session_id)))
    return _replay(store, record, readings, record.duration_s, catalogue or load_catalogue())


def _recover(
    store: Store, record: SessionRecord, catalogue: Catalogue
) -> tuple[float, Report | None]:
    files = store.files(record.id)
    if files.recording_part.exists():
        make_whole(files.recording_part, files.recording)
    if record.keep_policy is KeepPolicy.PICTURE_AND_SOUND and files.has_recording:
        analysis = analyse(
            files.recording,
            catalogue=catalogue,
            own_normal=False,
            focus=record.focus,
            **_known(store, record),
        )
        return analysis.duration_s, analysis.report
    if record.keep_policy.keeps_readings:
        readings = list(read_readings(files))
        duration_s = max((reading.t for reading in readings), default=0.0)
        return duration_s, _replay(store, record, readings, duration_s, catalogue)
    return _from_events(store, record, catalogue)


def _replay(
    store: Store,
    record: SessionRecord,
    readings: list[Reading],
    duration_s: float,
    catalogue: Catalogue,
) -> Report:
    return replay(
        readings,
        duration_s=duration_s,
        catalogue=catalogue,
        senses=facts_senses(read_facts(store.files(record.id))),
        focus=record.focus,
        **_known(store, record),
    )


def _known(store: Store, record: SessionRecord) -> dict[str, Any]:
    """Read what a session was held against and what was said in it."""
    files = store.files(record.id)
    return {
        "baseline": files.read_baseline(),
        "switched_off": frozenset(read_facts(files).get("switched_off", ())),
        "marks": store.marks(record.id),
    }


def _from_events(
    store: Store, record: SessionRecord, catalogue: Catalogue
) -> tuple[float, Report | None]:
    """All that is left of a session that keeps its report only: the episodes that had ended."""
    events, known = store.events(record.id), _known(store, record)
    moments = [event.end_s for event in events] + [mark.t for mark in known["marks"]]
    duration_s = max(moments, default=0.0)
    report = build_report(
        duration_s=duration_s,
        events=events,
        gaps=(),
        curves=CurveCollector().curves(),
        marks=known["marks"],
        catalogue=catalogue,
        switched_off=known["switched_off"],
        senses=facts_senses(read_facts(store.files(record.id))),
        focus=record.focus,
        baseline=known["baseline"],
    )
    return duration_s, report
