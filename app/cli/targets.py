"""Where results go: found out before the work, and never over somebody else's file."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.windows import take_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST_BYTES: Final = 256 * 2**20
"""A larger file was not written by Rapport as data; an hour's analysis has some 10 MB."""
HEAD_BYTES: Final = 4096
"""Of a page, enough to hold its title."""


def make_ready(
    path: Path, *, force: bool, ours: Callable[[Path], bool] = lambda _path: False
) -> None:
    """Find out before the work that a result can be written, and that it replaces nothing.

    Parameters
    ----------
    path
        Where the result goes.
    force
        Whether a file that is there may be replaced; another share never is.
    ours
        Tells whether a file that is there is an earlier result of the same kind.

    Raises
    ------
    AppError
        Where there is a file of somebody else's, or nothing can be written there.
    """
    try:
        if path.exists():
            _must_be_replaceable(path, force=force, ours=ours)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise unwritable(path, error) from error


def write_whole(path: Path, text: str) -> None:
    """Write a text whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        take_place(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> AppError:
    """Say that a result cannot be written."""
    return AppError(
        f"{path} could not be written: {error.strerror}.",
        "Choose another folder or a shorter name, or free some space.",
    )


def is_analysis(path: Path) -> bool:
    """Tell whether `analyse --json` wrote it."""
    return _has_keys(_data(path), "rapport_version", "duration_s", "events")


def is_page(path: Path) -> bool:
    """Tell whether `analyse --html` wrote it."""
    try:
        with path.open("rb") as file:
            return "– Rapport</title>".encode() in file.read(HEAD_BYTES)
    except OSError:
        return False


def is_own_normal(path: Path) -> bool:
    """Tell whether `analyse --save-baseline` wrote it."""
    return _has_keys(_data(path), "origin", "vision", "voice")


def are_findings(path: Path) -> bool:
    """Tell whether `practices --json` wrote it."""
    found = _data(path)
    keys = ("practice", "turn", "polarity")
    return isinstance(found, list) and all(_has_keys(one, *keys) for one in found)


def _must_be_replaceable(path: Path, *, force: bool, ours: Callable[[Path], bool]) -> None:
    if path.is_dir():
        raise AppError(f"{path} is a folder.", "Name a file in it.")
    if not path.is_file():  # a device, above all
        raise AppError(f"{path} is not a file.", "Choose another name.")
    if _is_share(path):
        raise AppError(
            f"{path} holds a session that was handed over.",
            "Choose another name, or delete it by hand.",
        )
    if not force and not ours(path):
        raise AppError(
            f"There is a file {path} already.", "Choose another name, or let --force replace it."
        )


def _is_share(path: Path) -> bool:
    from app.store.handover.opening import asks_passphrase  # noqa: PLC0415 - ciphers are heavy

    try:
        return asks_passphrase(path)
    except AppError:  # none of ours
        return False


def _has_keys(data: object, *keys: str) -> bool:
    return isinstance(data, dict) and all(key in data for key in keys)


def _data(path: Path) -> object:
    """Read it as JSON; None where it is none."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return None
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
