"""What people type after a command, looked over before anything is done with it."""

from __future__ import annotations

from pathlib import Path

import typer

from app.errors import AppError


def filled(text: str) -> str:
    """Take what was typed; nothing at all is what a variable gives that is not set."""
    if not text.strip():
        raise typer.BadParameter("It is empty.")
    return text


def path_of(text: str) -> Path:
    """Take a file or a folder."""
    return Path(filled(text))


def name_of(text: str) -> str:
    """Take the name of somebody or something."""
    try:
        filled(text).encode()
    except UnicodeEncodeError as error:
        raise typer.BadParameter("It is no text in this terminal's encoding.") from error
    return text


def must_be_there(path: Path) -> None:
    """Say that there is no such file, before anything else is asked or done."""
    if not path.exists():
        raise AppError(f"There is no file {path}.", "Check its name and folder.")
