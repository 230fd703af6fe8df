"""What the parts of a scenario must agree on; also asked while it is being written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.coach.practice_schema import tables_of, texts_of
from app.coach.toml_fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class _Way:
    """One branch of a line, as far as it can be read."""

    condition: str
    """done, wrong, missing, asked or else."""
    about: str
    """Practice or hidden fact; empty for else."""
    to: str
    """Id of the next line; empty where the conversation ends."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One line, as far as it can be read."""

    id: str
    """Its id; empty where it has none yet."""
    ways: tuple[_Way | None, ...]
    """Its branches; None for one that cannot be read."""


def disagreements(data: Mapping[str, object], branch: re.Pattern[str], end: str) -> Iterator[Fault]:
    """Check what no single table can say.

    Parameters
    ----------
    data
        A scenario's data, right or not.
    branch
        How a branch is written.
    end
        The target that ends the conversation.
    """
    lines = [_said(table, branch, end) for table in tables_of(data, "line")]
    hidden = tables_of(data, "hidden")
    yield from _targets(lines, {str(one.get("id", "")) for one in hidden})
    yield from _second([one.id for one in lines], "line")
    yield from _second([str(one.get("id", "")) for one in hidden], "hidden")
    for at, fact in enumerate(hidden):
        for number, word in enumerate(texts_of(fact, "asked_by")):
            if word and not re.search(r"\w", word):
                what = "asked_by holds a text without a word: anything would do"
                yield Fault(("hidden", at, "asked_by", number), "silent", what)
    yield from _ways_through(lines)
    for key in ("good", "bad"):
        for at, turn in enumerate(tables_of(data, key)):
            yield from _notes(turn, key, at)


def _said(table: Mapping[str, object], branch: re.Pattern[str], end: str) -> _Said:
    ways: list[_Way | None] = []
    for text in texts_of(table, "next"):
        match = branch.fullmatch(text)
        if match is None:
            ways.append(None)
            continue
        found, practice, asked, fact, other, to = match.groups()
        ways.append(_Way(found or asked or other, practice or fact or "", "" if to == end else to))
    return _Said(str(table.get("id", "")), tuple(ways))


def _second(ids: Sequence[str], key: str) -> Iterable[Fault]:
    for at, one in enumerate(ids):
        if one and one in ids[:at]:
            yield Fault((key, at, "id"), "twice", f"the id {one} stands there a second time")


def _targets(lines: Sequence[_Said], facts: set[str]) -> Iterable[Fault]:
    ids = [line.id for line in lines]
    for at, line in enumerate(lines):
        for number, way in enumerate(line.ways):
            where = ("line", at, "next", number)
            if way is None:
                continue
            if way.to and way.to not in ids:
                allowed = ", ".join(ids)
                yield Fault(where, "lost", f"there is no line {way.to}; allowed: {allowed}")
            if way.condition == "asked" and way.about not in facts:
                yield Fault(where, "no_fact", f"there is no hidden fact {way.about}")
            if (way.condition == "else") != (number == len(line.ways) - 1):
                what = "the last branch, and only that, must be else"
                yield Fault(where, "else_last", what)


def _ways_through(lines: Sequence[_Said]) -> Iterable[Fault]:
    """Tell lines that never come up, and talks that never end."""
    known = {line.id: line for line in reversed(lines)}
    waiting = [lines[0].id] if lines else []
    seen: set[str] = set()
    while waiting:
        line = known.get(waiting.pop())
        if line is not None and line.id not in seen:
            seen.add(line.id)
            waiting += [way.to for way in line.ways if way is not None and way.to]
    circles = _circles(known)
    for at, line in enumerate(lines):
        if line.id not in seen:
            yield Fault(("line", at), "unreached", f"no branch leads to the line {line.id}")
        if line.id in circles:
            what = "its “else” leads back to it, and the talk would never end"
            yield Fault(("line", at), "circle", what)


def _circles(known: Mapping[str, _Said]) -> set[str]:
    """Give the lines to which somebody comes back who says nothing special."""
    found: set[str] = set()
    done: set[str] = set()
    for start in known:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in known and at not in done:
            if at in path:
                found |= set(path[path.index(at) :])
                break
            path.append(at)
            last = known[at].ways[-1] if known[at].ways else None
            at = last.to if last is not None else None
        done |= set(path)
    return found


def _notes(turn: Mapping[str, object], key: str, at: int) -> Iterable[Fault]:
    text = turn.get("text")
    for number, note in enumerate(tables_of(turn, "notes")):
        words = note.get("words")
        if isinstance(text, str) and isinstance(words, str) and words not in text:
            what = f"the words “{words}” do not stand in this turn"
            yield Fault((key, at, "notes", number, "words"), "not_said", what)
