"""The icon family's letters, drawn without importing qtawesome.

Its import brings half of Qt, OpenGL among it, and took a sixth of the start; what is wanted of it
are two files.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE: Final = "qtawesome"
LETTERS: Final = "phosphor-charmap-*.json"
FONT: Final = "phosphor-[0-9]*.ttf"
SHARE: Final = 0.875
"""Of the picture's height the letter takes so much: its bearing needs the rest."""


class GlyphEngine(QIconEngine):
    """Draws one letter of the family at whatever size is asked for."""

    def __init__(self, glyph: str, colour: str, active: str) -> None:
        super().__init__()
        self._glyph, self._colour, self._active = glyph, colour, active

    def clone(self) -> QIconEngine:
        """Copy it, as Qt does where an icon is changed."""
        return GlyphEngine(self._glyph, self._colour, self._active)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it in the middle; paler while disabled."""
        ink = QColor(self._active if state == QIcon.State.On else self._colour)
        if mode == QIcon.Mode.Disabled:
            palette = QGuiApplication.palette()
            ink = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        font = QFont(_family())
        font.setPixelSize(max(1, round(SHARE * rect.height())))
        painter.save()
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it on nothing."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made


@lru_cache(maxsize=1)
def glyphs() -> Mapping[str, str]:
    """Give the letter of each name of the family."""
    codes = json.loads(_file(LETTERS).read_text("utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


@lru_cache(maxsize=1)
def _family() -> str:
    """Load the font; its name."""
    number = QFontDatabase.addApplicationFont(str(_file(FONT)))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _file(pattern: str) -> Path:
    """Find one of the family's files where the package lies, without importing it."""
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations or () if spec is not None else ()
    for folder in folders:
        for path in sorted(Path(folder, "fonts").glob(pattern)):
            return path
    raise AppError("The program's icons are not there.", "Install Rapport again.")
