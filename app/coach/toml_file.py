"""TOML files that people edit: every mistake is told with file, line and what is allowed."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

ModelT = TypeVar("ModelT", bound=BaseModel)


def read_toml(path: Path) -> tuple[dict[str, object], str]:
    """Read a TOML file; gives the data and the text, which `line_of` searches."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(
            f"{path.name} cannot be read: {error}.", "Put the file back, or install Rapport again."
        ) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise AppError(
            f"{path.name} is not valid TOML: {error}.", "Mend that line and start again."
        ) from error
    except RecursionError as error:
        raise AppError(
            f"{path.name} holds lists in lists in lists without end.",
            "Write it as the README beside the files that ship describes.",
        ) from error


def check(
    model: type[ModelT],
    table: Mapping[str, object],
    *,
    path: Path,
    text: str,
    header: str,
    at: int = 0,
) -> ModelT:
    """Validate one table of the file.

    Parameters
    ----------
    model
        What the table must look like; the description of each field says what is allowed.
    table
        Its data.
    path, text
        The file's path and text, for the message.
    header
        The table's header as written, "[arms_crossed]" or "[[item]]".
    at
        Which of several tables with this header, from 0.

    Raises
    ------
    AppError
        Naming file, line, key, what stands there and what is allowed.
    """
    try:
        return model.model_validate(table)
    except ValidationError as error:
        told = [_told(model, one, text, header, at) for one in error.errors()]
        raise AppError(
            f"{path.name}, " + "; ".join(told) + ".", "Mend it and start again."
        ) from error


def line_of(text: str, header: str, key: str | None = None, at: int = 0) -> int:
    """Find the line (from 1) of a key in a table; of the header, if the key is not there."""
    lines = text.splitlines()
    start = 0
    if header:
        found = [number for number, line in enumerate(lines) if line.strip().startswith(header)]
        start = found[at] + 1 if at < len(found) else 0
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if line.startswith("["):
            break
        if key is not None and line.partition("=")[0].strip().strip('"') == key:
            return number + 1
    return max(start, 1)


def _told(model: type[BaseModel], error: ErrorDetails, text: str, header: str, at: int) -> str:
    """One mistake in words."""
    key = str(error["loc"][0]) if error["loc"] else None
    line = line_of(text, header, key, at)
    if key is None:
        return f"line {line}: {header or 'the file'}: {error['msg'].removeprefix('Value error, ')}"
    where = f"line {line}: {header} {key}" if header else f"line {line}: {key}"
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"{where} is not known here; allowed: {', '.join(model.model_fields)}"
    field = model.model_fields.get(key)
    allowed = f"; allowed: {field.description}" if field and field.description else ""
    if kind == "missing":
        return f"{where} is missing{allowed}"
    return f"{where} is {error['input']!r}{allowed}"
