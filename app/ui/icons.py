"""One icon family (Phosphor, out of qtawesome's files) and the few pictograms that it lacks."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from app.paths import asset
from app.ui.icon_font import GlyphEngine, glyphs
from app.ui.style import ICON_PX, current_palette

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILY: Final = "ph"
"""What may stand before a name of the family."""
OWN: Final = frozenset(
    {"arms", "brow", "face_touch", "facing", "hips", "lean", "nod", "shake", "slouch"}
)
"""Pictograms of our own, in assets/icons."""

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "home": "house",
        "practise": "video-camera",
        "sessions": "list-bullets",
        "settings": "gear-six",
        "check": "check-circle",
        "review": "chats",
        "camera": "video-camera",
        "camera_off": "video-camera-slash",
        "microphone": "microphone",
        "microphone_off": "microphone-slash",
        "sees": "eye",
        "sees_not": "eye-slash",
        "hears": "ear",
        "hears_not": "ear-slash",
        "start": "play-fill",
        "play": "play-fill",
        "pause": "pause-fill",
        "finish": "stop-fill",
        "next": "caret-right",
        "back": "arrow-left",
        "search": "magnifying-glass",
        "delete": "trash",
        "keys": "keyboard",
        "done": "check",
        "good": "check-circle",
        "notice": "warning-circle",
        "hint": "lightbulb",
        "smile": "smiley",
        "pace": "gauge",
        "loudness": "speaker-high",
        "soft": "speaker-low",
        "pitch": "activity",
        "sharp": "lightning",
        "silence": "pause",
        "talking": "chat-teardrop-dots",
        "customer": "user",
        "privacy": "shield-check",
        "retry": "arrow-clockwise",
        "skip": "skip-forward",
        "close": "x",
        "light": "sun",
        "dark": "moon",
        "room": "house-line",
        "face": "user-focus",
        "talk": "chat-teardrop-text",
        "focus": "target",
        "disagree": "thumbs-down",
        "agree": "thumbs-up",
        "star": "star",
        "frame_back": "caret-left",
        "frame_on": "caret-right",
        "repeat": "repeat",
        "clock": "clock",
        "checklist": "check-square",
    }
)
"""What the program means -> what the family calls it."""


def icon(name: str, colour: str | None = None, *, active: str | None = None) -> QIcon:
    """Find an icon by meaning, by family name, or one of our own; a plain dot for an unknown name.

    Parameters
    ----------
    name
        A key of `NAMES`, one of `OWN`, a Phosphor name ("hand"), or "ph.hand".
    colour
        "#RRGGBB"; the current text colour without it.
    active
        Colour while checked, where it differs.
    """
    colour = colour or current_palette().text
    if name in OWN:
        return _own(name, colour, active or colour)
    known = glyphs()
    glyph = known.get(NAMES.get(name, name.removeprefix(f"{FAMILY}."))) or known["circle"]
    return QIcon(GlyphEngine(glyph, colour, active or colour))


def pixmap(
    name: str, colour: str | None = None, size: int = ICON_PX, ratio: float = 1.0
) -> QPixmap:
    """Draw an icon as a picture of `size` logical pixels, for labels and own painting.

    Kept by Qt, because live pages ask often and each would be drawn anew.
    """
    colour = colour or current_palette().text
    key = f"{name}/{colour}/{size}/{ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    drawn = icon(name, colour).pixmap(QSize(size, size), ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def padded(name: str, colour: str, size: QSize, ratio: float) -> QIcon:
    """Draw an icon at the left of a wider picture: Qt leaves too little room before the text."""
    key = f"{name}/{colour}/{size.width()} {size.height()}/{ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return QIcon(kept)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.drawPixmap(0, 0, pixmap(name, colour, size.height(), ratio))
    painter.end()
    QPixmapCache.insert(key, picture)
    return QIcon(picture)


def _own(name: str, colour: str, active: str) -> QIcon:
    source = asset("icons", f"{name}.svg").read_text("utf-8")
    made = QIcon()
    for state, ink in ((QIcon.State.Off, colour), (QIcon.State.On, active)):
        for size in (ICON_PX, 2 * ICON_PX, 4 * ICON_PX):
            made.addPixmap(_drawn(source.replace("#000000", ink), size), QIcon.Mode.Normal, state)
    return made


def _drawn(source: str, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
