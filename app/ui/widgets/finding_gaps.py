"""What was not measured, why, and for how long: hatched here as on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.coach.types import Sense
from app.coach.words import missing_text
from app.ui.style import Space, current_palette, tabular
from app.ui.texts import length_text, told
from app.ui.widgets.controls import card, column, label, row
from vision.types import Reason as VisionReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.report_types import NotMeasured
    from app.coach.types import CueRule

SAME_S: Final = 0.5
"""Cues that missed the same length for the same reason share a line."""
SHORTEST_S: Final = 0.5
"""Shorter gaps are on the timeline, and not worth a line."""
MANY: Final = 4
"""So many cues of one sense are not listed where they are all of them."""


class HatchSwatch(QWidget):
    """A small piece of the timeline's hatching."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(Space.LARGE, Space.SNUG)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strokes."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setClipPath(outline)
        painter.setPen(QPen(QColor(current_palette().hatch), 1))
        for x in range(-self.height(), self.width(), 6):
            painter.drawLine(QLineF(x, self.height(), x + self.height(), 0))
        painter.end()


def gap_lines(rows: Sequence[NotMeasured], rules: Sequence[CueRule]) -> list[tuple[str, str, str]]:
    """Write (cues, reason, length) a line; cues with one reason and length share a line."""
    known = {rule.id: rule for rule in rules}
    groups: list[tuple[str, float, list[CueRule]]] = []
    for item in rows:
        rule = known.get(item.cue)
        if rule is None or item.seconds < SHORTEST_S:
            continue
        why = told(missing_text(item.reason, rule, rule.sense))
        for known_why, seconds, together in groups:
            if known_why == why and abs(seconds - item.seconds) < SAME_S:
                together.append(rule)
                break
        else:
            groups.append((why, item.seconds, [rule]))
    off = {item.cue for item in rows if item.reason == VisionReason.SWITCHED_OFF.value}
    lines = []
    for why, seconds, together in groups:
        others = [rule for rule in rules if rule.id not in off and rule not in together]
        cues = _cues(together, others)
        lines.append((cues[:1].upper() + cues[1:], why[:1].upper() + why[1:], length_text(seconds)))
    return lines


def _cues(together: Sequence[CueRule], others: Sequence[CueRule]) -> str:
    """Name the cues of a line; where no others of a sense are left, in a few words."""
    parts = []
    for sense, all_of_it in (
        (Sense.VISION, QCoreApplication.translate("FindingGaps", "all that is seen")),
        (Sense.VOICE, QCoreApplication.translate("FindingGaps", "all that is heard in the voice")),
    ):
        missed = [rule for rule in together if rule.sense is sense]
        if len(missed) >= MANY and not any(rule.sense is sense for rule in others):
            parts.append(all_of_it)
        else:
            parts.extend(told(rule.name) for rule in missed)
    return ", ".join(parts)


def gaps_card(
    rows: Sequence[NotMeasured], rules: Sequence[CueRule], notes: Sequence[str]
) -> QFrame | None:
    """Make the card; None where everything was measured and there is nothing to note."""
    lines = gap_lines(rows, rules)
    if not lines and not notes:
        return None
    content = QVBoxLayout()
    content.setSpacing(Space.SNUG)
    content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
    if lines:
        title = QCoreApplication.translate("FindingGaps", "Not measured")
        content.addWidget(label(title, "lead-strong"))
        for cues, why, length in lines:
            content.addLayout(_line(cues, why, length))
    if notes:
        title = QCoreApplication.translate("FindingGaps", "Good to know")
        content.addWidget(label(title, "lead-strong"))
        for note in notes:
            content.addWidget(label(told(note), "quiet", wrap=True))
    made = card()
    made.setLayout(content)
    return made


def _line(cues: str, why: str, length: str) -> QHBoxLayout:
    swatch = HatchSwatch()
    time = label(length, "quiet")
    tabular(time)
    texts = column(label(cues, "text", wrap=True), label(why, "quiet", wrap=True), space=2)
    made = row(swatch, texts, time, space=Space.SNUG)
    made.setStretch(1, 1)
    made.setAlignment(swatch, Qt.AlignmentFlag.AlignTop)
    made.setAlignment(time, Qt.AlignmentFlag.AlignTop)
    return made
