"""Show colleagues a moment: what it shows, who will see it, and only then the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from app.errors import AppError
from app.store.clips import LONGEST_S, ClipKind, Release
from app.ui.consenting import current_id, current_person
from app.ui.keys import KeyMap
from app.ui.style import PAGE_PX, Space
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import button, card, column, label, page_column, picture_label, row
from app.ui.widgets.long_work import LongWork
from app.ui.widgets.notice import Notice
from app.ui.widgets.player import Player

if TYPE_CHECKING:
    from app.ui.services import Services

LEAST_PX: Final = 200
MOST_PX: Final = 480
"""Of the picture's height: of one on end it leaves the rest of the page in sight."""


class ClipPage(QWidget):
    """The stretch on the left, what is said of it on the right."""

    closed = Signal()
    released = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.session_id = ""
        self._start_s = self._end_s = 0.0
        self._length_s = 0.0
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.player = Player()
        self.span = label("", "strong")
        self.earlier = button(self.tr("Begin here"), icon="ph.arrow-line-right")
        self.later = button(self.tr("End here"), icon="ph.arrow-line-left")
        self.kinds = QButtonGroup(self)
        self.best = QRadioButton(self.tr("A best case: this is how to do it"))
        self.worst = QRadioButton(self.tr("A worst case: this is what to learn from"))
        self.title = QLineEdit()
        self.title.setMaxLength(80)
        self.title.setAccessibleName(self.tr("Title of the clip"))
        self.title.setPlaceholderText(self.tr("Title, such as “Let her finish”"))
        self.practice = QComboBox()
        self.practice.setAccessibleName(self.tr("Which practice it shows"))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(self.tr("What to look for"))
        self.note.setPlaceholderText(self.tr("What should others look and listen for?"))
        self.note.setMaximumHeight(96)
        self.note.setTabChangesFocus(True)
        self.picture = QCheckBox(self.tr("With the picture; else voice and stick figure only"))
        self.work = LongWork(services.background, self.tr("The clip is being cut"))
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.give = button(self.tr("Show the clip to colleagues"), kind="primary", icon="done")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for one in (self.best, self.worst):
            self.kinds.addButton(one)
            one.setAccessibleName(one.text())
        self.picture.setAccessibleName(self.picture.text())
        who = card("notice")
        self.who = label("", "notice", wrap=True)
        line = row(picture_label("sees", "on_notice"), self.who, space=Space.SMALL)
        line.setStretch(1, 1)
        line.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        who.setLayout(line)
        left = QWidget()
        edges = row(self.earlier, self.later, None, space=Space.SMALL)
        left.setLayout(column(self.player, self.span, edges, None, space=Space.SMALL))
        form = card()
        form.setLayout(
            column(
                self.best, self.worst, Space.HAIR, self.title, self.practice, self.note,
                Space.HAIR, self.picture, None, who, space=Space.SMALL, margin=Space.LARGE,
            )
        )  # fmt: skip
        both = row(left, form, space=Space.LARGE)
        both.setAlignment(form, Qt.AlignmentFlag.AlignTop)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        head = row(
            self.back, label(self.tr("Show a moment to colleagues"), "page", wrap=True), self.give,
            space=Space.SNUG,
        )  # fmt: skip
        head.setStretch(1, 1)
        content = column(
            head,
            label(
                self.tr("It becomes a clip among the best and worst cases on this computer."),
                "lead-quiet", wrap=True,
            ),
            self.notice,
            self.work,
            Space.SMALL,
            both,
            None,
            space=Space.SNUG,
        )  # fmt: skip
        self.setLayout(column(page_column(content, width=PAGE_PX)))

    def _connect(self) -> None:
        self.work.ended.connect(lambda: self.give.setEnabled(True))
        self.player.stage.resized.connect(self._fit)
        self.player.stage.reshaped.connect(self._fit)
        self.back.clicked.connect(self._leave_for)
        self.give.clicked.connect(self._on_give)
        self.earlier.clicked.connect(lambda: self._set(self.player.position_s, self._end_s))
        self.later.clicked.connect(lambda: self._set(self._start_s, self.player.position_s))
        self.picture.toggled.connect(lambda _: self._tell_who())
        keys = self.keys
        keys.add("Escape", self.tr("Back"), self._leave_for, button=self.back)
        keys.add("Ctrl+Return", self.give.text(), self._on_give, button=self.give)
        keys.add("Ctrl+[", self.tr("Begin here"), self.earlier.click, button=self.earlier)
        keys.add("Ctrl+]", self.tr("End here"), self.later.click, button=self.later)

    def enter(self) -> None:
        """Show the practices by name, once they are wanted."""
        if self.practice.count():
            return
        self.practice.addItem(self.tr("No single practice"), None)
        for id_, name in self._services.library.names.items():
            self.practice.addItem(told(name), id_)

    def open(self, session_id: str, start_s: float, end_s: float) -> None:
        """Take a stretch of a session."""
        self.work.drop()
        self.session_id = session_id
        self.notice.hide()
        store = self._services.store
        try:
            record = store.session_of(session_id, current_id(self._services))
        except AppError as error:
            self.notice.tell_error(error)
            self.give.setEnabled(False)
            return
        self._length_s = record.duration_s or end_s
        self.player.open(store.files(session_id).source(), self._length_s)
        self.title.setText("")
        self.note.setPlainText("")
        self.best.setChecked(True)
        pictured = record.keep_policy.keeps_picture
        self.picture.setEnabled(pictured)
        self.picture.setChecked(False)
        self._set(start_s, end_s if end_s > start_s else min(start_s + 30.0, self._length_s))
        self.player.seek(self._start_s)
        self._tell_who()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Let go of the recording; a clip that is being cut is shown to nobody."""
        self.work.drop()
        self.player.close_recording()

    def _fit(self) -> None:
        """Make the player as high as its picture, so that the controls stand right below it."""
        stage, player = self.player.stage, self.player
        controls = player.height() - stage.height()
        player.setFixedHeight(min(max(LEAST_PX, stage.high_at(player.width())), MOST_PX) + controls)

    def _set(self, start_s: float, end_s: float) -> None:
        start, end = sorted((round(start_s, 3), round(end_s, 3)))
        self._start_s, self._end_s = max(0.0, start), min(end, self._length_s or end)
        self.span.setText(
            self.tr("{start} to {end}").format(
                start=clock_text(self._start_s), end=clock_text(self._end_s)
            )
        )
        too_long = self._end_s - self._start_s > LONGEST_S
        self.give.setEnabled(not too_long and not self.work.runs)

    def _tell_who(self) -> None:
        if self.picture.isChecked():
            words = self.tr(
                "Everybody who uses Rapport on this computer will see and hear this stretch, with "
                "your name. You can take it back at any time; then it is deleted here."
            )
        else:
            words = self.tr(
                "Everybody who uses Rapport on this computer will hear this stretch and see your "
                "stick figure, with your name. You can take it back at any time; then it is "
                "deleted here."
            )
        self.who.setText(words)

    def _on_give(self) -> None:
        from app.session.clipping import release_clip  # noqa: PLC0415 - when first wanted

        person = current_person(self._services)
        if person is None or self.work.runs:
            return
        release = Release(
            self.session_id,
            self._start_s,
            self._end_s,
            ClipKind.BEST if self.best.isChecked() else ClipKind.WORST,
            self.title.text(),
            self.practice.currentData(),
            self.note.toPlainText(),
            self.picture.isChecked(),
        )
        store = self._services.store
        try:
            store.clips.check(person.id, release)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.notice.hide()
        self.give.setEnabled(False)
        self.work.begin(
            lambda: release_clip(
                store, person.id, release,
                progress=self.work.note, cancelled=lambda: self.work.stop_wanted,
            ),
            lambda _: self.released.emit(),
            self.notice.tell_error,
        )  # fmt: skip

    def _leave_for(self) -> None:
        self.leave()
        self.closed.emit()
