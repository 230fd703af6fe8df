"""A stick figure where no picture was kept: joints, and a head that is nobody's."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.session.figure import read_figure
from app.store.types import KeepPolicy
from app.ui.style import TypeSize, current_palette
from app.ui.waiting import Waiter

if TYPE_CHECKING:
    from app.errors import AppError
    from app.session.figure import FigureTrack, Pose
    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.ui.services import Runner
    from app.ui.widgets.player import Player

SHAPE: Final = (4, 3)
"""The usual camera's; the readings do not say which it was."""
SEEN: Final = 0.5
"""A joint that was surer than this is drawn."""
NOSE, EARS, SHOULDERS, HIPS = 0, (7, 8), (11, 12), (23, 24)
BONES: Final = (
    (11, 12), (11, 13), (13, 15), (12, 14), (14, 16), (11, 23), (12, 24), (23, 24),
    (23, 25), (25, 27), (24, 26), (26, 28), (15, 19), (16, 20),
)  # fmt: skip
"""Pairs of joints with a line between them; the numbers are the pose model's."""
HEAD: Final = (0.24, 0.32)
"""Half width and half height of the head, as parts of the shoulders' width."""
SMALLEST_HEAD: Final = 0.05
"""Of the picture's height, where the shoulders are not seen."""
LINE: Final = 0.012
"""Width of a line, as a part of the picture's height."""


class StickFigure:
    """Draws the pose of a moment into the player's stage."""

    def __init__(self, track: FigureTrack) -> None:
        self._track = track

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the picture that it stands for."""
        return SHAPE

    def paint(self, painter: QPainter, box: QRectF, t: float) -> None:
        """Draw the moment t, seconds, into a box."""
        pose = self._track.at(t)
        if pose is None:
            _say_nobody(painter, box)
            return
        pen = QPen(QColor(current_palette().on_stage), max(2.0, LINE * box.height()))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one, other in BONES:
            start, end = _point(pose, one, box), _point(pose, other, box)
            if start is not None and end is not None:
                painter.drawLine(start, end)
        _paint_head(painter, pose, box)


def _point(pose: Pose, joint: int, box: QRectF) -> QPointF | None:
    """Tell where a joint is drawn; None where it was not seen."""
    x, y, seen = (float(value) for value in pose.joints[joint])
    if seen < SEEN:
        return None
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _middle(pose: Pose, pair: tuple[int, int], box: QRectF) -> QPointF | None:
    one, other = (_point(pose, joint, box) for joint in pair)
    return (one + other) / 2 if one is not None and other is not None else one or other


def _paint_head(painter: QPainter, pose: Pose, box: QRectF) -> None:
    """Draw an outline of one shape for everybody, and a line for where it looks."""
    middle = _middle(pose, EARS, box) or _point(pose, NOSE, box)
    if middle is None:
        return
    left, right = (_point(pose, joint, box) for joint in SHOULDERS)
    width = 0.0
    if left is not None and right is not None:
        width = math.hypot(left.x() - right.x(), left.y() - right.y())
    half_w = max(HEAD[0] * width, SMALLEST_HEAD * box.height())
    half_h = half_w * HEAD[1] / HEAD[0]
    below = _middle(pose, SHOULDERS, box)
    if below is not None and below.y() > middle.y() + half_h:
        painter.drawLine(QPointF(middle.x(), middle.y() + half_h), below)
    painter.save()
    painter.translate(middle)
    yaw, pitch, roll = pose.turned or (0.0, 0.0, 0.0)
    painter.rotate(roll)
    painter.drawEllipse(QPointF(0, 0), half_w, half_h)
    if pose.turned is not None:
        tip = QPointF(half_w * math.sin(math.radians(yaw)), -half_h * math.sin(math.radians(pitch)))
        painter.drawLine(tip * 0.55, tip * 0.55 + QPointF(0, half_h * 0.22))
    painter.restore()


def _say_nobody(painter: QPainter, box: QRectF) -> None:
    font = painter.font()
    font.setPixelSize(TypeSize.LEAD)
    painter.setFont(font)
    painter.setPen(QColor(current_palette().on_stage))
    words = QCoreApplication.translate("StickFigure", "Nobody was seen here")
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class FigureLoader(QObject):
    """Reads a session's poses beside the screen and gives them to a player."""

    def __init__(self, runner: Runner | None, player: Player) -> None:
        super().__init__(player)
        self._runner = runner
        self._player = player
        self._waiter: Waiter[FigureTrack | None] | None = None

    def show(self, record: SessionRecord, store: Store) -> None:
        """Show the figure of a session of which voice and stick figure were kept.

        To be called after the player was opened: opening takes the last figure away.
        """
        self.drop()
        if record.keep_policy is not KeepPolicy.VOICE_AND_STICK or self._runner is None:
            return
        files = store.files(record.id)
        self._waiter = Waiter(
            self._runner.run(lambda: read_figure(files)), self._on_read, self._on_failed, self
        )

    def drop(self) -> None:
        """Wait for nothing any more."""
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None

    def _on_read(self, track: FigureTrack | None) -> None:
        self._waiter = None
        if track is not None and self._player.usable:
            self._player.show_figure(StickFigure(track))

    def _on_failed(self, error: AppError) -> None:
        """Leave the sentence that only the sound was kept: it is true then."""
        del error
        self._waiter = None
