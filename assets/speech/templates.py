# ruff: noqa: INP001 - a tool beside its data, not a package
"""Sentences from templates: "(a|b|)" stands for one of its parts, "<name>" for a line of a list."""

from __future__ import annotations

import random
import re
import tomllib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SEED: Final = 4
PER_LINE: Final = 60
"""How often a template is drawn at most; one that says less gives what it has."""
INNERMOST: Final = re.compile(r"\(([^()]*)\)")
SLOT: Final = re.compile(r"<(\w+)>")


def sentences(path: Path, *, seed: int = SEED, per_line: int = PER_LINE) -> list[tuple[str, str]]:
    """Draw (template, sentence) pairs from a file of templates, the same ones for the same seed."""
    whole = tomllib.loads(path.read_text("utf-8"))
    lists: dict[str, list[str]] = whole.pop("lists")
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    drawn: list[tuple[str, str]] = []
    for topic in whole.values():
        for line in topic["lines"]:
            seen: dict[str, None] = {}
            for _ in range(per_line):
                seen[draw(line, lists, rng)] = None
            drawn += [(line, sentence) for sentence in seen]
    return drawn


def draw(line: str, lists: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """Draw one sentence of a template."""
    while True:
        line, choices = INNERMOST.subn(lambda part: rng.choice(part[1].split("|")), line)
        line, slots = SLOT.subn(lambda slot: rng.choice(lists[slot[1]]), line)
        if not choices and not slots:
            return " ".join(line.split())


def vocabulary(drawn: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Every word, as often as it stands there."""
    return (word for _, sentence in drawn for word in sentence.split())
