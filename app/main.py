"""Where everything is built and joined: the program's entrance."""

from __future__ import annotations

import logging
import multiprocessing
import sys
from typing import Final

from rich.console import Console

from app import cli
from app.cli.telling import tell
from app.errors import AppError
from app.session.logs import start_logging

log = logging.getLogger(__name__)

RECOVERY_JOIN_S: Final = 10.0
"""How long the recovery of cut-off sessions may take to stop at the end, seconds."""


def main() -> None:
    """Run the command line; without a command the window opens."""
    multiprocessing.freeze_support()
    try:
        start_logging()
    except AppError as error:
        tell(error)
        sys.exit(1)
    cli.app(obj=open_window, prog_name="rapport")


def open_window() -> int:
    """Open the window; on a machine without a display run the sample session instead."""
    from app.session.doctor import has_display  # noqa: PLC0415 - keeps `--help` quick

    if not has_display():
        Console(highlight=False).print(
            "This machine has no display, so there is no window. "
            "The sample session runs instead, as it would behind the window."
        )
        return cli.run_sample_session()
    try:
        return _run_window()
    except AppError as error:
        log.info("The window could not be opened: %s", error)
        tell(error)
        return 1


def _run_window() -> int:
    from app.session.recover import Recovery  # noqa: PLC0415 - heavy
    from app.session.upkeep import Upkeep  # noqa: PLC0415
    from app.store.archive_stage import finish_restore  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.ui.application import run  # noqa: PLC0415
    from app.ui.profiles import first_settings  # noqa: PLC0415

    finish_restore()
    with Store.open() as store:
        settings, mistake = first_settings(store)
        if mistake is not None:
            log.info("%s", mistake)
        upkeep = Upkeep(store)
        upkeep.ask()
        recovery = Recovery(store)
        recovery.start()
        try:
            return run(store, settings, sys.argv[:1], mistake, upkeep=upkeep)
        finally:
            recovery.stop(RECOVERY_JOIN_S)


if __name__ == "__main__":
    main()
