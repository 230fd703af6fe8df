"""The reviews of one session, read from the store in one go, and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.coach.review import reviews_of
from app.coach.review_words import review_sheet
from app.store.types import Origin
from app.ui.consenting import current_id
from app.ui.pages.report_session import load_session, names_of
from app.ui.texts import date_text, day_text, told

if TYPE_CHECKING:
    from datetime import datetime

    from app.coach.review_types import Review
    from app.coach.review_words import Sheet
    from app.store.files import SessionFiles
    from app.store.types import SessionRecord
    from app.ui.pages.report_session import ShownSession
    from app.ui.services import Services


@dataclass(frozen=True, slots=True)
class ShownFeedback:
    """A session with what trainers said about it."""

    session: ShownSession
    """The session itself."""
    reviews: tuple[Review, ...]
    """The newest first; empty where nobody wrote one."""
    files: SessionFiles
    """Where spoken comments lie."""
    cues: dict[str, str]
    """Id of a cue or a practice -> its name, translated."""

    @property
    def record(self) -> SessionRecord:
        """Title, day, policy."""
        return self.session.record

    @property
    def own(self) -> bool:
        """Whether it is the reader's own session, rather than one that was shared with them."""
        return self.record.origin is not Origin.RECEIVED

    def sheet(self, at: int, now: datetime, *, paper: bool = False) -> Sheet:
        """Put one of the reviews into words; on paper, which is read later, days have dates."""
        review, record = self.reviews[at], self.record
        return review_sheet(
            review,
            title=told(record.title) if record.sample else record.title or _nameless(),
            about=_about(record.started_at, review.at, now, paper=paper),
            cues=self.cues,
            checklist=self.session.checklist,
            tell=told,
        )

    def pictures_wanted(self, sheet: Sheet) -> dict[str, float]:
        """Tell when to take each moment's picture, seconds by id; none where none is kept."""
        if not self.record.keep_policy.keeps_picture:
            return {}
        return {moment.id: moment.start_s for moment in sheet.moments}


def load_feedback(services: Services, session_id: str) -> ShownFeedback:
    """Read a session and its reviews.

    Raises
    ------
    AppError
        Where it is gone or another profile's, or its report was changed.
    """
    store, library = services.store, services.library
    session = load_session(
        store, session_id, library.checklists, library.scenario,
        person_id=current_id(services),
    )  # fmt: skip
    cues = {rule.id: told(rule.name) for rule in services.catalogue.rules}
    cues |= {practice: told(name) for practice, name in library.names.items()}
    return ShownFeedback(
        session=session,
        reviews=reviews_of(
            session.log.now,
            session.report,
            names_of(store, session.record.person_id),
            said_at=store.said_at(session_id),
            checklist=session.checklist,
        ),
        files=store.files(session_id),
        cues=cues,
    )


def _about(recorded: datetime, written: datetime | None, now: datetime, *, paper: bool) -> str:
    def day_of(when: datetime) -> str:
        local = when.astimezone(now.tzinfo)
        return date_text(local) if paper else day_text(local, now)

    tr, day = QCoreApplication.translate, day_of(recorded)
    if written is None:
        return tr("Feedback", "Practised: {day}").format(day=day)
    text = tr("Feedback", "Practised: {day} · Written: {then}")
    return text.format(day=day, then=day_of(written))


def _nameless() -> str:
    return QCoreApplication.translate("Feedback", "A conversation")
