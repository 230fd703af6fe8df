"""The customer's lines as a tree to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator

from app.coach.line_tree import Twig, tree_of
from app.coach.scenario_types import Condition
from app.ui.forms.branches import LINES, about_text, line_name
from app.ui.forms.rows import MORE, QUIET, WRONG, TwoLines
from app.ui.practice_texts import condition_text
from app.ui.style import current_palette

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
    from PySide6.QtGui import QKeyEvent, QPainter

    from app.ui.forms.model import FormModel

LINE: Final = Qt.ItemDataRole.UserRole + 2
AGAIN: Final = Qt.ItemDataRole.UserRole + 3
INDENT_PX: Final = 20


class LineTree(QTreeWidget):
    """Each line once, below the one that first leads to it; elsewhere it is only named."""

    chosen = Signal(int)
    """Number of the line that is chosen now; -1 for none."""
    remove_wanted = Signal(int)
    open_wanted = Signal()

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self._model = model
        self._at = 0
        self.setAccessibleName(self.tr("What they say"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        clear = self.palette()
        clear.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(clear)  # else Qt fills what is left of a chosen row
        self.setItemsExpandable(False)
        self.setIndentation(INDENT_PX)
        self.setItemDelegate(TwoLines(self))
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._on_current)
        self.itemActivated.connect(lambda *_: self.open_wanted.emit())

    @property
    def line(self) -> int:
        """Number of the chosen line; -1 for none."""
        return self._at if self._model.rows(LINES) else -1

    def refresh(self) -> None:
        """Lay the tree out anew; the chosen line stays chosen."""
        top, unreached = tree_of(self._model.draft.data)
        self.blockSignals(True)
        self.clear()
        if top is not None:
            self._add(top, None)
        for at in unreached:
            self._add(Twig(at), None)
        self.expandAll()
        self._at = min(max(self._at, 0), max(len(self._model.rows(LINES)) - 1, 0))
        self._show_chosen()
        self.blockSignals(False)

    def choose(self, at: int) -> None:
        """Choose a line."""
        self._at = at
        self.blockSignals(True)
        self._show_chosen()
        self.blockSignals(False)
        self.chosen.emit(at)

    def _add(self, twig: Twig, parent: QTreeWidgetItem | None) -> None:
        item = QTreeWidgetItem(parent) if parent is not None else QTreeWidgetItem(self)
        rows = self._model.rows(LINES)
        way = self._way(twig)
        if twig.line is None:
            words = self.tr("The talk ends") if twig.ends else self.tr("A line that is not there")
        else:
            words = line_name(twig.line, rows[twig.line])
        if twig.again:
            words = f"→ {words}"
        lost = twig.line is None and not twig.ends
        wrong = lost or (
            twig.line is not None
            and not twig.again
            and bool(self._model.told((*LINES, twig.line), deep=True))
        )
        item.setText(0, words)
        item.setData(0, MORE, way)
        item.setData(0, WRONG, wrong)
        item.setData(0, QUIET, twig.again or twig.line is None)
        item.setData(0, LINE, twig.line)
        item.setData(0, AGAIN, twig.again)
        spoken = f"{words}, {way}" if way else words
        said = self.tr("{words}, to be mended").format(words=spoken) if wrong else spoken
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(0, spoken)
        for one in twig.below:
            self._add(one, item)

    def _way(self, twig: Twig) -> str:
        if not twig.condition:
            first = twig.line == 0
            return self.tr("Opens the talk") if first else self.tr("No other line leads here")
        about = about_text(self._model, twig.condition, twig.about)
        return condition_text(Condition(twig.condition), about)

    def _show_chosen(self) -> None:
        at = QTreeWidgetItemIterator(self)
        while (item := at.value()) is not None:
            if item.data(0, LINE) == self._at and not item.data(0, AGAIN):
                self.setCurrentItem(item)
                return
            at += 1

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        line = item.data(0, LINE) if item is not None else None
        if line is not None:
            self._at = int(line)
            self.chosen.emit(self._at)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a quiet line down from each line above this one."""
        depth = 0
        above = index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        painter.setPen(QColor(current_palette().edge))
        for step in range(depth):
            x = rect.left() + step * INDENT_PX + INDENT_PX // 2
            painter.drawLine(x, rect.top(), x, rect.bottom())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a line out with Delete."""
        if event.key() == Qt.Key.Key_Delete and self.line >= 0:
            self.remove_wanted.emit(self.line)
            return
        super().keyPressEvent(event)
