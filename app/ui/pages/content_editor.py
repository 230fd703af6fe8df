"""One content file: as a form, or as its text; both say the same, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.store.own_content import (
    draft_of,
    drop_draft,
    keep_aside,
    keep_draft,
    read_text,
    save_checked,
)
from app.ui.forms.words import fault_text
from app.ui.keys import KeyMap
from app.ui.pages.content_views import ContentViews
from app.ui.style import COLUMN_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import Elided, button, centred, column, label, row
from app.ui.widgets.leaving import LeavingQuestion
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QHideEvent

    from app.coach.content_kinds import ContentKind
    from app.ui.library import Library

DRAFT_MS = 800
"""How long after the last key the draft is written."""


class EditorPage(QWidget):
    """A form, its text, a check that names the place, and a way back that asks."""

    closed = Signal()

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._kind: ContentKind | None = None
        self._path: Path | None = None
        self._dirty = False
        self._told_notes = 0
        self._asked_to_mend = False
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.title = Elided("", "page")
        self.notice = Notice(closable=False)
        self.question = LeavingQuestion()
        self.views = ContentViews(library)
        self.text = self.views.text
        self.name = Elided("", "quiet")
        self.name.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.state = label("", "quiet", wrap=True)
        self.undo = button(self.tr("Undo"), icon="ph.arrow-counter-clockwise")
        self.other = button("", icon="ph.code")
        self.save = button(self.tr("Check and save"), kind="primary", icon="done")
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.how = label(
            self.tr("Change the words between quotation marks. Lines with # in front are notes."),
            "lead-quiet",
            wrap=True,
        )
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self.back, self.title, self.undo, self.other, self.save, space=Space.SNUG)
        head.setStretch(1, 1)
        foot = row(self.state, self.name, space=Space.MEDIUM)
        foot.setStretch(0, 1)
        foot.setStretch(1, 1)
        whole = column(
            head, self.how, self.question, self.notice, self.views, foot, space=Space.SNUG
        )
        whole.setStretch(4, 1)
        whole.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.MEDIUM)
        self.setLayout(centred(whole, COLUMN_PX))

    def _connect(self) -> None:
        self._draft.timeout.connect(self._keep)
        self.views.changed.connect(self._on_changed)
        self.views.judged.connect(self._on_judged)
        self.views.refused.connect(self._on_refused)
        self.save.clicked.connect(self._on_save)
        self.back.clicked.connect(self._on_back)
        self.undo.clicked.connect(self.views.undo)
        self.other.clicked.connect(self._on_other)
        self.question.save_wanted.connect(self._save_and_close)
        self.question.keep_wanted.connect(self._keep_and_close)
        self.question.drop_wanted.connect(self._drop_and_close)
        self.question.stayed.connect(self._stay)
        add = self.keys.add
        add("Ctrl+S", self.tr("Check and save"), self._on_save, button=self.save)
        add("Ctrl+Z", self.tr("Undo"), self.views.undo, button=self.undo)
        add("Ctrl+T", self.tr("Form or text"), self._on_other, button=self.other)
        self.keys.note(self.tr("Alt+Up, Alt+Down"), self.tr("Move a row"))
        self.keys.note(self.tr("Ctrl+PgUp, Ctrl+PgDown"), self.tr("The part before, the next part"))
        add("Escape", self.tr("Back"), self._on_back, button=self.back)

    @property
    def has_draft(self) -> bool:
        """Whether something typed is not in the file yet."""
        return self._path is not None and draft_of(self._path).is_file()

    def open(self, kind: ContentKind, path: Path) -> None:
        """Show a file, or the draft that was left of it."""
        self._draft.stop()
        self._kind, self._path, self._told_notes = kind, path, 0
        self.name.setText(path.name)
        self.notice.hide()
        self.question.hide()
        try:
            text, is_draft = read_text(path)
        except AppError as error:
            self.notice.tell_error(error)
            text, is_draft = "", False
            self._path = None  # nothing is ever saved over what could not be read
        self.views.setEnabled(self._path is not None)
        self.save.setEnabled(self._path is not None)
        self.views.open(kind, path.name, text)
        self._dirty = is_draft
        self._dress()
        self.state.setText(
            self.tr("This is your draft; the saved file is as it was.") if is_draft else ""
        )

    def _dress(self) -> None:
        form = self.views.as_form
        words = self.tr("Edit as text") if form else self.tr("Edit as a form")
        self.other.setText(words)
        self.other.setAccessibleName(words)
        self.other.set_icon("ph.code" if form else "ph.list-bullets")
        self.how.setVisible(not form)
        self.undo.setEnabled(self.views.can_undo)
        name = self._path.stem if self._path is not None else ""
        self.title.setText(told(self.views.title) or name)

    def _on_other(self) -> None:
        self.notice.hide()
        if self.views.as_form:
            self.views.show_text()
        else:
            self.views.show_form()
        self._dress()

    def _on_refused(self, error: AppError) -> None:
        more = self.tr("Mend it here in the text; then the form can show it.")
        self.notice.tell(error.what, more)
        self.text.go_to(error.what)

    # What is changed

    def _on_changed(self) -> None:
        self._dirty = True
        self.state.setText("")
        self._dress()
        self._draft.start()

    def _on_judged(self) -> None:
        """Say before it happens that notes of the text would go."""
        if self._asked_to_mend and self.views.right:
            self._asked_to_mend = False
            self.notice.hide()
        lost = self.views.lost_notes
        if len(lost) > self._told_notes:
            self.notice.tell(
                self.tr("The form cannot keep this note of the text: {note}").format(note=lost[-1]),
                self.tr("When you save, the file as it is now is kept beside it."),
            )
        self._told_notes = len(lost)

    def leave(self) -> None:
        """Keep what was typed."""
        self.question.hide()
        if self._draft.isActive():
            self._draft.stop()
            self._keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed also where the whole window closes."""
        super().hideEvent(event)
        self.leave()

    def _keep(self) -> bool:
        """Write the draft; False where that failed."""
        if self._path is None or not self._dirty:
            return True
        try:
            keep_draft(self._path, self.views.current_text)
        except AppError as error:
            self.notice.tell_error(error)
            return False
        self.state.setText(self.tr("Draft kept."))
        return True

    # Saving and going

    def _on_save(self) -> bool:
        if self._kind is None or self._path is None:
            return False
        self._draft.stop()
        self.question.hide()
        if not self._is_right():
            return False
        try:
            aside = keep_aside(self._path) if self.views.lost_notes else None
            save_checked(self._kind, self._path, self.views.current_text)
        except AppError as error:
            self.notice.tell_error(error)
            self.state.setText(self.tr("Not saved yet; your text is kept as a draft."))
            self.text.go_to(error.what)
            return False
        self._dirty = False
        self._dress()
        self.notice.hide()
        kept = self.tr("The file as it was is kept as {name}.")
        more = " " + kept.format(name=aside.name) if aside is not None else ""
        self.state.setText(self.tr("Saved. It is in use from now on.") + more)
        return True

    def _is_right(self) -> bool:
        """Whether the form has no mistake; else it shows the first one."""
        faults = self.views.faults()
        if not faults:
            return True
        self._keep()
        self._asked_to_mend = True
        count = self.tr("Places to be mended: {n}.").format(n=len(faults))
        self.notice.tell(count, fault_text(faults[0]))
        self.state.setText(self.tr("Not saved yet; your text is kept as a draft."))
        self.views.reveal(faults[0])
        return False

    def _on_back(self) -> None:
        if self.question.isVisible():
            self._stay()
        elif self._dirty:
            self.question.ask(self.title.text())
        else:
            self.closed.emit()

    def _stay(self) -> None:
        self.question.hide()
        self.views.focus()

    def _save_and_close(self) -> None:
        if self._on_save():
            self.closed.emit()

    def _keep_and_close(self) -> None:
        self._draft.stop()
        if self._keep():
            self.closed.emit()

    def _drop_and_close(self) -> None:
        self._draft.stop()
        self._dirty = False
        self.question.hide()
        try:
            if self._path is not None:
                drop_draft(self._path)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.closed.emit()
