"""TOML files that people edit: every mistake is told with file, line and what is allowed."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from app.coach.toml_fault import Fault, Schema, header, place, told
from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

ModelT = TypeVar("ModelT", bound=BaseModel)
MOST_TOLD = 3
"""Mistakes in one sentence; the others come when these are mended."""


def read_checked(schema: Schema, path: Path) -> dict[str, object]:
    """Read a file of a person's own content; gives its data, without mistakes.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    size = path.stat().st_size if path.is_file() else 0
    if size > schema.most_bytes:
        raise AppError(
            f"{path.name} has {size // 1024} kB; {schema.a_file} may have"
            f" {schema.most_bytes // 1024} kB.",
            schema.too_large,
        )
    data, text = read_toml(path)
    faults = schema.faults(data)
    if faults:
        sentences = [_with_line(schema.model, one, text) for one in faults[:MOST_TOLD]]
        raise AppError(f"{path.name}, " + "; ".join(sentences) + ".", "Mend it and start again.")
    return data


def _with_line(model: type[BaseModel], fault: Fault, text: str) -> str:
    table, key = place(model, fault.where)
    head, at = header(model, table)
    if not table and key is not None and key not in text:
        head, at = f"[[{key}]]", int(str(fault.about.get("max_length", 0)))
    line = line_of(text, head, key, at)
    if fault.kind in ("missing", "extra_forbidden") or fault.what.startswith("is "):
        named = f"{head} {key}" if table else f"{key}"
        return f"line {line}: {named} {fault.what}"
    return f"line {line}: {fault.what}"


def read_toml(path: Path) -> tuple[dict[str, object], str]:
    """Read a TOML file; gives the data and the text, which `line_of` searches."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(
            f"{path.name} cannot be read: {error}.", "Put the file back, or install Rapport again."
        ) from error
    return parse_toml(text, path.name), text


def parse_toml(text: str, name: str) -> dict[str, object]:
    """Read a text as TOML; `name` is that of its file, for the message."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AppError(
            f"{name} is not valid TOML: {error}.", "Mend that line and start again."
        ) from error
    except RecursionError as error:
        raise AppError(
            f"{name} holds lists in lists in lists without end.",
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
        sentences = [_told(model, one, text, header, at) for one in error.errors()]
        raise AppError(
            f"{path.name}, " + "; ".join(sentences) + ".", "Mend it and start again."
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
        return f"line {line}: {header or 'the file'}: {told(model, key, error)}"
    where = f"line {line}: {header} {key}" if header else f"line {line}: {key}"
    return f"{where} {told(model, key, error)}"
