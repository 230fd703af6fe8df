"""Where patterns are looked for: a stretch of words, and places in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Places = frozenset[int]
NOWHERE: Places = frozenset()


@dataclass(slots=True)
class Span:
    """A sentence in which patterns are looked for."""

    words: Sequence[str]
    """All words of the block in their one form."""
    lo: int
    """Number of its first word."""
    hi: int
    """One past the number of its last word."""
    flat: bool
    """Whether it has no punctuation, so that a sentence may begin and end anywhere in it."""
    memo: dict[tuple[str, int], Places] = field(default_factory=dict)
    """What each word class matched at each place."""
