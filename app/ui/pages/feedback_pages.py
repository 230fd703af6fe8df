"""What goes on which page of paper: nothing is cut that fits on one."""

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
    breaks: tuple[float, ...] = ()
    """Where it may be cut if it is higher than a page, measured from its top, rising."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece, or a slice of one, on a page."""

    piece: int
    """Which one, from 0."""
    y: float
    """Where the slice begins on its page."""
    top: float
    """First of what is shown of the piece, from its top."""
    bottom: float
    """Last of what is shown of the piece, from its top."""


def paginate(pieces: Sequence[Piece], room: float) -> tuple[tuple[Placed, ...], ...]:
    """Share pieces out over pages of one height, in their order; at least one page."""
    pages: list[list[Placed]] = [[]]
    y = 0.0
    for at, piece in enumerate(pieces):
        skip = piece.above if not pages[-1] else 0.0
        if pages[-1] and y + _chain(pieces, at) > room:
            pages.append([])
            y, skip = 0.0, piece.above
        top = skip
        while y + piece.height - top > room + 1e-6:
            cut = max((b for b in piece.breaks if top < b <= top + room - y), default=None)
            if cut is None:
                cut = top + room - y  # nothing to cut at: better cut than lost
            pages[-1].append(Placed(at, y, top, cut))
            pages.append([])
            y, top = 0.0, cut
        pages[-1].append(Placed(at, y, top, piece.height))
        y += piece.height - top
    return tuple(tuple(page) for page in pages)


def _chain(pieces: Sequence[Piece], at: int) -> float:
    """Height of a piece with what has to stay with it; of what is too high, as far as it breaks."""
    height = 0.0
    for piece in pieces[at:]:
        height += min(piece.height, piece.breaks[0]) if piece.breaks else piece.height
        if not piece.with_next:
            return height
    return height
