"""Says in plain words what lies under a point of a timeline, and finds what can be chosen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.ui.texts import clock_text
from app.ui.widgets.curves import BROW, CurveRow
from app.ui.widgets.timeline_cues import CueRow
from app.ui.widgets.timeline_pins import PinRow
from app.ui.widgets.timeline_spans import StretchRow
from app.ui.widgets.timeline_words import WordsRow, word_text

if TYPE_CHECKING:
    from app.ui.widgets.timeline_layout import Row
    from app.ui.widgets.timeline_model import TimelineModel
    from app.ui.widgets.timeline_pins import Pin
    from app.ui.widgets.timeline_scale import Scale

NEAR_PX: Final = 6


def slack_s(scale: Scale) -> float:
    """How far from a thing the pointer may be, seconds."""
    return NEAR_PX / max(1.0, scale.width_px) * scale.visible_s


def row_words(row: Row, model: TimelineModel, t: float, slack: float) -> str:
    """Say what lies on a line at a time; empty where nothing does."""
    if isinstance(row, CueRow):
        return _cue_words(row, t, slack)
    if isinstance(row, PinRow):
        return "\n".join(pin.text for pin in pins_at(row, t, slack))
    if isinstance(row, StretchRow):
        span = row.spans.at(t, slack)
        return span.text if span else ""
    if isinstance(row, WordsRow):
        return _spoken_words(row, t, slack)
    return _curve_words(row, model, t) if isinstance(row, CurveRow) else ""


def item_at(row: Row, t: float, slack: float, model: TimelineModel) -> Pin | None:
    """Find the pin or episode that lies on a line at a time."""
    if isinstance(row, PinRow):
        near = pins_at(row, t, slack)
        return min(near, key=lambda pin: abs(pin.t - t), default=None)
    if isinstance(row, CueRow):
        for spans in (row.spans, row.rejected):
            span = spans.at(t, slack)
            if span is not None:
                same = (m for m in model.moments if m.id == span.id and m.t == span.start_s)
                return next(same, None)
    return None


def pins_at(row: PinRow, t: float, slack: float) -> list[Pin]:
    """Find the pins near a time, and those about a span that holds it."""
    first = bisect_left(row.pins, t - 2 * slack, key=lambda pin: pin.t)
    last = bisect_right(row.pins, t + 2 * slack, key=lambda pin: pin.t)
    near = list(row.pins[first:last])
    about = [row.pins[int(span.id)] for span in row.spans.seen(t, t)]
    return [pin for pin in about if pin not in near] + near


def _cue_words(row: CueRow, t: float, slack: float) -> str:
    for spans in (row.spans, row.rejected):
        span = spans.at(t, slack)
        if span is not None:
            return f"{row.label}: {span.text}"
    gap = row.gaps.at(t, 0.0)
    return gap.text if gap else ""


def _spoken_words(row: WordsRow, t: float, slack: float) -> str:
    word, phrase = row.at(t, slack), row.phrases.at(t, 0.0)
    if word is not None and phrase is not None:
        return f"{word_text(word)}\n{phrase.text}"
    return word_text(word) if word else ""


def _curve_words(row: CurveRow, model: TimelineModel, t: float) -> str:
    value = row.at(t)
    if value is not None:
        return f"{clock_text(t)} · {row.label}: {row.words(value)}"
    gaps = model.brow_gaps if row.name == BROW else model.voice_gaps
    gap = gaps.at(t, 0.0) if gaps is not None else None
    if gap is not None:
        return gap.text
    text = QCoreApplication.translate("Timeline", "{t} · {what}: not measured")
    return text.format(t=clock_text(t), what=row.label)
