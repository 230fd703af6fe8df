"""`rapport export-me`: everything about one person in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from app.cli.bar import progress_bar
from app.cli.person import must_be_clear
from app.cli.targets import make_ready
from app.cli.telling import counted, tell
from app.errors import AppError
from app.store.about_me import export_about_me
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.about_me_index import Index


def write_about_me(name: str | None, target: Path, *, force: bool = False) -> int:
    """Write everything about a person into one file; gives the exit code."""
    console = Console(highlight=False)
    try:
        make_ready(target, force=force)
        with Store.open() as store, progress_bar(target.name) as step:
            person = must_be_clear(store, name).id
            index = export_about_me(store, person, target, progress=step)
    except AppError as error:
        tell(error)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped; nothing was written.")
        return 130
    console.print(Text(f"{target}: {_says(index)}"), soft_wrap=True)
    console.print("It is not encrypted: whoever has the file can see and hear everything in it.")
    return 0


def _says(index: Index) -> str:
    files = sum(len(session.files) for session in index.sessions)
    return (
        f"everything about {index.person.name}: {counted(len(index.sessions), 'session')} "
        f"with {counted(files, 'file')}, {counted(len(index.consents), 'agreement')}, "
        f"{counted(len(index.receipts), 'receipt')}."
    )
