"""Spoken comments at the desk: the microphone while a key says so, then a file and a mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.coach.desk.undo import new_id
from app.errors import AppError
from app.session.spoken import wav_of_part
from app.store.desk_draft import Draft, drop_draft, keep_draft, read_draft
from app.ui.pages.desk_hands import Said
from app.ui.waiting import Waiter
from app.ui.widgets.stretch_player import StretchPlayer

if TYPE_CHECKING:
    from typing import IO

    from app.store.files import SessionFiles
    from app.ui.pages.desk_hands import DeskHands
    from app.ui.pages.desk_session import DeskSession
    from app.ui.services import Runner
    from app.ui.widgets.desk_line import CommentLine
    from app.ui.widgets.player import Player

LOOK_MS: Final = 250
SPOKEN: Final = "spoken"
"""The draft that says which moment is being spoken about; its text names the sound so far."""


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


MakeSpoken = Callable[[Callable[[], "IO[bytes]"]], SpokenLike]
"""Makes a spoken comment that writes what it hears, as it comes, into a file it is given."""


class SpokenComment(QObject):
    """One at a time; leaving the desk saves what was spoken so far."""

    failed = Signal(object)
    """An AppError."""

    def __init__(
        self,
        line: CommentLine,
        player: Player,
        hands: DeskHands,
        make: MakeSpoken,
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
        files, part = self._session.files, f"speaking-{(made := new_id())}.part"
        self._draft = Draft(made, self._session.author, start, part, until)
        try:
            keep_draft(files, self._draft, SPOKEN)
        except AppError as error:
            self.failed.emit(error)
            return
        self._line.show_about(start, until)
        self._spoken = self._make(lambda: files.open_write(part))
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
            wav = spoken.stop()
        except AppError as error:
            self._on_failed(error)
        else:
            self._on_kept(wav)
        self._line.show_speaking(None)

    def _end(self, spoken: SpokenLike) -> None:
        self._timer.stop()
        self._waiter = Waiter(
            self._background.run(spoken.stop), self._on_stopped, self._on_failed, self
        )

    def _on_stopped(self, wav: bytes) -> None:
        self._over()
        self._on_kept(wav)
        if self._was_playing:
            self._player.play()

    def _on_kept(self, wav: bytes) -> None:
        try:
            self._keep(wav)
        except AppError as error:  # what was heard so far stays, and comes back the next time
            self.failed.emit(error)

    def _on_failed(self, error: AppError) -> None:
        self._over()
        if self._session is not None:
            self._clear(self._session.files, self._draft)
        self.failed.emit(error)

    def _over(self) -> None:
        self._waiter = None
        self._spoken = None
        self._line.show_speaking(None)

    def _keep(self, wav: bytes) -> None:
        session = self._session
        if session is None:
            return
        self._save(session.files, self._draft, wav)

    def _save(self, files: SessionFiles, draft: Draft, wav: bytes) -> None:
        """Make a comment of a sound; then nothing of it has to be kept elsewhere."""
        name = f"spoken-{draft.id}.wav"
        files.write_atomic(name, wav)
        if self._hands.comment(replace(draft, text=""), sound=name) is Said.KEPT:
            self._clear(files, draft)

    def _clear(self, files: SessionFiles, draft: Draft) -> None:
        try:
            drop_draft(files, SPOKEN)
            files.remove(draft.text)
        except AppError as error:
            self.failed.emit(error)

    def recover(self) -> None:
        """Make a comment of what was being spoken when the program was killed."""
        session = self._session
        if session is None:
            return
        files = session.files
        draft = read_draft(files, session.author, self._hands.said_ids(), SPOKEN)
        if draft is None or not files.has(draft.text):
            return
        try:
            wav = wav_of_part(files.read(draft.text))
            if wav is None:
                self._clear(files, draft)
            else:
                self._save(files, draft, wav)
        except AppError as error:
            self.failed.emit(error)
