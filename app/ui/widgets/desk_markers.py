"""The markers that the number keys drop: a chip each, and the choice of the set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QToolButton, QWidget

from app.ui.icons import icon
from app.ui.keys import show_keys
from app.ui.style import Space, TypeSize, current_palette, text_px
from app.ui.texts import told
from app.ui.widgets.controls import button, clear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.coach.desk.markers import Marker, MarkerSet

SHAPE_PX: Final = 16
ROOMY_PX: Final = 168
"""A chip narrower than this cannot be read; then there are two lines of them."""


def shape_icon(shape: str) -> str:
    """Name the icon of a marker's shape."""
    return f"{shape or 'circle'}-fill"


class MarkerChip(QToolButton):
    """Number, shape and words of one marker."""

    def __init__(self, number: int, marker: Marker) -> None:
        super().__init__()
        self.marker = marker
        self._text = f"{number}  {told(marker.label)}"
        self.setProperty("kind", "marker")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(SHAPE_PX, SHAPE_PX))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(told(marker.label))
        show_keys(self, told(marker.label), str(number))
        self.dress()

    def dress(self) -> None:
        """Paint the shape in the theme's colours, in a chip as high as its letters need."""
        self.setFixedHeight(2 * text_px(TypeSize.TEXT) + 2)
        colour = current_palette().lane(self.marker.colour)
        self.setIcon(icon(shape_icon(self.marker.shape), colour))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much as there is room for; the tooltip says all."""
        super().resizeEvent(event)
        room = self.width() - SHAPE_PX - Space.LARGE
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self.dress()


class MarkerBar(QWidget):
    """The chips of the set in use."""

    dropped = Signal(int)
    """Number of a marker in its set, from 1."""
    own_wanted = Signal(str)
    """Id of a set that is to be changed."""
    set_chosen = Signal(str)
    """Id of another set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[MarkerChip] = []
        self._sets: tuple[MarkerSet, ...] = ()
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Markers"))
        self.choice.setToolTip(
            self.tr("Which markers the number keys drop  ({key})").format(key="S")
        )
        self.choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._choose)
        self.own = button("", kind="quiet", icon="ph.pencil-simple")
        self.own.setAccessibleName(self.tr("Change these markers"))
        show_keys(self.own, self.tr("Change these markers"), "Ctrl+M")
        self.own.clicked.connect(self._on_own)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.HAIR)
        self._grid.setVerticalSpacing(2)
        self._columns = 0

    @property
    def current(self) -> MarkerSet | None:
        """The set in use."""
        at = self.choice.currentIndex()
        return self._sets[at] if 0 <= at < len(self._sets) else None

    def show_sets(self, sets: Sequence[MarkerSet], chosen: str) -> None:
        """Show what there is to choose from; the first where the chosen one is gone."""
        self._sets = tuple(sets)
        self.choice.blockSignals(True)
        self.choice.clear()
        for one in self._sets:
            self.choice.addItem(told(one.name), one.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.choice.blockSignals(False)
        self._fill()

    def next_set(self) -> None:
        """Take the next set."""
        if self._sets:
            self._choose((self.choice.currentIndex() + 1) % len(self._sets))

    def _on_own(self) -> None:
        if self.current is not None:
            self.own_wanted.emit(self.current.id)

    def _choose(self, at: int) -> None:
        self.choice.setCurrentIndex(at)
        self._fill()
        if self.current is not None:
            self.set_chosen.emit(self.current.id)

    def _fill(self) -> None:
        clear(self._grid)
        self.chips = []
        here = self.current
        for number, marker in enumerate(here.markers if here is not None else (), 1):
            chip = MarkerChip(number, marker)
            chip.clicked.connect(lambda _, which=number: self.dropped.emit(which))
            self.chips.append(chip)
        self._columns = 0
        self._place()

    def _place(self) -> None:
        """Lay the chips in one line where they can be read, else in two."""
        count = len(self.chips)
        wide = count * ROOMY_PX <= self.width() or count <= 1
        columns = count if wide else (count + 1) // 2
        if columns == self._columns:
            return
        for at in range(max(self._columns, columns)):
            self._grid.setColumnStretch(at, int(at < columns))
        self._columns = columns
        for at, chip in enumerate(self.chips):
            self._grid.addWidget(chip, at // max(1, columns), at % max(1, columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take one line or two."""
        super().resizeEvent(event)
        self._place()
