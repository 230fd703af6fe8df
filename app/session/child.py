"""Work in a process of its own: for what holds the interpreter's lock, or may crash.

A child that fails or dies becomes an error in words; the session goes on.
"""

from __future__ import annotations

import atexit
import copyreg
import logging
import multiprocessing
import os
import signal
import traceback
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import psutil

from app.errors import AppError, Told
from app.session.errors import Cancelled
from app.session.logs import start_logging, stderr_to_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

log = logging.getLogger(__name__)

POLL_S: Final = 0.1
"""How often the parent asks whether the work was cancelled, seconds."""
END_S: Final = 3.0
"""How long a child that is done, or was asked to end, may take before it is killed, seconds."""

NICENESS: Final = 10
"""How far a child stands back whose work nobody waits for; POSIX."""

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class _Failed:
    """How a child tells that it could not do its work."""

    what: str
    """One sentence; empty where the fault is ours."""
    remedy: str
    """What to do about it."""
    trace: str
    """The trace of our fault; empty otherwise."""


@dataclass(frozen=True, slots=True)
class _Done:
    """How a child hands over its result."""

    result: object
    """Whatever the function returned."""


def run_in_child(
    function: Callable[..., ResultT],
    *args: object,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    began: Callable[[int], None] | None = None,
) -> ResultT:
    """Call `function(*args, progress=...)` in a fresh process and give back its result.

    Parameters
    ----------
    function
        One of a module, so that the child finds it by name; arguments and result must be picklable.
    progress
        Is told 0..1 as the child reports it, in the calling thread.
    cancelled
        Asked ten times a second; True ends the child.
    began
        Is told the number of the child's process, once it runs.

    Raises
    ------
    AppError
        With the child's own two sentences, or where it died or failed through our fault.
    Cancelled
        When `cancelled` said so.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(
        target=_serve, args=(there, function, args), name=f"rapport {function.__name__}"
    )
    # Not a daemon, because those may have no children of their own; it is ended all the same.
    process.start()
    there.close()
    at_exit = atexit.register(partial(_end, process))
    try:
        if began is not None and process.pid is not None:
            began(process.pid)
        return cast("ResultT", _follow(process, here, progress, cancelled))
    finally:
        atexit.unregister(at_exit)
        _end(process)
        here.close()


def yield_to_others() -> None:
    """Let everything else on the machine go first; processes that this one starts do so too."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    elif hasattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS"):
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)


def _follow(
    process: SpawnProcess,
    here: Connection,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> object:
    """Read what the child says until it is done, failed, dead or no longer wanted."""
    while True:
        if cancelled is not None and cancelled():
            raise Cancelled
        try:
            if not here.poll(POLL_S):
                continue
            message = here.recv()
        except (EOFError, BrokenPipeError):  # on Windows asking says already that it is gone
            raise _died(process) from None
        if isinstance(message, float):
            if progress is not None:
                progress(message)
        elif isinstance(message, _Done):
            return message.result
        elif isinstance(message, _Failed):
            raise _told(message)


def _told(failed: _Failed) -> AppError:
    if failed.trace:
        log.error("A child process failed:\n%s", failed.trace)
    return AppError(failed.what, failed.remedy)


def _died(process: SpawnProcess) -> AppError:
    process.join(END_S)
    code = process.exitcode
    how = "without a word"
    if code is not None and code < 0:
        how = f"by signal {signal.Signals(-code).name}"
    elif code is not None:
        how = f"with exit code {code}"
    log.info("A child process ended %s.", how)
    return AppError(
        "The work broke off before it was done.",
        "Try it again; if it happens again, close other programs to free memory, "
        "or leave this file out.",
    )


def _end(process: SpawnProcess) -> None:
    """Let a child that is done go; end one that is not."""
    process.join(0.0 if process.is_alive() and process.exitcode is None else END_S)
    if process.is_alive():
        process.terminate()
        process.join(END_S)
    if process.is_alive():
        process.kill()
        process.join(END_S)
    process.close()


def _serve(there: Connection, function: Callable[..., object], args: tuple[object, ...]) -> None:
    """Do the work in the child and send what came of it."""
    # Ctrl-C in a terminal reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_logging()
    stderr_to_log()
    try:
        answer: _Done | _Failed = _Done(
            function(*args, progress=lambda part: there.send(float(part)))
        )
    except BrokenPipeError:
        return  # the parent is gone: nobody wants the result
    except Exception as error:  # noqa: BLE001 - carried to the parent, which raises it in words
        answer = _failed(error)
    try:
        there.send(answer)
    except BrokenPipeError:
        return


def _failed(error: Exception) -> _Failed:
    if isinstance(error, Told):
        return _Failed(error.what, error.remedy, "")
    return _Failed(
        "Rapport made a mistake in this work.",
        "The details are in the log file; please report them.",
        "".join(traceback.format_exception(error)),
    )


def _frozen(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def _reduce(
    proxy: MappingProxyType[Any, Any],
) -> tuple[Callable[..., MappingProxyType[Any, Any]], tuple[Any, ...]]:
    return _frozen, (dict(proxy),)


# Marks and looks carry read-only mappings, which pickle does not know by itself.
copyreg.pickle(MappingProxyType, _reduce)
