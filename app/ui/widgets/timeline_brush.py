"""What every painting function of a timeline needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.ui.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from app.ui.style import Palette
    from app.ui.widgets.timeline_scale import Scale

GLYPH_PX: Final = 16
HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Brush:
    """What every painting function needs."""

    painter: QPainter
    """Where to paint."""
    palette: Palette
    """In which colours."""
    scale: Scale
    """Which stretch lies where."""
    font: QFont
    """Text of the lines."""
    ratio: float
    """Device pixels a pixel."""
    gutter: int
    """Pixels that names take."""
    glyphs: dict[tuple[str, str, int], QPixmap]
    """Icons that were drawn before, by name, colour and size: drawing one takes half a millisecond.
    """

    strips: dict[tuple[int, float], QPixmap | None] = field(default_factory=dict)
    """Hatching that was drawn before in this picture, by its gaps and height."""

    def glyph(self, name: str, colour: str, side: int = GLYPH_PX) -> QPixmap:
        """Find an icon, or draw it once."""
        key = (name, colour, side)
        if key not in self.glyphs:
            self.glyphs[key] = pixmap(name, colour, side, self.ratio)
        return self.glyphs[key]

    def disc(self, name: str, colour: str) -> QPixmap:
        """Find an icon on a disc of the card, which keeps it apart from what it lies on."""
        key = (f"{name}/disc", colour, GLYPH_PX)
        if key not in self.glyphs:
            glyph = self.glyph(name, colour)
            made = QPixmap(glyph.size())
            made.setDevicePixelRatio(glyph.devicePixelRatio())
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.palette.card))
            painter.drawEllipse(QRectF(0, 0, GLYPH_PX, GLYPH_PX))
            painter.drawPixmap(QPointF(0, 0), glyph)
            painter.end()
            self.glyphs[key] = made
        return self.glyphs[key]

    def ink(self, colour: str) -> str:
        """Find the colour of a marker: a lane's token, "#RRGGBB", or else the accent."""
        if colour in self.palette.lanes:
            return self.palette.lanes[colour]
        return colour if HEX.fullmatch(colour) else self.palette.accent

    def clip(self, top: float, height: float) -> QRectF:
        """Cut out the part of a line right of its name."""
        return QRectF(self.scale.left_px, top, self.scale.width_px, height)


def paint_boxes(painter: QPainter, boxes: Sequence[QRectF], colour: QColor) -> None:
    """Fill many upright boxes; without smooth edges, each of which takes Qt as long as an icon."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRects(boxes)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
