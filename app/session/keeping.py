"""What a live session keeps, as its policy allows: recording, readings, marks, episodes, report."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from app.coach.catalogue import limits_text
from app.coach.types import CueEvent, Mark, Sense
from app.errors import AppError
from app.session.journal import Journal
from app.session.recorder import Recorder
from app.store.files import FACTS
from app.store.readings import ReadingsWriter
from app.store.types import KeepPolicy
from app.store.versions import current_versions
from app.store.words import SavedWords, write_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.report_types import Report
    from app.coach.senses import Reading
    from app.session.plan import LivePlan
    from app.store.files import SessionFiles
    from app.store.store import Store
    from audio.types import AudioBlock
    from vision.types import Frame

__all__ = [
    "FACTS", "Keeping", "facts_limits", "facts_senses", "open_keeping", "read_facts",
]  # fmt: skip

log = logging.getLogger(__name__)

WORDS_DECLINED: Final = "words_declined"
"""Among the facts of an imported session: whether the person wanted no words of it."""


class Keeping:
    """Everything of one session that goes to disk. Built at the start, closed at the end."""

    def __init__(
        self,
        plan: LivePlan,
        senses: frozenset[Sense],
        store: Store,
        *,
        person_id: str | None,
        consent_id: str | None,
        on_fault: Callable[[AppError], None],
    ) -> None:
        self._store = store
        self._plan = plan
        record = store.begin_session(
            person_id=person_id,
            consent_id=consent_id,
            keep_policy=plan.keep,
            title=plan.title,
            focus=plan.focus,
            checklist=plan.checklist or None,
            scenario=plan.scenario or None,
            role=plan.role,
            sample=plan.sample,
            partner_consent_id=plan.partner_consent_id,
        )
        self.session_id = record.id
        """UUID of the session in the store."""
        files = store.files(record.id)
        try:
            files.write_atomic(FACTS, _facts(plan, senses))
            if plan.baseline is not None:
                files.write_baseline(plan.baseline)
            chunks = ReadingsWriter(files, _versions(plan)) if plan.keep.keeps_readings else None
        except AppError:
            # It never began: nothing of it may wait in the list for a recovery.
            with suppress(AppError):
                self.drop()
            raise
        self._journal = Journal(store, record.id, chunks, on_fault)
        self._journal.start()
        self._recorder = _recorder(files, plan.keep, senses, on_fault)
        if self._recorder is not None:
            self._recorder.start()

    @property
    def whole(self) -> bool:
        """Whether nothing is left in the making: else the next start makes it whole."""
        return self._recorder is None or self._recorder.whole

    @property
    def recorded(self) -> int:
        """How many pictures are in the recording."""
        return self._recorder.recorded if self._recorder is not None else 0

    @property
    def left_out(self) -> int:
        """How many pictures the recording lacks."""
        return self._recorder.left_out if self._recorder is not None else 0

    @property
    def recording_ended(self) -> bool:
        """Whether the recording ended early, because it could not be written."""
        return self._recorder is not None and self._recorder.fault is not None

    def offer(self, item: Frame | AudioBlock) -> None:
        """Record a picture or sound, where the policy allows it; never waits."""
        if self._recorder is not None:
            self._recorder.offer(item)

    def note(self, items: Sequence[Mark | CueEvent | Reading]) -> None:
        """Keep marks, episodes and readings, as the policy allows; never waits."""
        for item in items:
            self._journal.put(item)

    def close(self) -> list[BaseException]:
        """End both threads; gives what went wrong."""
        errors: list[BaseException] = []
        for part in (self._journal, self._recorder):
            try:
                if part is not None:
                    part.close()
            except Exception as error:  # noqa: BLE001 - carried to stop(); the other must close too
                errors.append(error)
        return errors

    def finish(self, duration_s: float, report: Report) -> None:
        """Enter the end and the report into the store."""
        speech, keep = self._plan.speech, self._plan.keep
        listened = report.words is not None or report.phrases is not None
        # First the end: it says where the session was deleted meanwhile, and then nothing is kept.
        self._store.finish_session(self.session_id, duration_s=duration_s, report=report)
        if listened and speech is not None and keep.keeps_readings:
            saved = SavedWords(report.words or (), speech.engine, False, report.phrases)
            write_words(self._store.files(self.session_id), saved)

    def drop(self) -> None:
        """Forget a session that never began to run."""
        self._store.delete_session(self.session_id)


def open_keeping(
    plan: LivePlan,
    senses: frozenset[Sense],
    store: Store | None,
    *,
    who: tuple[str | None, str | None],
    on_fault: Callable[[AppError], None],
) -> Keeping | None:
    """Begin to keep a session of this person under this consent; None where nothing is kept."""
    if store is None or plan.preview or plan.keep is KeepPolicy.NOTHING:
        return None
    person_id, consent_id = who
    return Keeping(
        plan, senses, store, person_id=person_id, consent_id=consent_id, on_fault=on_fault
    )


def read_facts(files: SessionFiles) -> dict[str, Any]:
    """Read what `Keeping` wrote at the start; empty where it was not kept."""
    if not files.has(FACTS):
        return {}
    try:
        facts = json.loads(files.read(FACTS))
    except ValueError:
        log.info("%s of a session cannot be read and is left out.", FACTS)
        return {}
    return facts if isinstance(facts, dict) else {}


def words_declined(files: SessionFiles) -> bool:
    """Tell whether the person said, when they imported it, that they want no words of it."""
    return bool(read_facts(files).get(WORDS_DECLINED))


def facts_senses(facts: dict[str, Any]) -> frozenset[Sense]:
    """Senses that the session was meant to have; both where nobody wrote it down."""
    named = facts.get("senses")
    return frozenset(Sense(name) for name in named) if named else frozenset(Sense)


def _facts(plan: LivePlan, senses: frozenset[Sense]) -> bytes:
    facts = {
        "senses": sorted(sense.value for sense in senses),
        "switched_off": sorted(plan.switched_off),
        "speaker": plan.speaker.value,
        "limits": dict(plan.limits),
    }
    return json.dumps(facts).encode()


def facts_limits(facts: dict[str, Any]) -> dict[str, float]:
    """Tell where the cues of a session began, where the person had moved them."""
    limits = facts.get("limits")
    return {str(cue): float(times) for cue, times in limits.items()} if limits else {}


def _versions(plan: LivePlan) -> dict[str, str]:
    """Versions as they stand with the readings, with the thresholds that the person moved."""
    moved = limits_text(plan.limits)
    return current_versions() | ({"limits": moved} if moved else {})


def _recorder(
    files: SessionFiles,
    keep: KeepPolicy,
    senses: frozenset[Sense],
    on_fault: Callable[[AppError], None],
) -> Recorder | None:
    picture = keep.keeps_picture and Sense.VISION in senses
    sound = keep.keeps_sound and Sense.VOICE in senses
    if not (picture or sound):
        return None
    return Recorder(files, picture=picture, sound=sound, on_fault=on_fault)
