"""One log file for everything: our own records, uncaught errors, crashes, what libraries say."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, TextIO

from app.errors import AppError
from app.folders import HOME_VARIABLE
from app.paths import log_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

log = logging.getLogger("rapport")

NAME: Final = "rapport.log"
CRASHES: Final = "crashes.log"
LARGEST_BYTES: Final = 2 * 2**20
OLDER: Final = 2
"""How many older log files are kept."""
FORMAT: Final = "%(asctime)s %(process)d %(threadName)s %(levelname)s %(name)s: %(message)s"


class _SharedLog(logging.handlers.RotatingFileHandler):
    """The log of several processes at once, which Windows does not rename while another has it."""

    def rotate(self, source: str, dest: str) -> None:
        """Give the old file its other name; where it is held open, it goes on."""
        with suppress(PermissionError):
            super().rotate(source, dest)


def start_logging(level: int = logging.INFO) -> str | None:
    """Send all records, uncaught errors and crashes to the log folder.

    Nothing needs the log to do its work: where it cannot be written, it goes on without.

    Returns
    -------
    str or None
        Why there is no log, in one line; None where there is one.
    """
    root = logging.getLogger()
    root.setLevel(level)
    sys.excepthook = _on_error
    threading.excepthook = _on_thread_error
    try:
        handler, crashes = _opened()
    except AppError as error:
        root.addHandler(logging.NullHandler())  # or Python says warnings on standard error
        return f"There is no log. {error}"
    handler.setFormatter(logging.Formatter(FORMAT))
    root.addHandler(handler)
    faulthandler.enable(crashes)
    return None


def stderr_to_log() -> None:
    """Send what C and C++ libraries write to the terminal into the log folder instead."""
    try:
        target = os.open(log_dir() / CRASHES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except (OSError, AppError):  # it is meant to be out of the way, log or no log
        target = os.open(os.devnull, os.O_WRONLY)
    os.dup2(target, 2)
    os.close(target)


@contextmanager
def libraries_to_log() -> Iterator[None]:
    """Do so for a while; nothing of ours may be said on standard error meanwhile."""
    terminal = os.dup(2)
    stderr_to_log()
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


def _opened() -> tuple[logging.Handler, TextIO]:
    """Open both files; an AppError where one of them cannot be written."""
    folder = log_dir()
    try:
        # A file of its own: after a crash nothing can be written but to an open descriptor.
        crashes = (folder / CRASHES).open("a", encoding="utf-8")
        try:
            return (
                _SharedLog(
                    folder / NAME, maxBytes=LARGEST_BYTES, backupCount=OLDER, encoding="utf-8"
                ),
                crashes,
            )
        except OSError:
            crashes.close()
            raise
    except OSError as error:
        raise AppError(
            f"Nothing can be written in {folder}: {error.strerror}.",
            f"Allow it, or set {HOME_VARIABLE} to a folder that you may write to.",
        ) from error


def _on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("An error reached the end of the program.", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _on_thread_error(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread is not None else "unknown"
    if args.exc_value is not None:
        log.critical("The thread %s ended with an error.", name, exc_info=args.exc_value)
