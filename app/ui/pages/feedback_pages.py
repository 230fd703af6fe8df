"""What goes on which page of paper: nothing that stays together is cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that stays together."""

    height: float
    """In the paper's unit, the space above it included."""
    above: float = 0.0
    """How much of it is space, which is left out at the top of a page."""
    with_next: bool = False
    """Whether it may not stand alone at the foot of a page, as a heading."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece on a page."""

    piece: int
    """Which one, from 0."""
    y: float
    """Where it begins on its page, its space left out."""


def paginate(pieces: Sequence[Piece], room: float) -> tuple[tuple[Placed, ...], ...]:
    """Share pieces out over pages of one height, in their order; at least one page."""
    pages: list[list[Placed]] = [[]]
    y = 0.0
    for at, piece in enumerate(pieces):
        if pages[-1] and y + _together(pieces, at) > room:
            pages.append([])
            y = 0.0
        y += piece.above if pages[-1] else 0.0
        pages[-1].append(Placed(at, y))
        y += piece.height - piece.above
    return tuple(tuple(page) for page in pages)


def _together(pieces: Sequence[Piece], at: int) -> float:
    """Height of a piece with what has to stay with it."""
    height = 0.0
    for piece in pieces[at:]:
        height += piece.height
        if not piece.with_next:
            break
    return height
