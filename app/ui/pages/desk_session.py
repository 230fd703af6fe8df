"""The session that lies on the desk, and who sits at it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.coach.session_turns import customer_stretches
from app.coach.types import Lane, MarkKind
from app.coach.verdicts import DISAGREE, judged, verdict_marks
from app.ui.consenting import current_id
from app.ui.pages.report_session import PROGRAM, load_session
from app.ui.widgets.curves import ALL_CURVES
from app.ui.widgets.timeline_model import build_model, renew_pins

if TYPE_CHECKING:
    from app.coach.types import Mark
    from app.store.files import SessionFiles
    from app.store.types import SessionRecord
    from app.ui.pages.report_session import ShownSession
    from app.ui.services import Services
    from app.ui.widgets.timeline_model import TimelineModel
    from app.ui.widgets.timeline_pins import Known, Names


@dataclass(frozen=True, slots=True)
class DeskSession:
    """One session with everything that the desk needs of it."""

    shown: ShownSession
    """The session itself, with what holds of what people said."""
    files: SessionFiles
    """Where spoken comments and drafts lie."""
    author: str
    """Person id of who sits at the desk."""
    lane: Lane
    """TRAINER for a session that was shared with them, SELF for one of their own."""
    names: Names
    """Who is who."""
    practice_names: dict[str, str]
    """Name of each practice, by its id."""
    pins: Known = field(default_factory=dict)
    """What the timeline shows of each mark, kept from one time to the next."""

    @property
    def record(self) -> SessionRecord:
        """Title, day, policy."""
        return self.shown.record

    @property
    def owner(self) -> str:
        """Name of whoever was filmed; empty where that is who sits here."""
        return (self.record.owner_name or "") if self.record.received else ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What holds of what people said."""
        return self.shown.log.now

    @property
    def done(self) -> bool:
        """Whether whoever sits here has said that their review is done."""
        return any(
            mark.kind is MarkKind.REVIEW and mark.data.get("part") == "done" and self.is_mine(mark)
            for mark in self.marks
        )

    def is_mine(self, mark: Mark) -> bool:
        """Whether whoever sits here said it."""
        return mark.author == self.author and mark.lane is self.lane

    def name_of(self, mark: Mark) -> str:
        """Say whose a mark is."""
        return self.names.label(mark.author, mark.lane)

    def with_marks(self, marks: tuple[Mark, ...]) -> DeskSession:
        """Give it after something was said."""
        self.shown.log.now = marks
        return self

    def timeline(self, services: Services) -> TimelineModel | None:
        """Work out the timeline; None without a report."""
        report = self.shown.report
        if report is None:
            return None
        rules = services.catalogue.rules
        voice = report.baseline.voice if report.baseline else None
        practice = self.shown.practice
        return build_model(
            replace(report, findings=judged(report, self.marks).findings),
            self.marks,
            rules,
            checklist=self.shown.checklist,
            pace_normal=voice.pace_syl_s if voice else None,
            practices=practice.evidence if practice is not None else (),
            practice_names=self.practice_names,
            speakers=customer_stretches(self.marks, self.shown.scenario, report.duration_s),
            words=report.words or (),
            curves=ALL_CURVES,
            names=self.names,
            known=self.pins,
        )

    def renewed(self, model: TimelineModel, services: Services) -> TimelineModel:
        """Give a timeline after a comment or a marker, which is quick however much was marked."""
        return renew_pins(
            model,
            self.marks,
            services.catalogue.rules,
            checklist=self.shown.checklist,
            names=self.names,
            known=self.pins,
        )

    @property
    def verdict_ids(self) -> frozenset[str]:
        """Ids of what people said of the machine's marks; others mean another timeline."""
        return frozenset(mark.id for mark in self.marks if mark.kind is MarkKind.VERDICT)

    def differing(self) -> frozenset[str]:
        """Ids of what the filmed person and a trainer judged differently."""
        return frozenset(
            key
            for key, said in verdict_marks(self.marks).items()
            if len({mark.data.get("verdict") == DISAGREE for mark in said}) > 1
        )


def load_desk(services: Services, session_id: str) -> DeskSession:
    """Read a session for whoever uses the program now.

    Raises
    ------
    AppError
        Where it is gone, ended, or somebody else's.
    """
    store, library = services.store, services.library
    person_id = current_id(services)
    shown = load_session(
        store, session_id, library.checklists, library.scenario,
        person_id=person_id,
    )  # fmt: skip
    record = shown.record
    return DeskSession(
        shown=shown,
        files=store.files(session_id),
        author=person_id or PROGRAM,
        lane=Lane.TRAINER if record.received else Lane.SELF,
        names=shown.names,
        practice_names=library.names,
    )
