"""TOML files that people edit: every mistake is told with file, line and what is allowed."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError

from app.coach.toml_fault import Fault, Schema, header_of, place, told
from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

ModelT = TypeVar("ModelT", bound=BaseModel)
MOST_TOLD: Final = 3
"""Mistakes in one sentence; the others come when these are mended."""
MOST_INTEGER: Final = 2**63
"""TOML knows whole numbers of 64 bits; Python refuses to write far longer ones in a message."""
_LONG: Final = re.compile(r"(?<![\w.])[+-]?(?:0[xob])?[0-9a-f_]{16,}", re.IGNORECASE)
_NO_NUMBER: Final = re.compile(r""""[^"]*"|'[^']*'|#.*""")
"""Texts and remarks, within one line."""


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
    head, at = header_of(model, table)
    if not table and key is not None and key not in text:
        head, at = f"[[{key}]]", int(str(fault.about.get("max_length", 0)))
    line = line_of(text, head, key, at)
    if key is not None and (
        fault.kind in ("missing", "extra_forbidden") or fault.what.startswith("is ")
    ):
        named = f"{head} {key}" if table else f"{key}"
        return f"line {line}: {named} {fault.what}"
    return f"line {line}: {fault.what}"


def read_toml(path: Path) -> tuple[dict[str, object], str]:
    """Read a TOML file; gives the data and the text, which `line_of` searches."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AppError(
            f"{path.name} cannot be read: {error.strerror or error}.",
            "See that it is there and that you may read it; what came with Rapport comes back"
            " when you install it again.",
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # TOML is UTF-8 by its own definition, and in a pack the file goes to others.
        line = data.count(b"\n", 0, error.start) + 1
        raise AppError(
            f"{path.name}, line {line}: a letter there is not written in UTF-8.",
            "Save the file as UTF-8 and start again.",
        ) from error
    return parse_toml(text, path.name), text


def parse_toml(text: str, name: str) -> dict[str, object]:
    """Read a text as TOML; `name` is that of its file, for the message."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AppError(
            f"{name} is not valid TOML: {error}.", "Mend that line and start again."
        ) from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise _too_long(text, name) from error
    except RecursionError as error:
        raise AppError(
            f"{name} holds lists in lists in lists without end.",
            "Write it as the README beside the files that ship describes.",
        ) from error
    if _holds_too_long(data):
        raise _too_long(text, name)
    return data


def _holds_too_long(data: object) -> bool:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, int) and not -MOST_INTEGER <= one < MOST_INTEGER:
            return True
    return False


def _too_long(text: str, name: str) -> AppError:
    lines = enumerate(text.split("\n"), start=1)
    at = next((number for number, line in lines if _LONG.search(_NO_NUMBER.sub("", line))), None)
    where = name if at is None else f"{name}, line {at}"
    return AppError(
        f"{where}: a whole number is far too long for TOML.",
        "Write a number as its key allows and start again.",
    )


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
    # What the file itself does not know may be a table, which stands further below.
    named = () if header else (f"[{key}]", f"[[{key}]]")
    tables = (number for number, line in enumerate(lines, 1) if line.strip().startswith(named))
    return next(tables, max(start, 1))


def _told(model: type[BaseModel], error: ErrorDetails, text: str, header: str, at: int) -> str:
    """One mistake in words."""
    key = str(error["loc"][0]) if error["loc"] else None
    line = line_of(text, header, key, at)
    if key is None:
        return f"line {line}: {header or 'the file'}: {told(model, key, error)}"
    where = f"line {line}: {header} {key}" if header else f"line {line}: {key}"
    return f"{where} {told(model, key, error)}"
