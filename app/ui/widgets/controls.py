"""Labels, buttons and frames in the design language, each made in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons
from app.ui.style import COLUMN_PX, ICON_PX, Space, current_palette

if TYPE_CHECKING:
    from collections.abc import Iterable

EMPTY_ICON_PX: Final = 48
QWIDGETSIZE_MAX: Final = (1 << 24) - 1
"""Qt's own word for a width without a limit."""


def label(text: str, role: str = "text", *, wrap: bool = False) -> QLabel:
    """Make a label that looks like its role; see qss.py for the roles."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def set_role(widget: QWidget, role: str, *, name: str = "role") -> None:
    """Change what a widget says it is, and have the style sheet look again."""
    if widget.property(name) == role:
        return
    widget.setProperty(name, role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Button(QPushButton):
    """A button whose icon follows the theme."""

    def __init__(self, text: str, kind: str, icon: str) -> None:
        super().__init__(text)
        self._icon_name = icon
        self.setProperty("kind", kind)
        grown = {"live": 0, "live-quiet": 0, "live-toggle": 0, "check": 4, "check-quiet": 4}
        self._size = ICON_PX + grown.get(kind, -4)
        self._space()
        self.dress()

    def setText(self, text: str) -> None:
        """Take other words; the icon keeps its distance from them."""
        super().setText(text)
        if self._space():
            self.dress()

    def _space(self) -> bool:
        """Set the icon off from words, and from nothing where there are none; True if it moved."""
        size = QSize(self._size + (Space.HAIR if self.text() else 0), self._size)
        moved = size != self.iconSize()
        self.setIconSize(size)
        return moved

    def set_icon(self, name: str) -> None:
        """Take another icon."""
        if name != self._icon_name:
            self._icon_name = name
            self.dress()

    def dress(self) -> None:
        """Paint the icon in the colour of the text."""
        if self._icon_name:
            palette = current_palette()
            inks = dict.fromkeys(("primary", "live", "check"), palette.on_accent)
            inks |= {"danger": palette.on_danger, "live-toggle": palette.quiet}
            ink = inks.get(self.property("kind"), palette.text)
            if not self.isEnabled():
                ink = palette.quiet
            ratio = self.devicePixelRatioF()
            self.setIcon(icons.padded(self._icon_name, ink, self.iconSize(), ratio))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as well as Space: outside a dialog Qt leaves it to nobody."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, and being switched off: white on grey is not seen."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self.dress()


class IconLabel(QLabel):
    """An icon that follows the theme; `ink` names a colour of the palette."""

    def __init__(self, name: str, ink: str, size: int) -> None:
        super().__init__()
        self._shown = (name, ink)
        self._size = size
        self.setFixedSize(size, size)
        self.dress()

    def show_icon(self, name: str, ink: str) -> None:
        """Show another icon; an empty name shows none."""
        if self._shown != (name, ink):
            self._shown = (name, ink)
            self.dress()

    def dress(self) -> None:
        """Paint the icon in the current palette."""
        name, ink = self._shown
        if name:
            colour = getattr(current_palette(), ink)
            self.setPixmap(icons.pixmap(name, colour, self._size, self.devicePixelRatioF()))
        else:
            self.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()


def button(text: str, *, kind: str = "", icon: str = "", tip: str = "") -> Button:
    """Make a button; `kind` is primary, quiet, danger or nothing."""
    made = Button(text, kind, icon)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if tip:
        made.setToolTip(tip)
    return made


def picture_label(name: str, ink: str = "text", size: int = ICON_PX) -> IconLabel:
    """Make a label that shows an icon; decoration, so it has no name of its own."""
    return IconLabel(name, ink, size)


def card(surface: str = "card") -> QFrame:
    """Make a frame on a surface: card, sunken, notice, rail."""
    made = QFrame()
    made.setProperty("surface", surface)
    return made


def empty_card(icon: str, words: str) -> QFrame:
    """Make the card of a list with nothing in it yet: what will be here, and the first step."""
    made = card()
    sign = picture_label(icon, "quiet", EMPTY_ICON_PX)
    said = label(words, "lead", wrap=True)
    said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    inside = column(sign, said, space=Space.MEDIUM, margin=Space.HUGE)
    inside.setAlignment(sign, Qt.AlignmentFlag.AlignHCenter)
    made.setLayout(inside)
    return made


def line() -> QFrame:
    """Make a low-contrast line across."""
    made = card("line")
    made.setFixedHeight(1)
    return made


def column(
    *items: QWidget | QLayout | int | None, space: int = Space.SMALL, margin: int = 0
) -> QVBoxLayout:
    """Stack things: a number is extra space in pixels, None takes what is left."""
    layout = QVBoxLayout()
    _fill(layout, items, space, margin)
    return layout


def row(
    *items: QWidget | QLayout | int | None, space: int = Space.SMALL, margin: int = 0
) -> QHBoxLayout:
    """Put things side by side: a number is extra space in pixels, None takes what is left."""
    layout = QHBoxLayout()
    _fill(layout, items, space, margin)
    return layout


def _fill(
    layout: QBoxLayout, items: Iterable[QWidget | QLayout | int | None], space: int, margin: int
) -> None:
    layout.setSpacing(space)
    layout.setContentsMargins(margin, margin, margin, margin)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def centred(content: QLayout, width: int) -> QHBoxLayout:
    """Put a layout into the middle of the window, never wider than so many pixels."""
    inner = QWidget()
    inner.setMaximumWidth(width)
    inner.setLayout(content)
    outer = row(None, inner, None, space=0)
    outer.setStretch(1, 1000)
    return outer


class _AsHighAsItsText(QWidget):
    """Lets its scroll area ask how high wrapped text is at the real width, not at the least."""

    def minimumSizeHint(self) -> QSize:
        """Name no least height: the area asks for the height at its width."""
        return QSize(super().minimumSizeHint().width(), 0)


def page_column(content: QLayout, *, width: int = COLUMN_PX) -> QScrollArea:
    """Put a page's content into a centred column that scrolls when the window is low."""
    content.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
    outer = _AsHighAsItsText()
    outer.setLayout(centred(content, width))
    return scrolling(outer)


def scrolling(inner: QWidget) -> QScrollArea:
    """Let something scroll up and down where the window is low."""
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to what gets the focus by a key other than Tab, which does so by itself."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget)


class Elided(QLabel):
    """A line that ends in dots where there is no room; its tooltip says all."""

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        del event
        painter = QPainter(self)
        painter.setFont(self.font())
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
        self.setToolTip(self.text() if text != self.text() else "")


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
