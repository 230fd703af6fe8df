"""What may be in a hand-over, and how large. Nothing else is ever written or read."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.store.handover.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.store.handover.types import Entry

SESSION: Final = "session.json"
REPORT: Final = "report.json"
WORDS: Final = "words.json"
PRACTICES: Final = "practices.json"
MARKS: Final = "marks.json"
READINGS: Final = "readings.rrd"
RECORDING: Final = "recording.mkv"
SPOKEN: Final = re.compile(r"spoken-[0-9]{1,3}\.(wav|ogg|flac|mka|mkv)")
"""A spoken comment; its mark names it."""

MB: Final = 1 << 20
SMALL: Final = 64 * MB
"""Of what is read as a whole, bytes: ten times the report of two hours."""
LARGEST: Final[Mapping[str, int]] = MappingProxyType(
    {
        SESSION: MB,
        REPORT: SMALL,
        WORDS: SMALL,
        PRACTICES: SMALL,
        MARKS: SMALL,
        READINGS: 4096 * MB,
        RECORDING: 65536 * MB,
    }
)
"""Largest size of each file, bytes."""
LARGEST_SPOKEN: Final = SMALL
IN: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        Kind.SHARE: frozenset(LARGEST),
        Kind.REVIEW: frozenset({MARKS}),
        Kind.WITHDRAWAL: frozenset(),
    }
)
"""Names that each kind of file may hold, beside spoken comments."""
NEEDED: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        Kind.SHARE: frozenset({SESSION, MARKS}),
        Kind.REVIEW: frozenset({MARKS}),
        Kind.WITHDRAWAL: frozenset(),
    }
)
MOST_ENTRIES: Final = 1024


def is_allowed(kind: Kind, entries: Iterable[Entry]) -> bool:
    """Whether these files may be in a hand-over of this kind: names, sizes, each once."""
    entries = tuple(entries)
    names = [entry.name for entry in entries]
    if len(names) > MOST_ENTRIES or len(set(names)) != len(names):
        return False
    if not set(names) >= NEEDED[kind]:
        return False
    return all(0 <= entry.size <= _largest(kind, entry.name) for entry in entries)


def is_spoken(name: str) -> bool:
    """Whether it is the sound of a spoken comment."""
    return SPOKEN.fullmatch(name) is not None


def _largest(kind: Kind, name: str) -> int:
    """Give the most that a file of this name may hold, bytes; less than 0 where it may not be."""
    if is_spoken(name):
        return LARGEST_SPOKEN if kind is not Kind.WITHDRAWAL else -1
    return LARGEST[name] if name in IN[kind] else -1
