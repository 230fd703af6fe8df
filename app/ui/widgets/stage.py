"""The mirror of the set-up page: the live picture and one sentence of advice under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.coach.words import framing_text
from app.ui.style import ICON_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import column, label, picture_label, row
from app.ui.widgets.video import VideoView

if TYPE_CHECKING:
    from app.session.plan import Snapshot
    from vision.types import Frame


class Stage(QWidget):
    """Shows the picture, and the most urgent thing that should be better about it."""

    def __init__(self) -> None:
        super().__init__()
        self.video = VideoView()
        self._sign = picture_label("")
        self._advice = label("", "lead", wrap=True)
        policy = self._advice.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
        self._advice.setMinimumHeight(ICON_PX + Space.HAIR)
        advice = row(self._sign, self._advice, space=Space.SMALL)
        advice.setStretch(1, 1)
        content = column(self.video, advice, space=Space.SNUG)
        content.setStretch(0, 1)
        self.setLayout(content)

    @property
    def advice(self) -> str:
        """The sentence on show."""
        return self._advice.text()

    def show_picture(self, frame: Frame | None) -> None:
        """Show the newest picture."""
        self.video.show_frame(frame)
        if frame is None:
            self._say("", "")

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show one sentence on the picture."""
        if snapshot.framing:
            self._say("notice", told(framing_text(snapshot.framing[0])))
        elif snapshot.sees:
            self._say("good", self.tr("I can see you well."))
        else:
            self._say("", "")

    def _say(self, sign: str, text: str) -> None:
        if text == self._advice.text():
            return
        self._advice.setText(text)
        self.setAccessibleDescription(text)
        self._sign.show_icon(sign, "accent" if sign == "good" else "text")
