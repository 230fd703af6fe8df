"""One log file for everything: our own records, uncaught errors, crashes, what libraries say."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from app.paths import log_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

log = logging.getLogger("rapport")

NAME: Final = "rapport.log"
CRASHES: Final = "crashes.log"
LARGEST_BYTES: Final = 2 * 2**20
OLDER: Final = 2
"""How many older log files are kept."""
FORMAT: Final = "%(asctime)s %(process)d %(threadName)s %(levelname)s %(name)s: %(message)s"


def log_file() -> Path:
    """Where the log is."""
    return log_dir() / NAME


def start_logging(level: int = logging.INFO) -> None:
    """Send all records, uncaught errors and crashes to the log folder."""
    handler = logging.handlers.RotatingFileHandler(
        log_file(), maxBytes=LARGEST_BYTES, backupCount=OLDER, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    sys.excepthook = _on_error
    threading.excepthook = _on_thread_error
    # A file of its own: after a crash nothing can be written but to an open descriptor.
    faulthandler.enable((log_dir() / CRASHES).open("a", encoding="utf-8"))


def stderr_to_log() -> None:
    """Send what C and C++ libraries write to the terminal into the log folder instead."""
    target = os.open(log_dir() / CRASHES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
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
