"""The mirror of the set-up page: the live picture with one sentence of advice at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from app.coach.words import framing_text
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import column, label, picture_label, row
from app.ui.widgets.video import VideoView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.session.plan import Snapshot
    from vision.types import Frame


class Stage(QWidget):
    """Shows the picture, and the most urgent thing that should be better about it."""

    def __init__(self) -> None:
        super().__init__()
        self.video = VideoView()
        self._sign = picture_label("")
        self._advice = label("", "advice")
        self._pill = QFrame(self.video)
        self._pill.setProperty("surface", "hint")
        inside = row(self._sign, self._advice, space=Space.SNUG)
        inside.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self._pill.setLayout(inside)
        self._pill.hide()
        self.setLayout(column(self.video))

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
        self._pill.setVisible(bool(text))
        self._place()
        self._sign.show_icon(sign, "accent" if sign == "good" else "text")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the advice at the picture's foot."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._advice.setWordWrap(False)
        box = self.video.picture_rect()
        room = box.width() - 2 * Space.MEDIUM
        wanted = self._pill.sizeHint()
        if wanted.width() > room:
            self._advice.setWordWrap(True)
            wanted.setHeight(self._pill.heightForWidth(room))
        width = min(room, wanted.width())
        self._pill.setGeometry(
            box.center().x() - width // 2,
            box.bottom() - wanted.height() - Space.MEDIUM,
            width,
            wanted.height(),
        )
