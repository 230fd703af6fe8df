"""The practices, read from `assets/practices/P01.toml` to `P32.toml`.

The schema and the pattern language are documented in `assets/practices/README.md`. A mistake names
file, line and what is allowed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.coach.content_folder import with_own
from app.coach.practice_schema import (
    PATTERN_LISTS,
    PRACTICE,
    PracticeFile,
    PracticeHead,
)
from app.coach.practice_types import Phase
from app.coach.toml_file import read_checked
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.coach.finder.pattern import Pattern
    from app.errors import AppError


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing that front-desk staff train."""

    id: str
    """P01 to P32."""
    name: str
    """Two to six words."""
    rule: str
    """What to do, one sentence."""
    why: str
    """Why it works, one or two sentences."""
    source: str
    """Where that is known from."""
    good: tuple[str, ...]
    """Words that do it."""
    bad: tuple[str, ...]
    """Words that do the opposite, or only look like it."""
    floor: int
    """How often in a talk at least; 0 where none is asked for."""
    ceiling: int | None
    """How often at most; None where more does no harm."""
    phase: Phase
    """Where in a talk it has its place."""
    lives_in: tuple[str, ...]
    """Where in the product it has its place: keys of PLACES."""
    patterns: tuple[Pattern, ...]
    """What finds it in words; empty where words do not show it, or rules in code find it."""
    shipped: bool = False
    """Whether it came with the program, unchanged; only then a second opinion knows it."""


def load_practices(*, heads: bool = False) -> tuple[Practice, ...]:
    """Read the practices that ship, P01 to P32; `heads` leaves their patterns out.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    load = load_head if heads else load_practice
    paths = sorted(asset("practices").glob("P*.toml"))
    return tuple(replace(load(path), shipped=True) for path in paths)


def read_practices(
    own: Path | None, *, heads: bool = False
) -> tuple[tuple[Practice, ...], tuple[AppError, ...]]:
    """Read the practices that ship and those of a person's folder.

    Parameters
    ----------
    own
        The folder with changed and imported practices; one replaces the shipped one of its id.
    heads
        Whether to leave the patterns out, which take ten times as long as all the rest.

    Returns
    -------
    practices, faults
        By id; and a sentence for each own file that could not be read.
    """
    load = load_head if heads else load_practice
    found, faults = with_own(load_practices(heads=heads), own, load)
    return tuple(found[id_] for id_ in sorted(found)), faults


def load_head(path: Path) -> Practice:
    """Read a practice without its patterns: names and rules are there at once."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig").partition("\n[[")[0] + "\n")
        head = PracticeHead.model_validate(data)
    except (OSError, ValueError):
        return load_practice(path)  # says what is wrong, and where
    return _practice(head, ())


def load_practice(path: Path) -> Practice:
    """Read one practice; an AppError names file, line and what is allowed."""
    return practice_of(read_checked(PRACTICE, path))


def practice_of(data: Mapping[str, object]) -> Practice:
    """Make a practice of data without mistakes."""
    # Only now: names and rules are read without them, at the start of the program.
    from app.coach.finder.pattern import Pattern  # noqa: PLC0415
    from app.coach.finder.reading import node_of  # noqa: PLC0415

    read = PracticeFile.model_validate(data)
    patterns = [
        Pattern(
            **{key: tuple(node_of(one) for one in getattr(table, key)) for key in PATTERN_LISTS},
            wrong=table.polarity == "wrong",
            detail=table.detail,
            confidence=table.confidence,
            kind=table.kind,
            place=table.place,
            channel=table.channel,
        )
        for table in read.pattern
    ]
    return _practice(read, patterns)


def _practice(head: PracticeHead, patterns: Sequence[Pattern]) -> Practice:
    return Practice(
        head.id, head.name, head.rule, head.why, head.source, tuple(head.good), tuple(head.bad),
        head.floor, head.ceiling, Phase(head.phase), tuple(head.lives_in), tuple(patterns),
    )  # fmt: skip
