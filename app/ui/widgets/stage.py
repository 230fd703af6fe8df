"""The mirror of the set-up page: the live picture with one sentence of advice at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.widgets.advice import AdvicePill, Steady, advice_of
from app.ui.widgets.controls import column
from app.ui.widgets.video import VideoView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.session.plan import Snapshot
    from vision.types import Frame


class CameraStage(QWidget):
    """Shows the picture, and the most urgent thing that should be better about it."""

    def __init__(self) -> None:
        super().__init__()
        self.video = VideoView()
        self._steady = Steady()
        self._pill = AdvicePill(self.video)
        self.setLayout(column(self.video))

    @property
    def advice(self) -> str:
        """The sentence on show."""
        return self._pill.text

    def show_picture(self, frame: Frame | None) -> None:
        """Show the newest picture."""
        before = self.video.picture_rect()
        self.video.show_frame(frame)
        if self.video.picture_rect() != before:
            self._pill.place(self.video.picture_rect())
        if frame is None:
            self._steady.clear()
            self._say("")

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show one sentence on the picture."""
        self._say(self._steady.push(snapshot.t, advice_of(snapshot)))

    def _say(self, text: str) -> None:
        if self._pill.say(text):
            self.setAccessibleDescription(text)
            self._pill.place(self.video.picture_rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the advice at the picture's foot."""
        super().resizeEvent(event)
        self._pill.place(self.video.picture_rect())
