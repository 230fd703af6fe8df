"""`rapport backup` and `rapport restore`: everything in one file, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from app.cli.arguments import must_be_there
from app.cli.bar import progress_bar
from app.cli.passphrases import passphrase
from app.cli.targets import make_ready
from app.cli.telling import counted, readable, tell
from app.errors import AppError
from app.folders import data_dir
from app.paths import is_endless
from app.store.archive import back_up
from app.store.archive_restore import is_sealed, unpack, what_is_here
from app.store.archive_stage import approve, finish_restore, in_use

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.archive_layout import About


def write_backup(target: Path, *, sealed: bool, stdin: bool = False, force: bool = False) -> int:
    """Write everything into one file; gives the exit code."""
    console = Console(highlight=False)
    words: str | None = None
    try:
        make_ready(target, force=force)
        if sealed:
            words = passphrase(stdin=stdin, twice=True)
        finish_restore()
        with progress_bar(target.name) as step:
            about = back_up(target, passphrase=words, progress=step)
    except AppError as error:
        tell(error)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped; nothing was written.")
        return 130
    console.print(Text(f"{target}: {_says(about)}"), soft_wrap=True)
    if about.left_out:
        names = ", ".join(readable(name) for name in about.left_out)
        tell(
            AppError(
                f"Left out, because not every system can give a file such a name: {names}.",
                "Give them shorter names of letters, digits and blanks; then back up once more.",
            )
        )
    if not about.sealed:
        console.print(
            "It is not encrypted: whoever has the file can see and hear everything in it, and "
            "share in your name. With --passphrase only those can who know the words."
        )
    return 0


def read_backup(source: Path, *, replace: bool, stdin: bool = False) -> int:
    """Put a backup in the place of what is here; gives the exit code."""
    console = Console(highlight=False)
    try:
        _must_be_file(source)
        finish_restore()
        here = what_is_here()
        if here is not None and not replace:
            console.print(
                Text(
                    f"There is something on this machine already, in {data_dir()}: "
                    f"{counted(here['persons'], 'profile')}, "
                    f"{counted(here['sessions'], 'session')} and "
                    f"{counted(here['clips'], 'clip')}. All of it would go."
                ),
                soft_wrap=True,
            )
            console.print("Back it up first, then restore with --replace.")
            return 1
        if in_use():
            raise AppError(
                "Rapport is open on this computer, and works with what would be replaced.",
                "Close its window, then restore the backup. Nothing was changed.",
            )
        words = passphrase(stdin=stdin) if is_sealed(source) else None
        with progress_bar(source.name) as step:
            about = unpack(source, passphrase=words, progress=step)
        approve()
        done = finish_restore()
    except AppError as error:
        tell(error)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped; nothing was changed.")
        return 130
    if not done:  # opened while the backup was being read
        console.print("It takes its place as soon as Rapport is closed and opened again.")
        return 0
    console.print(Text(f"Restored: {_says(about)}"), soft_wrap=True)
    return 0


def _must_be_file(source: Path) -> None:
    must_be_there(source)
    if source.is_dir():
        raise AppError(f"{source} is a folder.", "Name the file that `rapport backup` wrote.")
    if is_endless(source):
        raise AppError(f"{source} is not a file.", "Name the one that `rapport backup` wrote.")


def _says(about: About) -> str:
    size = about.size_bytes / 2**20
    return (
        f"{counted(about.persons, 'profile')}, {counted(about.sessions, 'session')}, "
        f"{counted(about.clips, 'clip')}, settings, keys and own content; "
        f"{counted(about.files, 'file')}, {size:.1f} MB."
    )
