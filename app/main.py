"""Where everything is built and joined: the program's entrance."""

from __future__ import annotations

import errno
import io
import logging
import multiprocessing
import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.session.display import has_display
from app.session.logs import start_logging
from app.windows import speak_utf8

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from app.session.recover import Recovery
    from app.store.store import Store
    from app.store.types import Person

# Heavy things are imported where they are used: the window is to be there at once.

log = logging.getLogger(__name__)

RECOVERY_JOIN_S: Final = 10.0
"""How long the recovery of cut-off sessions may take to stop at the end, seconds."""
DIRECTLY: Final[Mapping[tuple[str, ...], str]] = MappingProxyType({(): "home", ("check",): "check"})
"""What opens the window and nothing else, without loading what reads a command line -> the page."""

ASKING: Final = frozenset(("-h", "--help", "--version"))
"""Options that ask about the program itself."""

INTERRUPTED: Final = 130
"""Exit code of what was stopped with Ctrl-C: 128 and the number of the signal."""
NO_ROOM: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What a disk says that is full, or full for this person."""


def main() -> None:
    """Run the program; what stops it anywhere ends it with the code that shells know it by."""
    multiprocessing.freeze_support()
    speak_utf8(sys.stdout)
    _spell_any(sys.stdout)
    try:
        _run()
    except KeyboardInterrupt:  # before a command was there that could say more
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        # Commands tell of their own files: this one is where their output was sent.
        _tell(AppError("The disk is full; the output is not whole.", "Free some space."))
        _forget_output()
        sys.exit(1)


def _spell_any(stream: TextIO | None) -> None:
    """Write a question mark for a letter that the terminal's encoding lacks."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def _forget_output() -> None:
    """Let the end of the program not try once more to write what found no room."""
    if sys.stdout is None:  # what Windows starts without a console has none
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _run() -> None:
    """Read the command line; without a command the window opens."""
    words = tuple(sys.argv[1:])
    if not _asks_only(words) and (no_log := start_logging()) is not None:
        _tell(AppError(no_log, ""))
    page = DIRECTLY.get(words)
    if page is not None and has_display():
        sys.exit(open_window(page))
    from app import cli  # noqa: PLC0415

    cli.app(obj=open_window, prog_name="rapport")


def open_window(page: str = "home", person: str | None = None) -> int:
    """Open the window, for the person who is named; without a display run the sample instead.

    What keeps it from opening is told in the terminal and in a window, for an icon has none.
    """
    if not has_display():
        return _run_sample()
    try:
        return _run_window(page, person)
    except AppError as error:
        log.info("The window could not be opened: %s", error)
        _tell(error)
        _show(error)
        return 1


def _asks_only(words: tuple[str, ...]) -> bool:
    """Tell whether the program is only asked about itself: that leaves nothing anywhere."""
    return words[:1] == ("schema",) or not ASKING.isdisjoint(words)


def _tell(error: AppError) -> None:
    from app.cli.telling import tell  # noqa: PLC0415

    tell(error)


def _show(error: AppError) -> None:
    from app.ui.no_window import show_fault  # noqa: PLC0415

    show_fault(error, sys.argv[:1])


def _run_sample() -> int:
    from rich.console import Console  # noqa: PLC0415

    from app import cli  # noqa: PLC0415

    Console(highlight=False).print(
        "This machine has no display, so there is no window. "
        "The sample session runs instead, as it would behind the window."
    )
    return cli.run_sample_session()


def _run_window(page: str, name: str | None) -> int:
    from app.session.upkeep import Upkeep  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.ui.application import run  # noqa: PLC0415
    from app.ui.profiles import first_settings  # noqa: PLC0415

    with Store.open() as store:
        person = _named(store, name)
        settings, mistake = first_settings(store, person)
        if mistake is not None:
            log.info("%s", mistake)
        upkeep = Upkeep(store)
        upkeep.ask()
        recovery = _recovery(store)
        try:
            return run(
                store, settings, sys.argv[:1], mistake, upkeep=upkeep, page=page,
                ask_who=person is None,
            )  # fmt: skip
        finally:
            if recovery is not None:
                recovery.stop(RECOVERY_JOIN_S)


def _named(store: Store, name: str | None) -> Person | None:
    """Find whom the window opens for; None where nobody was named."""
    if name is None:
        return None
    from app.cli.person import person_of  # noqa: PLC0415

    return person_of(store, name)


def _recovery(store: Store) -> Recovery | None:
    """Begin to recover sessions that were cut off; None where there are none."""
    if not store.unfinished():
        return None
    from app.session.recover import Recovery  # noqa: PLC0415

    recovery = Recovery(store)
    recovery.start()
    return recovery


if __name__ == "__main__":
    main()
