"""Settles what several rules found in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.finder.talk import Block, Found


def settle(finds: Sequence[Found], block: Block) -> list[Found]:
    """Keep one find for each practice, polarity and sentence: the surest of them."""
    best: dict[tuple[str, bool, int], Found] = {}
    for one in finds:
        key = (one.practice, one.wrong, block.sentence_at(one.lo).lo)
        known = best.get(key)
        if known is None or (one.confidence, bool(one.detail)) > (
            known.confidence, bool(known.detail),
        ):  # fmt: skip
            best[key] = one
    return list(best.values())
