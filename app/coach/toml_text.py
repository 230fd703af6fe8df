"""The text of a TOML file cut into its tables and keys, each with the notes in front of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Final

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(#.*)?$")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=\s*(.)")
_ENDS: Final = {"[": "]", "{": "}", '"': '"', "'": "'"}
"""What must stand in a line for a value that begins so to end there."""


@dataclass(slots=True)
class Entry:
    """One key with its value."""

    key: str
    """Its name."""
    value: object
    """What it holds."""
    text: str
    """As written, with the notes and empty lines in front of it; whole lines."""


@dataclass(slots=True)
class Part:
    """The head of a file, or one of its tables."""

    name: str
    """Name of the table; empty for the head."""
    lead: str
    """Notes and empty lines in front of it, and its header; whole lines."""
    entries: list[Entry] = field(default_factory=list)
    """Its keys."""

    @property
    def data(self) -> dict[str, object]:
        """What it holds."""
        return {one.key: one.value for one in self.entries}


def parts_of(text: str) -> tuple[list[Part], str]:
    """Cut a text that is valid TOML.

    Returns
    -------
    parts, tail
        The head, then each table in its order; and what stands after the last of them.

    Raises
    ------
    ValueError
        It is written in a way that content files are not: dotted keys, tables in tables.
    """
    lines = text.splitlines(keepends=True)
    parts = [Part("", "")]
    waiting = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or line.lstrip().startswith("#"):
            waiting += line
            at += 1
            continue
        head = _HEADER.match(line.rstrip("\r\n"))
        if head is not None:
            parts.append(Part(head[2], waiting + line))
            at += 1
        else:
            to = _value_end(lines, at)
            written = "".join(lines[at:to])
            ((key, value),) = tomllib.loads(written).items()
            parts[-1].entries.append(Entry(key, value, waiting + written))
            at = to
        waiting = ""
    return parts, waiting


def _value_end(lines: list[str], at: int) -> int:
    """Find the line after a value: the first one with which it can be read."""
    match = _KEY.match(lines[at])
    if match is None:
        raise ValueError(f"line {at + 1} is not a key with a value")
    sign = _ENDS.get(match[2], "")
    written = ""
    for to in range(at, len(lines)):
        written += lines[to]
        if sign not in lines[to]:
            continue
        try:
            tomllib.loads(written)
        except tomllib.TOMLDecodeError:
            continue
        return to + 1
    raise ValueError(f"the value in line {at + 1} does not end")


def notes_in(text: str) -> tuple[str, ...]:
    """Give the notes of a file: what stands behind a # on a line of its own, or after a value."""
    try:
        parts, tail = parts_of(text)
    except ValueError:
        return ()
    found: list[str] = []
    for written in [*(one for part in parts for one in _texts(part)), tail]:
        found += _notes(written)
    return tuple(found)


def _texts(part: Part) -> list[str]:
    return [part.lead, *(entry.text for entry in part.entries)]


def _notes(written: str) -> list[str]:
    """Give the notes of one key: those in front, and those behind its values."""
    found: list[str] = []
    for line in written.splitlines():
        if line.lstrip().startswith("#"):
            found.append(line.strip())
        elif " #" in line:
            value, _, note = line.rpartition(" #")
            if _same_without(written, line, value):
                found.append(f"#{note}".strip())
    return found


def _same_without(written: str, line: str, value: str) -> bool:
    try:
        return tomllib.loads(written) == tomllib.loads(written.replace(line, value, 1))
    except tomllib.TOMLDecodeError:
        return False
