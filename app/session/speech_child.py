"""A speech engine in a process of its own: it holds the interpreter's lock while it listens."""

from __future__ import annotations

import multiprocessing
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.session.logs import start_logging, stderr_to_log
from audio.errors import AudioError
from audio.speech.engines import open_engine
from audio.speech.listener import Listener
from audio.speech.spotting import open_spotting
from audio.speech.types import Heard, SpeechSetUp

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from audio.speech.utterances import SpeechPiece

    Serve = Callable[[Connection, SpeechSetUp], None]

END_S: Final = 3.0
"""How long a child that was asked to end may take before it is killed, seconds."""
DIED: Final = (
    "What you say is no longer written down.",
    "All else is still measured; where the sound is kept, the words are looked for afterwards.",
)


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The model could not be loaded."""

    what: str
    """One sentence on what happened."""
    remedy: str
    """One sentence on what to do."""


class SpeechChild:
    """The near end of the child: pieces of speech go in, words come out. For one thread.

    Parameters
    ----------
    set_up
        The engine.
    serve
        What runs in the child; tests give their own.
    """

    def __init__(self, set_up: SpeechSetUp, serve: Serve | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(
            target=serve or serve_engine, args=(there, set_up), name="rapport words", daemon=True
        )
        self._process.start()
        there.close()
        self.ready = False
        """Whether the model is loaded."""

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._process.pid

    def send(self, piece: SpeechPiece) -> None:
        """Hand over a piece of speech; waits where the child is far behind."""
        try:
            self._here.send(piece)
        except (BrokenPipeError, OSError) as error:
            raise AppError(*DIED) from error

    def poll(self, timeout_s: float) -> list[Heard]:
        """Give what came meanwhile.

        Raises
        ------
        AppError
            Where the child could not load its model, or has died.
        """
        told: list[Heard] = []
        try:
            while self._here.poll(0.0 if told else timeout_s):
                message = self._here.recv()
                if isinstance(message, Refused):
                    raise AppError(message.what, message.remedy)
                if isinstance(message, Heard):
                    told.append(message)
                else:
                    self.ready = True
        except (EOFError, OSError) as error:
            raise AppError(*DIED) from error
        return told

    def kill(self) -> None:
        """End the child at once, from any thread; whoever waits for it is told that it died."""
        with suppress(ValueError):  # it has ended and been closed meanwhile
            self._process.kill()

    def close(self) -> None:
        """End the child."""
        self._here.close()
        self._process.join(END_S)
        for end in (self._process.terminate, self._process.kill):
            if self._process.is_alive():
                end()
                self._process.join(END_S)
        self._process.close()


def serve_engine(there: Connection, set_up: SpeechSetUp) -> None:
    """Load the engine and listen until the other end is gone; runs in the child."""
    # Ctrl-C in a terminal reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_logging()
    stderr_to_log()
    try:
        listener = Listener(open_engine(set_up), spotting=open_spotting(set_up.phrases))
    except AudioError as error:
        there.send(Refused(error.what, error.remedy))
        return
    serve(there, listener)


def serve(there: Connection, listener: Listener) -> None:
    """Listen until the other end is gone."""
    there.send(Ready())
    try:
        while True:
            heard = listener.take(there.recv())
            if heard is not None:
                there.send(heard)
    except (EOFError, BrokenPipeError):
        listener.close()
