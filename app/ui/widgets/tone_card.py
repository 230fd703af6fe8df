"""How the voice was in this session: six scales with one's own normal in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from app.coach.tone import AS_USUAL, tone_scales
from app.ui.style import Space, current_palette
from app.ui.texts import told
from app.ui.widgets.controls import card, column, label

if TYPE_CHECKING:
    from app.coach.report_types import Report
    from app.coach.tone import ToneScale

DOT_PX: Final = 5.0


class ToneBar(QWidget):
    """One scale: a line, the usual in its middle, and a dot; hatched where not measured."""

    def __init__(self, scale: ToneScale) -> None:
        super().__init__()
        self.scale = scale
        self.setFixedHeight(Space.LARGE)
        self.setMinimumWidth(Space.HUGE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(scale.told or _not_measured())
        self.setAccessibleName(f"{told(scale.low)} – {told(scale.high)}")
        self.setAccessibleDescription(said(scale))

    def sizeHint(self) -> QSize:
        """Ask for a low strip."""
        return QSize(2 * Space.HUGE, Space.LARGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the usual and the dot."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, half = self.height() / 2, self.width() / 2 - DOT_PX
        track = QRectF(DOT_PX, middle - 2, 2 * half, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(track, 2, 2)
        if self.scale.position is None:
            painter.setBrush(QColor(palette.hatch))
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            painter.drawRect(track.adjusted(0, -3, 0, 3))
        else:
            usual = QRectF(DOT_PX + half * (1 - AS_USUAL), middle - 4, 2 * half * AS_USUAL, 8)
            painter.drawRoundedRect(usual, 4, 4)
            painter.setPen(QPen(QColor(palette.card), 2))
            painter.setBrush(QColor(palette.accent))
            at = QPointF(DOT_PX + half * (1 + self.scale.position), middle)
            painter.drawEllipse(at, DOT_PX, DOT_PX)
        painter.end()


def said(scale: ToneScale) -> str:
    """Put a scale into words: what it was, and by how much."""
    if scale.position is None:
        return _not_measured()
    return f"{told(scale.word)}: {scale.told}"


def tone_card(report: Report) -> QFrame | None:
    """Show the voice of a session; None where no voice was heard at all."""
    scales = tone_scales(report, told)
    if not any(curve.name == "level_dbfs" for curve in report.curves):
        return None
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.SNUG)
    grid.setVerticalSpacing(Space.HAIR)
    grid.setColumnStretch(1, 1)
    for line, scale in enumerate(scales):
        low, high = label(told(scale.low), "quiet"), label(told(scale.high), "quiet")
        low.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(low, line, 0)
        grid.addWidget(ToneBar(scale), line, 1)
        grid.addWidget(high, line, 2)
    holder = QWidget()
    holder.setLayout(grid)
    content = column(
        label(QCoreApplication.translate("ToneCard", "Your voice, against your usual"), "section"),
        holder,
        label(_foot(scales), "quiet", wrap=True),
        space=Space.SMALL,
    )
    content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
    made = card()
    made.setLayout(content)
    return made


def _foot(scales: tuple[ToneScale, ...]) -> str:
    """Say in one line what stood out, and that hatched means not measured."""
    out = [said(scale) for scale in scales if scale.word not in {"", "as usual"}]
    missing = any(scale.position is None for scale in scales)
    lines = out or (
        [QCoreApplication.translate("ToneCard", "As you usually talk.")]
        if any(scale.position is not None for scale in scales)
        else []
    )
    if missing:
        lines.append(
            QCoreApplication.translate(
                "ToneCard",
                "Hatched: not measured. There was too little talk, or no own normal to "
                "compare it with.",
            )
        )
    return "\n".join(line[:1].upper() + line[1:] for line in lines)


def _not_measured() -> str:
    return QCoreApplication.translate("ToneCard", "not measured")
