"""Patterns of a practice's file, each text read once for as long as the program runs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from app.coach.finder.classes import word_classes
from app.coach.finder.language import parse

if TYPE_CHECKING:
    from app.coach.finder.leaves import Node


@functools.lru_cache(maxsize=8192)
def node_of(text: str) -> Node:
    """Read one pattern; a PatternFault says what is wrong with it."""
    return parse(text, word_classes())
