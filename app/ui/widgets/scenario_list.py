"""The conversations to choose from: by desk, each with how hard it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.practice_texts import sector_text, temper_text
from app.ui.style import (
    CONTROL_PX,
    Corner,
    Space,
    TypeSize,
    Weight,
    current_palette,
    text_px,
)
from app.ui.texts import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.scenario_types import Scenario

    Index = QModelIndex | QPersistentModelIndex

ID: Final = Qt.ItemDataRole.UserRole
TAG: Final = Qt.ItemDataRole.UserRole + 1
FREE: Final = ""
"""Id of the talk without a scenario."""


class _Row(QStyledItemDelegate):
    """Paints a title with its tag, or the name of a desk above its conversations."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Be as high as a control; a little more above a new desk."""
        del option
        head = index.data(ID) is None
        return QSize(160, CONTROL_PX + (Space.SMALL if not head else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        palette = current_palette()
        state = option.state
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = rect.adjusted(Space.SNUG, 0, -Space.SNUG, 0)
        font = QFont(option.font)
        middle = Qt.AlignmentFlag.AlignVCenter
        if index.data(ID) is None:
            font.setPixelSize(text_px(TypeSize.TEXT))
            font.setWeight(QFont.Weight(Weight.STRONG))
            painter.setFont(font)
            painter.setPen(QColor(palette.quiet))
            low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room.adjusted(0, 0, 0, -Space.HAIR), int(low), index.data())
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or over:
            painter.setBrush(QColor(palette.accent_soft if chosen else palette.hover))
            painter.setPen(QPen(QColor(palette.accent), 2) if focus else Qt.PenStyle.NoPen)
            box = QRectF(rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, Corner.CONTROL, Corner.CONTROL)
        font.setPixelSize(text_px(TypeSize.TEXT))
        painter.setFont(font)
        tag = index.data(TAG) or ""
        painter.setPen(QColor(palette.quiet))
        painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignRight), tag)
        taken = painter.fontMetrics().horizontalAdvance(tag) + Space.SNUG
        font.setPixelSize(text_px(TypeSize.LEAD))
        painter.setFont(font)
        painter.setPen(QColor(palette.text))
        left = room.adjusted(0, 0, -taken, 0)
        elide = Qt.TextElideMode.ElideRight
        title = painter.fontMetrics().elidedText(index.data(), elide, left.width())
        painter.drawText(left, int(middle | Qt.AlignmentFlag.AlignLeft), title)
        painter.restore()


class ScenarioList(QListWidget):
    """A list of conversations with the free talk on top."""

    chosen = Signal(str)
    """Id of the scenario that is chosen now; empty for the free talk."""
    opened = Signal(str)
    """Enter or a double click on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Row(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Conversations"))
        self.currentItemChanged.connect(self._on_current)
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(ID) or FREE))

    def show_scenarios(self, scenarios: Sequence[Scenario], *, free: bool, current: str) -> bool:
        """Show these; True where `current` is among them and chosen again."""
        self.blockSignals(True)
        self.clear()
        if free:
            self._add(FREE, self.tr("Free talk"), self.tr("no customer"))
        sector = None
        for one in scenarios:
            if one.sector is not sector:
                sector = one.sector
                head = QListWidgetItem(sector_text(sector), self)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
            self._add(one.id, told(one.title), temper_text(one.temper))
        self.blockSignals(False)
        return self.choose(current)

    def _add(self, scenario_id: str, title: str, tag: str) -> None:
        item = QListWidgetItem(title, self)
        item.setData(ID, scenario_id)
        item.setData(TAG, tag)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {tag}")
        item.setToolTip(title)

    def choose(self, scenario_id: str) -> bool:
        """Choose one by its id; the first one where it is not there, and False."""
        items = [self.item(at) for at in range(self.count())]
        real = [item for item in items if item.data(ID) is not None]
        match = next((item for item in real if item.data(ID) == scenario_id), None)
        item = match or (real[0] if real else None)
        if item is not None:
            self.setCurrentItem(item)
            self.chosen.emit(item.data(ID))
        return match is not None

    @property
    def current(self) -> str | None:
        """Id of what is chosen; None where nothing is listed."""
        item = self.currentItem()
        return str(item.data(ID)) if item is not None else None

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(ID) is not None:
            self.chosen.emit(item.data(ID))
