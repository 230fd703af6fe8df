"""Home: where one comes in, practises, and sees what was last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coach.progress import progress
from app.session.history import history_of
from app.ui.keys import KeyMap
from app.ui.own_sessions import own_sessions
from app.ui.style import Space
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
from app.ui.widgets.progress_card import ProgressCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.types import SessionRecord
    from app.ui.flow import Doors
    from app.ui.services import Services

RECENT: Final = 5
HOME_WIDTH: Final = 960


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
        self.keys = KeyMap(self)
        self.notice = Notice()
        self._greeting = label("", "page")
        self.practise = DoorCard(
            "practise",
            self.tr("Practise"),
            self.tr("A conversation in front of the camera, with one quiet hint at most."),
            main=True,
        )
        self.sessions = DoorCard("sessions", self.tr("Sessions"), "")
        self.practise.clicked.connect(self.practise_wanted)
        self.sessions.clicked.connect(self.sessions_wanted)
        self.keys.add("P", self.tr("Practise"), self.practise_wanted.emit, button=self.practise)
        self.keys.add("S", self.tr("Sessions"), self.sessions_wanted.emit, button=self.sessions)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._recent_card = card()
        self._recent_card.setLayout(self._recent)
        self._recent.setContentsMargins(Space.HAIR, Space.HAIR, Space.HAIR, Space.HAIR)
        self._recent_title = label(self.tr("Last time"), "section")
        self.progress = ProgressCard()
        self._lay_out()

    def _lay_out(self) -> None:
        doors = row(self.practise, self.sessions, space=Space.MEDIUM)
        doors.setStretch(0, 3)
        doors.setStretch(1, 2)
        promise = row(
            picture_label("privacy", "quiet"),
            label(
                self.tr(
                    "Everything stays on this machine. "
                    "Practise with colleagues; never film real customers."
                ),
                "quiet",
                wrap=True,
            ),
            space=Space.SMALL,
        )
        promise.setStretch(1, 1)
        content = column(
            self.notice,
            self._greeting,
            label(self.tr("Two minutes of practice, then one thing to try."), "lead-quiet"),
            Space.MEDIUM,
            doors,
            Space.LARGE,
            self._recent_title,
            Space.HAIR,
            self._recent_card,
            Space.SMALL,
            self.progress,
            None,
            promise,
        )
        outer = column(page_column(content, width=HOME_WIDTH))
        self.setLayout(outer)

    def forget(self) -> None:
        """Let go of everything of a person who is not here any more."""
        self.notice.hide()
        self._greeting.clear()
        clear(self._recent)
        self._shown = ()
        self.progress.hide()

    def outdated(self) -> bool:
        """Whether a report that was missing has been put together since."""
        return self._shown != pending(own_sessions(self._services)[:RECENT])

    def refresh(self) -> None:
        """Look at the clock, the name and the store."""
        settings = self._services.choices.now
        now = self._services.now()
        self._greeting.setText(greeting(now.hour, settings.person_name))
        records = own_sessions(self._services)
        self._shown = pending(records[:RECENT])
        clear(self._recent)
        self._say_count(len(records))
        self._say_progress()
        if not records:
            self._show_empty()
            return
        self._recent_title.setText(self.tr("Last time"))
        for at, record in enumerate(records[:RECENT]):
            if at:
                self._recent.addWidget(line())
            item = SessionRow(record, now)
            item.opened.connect(self.session_wanted)
            self._recent.addWidget(item)

    def _say_progress(self) -> None:
        """Tell the person of this screen, and nobody else, which of their rules is next."""
        services = self._services
        name = services.choices.now.person_name.casefold()
        person = next((p for p in services.store.persons() if p.name.casefold() == name), None)
        if person is None or services.library is None:
            self.progress.hide()
            return
        library = services.library
        history = history_of(services.store, person.id, services.lists, library.in_words)
        self.progress.show_progress(progress(history), library.names)

    def _say_count(self, count: int) -> None:
        if count == 0:
            words = self.tr("What you have practised, to look at again.")
        elif count == 1:
            words = self.tr("One session to look at again.")
        else:
            words = self.tr("{n} sessions to look at again.").format(n=count)
        self.sessions.say(words)

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
