"""The recording with play, seek and speed; without one, a calm sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.style import CONTROL_PX, ICON_PX, Space, current_palette, tabular
from app.ui.texts import clock_text
from app.ui.widgets.controls import row
from app.ui.widgets.playback import Playback
from app.ui.widgets.player_stage import PlayerStage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtMultimedia import QVideoFrame

SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
STEP_S: Final = 1.0
LEAP_S: Final = 5.0


class Player(QWidget):
    """Shows and plays a recording; its position is that of the session, seconds."""

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Recording"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._playback: Playback | None = None
        self._length_s = 0.0
        self._muted = False
        self._touched = False
        self.stage = PlayerStage(self)
        self.stage.pressed.connect(self.toggle)
        self._make_controls()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.stage, 1)
        column.addWidget(self._bar)

    def _make_controls(self) -> None:
        self.play_button = self._tool(self.tr("Play"))
        self.play_button.clicked.connect(self.toggle)
        back = self._tool(self.tr("Back 5 seconds"), "rewind", self.tr("Shift+Left"))
        back.clicked.connect(lambda: self.step(-LEAP_S))
        ahead = self._tool(self.tr("Ahead 5 seconds"), "fast-forward", self.tr("Shift+Right"))
        ahead.clicked.connect(lambda: self.step(LEAP_S))
        self.time_label = QLabel(self)
        self.time_label.setAccessibleName(self.tr("Time"))
        tabular(self.time_label)
        self.speed_box = QComboBox(self)
        self.speed_box.setAccessibleName(self.tr("Speed"))
        self.speed_box.setToolTip(self.tr("Speed, in the same pitch  ([ slower, ] faster)"))
        for speed in SPEEDS:
            self.speed_box.addItem(f"{speed:g}×", speed)
        self.speed_box.setCurrentIndex(SPEEDS.index(1.0))
        self.speed_box.currentIndexChanged.connect(self._speed_chosen)
        self.mute_button = self._tool(self.tr("Sound off"))
        self.mute_button.clicked.connect(lambda: self.mute(on=not self._muted))
        self._bar = QWidget(self)
        controls = row(
            self.play_button, back, ahead, self.time_label, None, self.speed_box, self.mute_button
        )
        controls.setContentsMargins(0, 0, 0, 0)
        self._bar.setLayout(controls)
        self._bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._dress()

    def _tool(self, name: str, sign: str = "", keys: str = "") -> QToolButton:
        made = QToolButton(self)
        made.setAccessibleName(name)
        made.setToolTip(f"{name}  ({keys})" if keys else name)
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setFixedSize(CONTROL_PX, CONTROL_PX)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setProperty("sign", sign)
        return made

    # What it plays

    def open(self, path: Path, length_s: float) -> None:
        """Load a recording; the session's length stands until the file says its own."""
        self._begin(length_s)
        if not path.is_file():
            self.show_missing()
            return
        playback = self._make_playback()
        self._bar.setVisible(True)
        self.stage.show_sentence("", "camera")
        self.stage.invite(on=True)
        playback.open(path)
        playback.set_speed(self.speed)
        self._show_state()

    def show_missing(self) -> None:
        """Say that the recording is gone from the disk."""
        self._without(
            self.tr("The recording is not on this machine any more. The report below is complete."),
            "notice",
        )

    def show_not_kept(self, length_s: float) -> None:
        """Say that no recording was kept, as was chosen."""
        self._begin(length_s)
        self._without(
            self.tr("No recording was kept, as you chose. The report below is complete."),
            "privacy",
        )

    def close_recording(self) -> None:
        """Let go of the file."""
        if self._playback is not None:
            self._playback.close()

    def _begin(self, length_s: float) -> None:
        self.close_recording()
        self._length_s = length_s
        self._touched = False
        self._muted = False

    def _without(self, sentence: str, sign: str) -> None:
        self.close_recording()
        self._bar.setVisible(False)
        self.stage.invite(on=False)
        self.stage.show_sentence(sentence, sign)

    def _make_playback(self) -> Playback:
        if self._playback is None:  # only now: it loads Qt's whole media machinery
            self._playback = Playback(self)
            self._playback.moved.connect(self._on_moved)
            self._playback.state_changed.connect(self._show_state)
            self._playback.failed.connect(self._on_failed)
            self._playback.sink.videoFrameChanged.connect(self._on_frame)
        return self._playback

    # Hands

    @property
    def usable(self) -> bool:
        """Whether there is something to play."""
        return not self._bar.isHidden()

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._playback is not None and self._playback.playing

    @property
    def position_s(self) -> float:
        """Where it stands, seconds."""
        return self._playback.position_s if self._playback is not None and self.usable else 0.0

    @property
    def speed(self) -> float:
        """How fast it plays; 1 is as it was."""
        return float(SPEEDS[self.speed_box.currentIndex()])

    def play(self) -> None:
        """Go on."""
        if self.usable and self._playback is not None:
            self._touch()
            self._playback.play()

    def pause(self) -> None:
        """Stand still."""
        if self.playing and self._playback is not None:
            self._playback.pause()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, t: float) -> None:
        """Go to a moment, seconds."""
        if self.usable and self._playback is not None:
            self._touch()
            self._playback.seek(min(max(0.0, t), self._length_s))

    def step(self, seconds: float) -> None:
        """Go on or back by so many seconds."""
        self.seek(self.position_s + seconds)

    def change_speed(self, steps: int) -> None:
        """One speed faster or slower."""
        index = self.speed_box.currentIndex() + steps
        self.speed_box.setCurrentIndex(min(max(0, index), len(SPEEDS) - 1))

    def mute(self, *, on: bool) -> None:
        """Be silent, or heard again."""
        self._muted = on
        if self._playback is not None:
            self._playback.set_muted(on)
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, arrows step, brackets change the speed; the rest is the page's."""
        if not self.press(event):
            event.ignore()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks of a player; False where it asks nothing."""
        key, leap = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not self.usable:
            return False
        if key == Qt.Key.Key_Space:
            self.toggle()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            sign = 1 if key == Qt.Key.Key_Right else -1
            self.step(sign * (LEAP_S if leap else STEP_S))
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.change_speed(1 if key == Qt.Key.Key_BracketRight else -1)
        elif key == Qt.Key.Key_M:
            self.mute(on=not self._muted)
        else:
            return False
        return True

    # What it shows

    def _touch(self) -> None:
        self._touched = True
        self.stage.invite(on=False)

    def _speed_chosen(self) -> None:
        if self._playback is not None:
            self._playback.set_speed(self.speed)

    def _on_frame(self, frame: QVideoFrame) -> None:
        if frame.isValid() and self.usable:
            self.stage.show_frame(frame)

    def _on_moved(self, t: float) -> None:
        if self.usable:
            self._show_time(t)
            self.moved.emit(t)

    def _on_failed(self) -> None:
        self._without(
            self.tr("The recording cannot be played. The report below is complete."), "notice"
        )

    def _show_time(self, t: float) -> None:
        text = f"{clock_text(t)} / {clock_text(self._length_s)}"
        if text != self.time_label.text():
            self.time_label.setText(text)

    def _show_state(self) -> None:
        playback = self._playback
        if playback is None or not self.usable:
            return
        if playback.duration_s:
            self._length_s = playback.duration_s
            if not playback.has_picture:
                self.stage.show_sentence(
                    self.tr("Only the sound was kept. Play to listen."), "hears"
                )
        self._show_time(playback.position_s)
        self._dress()

    def _dress(self) -> None:
        """Put the icons and names on the buttons that fit the state, in the theme's colour."""
        colour = current_palette().text
        playing = self.playing
        name = self.tr("Pause") if playing else self.tr("Play")
        self.play_button.setProperty("sign", "pause" if playing else "play")
        self.play_button.setAccessibleName(name)
        self.play_button.setToolTip(self.tr("{what}  (Space)").format(what=name))
        audible = self._playback is None or self._playback.has_sound_output
        sound = self.tr("Sound on") if self._muted else self.tr("Sound off")
        tip = self.tr("{what}  (M)").format(what=sound)
        self.mute_button.setProperty("sign", "speaker-slash" if self._muted else "loudness")
        self.mute_button.setAccessibleName(sound)
        self.mute_button.setEnabled(audible)
        self.mute_button.setToolTip(
            tip if audible else self.tr("No loudspeaker or headphones found on this machine")
        )
        for tool in self.findChildren(QToolButton):
            sign = tool.property("sign")
            if sign:
                tool.setIcon(icon(sign, colour))
