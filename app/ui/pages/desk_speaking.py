"""Spoken comments at the desk: the microphone while a key says so, then a file and a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.coach.desk.undo import new_id
from app.errors import AppError
from app.store.desk_draft import Draft
from app.ui.waiting import Waiter
from app.ui.widgets.stretch_player import StretchPlayer

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.pages.desk_hands import DeskHands
    from app.ui.pages.desk_session import DeskSession
    from app.ui.services import Runner
    from app.ui.widgets.desk_line import CommentLine
    from app.ui.widgets.player import Player

LOOK_MS: Final = 250


class SpokenLike(Protocol):
    """The part of a spoken comment that the screen uses."""

    @property
    def length_s(self) -> float:
        """How much was heard so far, seconds."""

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""

    def start(self) -> None:
        """Open the microphone."""

    def stop(self) -> bytes:
        """Close it and give the sound; may block."""


class Speaking(QObject):
    """One at a time; leaving the desk saves what was spoken so far."""

    failed = Signal(object)
    """An AppError."""

    def __init__(
        self,
        line: CommentLine,
        player: Player,
        hands: DeskHands,
        make: Callable[[], SpokenLike],
        background: Runner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._line = line
        self._player = player
        self._hands = hands
        self._make = make
        self._background = background
        self._voice = StretchPlayer(self)
        self._session: DeskSession | None = None
        self._spoken: SpokenLike | None = None
        self._waiter: Waiter[bytes] | None = None
        self._draft = Draft("", "", 0.0, "")
        self._was_playing = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def take(self, session: DeskSession | None) -> None:
        """Begin with another session; what is being spoken belongs to the one before."""
        self.finish()
        self._voice.stop()
        self._session = session

    @property
    def speaking(self) -> bool:
        """Whether the microphone is open."""
        return self._spoken is not None

    def toggle(self, t: float, span: tuple[float, float] | None) -> None:
        """Begin to speak about a moment or a span, or save what was spoken."""
        if self._waiter is not None or self._session is None:
            return
        if self._spoken is not None:
            self._end(self._spoken)
            return
        self._voice.stop()
        self._was_playing = self._player.playing
        self._player.pause()
        start, until = span if span is not None else (t, None)
        self._draft = Draft(new_id(), self._session.author, start, "", until)
        self._line.show_about(start, until)
        self._spoken = self._make()
        self._spoken.start()
        self._timer.start()
        self.look()

    def hear(self, name: str) -> None:
        """Play a spoken comment, or stop it."""
        session = self._session
        if self._voice.playing or session is None:
            self._voice.stop()
            return
        self._player.pause()
        if session.files.has(name):
            self._voice.play(session.files.source(name))
        else:
            self.failed.emit(
                AppError(
                    "The sound of this comment is not there any more.",
                    "The comment itself stays.",
                )
            )

    def look(self) -> None:
        """See how it stands."""
        spoken = self._spoken
        if spoken is None:
            return
        self._line.show_speaking(spoken.length_s)
        if spoken.over:
            self._end(spoken)

    def finish(self) -> None:
        """Save at once what was spoken, before the session leaves the desk."""
        spoken, self._spoken = self._spoken, None
        self._timer.stop()
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None
        if spoken is None:
            return
        try:
            # Also where it is being stopped beside the screen: that is asked for once, here.
            self._keep(spoken.stop())
        except AppError as error:
            self.failed.emit(error)
        self._line.show_speaking(None)

    def _end(self, spoken: SpokenLike) -> None:
        self._timer.stop()
        self._waiter = Waiter(
            self._background.run(spoken.stop), self._on_stopped, self._on_failed, self
        )

    def _on_stopped(self, wav: bytes) -> None:
        self._over()
        try:
            self._keep(wav)
        except AppError as error:
            self.failed.emit(error)
        if self._was_playing:
            self._player.play()

    def _on_failed(self, error: AppError) -> None:
        self._over()
        self.failed.emit(error)

    def _over(self) -> None:
        self._waiter = None
        self._spoken = None
        self._line.show_speaking(None)

    def _keep(self, wav: bytes) -> None:
        session = self._session
        if session is None:
            return
        name = f"spoken-{self._draft.id}.wav"
        session.files.write_atomic(name, wav)
        self._hands.comment(self._draft, sound=name)
