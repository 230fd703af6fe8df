"""A content file as a form and as its text, both in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.coach.content_draft import ContentDraft
from app.errors import AppError
from app.store.own_content import try_text
from app.ui.forms.making import make_form
from app.ui.forms.model import FormModel, Known
from app.ui.pages.content_text import ContentText, title_of

if TYPE_CHECKING:
    from app.coach.content_kinds import ContentKind
    from app.coach.toml_fault import Fault
    from app.ui.forms.making import Form
    from app.ui.library import Library


class ContentViews(QStackedWidget):
    """Whichever of the two was changed last is what counts; the other follows when it is shown."""

    changed = Signal()
    """By a hand, in either."""
    judged = Signal()
    """The form knows anew what is wrong."""
    refused = Signal(object)
    """An AppError: the form cannot show the text as it is."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._kind: ContentKind | None = None
        self._name = ""
        self._typed = True
        self.model: FormModel | None = None
        self.form: Form | None = None
        self._page: QWidget | None = None
        self.text = ContentText()
        self.text.textChanged.connect(self._on_typed)
        self.addWidget(self.text)

    def open(self, kind: ContentKind, name: str, text: str) -> None:
        """Show a file's text, as a form where that can be."""
        self._kind, self._name, self._typed = kind, name, True
        self.text.show_text(text)
        self._drop_form()
        if not self.show_form():
            self.show_text()

    @property
    def as_form(self) -> bool:
        """Whether the form shows, and not the text."""
        return self.currentWidget() is not self.text

    @property
    def by_form(self) -> bool:
        """Whether the form was changed last."""
        return not self._typed and self.model is not None

    @property
    def current_text(self) -> str:
        """The file as it stands here."""
        if self.by_form and self.model is not None:
            return self.model.draft.text
        return self.text.toPlainText()

    @property
    def title(self) -> str:
        """What the file calls itself; empty where nothing."""
        if self.by_form and self.model is not None:
            return self.model.draft.title
        return title_of(self.text.toPlainText())

    @property
    def lost_notes(self) -> tuple[str, ...]:
        """Notes of the text that the form cannot keep."""
        return self.model.draft.lost_notes if self.by_form and self.model is not None else ()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back in what shows."""
        if self.as_form:
            return self.model is not None and self.model.draft.can_undo
        return self.text.document().isUndoAvailable()

    def undo(self) -> None:
        """Take the last step back in what shows."""
        if not self.as_form:
            self.text.undo()
        elif self.model is not None:
            self.model.undo()

    @property
    def right(self) -> bool:
        """Whether the form knows of no mistake."""
        return self.model is None or not self.model.faults

    def faults(self) -> tuple[Fault, ...]:
        """Give what is to be mended in the form; nothing where the text counts."""
        if not self.by_form or self.model is None:
            return ()
        self.model.strict = True
        self.model.judge()
        return self.model.faults

    def reveal(self, fault: Fault) -> None:
        """Go to what a fault is about."""
        if self.as_form and self.form is not None:
            self.form.reveal(fault)

    def show_form(self) -> bool:
        """Show the form; False where only the text can say what is wrong."""
        if self._kind is None:
            return False
        if self._typed or self.model is None:
            try:
                draft = ContentDraft(self._kind, self.text.toPlainText(), self._name)
                if any(fault.of_shape for fault in draft.faults):
                    try_text(self._kind, self._name, self.text.toPlainText())
            except AppError as error:
                self.refused.emit(error)
                return False
            self._drop_form()
            self._make_form(draft)
        self.setCurrentIndex(1)
        self.focus()
        return True

    def show_text(self) -> None:
        """Show the text, as the form would write it."""
        if self.current_text != self.text.toPlainText():  # else its own steps back would go
            self.text.show_text(self.current_text)
        self.setCurrentWidget(self.text)
        self.focus()

    def focus(self) -> None:
        """Take the keys."""
        shown = self.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_form(self) -> None:
        if self._page is not None:
            self.removeWidget(self._page)
            self._page.deleteLater()
        if self.model is not None:
            self.model.deleteLater()
        self.model, self.form, self._page = None, None, None

    def _make_form(self, draft: ContentDraft) -> None:
        self.model = FormModel(
            draft, Known(self._library.practices, self._library.checklists), self
        )
        self.form, self._page = make_form(self.model)
        self.addWidget(self._page)
        self.model.changed.connect(self._on_changed)
        self.model.judged.connect(self.judged)
        self.model.judge()
        self._typed = False

    def _on_typed(self) -> None:
        self._typed = True
        self.changed.emit()

    def _on_changed(self) -> None:
        self._typed = False
        self.changed.emit()
