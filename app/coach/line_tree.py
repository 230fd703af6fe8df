"""The lines of a scenario as a tree: each line once, under the line that first leads to it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.coach.practice_schema import tables_of, texts_of
from app.coach.scenario_schema import BRANCH, END

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Twig:
    """One line, or the mention of a line that stands elsewhere in the tree."""

    line: int | None
    """Number of the line, from 0; None where the talk ends or the line is not there."""
    condition: str = ""
    """What leads here: done, wrong, missing, asked or else; empty for the first line."""
    about: str = ""
    """Practice or hidden fact of the condition; empty for else."""
    ends: bool = False
    """Whether the talk ends here by a branch that says so."""
    again: bool = False
    """Whether the line itself stands elsewhere in the tree."""
    below: list[Twig] = field(default_factory=list)
    """Where it goes on."""


def tree_of(data: Mapping[str, object]) -> tuple[Twig | None, tuple[int, ...]]:
    """Lay out a scenario's lines.

    Parameters
    ----------
    data
        A scenario's data, right or not.

    Returns
    -------
    tree, unreached
        From the first line on, None where there is no line; and the numbers of the lines that
        nothing leads to.
    """
    lines = tables_of(data, "line")
    if not lines:
        return None, ()
    places: dict[str, int] = {}
    for at, line in enumerate(lines):
        places.setdefault(str(line.get("id", "")), at)
    top = Twig(0)
    placed = {0}
    waiting = deque([top])
    while waiting:
        twig = waiting.popleft()
        for text in texts_of(lines[twig.line or 0], "next"):
            made = _twig(text, places)
            made.again = made.line in placed
            twig.below.append(made)
            if made.line is not None and not made.again:
                placed.add(made.line)
                waiting.append(made)
    return top, tuple(at for at in range(len(lines)) if at not in placed)


def _twig(text: str, places: Mapping[str, int]) -> Twig:
    match = BRANCH.fullmatch(text)
    if match is None:
        return Twig(None)
    found, practice, asked, fact, other, to = match.groups()
    condition, about = found or asked or other, practice or fact or ""
    return Twig(places.get(to), condition, about, ends=to == END and to not in places)
