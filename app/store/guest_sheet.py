"""The team's page "who our guests are": everybody at this machine reads it and writes on it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.paths import data_dir
from app.store.faults import told
from app.windows import take_place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME: Final = "guests.toml"
LONGEST: Final = 4000
"""Of one answer, characters: it is one page."""
HEAD: Final = "# Who our guests are: filled in by the team in Rapport, and readable without it.\n\n"


def sheet_path() -> Path:
    """Where the sheet is kept: among the own content."""
    return data_dir() / "content" / NAME


def read_sheet(path: Path | None = None) -> dict[str, str]:
    """Read the answers by the id of their question; empty where nobody wrote any.

    Raises
    ------
    AppError
        Where the file was changed by hand and cannot be read.
    """
    path = path or sheet_path()
    if not path.is_file():
        return {}
    with told(path):
        data = path.read_bytes()
    try:
        whole = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AppError(
            f"The page on your guests in {path} cannot be read: {error}.",
            "Mend it in a text editor, or move it away to begin a new one.",
        ) from error
    return {key: one[:LONGEST] for key, one in whole.items() if isinstance(one, str)}


def write_sheet(answers: Mapping[str, str], path: Path | None = None) -> None:
    """Write the answers whole or not at all."""
    path = path or sheet_path()
    lines = [f"{key} = {_quoted(one.strip()[:LONGEST])}\n" for key, one in answers.items()]
    part = path.with_name(f"{path.name}.part")
    with told(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(HEAD + "".join(lines), "utf-8", newline="\n")
            take_place(part, path)
        finally:
            part.unlink(missing_ok=True)


def _quoted(text: str) -> str:
    """Write a text as TOML: over several lines where it has several."""
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    if "\n" not in text:
        return quoted
    return '"""\n' + quoted[1:-1].replace("\\n", "\n") + '"""'
