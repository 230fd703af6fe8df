"""What stands at the edge of the live page: light, recording dot, hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.ui.motion import fade_in
from app.ui.style import Space, current_palette
from app.ui.texts import told
from app.ui.widgets.controls import label, picture_label, row

if TYPE_CHECKING:
    from app.coach.hints import Hint

LIVE_ICON_PX = 28
HINT_ICON_PX = 56


class RecordingDot(QWidget):
    """The only red thing: something is being recorded. Hollow where nothing is, or not any more."""

    def __init__(self) -> None:
        super().__init__()
        self._recording = True
        self.setFixedSize(Space.LARGE, Space.LARGE)
        self.show_recording(recording=True)

    def show_recording(self, *, recording: bool, ended: bool = False) -> None:
        """Say whether picture or sound is being kept; `ended` where it was until now."""
        self._recording = recording and not ended
        words = self.tr("Recording")
        if not recording:
            words = self.tr("Nothing of this session is recorded")
        elif ended:
            words = self.tr("The recording has ended; the session goes on")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(palette.danger if self._recording else palette.quiet)
        painter.setPen(colour)
        painter.setBrush(colour if self._recording else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.rect().center(), Space.SMALL, Space.SMALL)
        painter.end()


class SenseLight(QWidget):
    """A calm light for one sense: an icon and words, no blinking, no red."""

    def __init__(self, on: tuple[str, str], off: tuple[str, str]) -> None:
        super().__init__()
        self._states = {True: on, False: off}
        self._shown: bool | None = None
        self._icon = picture_label("", size=LIVE_ICON_PX)
        self._words = label("", "live-quiet")
        self.setLayout(row(self._icon, self._words, space=Space.SMALL))
        self.show_state(works=False)

    def show_state(self, *, works: bool) -> None:
        """Say whether the sense works."""
        if works == self._shown:
            return
        self._shown = works
        icon, words = self._states[works]
        self._icon.show_icon(icon, "accent" if works else "quiet")
        self._words.setText(words)
        self.setAccessibleName(words)

    def explain(self, more: str) -> None:
        """Say more to whoever points at it or has it read out."""
        if more != self.toolTip():
            self.setToolTip(more)
            self.setAccessibleDescription(more)

    @property
    def text(self) -> str:
        """What it says now."""
        return self._words.text()


class HintBubble(QFrame):
    """At most one hint: an icon and one to three words, large, over the picture's foot."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "hint")
        self._icon = picture_label("", size=HINT_ICON_PX)
        self._words = label("", "hint")
        content = row(self._icon, self._words, space=Space.MEDIUM)
        content.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.WIDE, Space.MEDIUM)
        self.setLayout(content)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._shown: tuple[str, bool] | None = None
        self.hide()

    def show_hint(self, hint: Hint | None) -> bool:
        """Show a hint or none; True where it changed and has to be placed anew."""
        if hint is None or not hint.text:
            changed = self._shown is not None
            self._shown = None
            self.hide()
            return changed
        if self._shown == (hint.text, hint.good):
            return False
        self._shown = (hint.text, hint.good)
        self._icon.show_icon(hint.icon, "accent" if hint.good else "text")
        text = told(hint.text)
        self._words.setText(text[:1].upper() + text[1:])
        self.setAccessibleName(text)
        self.adjustSize()
        fade_in(self)
        return True

    @property
    def text(self) -> str:
        """What it says now; empty without a hint."""
        return self._words.text() if self._shown is not None else ""
