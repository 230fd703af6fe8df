"""One sentence of advice at a time on the picture, steady enough to be read and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from app.coach.words import framing_text
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import label, picture_label, row

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from app.session.plan import Snapshot

SHOWN_S: Final = 2.0
"""A sentence stays for at least this long: shorter ones cannot be read and followed."""
WANTED_S: Final = 0.5
"""Another one must be wanted for this long: a limit is crossed back and forth at first."""


class Steady:
    """Holds what is said: the first at once, another one only after both times are over."""

    def __init__(self) -> None:
        self._said = ""
        self._since_s = 0.0
        self._wanted: tuple[str, float] = ("", 0.0)

    def push(self, t: float, wanted: str) -> str:
        """Take what should be said at `t` seconds and give what is said; "" is nothing."""
        if t < self._since_s or not self._said:
            self._say(t, wanted)
        elif wanted == self._said or wanted != self._wanted[0]:
            self._wanted = (wanted, t)
        elif t - self._wanted[1] >= WANTED_S and t - self._since_s >= SHOWN_S:
            self._say(t, wanted)
        return self._said

    def clear(self) -> None:
        """Say nothing, and begin afresh."""
        self._say(0.0, "")

    def _say(self, t: float, words: str) -> None:
        self._said, self._since_s, self._wanted = words, t, (words, t)


def advice_of(snapshot: Snapshot) -> str:
    """Most urgent sentence on the picture; "" where nothing can be said of it."""
    if snapshot.framing:
        return told(framing_text(snapshot.framing[0]))
    return praise() if snapshot.sees else ""


def praise() -> str:
    """Say that the picture is as it should be."""
    return QCoreApplication.translate("Stage", "I can see you well.")


class AdvicePill(QFrame):
    """A sign and one sentence at the foot of a picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = picture_label("")
        self._words = label("", "advice")
        self.setProperty("surface", "hint")
        inside = row(self._sign, self._words, space=Space.SNUG)
        inside.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self.setLayout(inside)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on show."""
        return self._words.text()

    def say(self, text: str) -> bool:
        """Show a sentence or nothing; True where it changed and has to be placed anew."""
        if text == self.text:
            return False
        self._words.setText(text)
        self.setVisible(bool(text))
        good = text == praise()
        self._sign.show_icon("good" if good else "notice", "accent" if good else "text")
        return True

    def place(self, box: QRect) -> None:
        """Stand in the middle of the foot of the picture's box, broken where it is too long."""
        self._words.setWordWrap(False)
        room = box.width() - 2 * Space.MEDIUM
        wanted = self.sizeHint()
        if wanted.width() > room:
            self._words.setWordWrap(True)
            wanted.setHeight(self.heightForWidth(room))
        width = min(room, wanted.width())
        self.setGeometry(
            box.center().x() - width // 2,
            box.bottom() - wanted.height() - Space.MEDIUM,
            width,
            wanted.height(),
        )
