"""Home: where one comes in, practises, and sees what was last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coach.progress import progress
from app.coach.review import review_of
from app.session.history import history_of
from app.store.types import PersonRole
from app.ui.consenting import current_person
from app.ui.first_steps import done_steps, next_step, step_names
from app.ui.keys import KeyMap, show_keys
from app.ui.own_sessions import own_sessions
from app.ui.pages.home_words import review_words
from app.ui.style import COLUMN_PX, Space
from app.ui.texts import greeting
from app.ui.widgets.cards import DoorCard, SessionRow
from app.ui.widgets.controls import (
    button,
    card,
    clear,
    column,
    label,
    line,
    page_column,
    picture_label,
    row,
)
from app.ui.widgets.notice import Notice
from app.ui.widgets.progress_card import NextStepCard, ProgressCard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.store.types import SessionRecord
    from app.ui.flow import Doors
    from app.ui.services import Services

RECENT: Final = 5


def pending(records: Sequence[SessionRecord]) -> tuple[str, ...]:
    """Ids of the sessions whose report is still being put together."""
    return tuple(record.id for record in records if record.findings is None)


class HomePage(QWidget):
    """A greeting, the doors, the last sessions."""

    practise_wanted = Signal()
    sessions_wanted = Signal()
    session_wanted = Signal(str)

    def __init__(self, services: Services, doors: Doors | None = None) -> None:
        super().__init__()
        self._services = services
        self._doors = doors
        self.setObjectName("page")
        self._shown: tuple[str, ...] = ()
        self._step_cue = ""
        self.keys = KeyMap(self)
        self.notice = Notice()
        self._greeting = label("", "page")
        self.who = button("", kind="quiet", icon="customer")
        self.who.clicked.connect(lambda: self._go("who"))
        self.practise = DoorCard(
            "practise", self.tr("Practise"), self.tr("A conversation in front of the camera.")
        )
        self.check = DoorCard(
            "check", self.tr("Self-check"), self.tr("90 seconds before the shift, no score.")
        )
        self.sessions = DoorCard("review", self.tr("Review"), "")
        self.practise.clicked.connect(self.practise_wanted)
        self.check.clicked.connect(lambda: self._go("check"))
        self.sessions.clicked.connect(self._on_review)
        self.keys.add("P", self.tr("Practise"), self.practise_wanted.emit, button=self.practise)
        self.keys.add("C", self.tr("Self-check"), self.check.click, button=self.check)
        self.keys.add("R", self.tr("Review"), self.sessions.click, button=self.sessions)
        self.keys.add("S", self.tr("Sessions"), self.sessions_wanted.emit)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._recent_card = card()
        self._recent_card.setLayout(self._recent)
        self._recent.setContentsMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
        self._recent_title = label(self.tr("Last time"), "section")
        self.step = NextStepCard()
        self.step.practise_wanted.connect(self._on_step)
        self.first = NextStepCard(self.tr("First steps"), self.tr("Go on"))
        self.first.practise_wanted.connect(lambda: self._go("first"))
        self.progress = ProgressCard()
        self._left_at = ""
        self._waiting: SessionRecord | None = None
        self._step_of: SessionRecord | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        self._doors_row = row(space=Space.MEDIUM)
        promise = row(
            picture_label("privacy", "quiet"),
            label(
                self.tr(
                    "Everything stays on this computer. "
                    "Practise with colleagues; never film real customers."
                ),
                "quiet",
                wrap=True,
            ),
            space=Space.SMALL,
        )
        promise.setStretch(1, 1)
        self._lead = label("", "lead-quiet", wrap=True)
        head = row(self._greeting, None, self.who)
        content = column(
            self.notice,
            head,
            self._lead,
            self.first,
            Space.MEDIUM,
            self._doors_row,
            Space.LARGE,
            self._recent_title,
            Space.HAIR,
            self._recent_card,
            Space.SMALL,
            self.step,
            self.progress,
            None,
            promise,
        )
        outer = column(page_column(content, width=COLUMN_PX))
        self.setLayout(outer)
        self._show_doors(trainer=False)
        # Whoever comes by Tab, or from a page that is gone, comes to the doors first.
        QWidget.setTabOrder(self.practise, self.check)
        QWidget.setTabOrder(self.check, self.sessions)
        QWidget.setTabOrder(self.sessions, self.who)

    def _go(self, page: str) -> None:
        if self._doors is not None:
            self._doors.page_wanted.emit(page)

    def _show_doors(self, *, trainer: bool) -> None:
        """Put the door first that this person came for."""
        doors = [self.practise, self.check, self.sessions]
        if trainer:
            doors = [self.sessions, self.practise, self.check]
        while self._doors_row.takeAt(0) is not None:
            pass
        for at, door in enumerate(doors):
            door.set_main(main=at == 0)
            self._doors_row.addWidget(door, 4 if at == 0 else 3)
        self.check.setVisible(self._doors is not None)

    def forget(self) -> None:
        """Let go of everything of a person who is not here any more."""
        self.notice.hide()
        self._greeting.clear()
        clear(self._recent)
        self._shown = ()
        self.progress.hide()
        self.step.hide()
        self.first.hide()
        self.who.hide()
        self._waiting = self._step_of = None

    def outdated(self) -> bool:
        """Whether a report that was missing has been put together since."""
        return self._shown != pending(own_sessions(self._services)[:RECENT])

    def refresh(self) -> None:
        """Look at the clock, the person and the store."""
        settings = self._services.choices.now
        now = self._services.now()
        person = current_person(self._services)
        trainer = person is not None and person.role is PersonRole.TRAINER
        self._greeting.setText(greeting(now.hour, settings.person_name))
        self._say_who(settings.person_name)
        records = own_sessions(self._services)
        reviewed = self._services.store.reviewed()
        self._shown = pending(records[:RECENT])
        waiting = [one for one in records if one.received and one.id not in reviewed]
        self._waiting = waiting[-1] if waiting else None
        self._show_doors(trainer=trainer)
        self.sessions.say(review_words(records, waiting, reviewed))
        self._say_step(records, reviewed)
        self._say_first()
        self._say_progress()
        if trainer:
            self._lead.setText(self.tr("One moment shown well is worth ten told."))
        else:
            self._lead.setText(self.tr("Two minutes of practice, then one thing to try."))
        # What waits for a trainer stands first; for everybody else what was last.
        shown = (waiting + [one for one in records if one not in waiting]) if trainer else records
        self._show_recent(shown[:RECENT], now, reviewed, shared=trainer and bool(waiting))

    def _show_recent(
        self,
        records: Sequence[SessionRecord],
        now: datetime,
        reviewed: frozenset[str],
        *,
        shared: bool,
    ) -> None:
        clear(self._recent)
        if not records:
            self._show_empty()
            return
        self._recent_title.setText(
            self.tr("Shared with you, and last time") if shared else self.tr("Last time")
        )
        for at, record in enumerate(records):
            if at:
                self._recent.addWidget(line())
            item = SessionRow(record, now, reviewed=record.id in reviewed)
            item.opened.connect(lambda _, one=record: self._open(one))
            if record.id == self._left_at:
                QTimer.singleShot(0, item.card, item.card.setFocus)
            self._recent.addWidget(item)
        self._left_at = ""

    def _say_who(self, name: str) -> None:
        words = (
            self.tr("Not {name}?").format(name=name.split(maxsplit=1)[0]) if name.split() else ""
        )
        self.who.setText(words)
        self.who.setAccessibleName(words)
        show_keys(self.who, self.tr("Change person"), "Ctrl+0")
        self.who.setVisible(bool(words) and self._doors is not None)

    def _say_step(self, records: Sequence[SessionRecord], reviewed: frozenset[str]) -> None:
        """Show the newest step that a trainer named; their word goes before the machine's."""
        store = self._services.store
        mine = [one for one in records if one.id in reviewed and not one.received]
        self._step_of = None
        self.step.hide()
        for record in mine[:RECENT]:
            review = review_of(store.marks(record.id), None, {})
            if review is not None and review.next_step is not None and review.next_step.text:
                self._step_of, self._step_cue = record, review.next_step.cue
                self.step.show_step(review.next_step.text)
                return

    def _say_first(self) -> None:
        """Offer to go on with the first steps, where they were left in the middle or at once."""
        begun = self._services.choices.now.first_steps or not done_steps(self._services)
        step = next_step(self._services) if begun else None
        self.first.hide()
        if step is not None and self._doors is not None:
            self.first.show_step(step_names()[step])

    def _on_step(self) -> None:
        if self._step_of is not None and self._doors is not None:
            self._doors.rehearse_wanted.emit(self._step_of, self._step_cue)

    def _on_review(self) -> None:
        if self._waiting is not None:
            self._open(self._waiting)
        else:
            self.sessions_wanted.emit()

    def _open(self, record: SessionRecord) -> None:
        """Open what was shared at the desk, where it is reviewed; one's own as a report."""
        self._left_at = record.id
        if record.received and self._doors is not None:
            self._doors.desk_wanted.emit(record.id, 0.0)
        else:
            self.session_wanted.emit(record.id)

    def _say_progress(self) -> None:
        """Tell the person of this screen, and nobody else, which of their rules is next."""
        services = self._services
        name = services.choices.now.person_name.casefold()
        person = next((p for p in services.store.persons() if p.name.casefold() == name), None)
        if person is None:
            self.progress.hide()
            return
        library = services.library
        history = history_of(services.store, person.id, library.checklists, library.in_words)
        self.progress.show_progress(progress(history), library.names, next_too=self.step.isHidden())

    def _show_empty(self) -> None:
        self._recent_title.setText(self.tr("Your practice"))
        start = button(self.tr("Practise for two minutes"), icon="start")
        start.clicked.connect(self.practise_wanted)
        words = column(
            label(self.tr("Your first session will be here"), "lead-strong"),
            label(
                self.tr("With its moments to replay, and what you did well."), "quiet", wrap=True
            ),
            space=Space.HAIR,
        )
        line_of_it = row(words, start, space=Space.MEDIUM)
        line_of_it.setStretch(0, 1)
        line_of_it.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self._recent.addLayout(line_of_it)
