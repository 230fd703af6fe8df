"""Functions that tests run in child processes; they must be importable by name."""

from __future__ import annotations

import os
import signal
import threading
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.errors import AppError
from vision.errors import VideoUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable


def add(first: int, second: int, *, progress: Callable[[float], None]) -> int:
    progress(0.5)
    progress(1.0)
    return first + second


def echo(value: object, *, progress: Callable[[float], None]) -> object:
    return MappingProxyType({"given": value})


def refuse(*, progress: Callable[[float], None]) -> None:
    raise AppError("It cannot be done.", "Do something else.")


def misread(*, progress: Callable[[float], None]) -> None:
    raise VideoUnreadable("That is no video.", "Choose another.")


def blunder(*, progress: Callable[[float], None]) -> None:
    raise ZeroDivisionError


def die(*, progress: Callable[[float], None]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(*, progress: Callable[[float], None]) -> None:
    os._exit(3)


def hang(*, progress: Callable[[float], None]) -> None:
    progress(0.25)
    threading.Event().wait()
