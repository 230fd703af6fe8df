"""The row under the recording: play, back, ahead, time, speed, sound."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolButton, QWidget

from app.ui.icons import icon
from app.ui.style import CONTROL_PX, ICON_PX, current_palette, tabular
from app.ui.texts import clock_text
from app.ui.widgets.controls import row

SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
LEAP_S: Final = 5.0
FIGURE_SPACE: Final = "\u2007"
"""As wide as a digit."""


class PlayerBar(QWidget):
    """Says what hands want; shows what it is told."""

    toggled = Signal()
    stepped = Signal(float)
    frames_stepped = Signal(int)
    speed_chosen = Signal(float)
    mute_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools: list[QToolButton] = []
        self.play = self._tool(self.tr("Play"))
        self.play.clicked.connect(self.toggled)
        self.back = self._tool(self.tr("Back 5 seconds"), "rewind", self.tr("Shift+Left"))
        self.back.clicked.connect(lambda: self.stepped.emit(-LEAP_S))
        self.ahead = self._tool(self.tr("Ahead 5 seconds"), "fast-forward", self.tr("Shift+Right"))
        self.ahead.clicked.connect(lambda: self.stepped.emit(LEAP_S))
        self.frame_back = self._tool(self.tr("Back one frame"), "frame_back", self.tr(","))
        self.frame_back.clicked.connect(lambda: self.frames_stepped.emit(-1))
        self.frame_on = self._tool(self.tr("Ahead one frame"), "frame_on", self.tr("."))
        self.frame_on.clicked.connect(lambda: self.frames_stepped.emit(1))
        self.way = QLabel(self)
        self.way.setAccessibleName(self.tr("Running"))
        self.mute = self._tool(self.tr("Sound off"))
        self.mute.clicked.connect(self.mute_toggled)
        self.time = QLabel(self)
        self.time.setAccessibleName(self.tr("Time"))
        tabular(self.time)
        self.speeds = QComboBox(self)
        self.speeds.setAccessibleName(self.tr("Speed"))
        self.speeds.setToolTip(self.tr("Speed, in the same pitch  ([ slower, ] faster)"))
        for speed in SPEEDS:
            self.speeds.addItem(f"{speed:g}×", speed)
        self.speeds.setCurrentIndex(SPEEDS.index(1.0))
        self.speeds.currentIndexChanged.connect(lambda at: self.speed_chosen.emit(SPEEDS[at]))
        steps = (self.back, self.frame_back, self.frame_on, self.ahead)
        content = row(self.play, *steps, self.time, self.way, None, self.speeds, self.mute)
        self.setLayout(content)
        self.offer_frames(on=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_state(playing=False, muted=False, audible=True)

    def _tool(self, name: str, sign: str = "", keys: str = "") -> QToolButton:
        made = QToolButton(self)
        made.setAccessibleName(name)
        made.setToolTip(f"{name}  ({keys})" if keys else name)
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setFixedSize(CONTROL_PX, CONTROL_PX)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setProperty("sign", sign)
        self._tools.append(made)
        return made

    @property
    def speed(self) -> float:
        """The chosen speed; 1 is as it was."""
        return SPEEDS[self.speeds.currentIndex()]

    def change_speed(self, steps: int) -> None:
        """Choose a faster or slower speed, as far as there is one."""
        index = self.speeds.currentIndex() + steps
        self.speeds.setCurrentIndex(min(max(0, index), len(SPEEDS) - 1))

    def offer_frames(self, *, on: bool) -> None:
        """Show the buttons that step by a frame, or leave them to the keys."""
        self.frame_back.setVisible(on)
        self.frame_on.setVisible(on)

    def show_speed(self, speed: float, *, back: float) -> None:
        """Show the speed at which it plays, and how fast it runs back; 0 where it does not."""
        if speed in SPEEDS and speed != self.speed:
            blocked = self.speeds.blockSignals(True)
            self.speeds.setCurrentIndex(SPEEDS.index(speed))
            self.speeds.blockSignals(blocked)
        self.way.setText(self.tr("Back {n}×").format(n=f"{back:g}") if back else "")

    def show_time(self, t: float, length_s: float) -> None:
        """Write where it stands and how long it is."""
        whole = clock_text(length_s)
        # As wide as it will become, so that nothing beside it moves at the tenth minute.
        text = f"{clock_text(t).rjust(len(whole), FIGURE_SPACE)} / {whole}"
        if text != self.time.text():
            self.time.setText(text)

    def show_state(self, *, playing: bool, muted: bool, audible: bool) -> None:
        """Put the names and icons on the buttons that fit the state."""
        name = self.tr("Pause") if playing else self.tr("Play")
        self.play.setProperty("sign", "pause" if playing else "play")
        self.play.setAccessibleName(name)
        self.play.setToolTip(self.tr("{what}  (Space)").format(what=name))
        sound = self.tr("Sound on") if muted else self.tr("Sound off")
        self.mute.setProperty("sign", "loudness" if audible and not muted else "speaker-slash")
        self.mute.setAccessibleName(sound)
        self.mute.setEnabled(audible)
        self.mute.setToolTip(
            self.tr("{what}  (M)").format(what=sound)
            if audible
            else self.tr("No loudspeaker or headphones found on this computer")
        )
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        """Paint the icons in the theme's colours."""
        palette = current_palette()
        for tool in self._tools:
            colour = palette.text if tool.isEnabled() else palette.quiet
            if tool.property("sign"):
                tool.setIcon(icon(tool.property("sign"), colour))
