"""The session that a report shows, read from the store in one go."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.coach.catalogue import known_cues, limits_text
from app.coach.joins import load_halves, met
from app.coach.practice_report import moments, rejoined
from app.coach.practice_verdicts import evidence_id
from app.coach.relink import adrift
from app.coach.review import episode_of
from app.coach.session_turns import customer_stretches
from app.coach.types import Lane
from app.coach.verdicts import judged
from app.errors import AppError
from app.session.keeping import facts_limits, read_facts
from app.store.types import KeepPolicy
from app.store.words import read_words
from app.ui.pages.report_export import Export
from app.ui.pages.report_log import MarkLog
from app.ui.widgets.timeline_model import TimelineModel, build_model
from app.ui.widgets.timeline_pins import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.coach.joins import Joined
    from app.coach.practice_report import PracticeReport
    from app.coach.report_types import Checklist, Report
    from app.coach.scenario_types import Scenario
    from app.coach.types import Mark
    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.store.words import SavedWords

log = logging.getLogger(__name__)

THUMB_AFTER_S: Final = 0.6
"""A moment's picture is taken a little after it began, when it is well under way."""
NOBODY: Final = Names()
PROGRAM: Final = "rapport"
"""Author of marks in a session that is nobody's, such as the sample."""


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A kept session with everything that the page needs of it."""

    record: SessionRecord
    """Title, day, policy."""
    report: Report | None
    """None where it was never analysed to the end, or where its folder is gone."""
    log: MarkLog
    """What people said."""
    checklist: Checklist | None
    """The checklist that lay beside it."""
    recording: Path
    """Where the recording is, if it is there."""
    scenario: Scenario | None = None
    """What was practised; None for a free talk, or where its file is gone."""
    practice: PracticeReport | None = None
    """What was found in the words; None until it has been looked for."""
    limits: str = ""
    """Cues that the person had moved, as they stand among the versions; empty for none."""
    names: Names = NOBODY
    """Who is who among the authors of marks."""

    @property
    def length_s(self) -> float:
        """How long it was, seconds."""
        return self.report.duration_s if self.report else self.record.duration_s or 0.0

    @property
    def lost(self) -> bool:
        """Whether there was a report, and somebody deleted the session's folder by hand."""
        return self.kept and self.report is None and self.record.findings is not None

    @property
    def kept(self) -> bool:
        """Whether anything of it is kept; else it is only in memory."""
        return self.record.keep_policy is not KeepPolicy.NOTHING

    @property
    def recording_kept(self) -> bool:
        """Whether a recording was to be kept; it may have gone since."""
        policy = self.record.keep_policy
        return policy.keeps_picture or policy.keeps_sound

    @property
    def told(self) -> Report | None:
        """The report as the page tells it: moments of words and body together come first."""
        if self.report is None:
            return None
        report = judged(self.report, self.log.now, keep_rejected=True)
        return replace(report, findings=moments(report, self._rejoined))

    @property
    def _rejoined(self) -> PracticeReport | None:
        """What was found in the words, joined with what holds after what people said."""
        if self.report is None or self.practice is None:
            return self.practice
        return rejoined(self.practice, self.report, self.log.now, load_halves())

    @property
    def adrift(self) -> tuple[Mark, ...]:
        """What people said of moments that were not found when it was measured again, by time."""
        if self.report is None:
            return ()
        known = {event.id for event in self.report.events} | self.joined.keys()
        known |= {finding.id for finding in self.report.findings}
        if self.practice is not None:
            known |= {evidence_id(one) for one in self.practice.evidence}
        lost = adrift(self.log.now, known)
        if not lost:
            return ()
        if self.practice is not None and self.practice.looked:
            # A moment of words and body goes where people reject one of the two: it was found.
            found = met(self.practice.evidence, self.report.events)
            return tuple(mark for mark in lost if mark.data.get("finding", "") not in found)
        # Nobody has looked through the words yet: only what was seen and heard can be missed.
        cues = known_cues()
        return tuple(mark for mark in lost if episode_of(mark.data.get("finding", ""))[0] in cues)

    @property
    def joined(self) -> dict[str, Joined]:
        """Moments of words and body together, by the id of their finding."""
        practice = self._rejoined
        return {one.id: one for one in practice.joined} if practice else {}

    def timeline(
        self, catalogue: Catalogue, practice_names: Mapping[str, str]
    ) -> TimelineModel | None:
        """Work out the timeline; None without a report."""
        report = self.told
        if report is None:
            return None
        voice = report.baseline.voice if report.baseline else None
        return build_model(
            report,
            self.log.now,
            catalogue.rules,
            checklist=self.checklist,
            pace_normal=voice.pace_syl_s if voice else None,
            practices=self.practice.evidence if self.practice is not None else (),
            practice_names=practice_names,
            speakers=customer_stretches(self.log.now, self.scenario, report.duration_s),
            names=self.names,
        )

    def moments(self) -> dict[str, float]:
        """Tell when to take each finding's picture, seconds by id."""
        report = self.told
        if report is None or not self.record.keep_policy.keeps_picture:
            return {}
        return {
            finding.id: finding.start_s + min(THUMB_AFTER_S, (finding.end_s - finding.start_s) / 2)
            for finding in report.findings
        }

    def export(self, catalogue: Catalogue) -> Export | None:
        """Gather what an export needs; None without a report, and of what somebody shared."""
        if self.report is None or self.record.received:
            return None
        record = self.record
        versions = {
            "app": record.app_version,
            "rules": record.rules_version,
            "models": record.model_version,
            "limits": self.limits,
        }
        return Export(
            report=self.report,
            marks=self.log.now,
            catalogue=catalogue,
            title=record.title,
            sample=record.sample,
            video=self.recording if self.recording.is_file() else None,
            versions={name: value for name, value in versions.items() if value},
            checklist=self.checklist,
            practice=self.practice,
        )


def load_session(
    store: Store,
    session_id: str,
    checklists: Sequence[Checklist],
    scenario_of: Callable[[str], Scenario | None] | None = None,
    heard: Report | None = None,
    *,
    person_id: str | None,
) -> ShownSession:
    """Read a session for whoever uses the program; `scenario_of` finds what was practised.

    Of a session that has just ended and keeps no words, `heard` still has them.

    Raises
    ------
    AppError
        Where it is gone or another profile's, or its report was changed.
    """
    record = store.session_of(session_id, person_id)
    report = store.report(session_id)
    if report is not None:
        saved = _words(store, session_id)
        report = report if saved is None else saved.put_in(report)
        if saved is None and heard is not None and not record.keep_policy.keeps_readings:
            report = replace(report, words=heard.words, phrases=heard.phrases)
    said = MarkLog(store, session_id, record.person_id or PROGRAM)
    return ShownSession(
        record=record,
        report=report,
        log=said,
        checklist=next((one for one in checklists if one.id == record.checklist), None),
        recording=store.files(session_id).recording,
        scenario=scenario_of(record.scenario) if scenario_of and record.scenario else None,
        limits=limits_text(facts_limits(read_facts(store.files(session_id)))),
        names=names_in(store, record, said.now, person_id or PROGRAM),
    )


def names_of(store: Store, person_id: str | None) -> dict[str, str]:
    """Name of everybody who may have written a mark: the profiles here, and a person's contacts."""
    names = {person.id: person.name for person in store.persons() if person.name}
    known = store.handover.contacts(person_id) if person_id is not None else ()
    return {contact.author: contact.name for contact in known} | names


def names_in(store: Store, record: SessionRecord, marks: Sequence[Mark], me: str) -> Names:
    """Tell who is who among the authors of a session's marks, for whoever sits here."""
    others = names_of(store, record.person_id)
    if record.received:
        owners = {mark.author for mark in marks if mark.lane is Lane.SELF}
        others |= dict.fromkeys(owners, record.owner_name or "")
    return Names(me, {key: name for key, name in others.items() if name})


def _words(store: Store, session_id: str) -> SavedWords | None:
    """Read the words; without them, or where they are broken, the report is shown all the same."""
    try:
        return read_words(store.files(session_id))
    except AppError as error:
        log.info("The words of session %s are left out: %s", session_id, error)
        return None
