"""A list whose rows are chosen, moved by hand or by key, and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.forms.text_list import moved_by
from app.ui.style import Corner, Space, TypeSize, current_palette, text_px

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDropEvent

    Index = QModelIndex | QPersistentModelIndex

MORE: Final = Qt.ItemDataRole.UserRole
WRONG: Final = Qt.ItemDataRole.UserRole + 1
QUIET: Final = Qt.ItemDataRole.UserRole + 4
WRONG_PX: Final = 8


class TwoLines(QStyledItemDelegate):
    """Paints words with a quieter line below, and a dot where something is wrong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Be as high as two lines."""
        del option
        high = text_px(TypeSize.LEAD) + 2 * Space.SNUG
        more = text_px(TypeSize.TEXT) + Space.HAIR if index.data(MORE) else 0
        return QSize(120, high + more)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        palette = current_palette()
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(palette.accent_soft if chosen else palette.hover))
            focus = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(palette.accent), 2) if focus else Qt.PenStyle.NoPen)
            box = QRectF(rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, Corner.CONTROL, Corner.CONTROL)
        room = rect.adjusted(Space.SNUG, Space.SMALL, -Space.SNUG, -Space.SMALL)
        if index.data(WRONG):
            self._dot(painter, room)
            room.setRight(room.right() - WRONG_PX - Space.SMALL)
        more = str(index.data(MORE) or "")
        inks = (palette.quiet if index.data(QUIET) else palette.text, palette.quiet)
        self._words(painter, option.font, room, (str(index.data() or ""), more), inks)
        painter.restore()

    @staticmethod
    def _dot(painter: QPainter, room: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_palette().on_notice))
        at = QRectF(room.right() - WRONG_PX, room.center().y() - WRONG_PX / 2, WRONG_PX, WRONG_PX)
        painter.drawEllipse(at)

    @staticmethod
    def _words(
        painter: QPainter, font: QFont, room: QRect, texts: tuple[str, str], inks: tuple[str, str]
    ) -> None:
        font, more = QFont(font), texts[1]
        for text, size, ink, where in (
            (texts[0], TypeSize.LEAD, inks[0], Qt.AlignmentFlag.AlignTop),
            (more, TypeSize.TEXT, inks[1], Qt.AlignmentFlag.AlignBottom),
        ):
            font.setPixelSize(text_px(size))
            painter.setFont(font)
            painter.setPen(QColor(ink))
            short = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, room.width()
            )
            side = where if more else Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, int(side | Qt.AlignmentFlag.AlignLeft), short)


class RowList(QListWidget):
    """Rows in an order that a hand can change: by dragging, or Alt with an arrow."""

    chosen = Signal(int)
    """Row that is chosen now; -1 for none."""
    move_wanted = Signal(int, int)
    """From which row to which."""
    remove_wanted = Signal(int)
    """Delete was pressed on a row."""
    open_wanted = Signal(int)
    """Enter or a double click."""

    def __init__(self, name: str, *, movable: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(TwoLines(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if movable:
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
            self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._movable = movable
        self.currentRowChanged.connect(self.chosen)
        self.itemActivated.connect(lambda item: self.open_wanted.emit(self.row(item)))

    def show_rows(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """Show these: words, a quieter line, and whether something is wrong."""
        at = self.currentRow()
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for number, (first, more, wrong) in enumerate(rows):
            item = self.item(number) or QListWidgetItem(self)
            item.setText(first)
            item.setData(MORE, more)
            item.setData(WRONG, wrong)
            spoken = f"{first}, {more}" if more else first
            said = self.tr("{words}, to be mended").format(words=spoken) if wrong else spoken
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            item.setToolTip(first)
        if rows:
            self.setCurrentRow(min(max(at, 0), len(rows) - 1))
        self.blockSignals(False)
        if self.currentRow() != at:
            self.chosen.emit(self.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the row, Delete takes it out."""
        by, at = moved_by(event), self.currentRow()
        if by and self._movable:
            self.move_wanted.emit(at, at + by)
        elif event.key() == Qt.Key.Key_Delete and at >= 0:
            self.remove_wanted.emit(at)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; whoever holds the rows shows them anew."""
        at = self.currentRow()
        to = self._target(at, self.indexAt(event.position().toPoint()).row())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if to != at:
            self.move_wanted.emit(at, to)

    def _target(self, at: int, over: int) -> int:
        """Tell where a row that is dropped over another comes to stand."""
        where, kinds = self.dropIndicatorPosition(), QAbstractItemView.DropIndicatorPosition
        if over < 0 or where == kinds.OnViewport:
            return self.count() - 1
        if where == kinds.AboveItem:
            return over - 1 if at < over else over
        if where == kinds.BelowItem:
            return over if at < over else over + 1
        return over
