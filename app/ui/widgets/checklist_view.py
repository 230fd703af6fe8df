"""The checklist: one line an item, ticked by hand, live and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import pixmap
from app.ui.style import Corner, Space, TypeSize, current_palette
from app.ui.texts import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.coach.report_types import Checklist, Item

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
KEYS = 9
LARGE_PX: Final = (2 * TypeSize.TEXT, 24, 22, 20, TypeSize.SECTION, 16, TypeSize.LEAD)
"""Sizes of the live page's lines: the largest at which the whole list is in sight."""


class ChecklistRow(QAbstractButton):
    """One item: a ring that fills when it is ticked, the text, and its number key."""

    def __init__(
        self, item: Item, number: int, *, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        # On a report the number keys play the moments, so only the live page shows them here.
        self._key = str(number) if large and number <= KEYS else ""
        self._large = large
        self._px: int = LARGE_PX[-1] if large else TypeSize.TEXT
        self._tight = False
        self._evidence = ""
        self._suggested = False
        self.setCheckable(True)
        self.setText(told(item.text))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(told(item.why))
        self.setToolTip(self._tip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _tip(self) -> str:
        why = told(self.item.why)
        if not self._key:
            return why
        return self.tr("{why} (key {number})").format(why=why, number=self._key)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._px)
        return font

    def set_size(self, px: int, *, tight: bool = False) -> None:
        """Write in another size, pixels; tight takes half the air above and below."""
        if (px, tight) != (self._px, self._tight):
            self._px, self._tight = px, tight
            self.updateGeometry()
            self.update()

    def _ring_px(self) -> int:
        return self._px + Space.HAIR if self._large else Space.MEDIUM + 2

    def _inset(self) -> int:
        return Space.SMALL

    def _air(self) -> int:
        return Space.HAIR if self._tight else Space.SMALL

    @property
    def suggested(self) -> bool:
        """Whether the words speak for it and nobody has ticked it."""
        return self._suggested

    def set_suggested(self, *, on: bool) -> None:
        """Show that the words speak for it: a half-filled ring until a person ticks it."""
        if on != self._suggested:
            self._suggested = on
            self.update()

    def show_evidence(self, text: str) -> None:
        """Write below the text when it was done; nothing for an empty text."""
        if text != self._evidence:
            self._evidence = text
            self.setAccessibleDescription(f"{told(self.item.why)} {text}".strip())
            self.updateGeometry()
            self.update()

    @property
    def evidence(self) -> str:
        """What stands below the text."""
        return self._evidence

    def _text_rect(self, width: int) -> QRect:
        left = self._inset() + self._ring_px() + Space.SNUG
        right = self._inset() + (Space.LARGE if self._key else 0)
        return QRect(left, self._air(), max(48, width - left - right), 10_000)

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped text with its margins."""
        metrics = self._metrics()
        text = metrics.boundingRect(self._text_rect(width), int(WRAP), self.text()).height()
        if self._evidence:
            text += metrics.boundingRect(self._text_rect(width), int(WRAP), self._evidence).height()
        return max(text, self._ring_px()) + 2 * self._air()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())

    def sizeHint(self) -> QSize:
        """Wide enough for a readable line; the height follows the width."""
        width = 440 if self._large else 280
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine: the text wraps."""
        return QSize(160, self._ring_px() + 2 * self._air())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface, the ring, the text and the number."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.hasFocus():
            edge = QPen(QColor(palette.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(edge)
            painter.setBrush(QColor(palette.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole, Corner.CONTROL, Corner.CONTROL)
        self._paint_ring(painter)
        painter.setFont(self._font())
        painter.setPen(QColor(palette.text))
        room = self._text_rect(self.width())
        painter.drawText(room, int(WRAP), self.text())
        if self._evidence:
            room.moveTop(self._metrics().boundingRect(room, int(WRAP), self.text()).bottom() + 1)
            painter.setPen(QColor(palette.quiet))
            painter.drawText(room, int(WRAP), self._evidence)
        if self._key:
            self._paint_number(painter)
        painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        palette = current_palette()
        side = self._ring_px()
        line = self._metrics().height()
        top = self._air() + max(0, (line - side) // 2)
        ring = QRectF(self._inset(), top, side, side).adjusted(1, 1, -1, -1)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent))
            painter.drawEllipse(ring)
            tick = side - 6
            drawn = pixmap("done", palette.on_accent, tick, self.devicePixelRatioF())
            painter.drawPixmap(self._inset() + 3, top + 3, drawn)
            return
        painter.setPen(QPen(QColor(palette.accent if self._suggested else palette.edge), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        if self._suggested:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent))
            painter.drawPie(ring.adjusted(3, 3, -3, -3), 90 * 16, 180 * 16)

    def _paint_number(self, painter: QPainter) -> None:
        font = QFont(self._font())
        font.setFeature(QFont.Tag("tnum"), 1)
        painter.setFont(font)
        painter.setPen(QColor(current_palette().quiet))
        box = QRect(self.width() - self._inset() - Space.MEDIUM, self._air(), Space.MEDIUM, 10_000)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(box, int(flags), self._key)


class ChecklistView(QFrame):
    """A checklist that can be ticked. `large` is read from two metres, for the live page."""

    item_ticked = Signal(str, bool)

    def __init__(
        self, checklist: Checklist, *, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(told(checklist.name))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        self._title = title = QLabel(told(checklist.name), self)
        title.setProperty("role", "page" if large else "lead-strong")
        title.setWordWrap(True)
        title.setContentsMargins(Space.SMALL, 0, 0, Space.HAIR)
        column.addWidget(title)
        self._rows: dict[str, ChecklistRow] = {}
        for number, item in enumerate(checklist.items, 1):
            row = ChecklistRow(item, number, large=large, parent=self)
            row.clicked.connect(lambda on, key=item.id: self.item_ticked.emit(key, bool(on)))
            self._rows[item.id] = row
            column.addWidget(row)
        column.addStretch(1)

    def fit(self, width: int, height: int) -> bool:
        """Write as large as the room allows with every line in sight; at least 15 px.

        Only where even that is too much the lines stand closer, and then without the title.
        False where even so they are not all in sight.
        """
        rows = self._rows.values()
        self._title.ensurePolished()  # hidden, it would tell the size of another font
        title = self._title.sizeHint().height()
        for px, tight, head in (
            *((px, False, title) for px in LARGE_PX),
            (LARGE_PX[-1], True, title),
            (LARGE_PX[-1], True, 0),
        ):
            for row in rows:
                row.set_size(px, tight=tight)
            between = 0 if tight else Space.HAIR
            needed = sum(row.heightForWidth(width) + between for row in rows)
            if needed + head <= height:
                break
        self._title.setVisible(head > 0)
        self._column.setSpacing(between)
        return needed + head <= height

    def row(self, item: str) -> ChecklistRow:
        """Give the line of an item."""
        return self._rows[item]

    def append(self, widget: QWidget) -> None:
        """Put something below all lines."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addWidget(widget)

    def insert_below(self, item: str, widget: QWidget) -> None:
        """Put something below the line of an item."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(self._rows[item]) + 1, widget)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Ids of the ticked items, in the order of the list."""
        return tuple(key for key, row in self._rows.items() if row.isChecked())

    def set_ticked(self, ids: Iterable[str]) -> None:
        """Show these items as ticked, and no others; says nothing."""
        wanted = set(ids)
        for key, row in self._rows.items():
            row.setChecked(key in wanted)

    def show_evidence(self, texts: Mapping[str, str]) -> None:
        """Write below the items when they were done, text by item id."""
        for key, row in self._rows.items():
            row.show_evidence(texts.get(key, ""))

    def toggle(self, number: int) -> bool:
        """Press the item with this number key; False where there is none."""
        rows = list(self._rows.values())
        if not 1 <= number <= min(KEYS, len(rows)):
            return False
        rows[number - 1].click()
        return True
