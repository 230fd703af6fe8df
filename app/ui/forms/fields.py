"""Fields of a form: a name, a control, and below it what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.forms.growing import GrowingText
from app.ui.forms.words import faults_text
from app.ui.style import Space
from app.ui.widgets.controls import bring_into_sight, column, label, picture_label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QHBoxLayout, QLayout

    from app.coach.toml_fault import Fault, Where
    from app.ui.forms.model import FormModel

SIGN_PX: Final = 16


class Said(QWidget):
    """What is wrong with what stands above; takes no room while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "text", wrap=True)
        sign = picture_label("notice", "on_notice", SIGN_PX)
        inside = row(sign, self.words, space=Space.HAIR)
        inside.setStretch(1, 1)
        inside.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
        self.words.setProperty("role", "notice")
        self.hide()

    def say(self, faults: Sequence[Fault]) -> str:
        """Say these; gives the words."""
        words = faults_text(faults)
        self.words.setText(words)
        self.setVisible(bool(words))
        return words


def in_sight(widget: QWidget) -> None:
    """Scroll to something once it has its place: a page that was just shown has none yet."""
    QTimer.singleShot(0, widget, lambda: bring_into_sight(widget))


class Field(QWidget):
    """One value of the file."""

    deep = False
    """Whether what is wrong further down is told here too."""

    def __init__(self, model: FormModel, title: str, why: str = "") -> None:
        super().__init__()
        self.model = model
        self.where: Where | None = None
        self.title = label(title, "strong", wrap=True)
        self.why = label(why, "quiet", wrap=True)
        self.why.setVisible(bool(why))
        self.said = Said()
        model.redrawn.connect(self.read)
        model.judged.connect(self.judge)

    def lay_out(self, *controls: QWidget | QLayout) -> None:
        """Put the controls between the name and what is wrong."""
        self.setLayout(column(self.title, self.why, *controls, self.said, space=Space.HAIR))

    def name(self, control: QWidget) -> None:
        """Tell a screen reader what a control is."""
        control.setAccessibleName(self.title.text())
        control.setAccessibleDescription(self.why.text())

    def bind(self, where: Where | None) -> None:
        """Show the value of this place from now on; None for no place."""
        self.where = where
        self.setEnabled(where is not None)
        self.read()
        self.judge()

    def read(self) -> None:
        """Show what stands there."""
        if self.where is not None:
            self.show_value(self.model.at(self.where))

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - whatever the file holds
        """Show a value; nobody is told."""
        raise NotImplementedError

    def write(self, value: object) -> None:
        """Take what a hand put there."""
        if self.where is not None:
            self.model.put(self.where, value)

    def judge(self) -> None:
        """Say what is wrong."""
        faults = [] if self.where is None else self.model.told(self.where, deep=self.deep)
        words = self.said.say(faults)
        control = self.focusProxy()
        if control is not None:
            control.setAccessibleDescription(words or self.why.text())

    def reveal(self) -> None:
        """Take the focus, in sight."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        in_sight(self)


class LineField(Field):
    """A few words."""

    def __init__(self, model: FormModel, title: str, why: str = "", *, most: int = 0) -> None:
        super().__init__(model, title, why)
        self.control = QLineEdit()
        if most:
            self.control.setMaxLength(most)
        self.name(self.control)
        self.setFocusProxy(self.control)
        self.lay_out(self.control)
        self.control.textEdited.connect(self.write)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        text = value if isinstance(value, str) else ""
        if text != self.control.text():
            self.control.setText(text)


class LongField(Field):
    """Sentences."""

    def __init__(
        self, model: FormModel, title: str, why: str = "", *, least: int = 2, optional: bool = False
    ) -> None:
        super().__init__(model, title, why)
        self._optional = optional
        self.control = GrowingText(least=least)
        self.name(self.control)
        self.setFocusProxy(self.control)
        self.lay_out(self.control)
        self.control.textChanged.connect(self._on_typed)

    def _on_typed(self) -> None:
        text = self.control.toPlainText()
        stands = self.where is not None and self.model.at(self.where) is not None
        self.write(text if text or stands or not self._optional else None)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        self.control.show_text(value if isinstance(value, str) else "")


class NumberField(LineField):
    """A whole number, as it is typed."""

    def __init__(self, model: FormModel, title: str, why: str = "", *, digits: int = 3) -> None:
        super().__init__(model, title, why)
        self.control.setValidator(QIntValidator(0, 10**digits - 1, self.control))

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        super().show_value(str(value) if isinstance(value, int) else "")

    def write(self, value: object) -> None:
        """See Field."""
        text = str(value)
        super().write(int(text) if text.isdecimal() else None)


def beside(*fields: Field, stretch: Sequence[int] = ()) -> QHBoxLayout:
    """Put fields side by side, their names on one line; each as wide as the others, or as told."""
    made = row(*fields, space=Space.LARGE)
    for at, one in enumerate(fields):
        made.setAlignment(one, Qt.AlignmentFlag.AlignTop)
        made.setStretch(at, stretch[at] if stretch else 1)
    return made
