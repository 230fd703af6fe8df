"""Paints the words of a timeline: each at its place where there is room, else whole phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF

from app.ui.style import Space
from app.ui.widgets.timeline_bands import paint_bars, paint_rail
from app.ui.widgets.timeline_layout import BAND_PX

if TYPE_CHECKING:
    from app.ui.widgets.timeline_brush import Brush
    from app.ui.widgets.timeline_words import WordsRow

WORDS_FROM_PX_S: Final = 130.0
"""Pixels a second from which each word stands where it was said: a fast word has 0.3 s."""
PHRASES_FROM_PX_S: Final = 18.0
"""Pixels a second from which phrases are written, as much of them as there is room for."""
SHORTEST_PX: Final = 28.0
"""A phrase with less room than this is a stroke."""
FLAGS: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def paint_words(brush: Brush, row: WordsRow, top: float, height: float) -> None:
    """Paint what was said, as closely as the zoom has room for it."""
    brush.painter.save()
    brush.painter.setClipRect(brush.clip(top, height), Qt.ClipOperation.IntersectClip)
    if brush.scale.px_a_s >= WORDS_FROM_PX_S:
        _paint_each(brush, row, top, height)
    elif brush.scale.px_a_s >= PHRASES_FROM_PX_S:
        _paint_phrases(brush, row, top, height)
    else:
        paint_rail(brush, top, height)
        paint_bars(brush, row.phrases, brush.palette.quiet, top + (height - BAND_PX) / 2)
    brush.painter.restore()


def _paint_each(brush: Brush, row: WordsRow, top: float, height: float) -> None:
    painter, scale = brush.painter, brush.scale
    metrics = QFontMetricsF(brush.font)
    words = row.seen(scale.start_s, scale.end_s)
    painter.setFont(brush.font)
    painter.setPen(QColor(brush.palette.text))
    for at, word in enumerate(words):
        x = scale.x(word.start_s)
        until = scale.x(words[at + 1].start_s) if at + 1 < len(words) else float("inf")
        text, room = word.text, until - x - Space.HAIR / 2
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, top, max(0.0, min(room, 400.0)) + 2, height), FLAGS, text)


def _paint_phrases(brush: Brush, row: WordsRow, top: float, height: float) -> None:
    painter, scale = brush.painter, brush.scale
    metrics = QFontMetricsF(brush.font)
    painter.setFont(brush.font)
    painter.setPen(QColor(brush.palette.text))
    phrases = row.phrases.seen(scale.start_s, scale.end_s)
    for at, phrase in enumerate(phrases):
        x = max(scale.x(phrase.start_s), scale.left_px)
        until = scale.left_px + scale.width_px
        if at + 1 < len(phrases):
            until = scale.x(phrases[at + 1].start_s) - Space.HAIR
        room = until - x
        if room < SHORTEST_PX:
            stroke = QRectF(x, top + height / 2 - 1, max(1.0, room), 2)
            painter.fillRect(stroke, QColor(brush.palette.quiet))
            continue
        text = metrics.elidedText(phrase.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, top, room + 2, height), FLAGS, text)
