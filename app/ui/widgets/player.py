"""The recording with play, seek, step and speed; without one, a calm sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.style import Space
from app.ui.widgets.playback import USUAL_FRAME_S
from app.ui.widgets.player_bar import LEAP_S, PlayerBar
from app.ui.widgets.player_deck import Deck
from app.ui.widgets.player_stage import PlayerStage
from app.ui.widgets.thumbnails import MomentPictures
from app.ui.widgets.timeline_view import KEY_REASONS

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from app.ui.widgets.playback import Playback
    from app.ui.widgets.player_stage import Figure

STEP_S: Final = 1.0
RENEW_MS: Final = 150
"""After another size has stood for so long, the standing picture is made anew."""


class Player(QWidget):
    """Shows and plays a recording; its position is that of the session, seconds."""

    moved = Signal(float)
    state_changed = Signal()
    """It began or paused, ran another way, or learnt what the file holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Recording"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._deck: Deck | None = None
        self._length_s = 0.0
        self._muted = False
        self.thumbs = MomentPictures(self)
        self.stage = PlayerStage(self)
        self.stage.pressed.connect(self.toggle)
        self._renew = QTimer(self)
        self._renew.setSingleShot(True)
        self._renew.setInterval(RENEW_MS)
        self._renew.timeout.connect(self._on_renew)
        self.stage.resized.connect(self._renew.start)
        self.bar = PlayerBar(self)
        self.bar.toggled.connect(self.toggle)
        self.bar.stepped.connect(self.step)
        self.bar.frames_stepped.connect(self.step_frames)
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
            self._without(self.tr("No recording here: it was deleted, or not written."), "notice")
            return
        deck = self._make_deck()
        self.bar.setVisible(True)
        self.stage.show_empty()
        self.stage.invite(on=True)
        deck.open(path)
        self.thumbs.open(path)
        deck.playback.set_muted(self._muted)
        deck.set_speed(self.bar.speed)
        self._show_state()

    def show_not_kept(self, length_s: float) -> None:
        """Say that no recording was kept, as was chosen."""
        self._begin(length_s)
        self._without(self.tr("No recording was kept, as you chose."), "privacy")

    def show_figure(self, figure: Figure | None) -> None:
        """Paint a figure at the playhead where there is no picture; None for none."""
        self.stage.show_figure(figure)

    def close_recording(self) -> None:
        """Let go of the file."""
        self._renew.stop()
        self.thumbs.close()
        self.stage.close_pictures()
        if self._deck is not None:
            self._deck.close()

    def _begin(self, length_s: float) -> None:
        self.close_recording()
        self.stage.show_figure(None)
        self._length_s = length_s

    def _without(self, sentence: str, sign: str) -> None:
        self.close_recording()
        self.bar.setVisible(False)
        self.stage.invite(on=False)
        self.stage.show_sentence(sentence, sign, slim=True)

    def _make_deck(self) -> Deck:
        if self._deck is None:  # only now: it loads Qt's whole media machinery
            deck = self._deck = Deck(self.stage.picture_pixels, self)
            deck.moved.connect(self._on_moved)
            deck.state_changed.connect(self._show_state)
            deck.failed.connect(self._on_failed)
            deck.framed.connect(self.stage.show_frame)
            deck.pictured.connect(self.stage.show_picture)
        return self._deck

    @property
    def _playback(self) -> Playback | None:
        return self._deck.playback if self._deck is not None else None

    # Where it stands

    @property
    def usable(self) -> bool:
        """Whether there is something to play."""
        return self._deck is not None and not self.bar.isHidden()

    @property
    def playing(self) -> bool:
        """Whether it runs, forwards or backwards."""
        return self._deck is not None and self._deck.playing

    @property
    def position_s(self) -> float:
        """Where it stands, seconds."""
        return self._deck.position_s if self._deck is not None and self.usable else 0.0

    @property
    def frame_time_s(self) -> float | None:
        """When the frame on show comes on show, seconds; None without a picture."""
        return self._deck.frame_time_s if self._deck is not None and self.usable else None

    @property
    def length_s(self) -> float:
        """How long the recording is, seconds."""
        return self._length_s

    @property
    def rate(self) -> float:
        """Speed and direction at which it runs; 0 where it stands still."""
        return self._deck.rate if self._deck is not None and self.usable else 0.0

    def snapped(self, t: float, on: int = 0) -> float:
        """Give the moment of the nearest picture, or of one so many further on, seconds."""
        return self._playback.snapped(t, on) if self._playback else t + on * USUAL_FRAME_S

    def read_times(self) -> None:
        """Have the times of the pictures ready, for `snapped`."""
        if self._playback is not None:
            self._playback.read_times()

    @property
    def loop(self) -> tuple[float, float] | None:
        """The stretch that is played again and again, seconds; None without one."""
        return self._deck.loop if self._deck is not None else None

    # Hands

    def play(self) -> None:
        """Go on."""
        if self._deck is not None and self.usable:
            self.stage.invite(on=False)
            self._deck.play()

    def pause(self) -> None:
        """Stand still."""
        if self._deck is not None and self.playing:
            self._deck.pause()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, t: float) -> None:
        """Go to a moment, seconds."""
        if self._deck is not None and self.usable:
            self.stage.invite(on=False)
            self._deck.seek(min(max(0.0, t), self._length_s))
        else:
            self.stage.show_time(t)

    def step(self, seconds: float) -> None:
        """Go on or back by so many seconds."""
        self.seek(self.position_s + seconds)

    def step_frames(self, frames: int) -> None:
        """Stand still, so many frames on or back."""
        if self._deck is not None and self.usable:
            self.stage.invite(on=False)
            self._deck.step_frames(frames)

    def shuttle(self, direction: int) -> None:
        """Run on (1) or back (-1), faster with each call; 0 stands still."""
        if self._deck is not None and self.usable:
            self.stage.invite(on=False)
            self._deck.shuttle(direction)

    def set_loop(self, start_s: float | None, end_s: float | None = None) -> None:
        """Play a stretch again and again, seconds; `set_loop(None)` plays on."""
        if self._deck is not None:
            known = start_s is not None and end_s is not None and end_s > start_s
            self._deck.loop = (start_s or 0.0, end_s or 0.0) if known else None

    def toggle_mute(self) -> None:
        """Be silent, or heard again."""
        self._muted = not self._muted
        if self._deck is not None:
            self._deck.playback.set_muted(self._muted)
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, arrows and points step, J K L run, brackets change the speed."""
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
        leap = LEAP_S if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_S
        slots = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Left: lambda: self.step(-leap),
            Qt.Key.Key_Right: lambda: self.step(leap),
            Qt.Key.Key_Comma: lambda: self.step_frames(-1),
            Qt.Key.Key_Period: lambda: self.step_frames(1),
            Qt.Key.Key_J: lambda: self.shuttle(-1),
            Qt.Key.Key_K: lambda: self.shuttle(0),
            Qt.Key.Key_L: lambda: self.shuttle(1),
            Qt.Key.Key_BracketLeft: lambda: self.bar.change_speed(-1),
            Qt.Key.Key_BracketRight: lambda: self.bar.change_speed(1),
            Qt.Key.Key_M: self.toggle_mute,
        }
        slot = slots.get(Qt.Key(event.key()))
        if slot is not None:
            slot()
        return slot is not None

    # What it shows

    def _set_speed(self, speed: float) -> None:
        if self._deck is not None:
            self._deck.set_speed(speed)

    def _on_renew(self) -> None:
        if self._deck is not None and self.usable:
            self._deck.renew()

    def _on_moved(self, t: float) -> None:
        if self.usable:
            self.bar.show_time(t, self._length_s)
            self.stage.show_time(t)
            self.moved.emit(t)

    def _on_failed(self) -> None:
        self._without(self.tr("The recording cannot be played. The report is complete."), "notice")

    def _show_state(self) -> None:
        deck = self._deck
        if deck is None or not self.usable:
            return
        playback = deck.playback
        if playback.duration_s:
            # The session's own length is the one that the page names; a file may end a bit sooner.
            self._length_s = self._length_s or playback.duration_s
            if not playback.has_picture:
                self.stage.show_sentence(self.tr("Only the sound was kept."), "hears")
        self.bar.show_time(deck.position_s, self._length_s)
        self.bar.show_state(
            playing=deck.playing, muted=self._muted, audible=playback.has_sound_output
        )
        self.bar.show_speed(deck.speed, back=-deck.rate if deck.rate < 0 else 0.0)
        self.state_changed.emit()
