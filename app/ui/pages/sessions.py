"""Sessions: find one, open it, do something with it, delete it; videos come in here too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.errors import AppError
from app.store.types import Origin
from app.ui.forms.wrap import WrapLayout
from app.ui.keys import KeyMap, show_keys
from app.ui.own_sessions import own_sessions
from app.ui.pages.home import pending
from app.ui.pages.session_acts import DOORS, act_words
from app.ui.pages.session_goes import goes_words
from app.ui.pages.session_naming import SessionNaming
from app.ui.receipts import deleted_words
from app.ui.style import COLUMN_PX, Space
from app.ui.widgets.cards import ACT_KEYS, offered_acts
from app.ui.widgets.controls import (
    button,
    card,
    clear,
    column,
    label,
    page_column,
    picture_label,
    row,
)
from app.ui.widgets.import_line import ImportLine
from app.ui.widgets.notice import Notice, Question
from app.ui.widgets.session_list import SessionList

if TYPE_CHECKING:
    from app.store.types import SessionRecord
    from app.ui.flow import Doors
    from app.ui.services import Services
    from app.ui.widgets.cards import SessionRow

SEARCH_MS = 150
SIGN_PX = 48


class SessionsPage(QWidget):
    """A list that can be searched; deleting asks once, in the page."""

    session_wanted = Signal(str)
    practise_wanted = Signal()

    def __init__(self, services: Services, doors: Doors | None = None) -> None:
        super().__init__()
        self._services = services
        self._doors = doors
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search in titles, dates and notes"))
        self.search.setAccessibleName(self.tr("Search sessions"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(360)
        self._due = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._due.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._due.start)
        self.filter = self._make_filter()
        self.list = SessionList(services.now())
        self.list.opened.connect(self.session_wanted)
        self.list.delete_wanted.connect(self._ask)
        self.list.act_wanted.connect(self._act)
        self.naming = SessionNaming(services, self.list)
        self.naming.done.connect(self._on_named)
        self._empty = QVBoxLayout()
        self._card = card()
        self._practise = button(self.tr("Practise"), kind="primary", icon="start")
        self._practise.clicked.connect(self.practise_wanted)
        show_keys(self._practise, self.tr("Practise"), "Ctrl+2")
        self.take_in = button(self.tr("Import videos"), icon="ph.film-strip")
        self.library = button(self.tr("Best and worst cases"), icon="ph.books")
        self.open_file = button(self.tr("Open a shared file"), icon="ph.folder-open")
        self.importing = ImportLine(services)
        self._lay_out()
        self._bind_keys()

    def _make_filter(self) -> QComboBox:
        made = QComboBox()
        for words, wanted in (
            (self.tr("All sessions"), None),
            (self.tr("Mine"), Origin.RECORDED),
            (self.tr("Imported"), Origin.IMPORTED),
            (self.tr("Shared with me"), Origin.RECEIVED),
        ):
            made.addItem(words, wanted)
        made.setAccessibleName(self.tr("Which sessions"))
        made.currentIndexChanged.connect(lambda _: self.refresh())
        return made

    def _lay_out(self) -> None:
        doors = WrapLayout(Space.SMALL)
        for one in (self.open_file, self.library, self.take_in, self._practise):
            doors.addWidget(one)
        head = row(label(self.tr("Sessions"), "page"), None, doors)
        find = row(self.search, self.filter, None, space=Space.SNUG)
        find.setStretch(0, 1)
        self._card.setLayout(column(self.list, self._empty, space=0, margin=Space.HAIR))
        content = column(
            head,
            label(self.tr("What you have practised, newest first."), "lead-quiet"),
            self.importing,
            Space.SMALL,
            find,
            self.notice,
            self.naming.notice,
            Space.HAIR,
            self._card,
            None,
        )
        self.setLayout(column(page_column(content, width=COLUMN_PX)))

    def _bind_keys(self) -> None:
        doors, keys = self._doors, self.keys
        keys.add("Ctrl+F", self.tr("Search"), self._to_search)
        keys.add("Down", self.tr("Next session"), lambda: self._step(1))
        keys.add("Up", self.tr("Session before"), lambda: self._step(-1))
        keys.note(self.tr("Enter"), self.tr("Open the session"))
        keys.note(self.tr("Del"), self.tr("Delete the session"))
        keys.add("Ctrl+Z", self.tr("Undo the last renaming"), self.naming.undo)
        if doors is None:
            for one in (self.take_in, self.library, self.open_file):
                one.hide()
            return
        for one, pressed, go in (
            (self.take_in, "Ctrl+I", lambda: doors.page_wanted.emit("imports")),
            (self.library, "Ctrl+B", lambda: doors.library_wanted.emit("sessions")),
            (self.open_file, "Ctrl+O", lambda: doors.open_file_wanted.emit("")),
        ):
            one.clicked.connect(go)
            keys.add(pressed, one.accessibleName(), go, button=one)
        self.importing.wanted.connect(lambda: doors.page_wanted.emit("imports"))
        words = act_words()
        for act, pressed in ACT_KEYS.items():
            keys.add(pressed, words[act], partial(self._act_on_focused, act))

    # What is shown

    @property
    def _rows(self) -> list[SessionRow]:
        return self.list.rows

    def outdated(self) -> bool:
        """Whether a report that was missing has been put together since, or a video came in."""
        self.importing.look()
        if self.list.asking:
            return False
        if self.importing.take_finished():
            return True
        missing = pending(self.list.records)
        # Without one that is missing nothing is asked: 2,000 sessions take their time to read.
        return bool(missing) and pending(self._wanted()) != missing

    def enter(self) -> None:
        """Come to the front, at the row from which one left."""
        self.notice.hide()
        self.naming.forget()
        self.refresh()
        self.list.come_back()

    def refresh(self) -> None:
        """Look at the store again."""
        doors, wanted = self._doors, self.search.text().strip()
        if doors is not None:
            self.open_file.setVisible(doors.serves("open_file_wanted"))
        self.importing.look()
        self.importing.take_finished()
        records, store = self._wanted(), self._services.store
        self.list.show_records(
            records, self._services.now(), reviewed=store.reviewed(), acts=self._acts()
        )
        self.list.setVisible(bool(records))
        clear(self._empty)
        if not records:
            self._empty.addLayout(self._nothing(wanted))
        narrowed = bool(wanted) or self.filter.currentIndex() > 0
        self.search.setEnabled(bool(records) or narrowed)
        self.filter.setEnabled(self.search.isEnabled())

    def _wanted(self) -> list[SessionRecord]:
        records = own_sessions(self._services, self.search.text().strip())
        origin = self.filter.currentData()
        if origin is None:
            return records
        if origin == Origin.RECORDED:
            return [one for one in records if not one.received]
        return [one for one in records if one.origin == origin]

    def _acts(self) -> list[str]:
        doors = self._doors
        if doors is None:
            return []
        return [*(act for act, (signal, _) in DOORS.items() if doors.serves(signal)), "name"]

    def _nothing(self, wanted: str) -> QVBoxLayout:
        sign = picture_label("search" if wanted else "sessions", "quiet", SIGN_PX)
        if wanted:
            what = self.tr("No session has “{text}” in its title, date or notes").format(
                text=wanted
            )
            step = button(self.tr("Show all"))
            step.clicked.connect(self.search.clear)
        elif self.filter.currentIndex() > 0:
            what = self.tr("There is none of these yet")
            step = button(self.tr("Show all"))
            step.clicked.connect(lambda: self.filter.setCurrentIndex(0))
        else:
            what = self.tr("Your sessions will be here")
            step = button(self.tr("Practise for two minutes"), icon="start")
            step.clicked.connect(self.practise_wanted)
        words = label(what, "lead", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        content = column(sign, words, step, space=Space.MEDIUM, margin=Space.HUGE)
        for item in (sign, step):
            content.setAlignment(item, Qt.AlignmentFlag.AlignHCenter)
        return content

    # Hands

    def forget(self) -> None:
        """Let go of what was searched for, and of the last name."""
        self.search.clear()
        self.naming.forget()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _step(self, by: int) -> None:
        if not self.list.records:
            return
        focused = self.list.focused()
        at = 0 if focused is None else focused + by
        if 0 <= at < len(self.list.records):
            self.list.to_row(at)
        elif at < 0:
            self._to_search()

    def _act_on_focused(self, act: str) -> None:
        at = self.list.focused()
        if at is not None and act in offered_acts(self.list.records[at], self._acts()):
            self._act(act, self.list.records[at].id)

    def _act(self, act: str, session_id: str) -> None:
        if act == "name":
            self.naming.begin(session_id)
            return
        signal, more = DOORS[act]
        getattr(self._doors, signal).emit(session_id, *more)

    def _on_named(self, session_id: str) -> None:
        self.refresh()
        at = self.list.index_of(session_id)
        if at is None:  # it was found by the name that it had
            self._to_search()
        else:
            self.list.to_row(at)

    def _ask(self, session_id: str) -> None:
        at = self.list.index_of(session_id)
        if at is None:
            return
        record = self.list.records[at]
        question = Question(self.tr("Delete"), self.tr("Keep it"))
        question.confirmed.connect(lambda: self._delete(session_id))
        question.declined.connect(lambda: self._keep(at))
        self.list.ask(at, question)
        title = record.title or self.tr("Practice")
        what = self.tr("Delete “{title}”?").format(title=title)
        question.ask(what, goes_words(self._services, record))

    def _keep(self, at: int) -> None:
        self.list.close_question()
        self.list.to_row(at)

    def _delete(self, session_id: str) -> None:
        at = self.list.index_of(session_id) or 0
        self.naming.forget()
        try:
            self.notice.confirm(deleted_words([self._services.store.delete_session(session_id)]))
        except AppError as error:
            self.notice.tell_error(error)
        self.refresh()
        if self.list.records:
            self.list.to_row(min(at, len(self.list.records) - 1))
        else:
            self._practise.setFocus()
