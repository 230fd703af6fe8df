"""The library: best and worst cases that colleagues show, to watch and to lay side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.errors import AppError
from app.store.clips import ClipKind
from app.ui.consenting import current_person
from app.ui.keys import KeyMap
from app.ui.style import STAGE_PX, Space
from app.ui.texts import told
from app.ui.widgets.clip_card import ClipCard
from app.ui.widgets.clip_view import ClipView
from app.ui.widgets.controls import (
    button,
    card,
    centred,
    clear,
    column,
    label,
    picture_label,
    row,
    scrolling,
)
from app.ui.widgets.notice import Notice, Question

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.store.clips import Clip
    from app.ui.services import Services

LIST_PX: Final = 320
BOTH_PX: Final = 1180
"""Two clips and the list beside them need this much; else the list makes room."""
EMPTY_ICON_PX: Final = 48


class LibraryPage(QWidget):
    """The list on the left; the clip, or two of them, on the right."""

    closed = Signal()
    watch_wanted = Signal()
    guests_wanted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.watch = button(self.tr("From the other side"), icon="sees")
        self.guests = button(self.tr("Who our guests are"), icon="ph.users-three")
        self.kind = QComboBox()
        for words, kind in (
            (self.tr("Best and worst"), None),
            (self.tr("Best cases"), ClipKind.BEST),
            (self.tr("Worst cases"), ClipKind.WORST),
        ):
            self.kind.addItem(words, kind)
        self.kind.setAccessibleName(self.tr("Which cases"))
        self.practice = QComboBox()
        self.practice.setAccessibleName(self.tr("Which practice"))
        self._cards: list[ClipCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.SMALL)
        self.first = ClipView(services)
        self.second = ClipView(services)
        self._question = Question(self.tr("Take it back"), self.tr("Leave it there"))
        self._question.hide()
        self._asked = ""
        self._nothing = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(
            self.back, label(self.tr("Best and worst cases"), "page", wrap=True), self.guests,
            self.watch, space=Space.SNUG,
        )  # fmt: skip
        head.setStretch(1, 1)
        about = label(
            self.tr("Moments that colleagues show to everybody who uses Rapport on this computer."),
            "lead-quiet",
            wrap=True,
        )
        inner = QWidget()
        inner.setObjectName("page")
        inner.setLayout(column(self._list, None, space=0))
        self._area = scrolling(inner)
        filters = column(self.kind, self.practice, space=Space.SMALL)
        self._left = QWidget()
        self._left.setFixedWidth(LIST_PX)
        self._left.setLayout(column(filters, self._area, space=Space.SNUG))
        views = row(self.first, self.second, space=Space.LARGE)
        views.setStretch(0, 1)
        views.setStretch(1, 1)
        self._both = row(self._left, views, space=Space.LARGE)
        self._both.setStretch(1, 1)
        self._fill_nothing()
        whole = column(
            head, about, self.notice, self._question, Space.SMALL, self._nothing, space=Space.SNUG
        )
        self._body = QWidget()
        self._body.setLayout(self._both)
        whole.addWidget(self._body, 1)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        self.setLayout(centred(whole, STAGE_PX))

    def _fill_nothing(self) -> None:
        frame = card()
        sign = picture_label("ph.books", "quiet", EMPTY_ICON_PX)
        self.empty = label("", "lead", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(sign, self.empty, space=Space.MEDIUM, margin=Space.HUGE)
        inside.setAlignment(sign, Qt.AlignmentFlag.AlignHCenter)
        frame.setLayout(inside)
        self._nothing.setLayout(column(frame, None))

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.watch.clicked.connect(self.watch_wanted)
        self.guests.clicked.connect(self.guests_wanted)
        self.kind.currentIndexChanged.connect(lambda _: self.refresh())
        self.practice.currentIndexChanged.connect(lambda _: self.refresh())
        self._question.confirmed.connect(self._withdraw)
        self._question.declined.connect(self._question.hide)
        self.first.withdraw_wanted.connect(self._ask)
        self.second.withdraw_wanted.connect(self._ask)
        self.second.close_wanted.connect(lambda: self._show(self.second, None))
        keys = self.keys
        keys.add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        keys.add("Ctrl+G", self.guests.text(), self.guests_wanted.emit, button=self.guests)
        keys.add("Ctrl+W", self.watch.text(), self.watch_wanted.emit, button=self.watch)
        keys.add("Down", self.tr("Next clip"), lambda: self._step(1))
        keys.add("Up", self.tr("Clip before"), lambda: self._step(-1))
        keys.add("Shift+Return", self.tr("Lay the clip beside the other"), self._beside)
        keys.note(self.tr("Enter"), self.tr("Show the clip"))
        keys.note(self.tr("Space"), self.tr("Play, or stand still"))

    # Coming and going

    def enter(self) -> None:
        """Come to the front."""
        self.notice.hide()
        self._question.hide()
        chosen = self.practice.currentData()
        names = {id_: told(name) for id_, name in self._services.library.names.items()}
        shown = {one.practice for one in self._services.store.clips.listed() if one.practice}
        self.practice.blockSignals(True)
        self.practice.clear()
        self.practice.addItem(self.tr("Every practice"), None)
        for id_ in sorted(shown, key=lambda one: names.get(one, one)):
            self.practice.addItem(names.get(id_, id_), id_)
        self.practice.setCurrentIndex(max(0, self.practice.findData(chosen)))
        self.practice.blockSignals(False)
        self.refresh()

    def leave(self) -> None:
        """Let go of the recordings."""
        self.first.close_files()
        self.second.close_files()

    def refresh(self) -> None:
        """Look at the library again; the clips on show stay where they still fit."""
        chosen, practice = self.kind.currentData(), self.practice.currentData()
        kind = ClipKind(chosen) if chosen is not None else None  # Qt hands back a plain text
        clips = self._services.store.clips.listed(practice=practice, kind=kind)
        clear(self._list)
        self._cards = []
        for clip in clips:
            made = ClipCard(clip, self._services.now())
            made.shown.connect(lambda id_: self._show_id(self.first, id_))
            made.beside.connect(lambda id_: self._show_id(self.second, id_))
            self._cards.append(made)
            self._list.addWidget(made)
        narrowed = kind is not None or practice is not None
        self._nothing.setVisible(not clips)
        self._body.setVisible(bool(clips) or narrowed)
        self.empty.setText(
            self.tr("There is no clip of this kind yet.")
            if narrowed
            else self.tr(
                "Cases to study will be here. Open one of your sessions and choose "
                "“Show to colleagues”."
            )
        )
        there = {one.id: one for one in clips}
        for view in (self.first, self.second):
            kept = view.clip
            if kept is not None and kept.id not in there:
                self._show(view, None)
        if self.first.clip is None:
            self._show(self.first, clips[0] if clips else None)
        self.second.setVisible(self.second.clip is not None)

    # What is shown

    def _show_id(self, view: ClipView, clip_id: str) -> None:
        try:
            self._show(view, self._services.store.clips.clip(clip_id))
        except AppError as error:
            self.notice.tell_error(error)
            self.refresh()

    def _show(self, view: ClipView, clip: Clip | None) -> None:
        person = current_person(self._services)
        own = clip is not None and person is not None and clip.person_id == person.id
        view.show_clip(clip, own=own, closable=view is self.second)
        self.second.setVisible(self.second.clip is not None)
        self._share_out()
        shown = {one.clip.id for one in (self.first, self.second) if one.clip is not None}
        for made in self._cards:
            made.mark(on=made.clip.id in shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for two clips in a small window."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        two = self.second.clip is not None
        self._left.setVisible(not two or self.width() >= BOTH_PX)

    def _step(self, by: int) -> None:
        if not self._cards:
            return
        at = next((n for n, one in enumerate(self._cards) if one.hasFocus()), -1 if by > 0 else 1)
        if 0 <= at + by < len(self._cards):
            self._cards[at + by].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._area.ensureWidgetVisible(self._cards[at + by])

    def _beside(self) -> None:
        focused = next((one for one in self._cards if one.hasFocus()), None)
        if focused is not None:
            self._show_id(self.second, focused.clip.id)

    # Taking back

    def _ask(self, clip_id: str) -> None:
        self._asked = clip_id
        view = next((v for v in (self.first, self.second) if v.clip and v.clip.id == clip_id), None)
        title = view.clip.title if view is not None and view.clip is not None else ""
        self._question.ask(
            self.tr("Take “{title}” back?").format(title=title),
            self.tr("The clip is deleted here. Your session stays."),
        )

    def _withdraw(self) -> None:
        self._question.hide()
        person = current_person(self._services)
        for view in (self.first, self.second):
            if view.clip is not None and view.clip.id == self._asked:
                self._show(view, None)
        try:
            if person is not None:
                self._services.store.clips.withdraw(self._asked, person.id)
        except AppError as error:
            self.notice.tell_error(error)
        self.enter()

    def forget(self) -> None:
        """Nothing of the last person may stay on show."""
        for view in (self.first, self.second):
            view.show_clip(None, own=False, closable=False)
        self._question.hide()
