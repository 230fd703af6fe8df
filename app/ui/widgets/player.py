"""The recording with play, seek and speed; without one, a calm sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.style import Space
from app.ui.widgets.playback import Playback
from app.ui.widgets.player_bar import LEAP_S, PlayerBar
from app.ui.widgets.player_stage import PlayerStage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtMultimedia import QVideoFrame

STEP_S: Final = 1.0
KEY_REASONS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


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
        self.stage = PlayerStage(self)
        self.stage.pressed.connect(self.toggle)
        self.bar = PlayerBar(self)
        self.bar.toggled.connect(self.toggle)
        self.bar.stepped.connect(self.step)
        self.bar.speed_chosen.connect(self._set_speed)
        self.bar.mute_toggled.connect(self.toggle_mute)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.stage, 1)
        column.addWidget(self.bar)

    # What it plays

    def open(self, path: Path, length_s: float) -> None:
        """Load a recording; the session's length stands until the file says its own."""
        self._begin(length_s)
        if not path.is_file():
            self._without(
                self.tr("The recording is not on this machine any more. The report is complete."),
                "notice",
            )
            return
        playback = self._make_playback()
        self.bar.setVisible(True)
        self.stage.show_empty()
        self.stage.invite(on=True)
        playback.open(path)
        playback.set_speed(self.bar.speed)
        playback.set_muted(self._muted)
        self._show_state()

    def show_not_kept(self, length_s: float) -> None:
        """Say that no recording was kept, as was chosen."""
        self._begin(length_s)
        self._without(
            self.tr("No recording was kept, as you chose. The report is complete."), "privacy"
        )

    def close_recording(self) -> None:
        """Let go of the file."""
        if self._playback is not None:
            self._playback.close()

    def _begin(self, length_s: float) -> None:
        self.close_recording()
        self._length_s = length_s

    def _without(self, sentence: str, sign: str) -> None:
        self.close_recording()
        self.bar.setVisible(False)
        self.stage.invite(on=False)
        self.stage.show_sentence(sentence, sign, slim=True)

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
        return self._playback is not None and not self.bar.isHidden()

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._playback is not None and self._playback.playing

    @property
    def position_s(self) -> float:
        """Where it stands, seconds."""
        return self._playback.position_s if self._playback is not None and self.usable else 0.0

    @property
    def length_s(self) -> float:
        """How long the recording is, seconds."""
        return self._length_s

    def play(self) -> None:
        """Go on."""
        if self._playback is not None and self.usable:
            self.stage.invite(on=False)
            self._playback.play()

    def pause(self) -> None:
        """Stand still."""
        if self._playback is not None and self.playing:
            self._playback.pause()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, t: float) -> None:
        """Go to a moment, seconds."""
        if self._playback is not None and self.usable:
            self.stage.invite(on=False)
            self._playback.seek(min(max(0.0, t), self._length_s))

    def step(self, seconds: float) -> None:
        """Go on or back by so many seconds."""
        self.seek(self.position_s + seconds)

    def toggle_mute(self) -> None:
        """Be silent, or heard again."""
        self._muted = not self._muted
        if self._playback is not None:
            self._playback.set_muted(self._muted)
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, arrows step, brackets change the speed; the rest is the page's."""
        if not self.press(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring to hands that are on the keys."""
        super().focusInEvent(event)
        self.stage.show_ring(on=event.reason() in KEY_REASONS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.stage.show_ring(on=False)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks of a player; False where it asks nothing."""
        if not self.usable or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        key = event.key()
        step = LEAP_S if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_S
        if key == Qt.Key.Key_Space:
            self.toggle()
        elif key == Qt.Key.Key_Left:
            self.step(-step)
        elif key == Qt.Key.Key_Right:
            self.step(step)
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.bar.change_speed(1 if key == Qt.Key.Key_BracketRight else -1)
        elif key == Qt.Key.Key_M:
            self.toggle_mute()
        else:
            return False
        return True

    # What it shows

    def _set_speed(self, speed: float) -> None:
        if self._playback is not None:
            self._playback.set_speed(speed)

    def _on_frame(self, frame: QVideoFrame) -> None:
        if frame.isValid() and self.usable:
            self.stage.show_frame(frame)

    def _on_moved(self, t: float) -> None:
        if self.usable:
            self.bar.show_time(t, self._length_s)
            self.moved.emit(t)

    def _on_failed(self) -> None:
        self._without(self.tr("The recording cannot be played. The report is complete."), "notice")

    def _show_state(self) -> None:
        playback = self._playback
        if playback is None or not self.usable:
            return
        if playback.duration_s:
            # The session's own length is the one that the page names; a file may end a bit sooner.
            self._length_s = self._length_s or playback.duration_s
            if not playback.has_picture:
                self.stage.show_sentence(self.tr("Only the sound was kept."), "hears")
        self.bar.show_time(playback.position_s, self._length_s)
        self.bar.show_state(
            playing=playback.playing, muted=self._muted, audible=playback.has_sound_output
        )
