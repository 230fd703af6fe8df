"""Fields in which one chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from app.ui.forms.fields import Field
from app.ui.style import Space
from app.ui.widgets.controls import column, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from app.ui.forms.model import FormModel


NONE: Final = "\n"
"""Chosen where a value is left out; no value looks so."""


class Choice(QComboBox):
    """A list to choose from that a wheel over the page leaves alone."""

    def __init__(self, options: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.offer(options)

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer these: value and words."""
        with QSignalBlocker(self):
            self.clear()
            for value, words in options:
                self.addItem(words, value)
                self.setItemData(self.count() - 1, words, Qt.ItemDataRole.ToolTipRole)

    def choose(self, value: object) -> None:
        """Show a value as chosen; nothing where it is not offered."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(value))

    def paintEvent(self, event: QPaintEvent) -> None:
        """End in dots where there is no room."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        right = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), right, room.width() - Space.HAIR
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ChoiceField(Field):
    """One of several values; `options` are asked for each time that the form is read anew."""

    def __init__(
        self,
        model: FormModel,
        title: str,
        options: Callable[[], Sequence[tuple[Any, str]]],
        why: str = "",
        *,
        usual: object = None,
    ) -> None:
        super().__init__(model, title, why)
        self._options = options
        self._usual = usual
        self.control = Choice(options())
        self.name(self.control)
        self.setFocusProxy(self.control)
        self.lay_out(self.control)
        self.control.activated.connect(lambda _: self._on_chosen())

    def _on_chosen(self) -> None:
        value = self.control.currentData()
        stands = self.where is not None and self.model.at(self.where) is not None
        # What is usual need not be written; where it is, it stays.
        self.write(None if value == NONE or (value == self._usual and not stands) else value)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        self.control.offer(self._options())
        self.control.choose(self._usual if value is None else value)


class FlagField(Field):
    """Yes or no; what is not written is no."""

    def __init__(self, model: FormModel, title: str, why: str = "") -> None:
        super().__init__(model, title, why)
        self.control = QCheckBox(title)
        self.control.setAccessibleName(title)
        self.title.hide()
        self.setFocusProxy(self.control)
        self.lay_out(self.control)
        self.control.clicked.connect(lambda on: self.write(True if on else None))

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        self.control.setChecked(bool(value))


class ManyField(Field):
    """Several of a few values, each with a box to tick."""

    def __init__(
        self, model: FormModel, title: str, options: Sequence[tuple[str, str]], why: str = ""
    ) -> None:
        super().__init__(model, title, why)
        self._boxes = {value: QCheckBox(words) for value, words in options}
        for words, box in zip((words for _, words in options), self._boxes.values(), strict=True):
            box.setAccessibleName(words)
            box.clicked.connect(self._on_click)
        boxes = list(self._boxes.values())
        self.setFocusProxy(boxes[0])
        half = (len(boxes) + 1) // 2
        sides = row(
            column(*boxes[:half], None, space=0), column(*boxes[half:], None, space=0),
            space=Space.LARGE,
        )  # fmt: skip
        sides.addStretch(1)
        self.lay_out(sides)

    def _on_click(self) -> None:
        old = self.model.rows(self.where or ())
        ticked = [value for value, box in self._boxes.items() if box.isChecked()]
        kept = [one for one in old if one in ticked]
        self.write([*kept, *(one for one in ticked if one not in kept)])

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """See Field."""
        chosen = value if isinstance(value, list) else []
        for one, box in self._boxes.items():
            box.setChecked(one in chosen)
