"""At the next start: sessions that were cut off are made whole and analysed."""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from app.coach.catalogue import adjusted, load_catalogue
from app.coach.curves import CurveCollector
from app.coach.report import build_report
from app.errors import AppError
from app.session.errors import Cancelled
from app.session.keeping import facts_limits, facts_senses, read_facts
from app.session.offline import analyse, analyse_in_child, replay
from app.session.remux import make_whole
from app.session.worker import Worker
from app.store.readings import read_readings
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report
    from app.coach.senses import Reading
    from app.session.offline import Analysis
    from app.store.files import SessionFiles
    from app.store.store import Store
    from app.store.types import SessionRecord

log = logging.getLogger(__name__)


class Recovery:
    """Recovers beside the open window, each file in a process of its own; can be stopped."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unfinished = store.unfinished()
        self._stopped = threading.Event()
        self._worker = Worker("rapport recovery", self._run)

    def start(self) -> None:
        """Start, where there is something to recover."""
        if self._unfinished:
            self._worker.start()

    def stop(self, timeout_s: float) -> None:
        """End soon; what was not recovered stays for the next start."""
        self._stopped.set()
        if not self._worker.join(timeout_s):
            log.error("The recovery of sessions did not end within %s s.", timeout_s)
        if self._worker.error is not None:
            log.error("The recovery of sessions failed.", exc_info=self._worker.error)

    def _run(self) -> None:
        try:
            recover_unfinished(
                self._store, cancelled=self._stopped.is_set, sessions=self._unfinished, child=True
            )
        except Cancelled:
            log.info("The recovery of sessions was stopped; the rest waits for the next start.")


def recover_unfinished(
    store: Store,
    catalogue: Catalogue | None = None,
    progress: Callable[[float], None] | None = None,
    *,
    cancelled: Callable[[], bool] | None = None,
    sessions: Sequence[SessionRecord] | None = None,
    child: bool = False,
) -> list[str]:
    """Make every session whole that a crash or a kill cut off; gives their ids.

    A session that cannot be recovered is finished without a report, so that what there is of it
    can be opened or deleted.

    Parameters
    ----------
    store, catalogue
        Where the sessions are, and the cue rules.
    progress, cancelled
        Told 0..1 over all sessions; asked whether to stop, which raises Cancelled.
    sessions
        The sessions to recover; all unfinished ones by default.
    child
        Whether to analyse in a process of its own: beside a window, whose own session must have
        the models for itself.
    """
    catalogue = catalogue or load_catalogue()
    cut_off = store.unfinished() if sessions is None else sessions
    recovered: list[str] = []
    for number, record in enumerate(cut_off):
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(number / len(cut_off))
        if _recover_one(store, record, catalogue, partial(_measured, child, cancelled)):
            recovered.append(record.id)
    return recovered


def _recover_one(
    store: Store, record: SessionRecord, catalogue: Catalogue, measure: Callable[..., Analysis]
) -> bool:
    """Recover one session; False where it is gone or keeps nothing."""
    duration_s, report = 0.0, None
    catalogue = _as_it_was(store, record, catalogue)
    try:
        duration_s, report = _recover(store, record, catalogue, measure)
    except AppError as error:
        log.info("Session %s has no report: %s", record.id, error)
    try:
        return store.finish_session(record.id, duration_s=duration_s, report=report) is not None
    except AppError as error:
        log.info("Session %s could not be finished: %s", record.id, error)
        return False


def _measured(
    child: bool,
    cancelled: Callable[[], bool] | None,
    path: Path,
    **options: Any,  # noqa: ANN401
) -> Analysis:
    run = analyse_in_child if child else analyse
    return run(path, cancelled=cancelled, **options)


def _recover(
    store: Store, record: SessionRecord, catalogue: Catalogue, measure: Callable[..., Analysis]
) -> tuple[float, Report | None]:
    """Use the best of what is left: the recording, the readings, the episodes."""
    files = store.files(record.id)
    try:
        if files.recording_part.exists():
            make_whole(files)
        if record.keep_policy is KeepPolicy.PICTURE_AND_SOUND and files.has_recording:
            analysis = measure(
                files.recording,
                catalogue=catalogue,
                own_normal=False,
                focus=record.focus,
                **_known(store, record),
            )
            return analysis.duration_s, analysis.report
    except AppError as error:
        log.info("The recording of session %s cannot be measured: %s", record.id, error)
    if record.keep_policy.keeps_readings:
        report = replay_saved(store, record, catalogue)
        if report is not None:
            return report.duration_s, report
    return _from_events(store, record, catalogue)


def _as_it_was(store: Store, record: SessionRecord, catalogue: Catalogue) -> Catalogue:
    """Put the cues where the person had moved them when the session was recorded."""
    return adjusted(catalogue, facts_limits(read_facts(store.files(record.id))))


def _saved_readings(files: SessionFiles) -> list[Reading]:
    try:
        return list(read_readings(files))
    except AppError as error:
        log.info("No readings are left of a session: %s", error)
        return []


def replay_saved(
    store: Store, record: SessionRecord, catalogue: Catalogue | None = None
) -> Report | None:
    """Make a session's report again from its saved readings and marks; None without readings.

    Parameters
    ----------
    store, record
        Where it is; of a session that was cut off, the last reading is its end.
    catalogue
        The cue rules; by default those that ship, where the person had moved them.
    """
    files = store.files(record.id)
    readings = _saved_readings(files)
    if not readings:
        return None
    if record.duration_s is None:
        duration_s = max(reading.t for reading in readings)
    else:
        duration_s = record.duration_s
    return replay(
        readings,
        duration_s=duration_s,
        catalogue=catalogue or _as_it_was(store, record, load_catalogue()),
        senses=facts_senses(read_facts(files)),
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
