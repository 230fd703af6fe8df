"""Writes content files: what did not change stays as it was typed, with the notes around it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Final

from app.coach.toml_text import Part, notes_in, parts_of
from app.settings_toml import toml_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDE: Final = 100
"""Letters in a line; a longer list has a line for each of its values."""
_BARE: Final = re.compile(r'"([A-Za-z0-9_-]+)" = ')


def rewritten(data: Mapping[str, object], before: str) -> str:
    """Write data as the text of a file.

    Parameters
    ----------
    data
        What the file is to hold.
    before
        Its text until now; tables and keys that hold what they held are taken over letter by
        letter, notes with them. Empty for a new file.
    """
    try:
        parts, tail = parts_of(before)
    except ValueError:
        return _whole(data, [], "")
    text = _whole(data, parts, tail)
    # What is written must be what was meant, however the file was laid out.
    return text if tomllib.loads(text) == data else _whole(data, [], "")


def lost_notes(before: str, after: str) -> tuple[str, ...]:
    """Give the notes of a file that its new text does not hold any more."""
    lost = Counter(notes_in(before)) - Counter(notes_in(after))
    return tuple(lost.elements())


def _whole(data: Mapping[str, object], parts: list[Part], tail: str) -> str:
    head = {key: value for key, value in data.items() if not _is_table(value)}
    written = [_part(head, parts[0] if parts else None, "")]
    left = list(parts[1:])
    for key, value in data.items():
        if isinstance(value, dict):
            written.append(_part(value, _like(value, left, key), f"[{key}]"))
        elif _is_table(value) and isinstance(value, list):
            old = _matched(value, left, key)
            written += [_part(one, was, f"[[{key}]]") for one, was in zip(value, old, strict=True)]
    return "\n".join(one.rstrip("\n") + "\n" for one in written if one) + tail


def _is_table(value: object) -> bool:
    """Whether a value is a table, or tables, at the top of the file."""
    listed = isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)
    return listed or isinstance(value, dict)


def _like(value: Mapping[str, object], left: list[Part], key: str) -> Part | None:
    found = next((one for one in left if one.name == key and one.data == value), None)
    found = found or next((one for one in left if one.name == key), None)
    if found is not None:
        left.remove(found)
    return found


def _matched(tables: list[Mapping[str, object]], left: list[Part], key: str) -> list[Part | None]:
    """Find the old text of each table: the same one, or else the one with its id, or its place."""
    old = [one for one in left if one.name == key]
    found: list[Part | None] = [None] * len(tables)
    for fits in (_same, _same_id, _alike):
        for at, table in enumerate(tables):
            if found[at] is None:
                match = next((one for one in old if fits(one.data, table)), None)
                if match is not None:
                    found[at] = match
                    old.remove(match)
    return found


def _same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return one == other


def _same_id(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return one.get("id") is not None and one.get("id") == other.get("id")


def _alike(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two tables without ids have a value in common that only they may have."""
    shared = [key for key, value in one.items() if value == other.get(key)]
    return "id" not in other and any(isinstance(one[key], str | list) for key in shared)


def _part(data: Mapping[str, object], was: Part | None, header: str) -> str:
    """Write one table, its keys in the order in which they stood."""
    lead = was.lead if was is not None else (f"{header}\n" if header else "")
    old = {entry.key: entry for entry in was.entries} if was is not None else {}
    written: list[str] = []
    for key in sorted(data, key=lambda key: list(old).index(key) if key in old else len(old)):
        entry = old.get(key)
        if entry is not None and entry.value == data[key]:
            written.append(_ended(entry.text))
            continue
        kept = "".join(_in_front(entry.text)) if entry is not None else ""
        written.append(f"{kept}{key} = {_value(data[key], len(key) + 3)}\n")
    return lead.lstrip("\n") + "".join(written)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _in_front(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("#"):
            return
        yield line


def _value(value: object, used: int = 0) -> str:
    if isinstance(value, str) and "\n" in value:
        return _lines(value)
    plain = _BARE.sub(r"\1 = ", toml_value(value)) if _holds_tables(value) else toml_value(value)
    broken = isinstance(value, list) and any("\n" in one for one in value if isinstance(one, str))
    if not isinstance(value, list) or (used + len(plain) <= WIDE and not broken):
        return plain
    inside = "".join(f"    {_value(one)},\n" for one in value)
    return f"[\n{inside}]"


def _holds_tables(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, dict) for one in value)
    )


def _lines(value: str) -> str:
    """Write a text of several lines as one reads it."""
    escaped = value.replace("\\", "\\\\").replace('"""', '""\\"')
    odd = any(ord(sign) < 32 and sign != "\n" for sign in value) or "\x7f" in value
    if odd or escaped.endswith('"'):
        return toml_value(value)
    return f'"""\n{escaped}"""'
