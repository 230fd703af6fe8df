"""What a pattern is made of: parts of parts. The single parts are in leaves.py.

No part repeats without a bound and nothing is tried twice, so that the time is bounded by
(parts of the pattern) x (words of the sentence), whatever somebody wrote into a pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.coach.finder.leaves import Edge, Needs, Node
from app.coach.finder.span import NOWHERE, Places, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, eq=False)
class Sequel(Node):
    """Parts one after the other."""

    parts: tuple[Node, ...]
    """In their order."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        for part in self.parts:
            if not starts:
                return NOWHERE
            starts = part.ends(span, starts)
        return starts

    def first(self) -> frozenset[str] | None:
        """See Node."""
        return self._begins

    @cached_property
    def _begins(self) -> frozenset[str] | None:
        found: frozenset[str] = frozenset()
        for part in self.parts:
            begins = part.first() if not isinstance(part, Edge | Unless) else frozenset()
            if begins is None:
                return None
            found |= begins
            if not part.may_be_empty:
                return found
        return None

    @property
    def may_be_empty(self) -> bool:
        """See Node."""
        return all(part.may_be_empty for part in self.parts)

    def needs(self) -> Needs:
        """See Node."""
        return self._needs

    @cached_property
    def _needs(self) -> Needs:
        return tuple(need for part in self.parts for need in part.needs())


class Table:
    """Parts by the words that they can begin with, so that few have to be tried at a place."""

    def __init__(self, parts: Iterable[Node]) -> None:
        self._by_word: dict[str, list[Node]] = {}
        self._open: list[Node] = []
        for part in parts:
            begins = part.first()
            if begins is None or part.may_be_empty:
                self._open.append(part)
                continue
            for word in begins:
                self._by_word.setdefault(word, []).append(part)

    def at(self, word: str | None) -> Iterator[Node]:
        """Give the parts that may begin with a word; None for the end of the sentence."""
        if word is not None:
            yield from self._by_word.get(word, ())
        yield from self._open


@dataclass(frozen=True, eq=False)
class Either(Node):
    """One of several."""

    options: tuple[Node, ...]
    """Any of them."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        found = NOWHERE
        for at in starts:
            here = frozenset({at})
            for option in self._table.at(span.words[at] if at < span.hi else None):
                found |= option.ends(span, here)
        return found

    @cached_property
    def _table(self) -> Table:
        return Table(self.options)

    def first(self) -> frozenset[str] | None:
        """See Node."""
        return self._begins

    @cached_property
    def _begins(self) -> frozenset[str] | None:
        found: frozenset[str] = frozenset()
        for option in self.options:
            begins = option.first()
            if begins is None:
                return None
            found |= begins
        return found

    @property
    def may_be_empty(self) -> bool:
        """See Node."""
        return self._empty

    @cached_property
    def _empty(self) -> bool:
        return any(option.may_be_empty for option in self.options)

    def needs(self) -> Needs:
        """See Node."""
        return self._needs

    @cached_property
    def _needs(self) -> Needs:
        found: frozenset[str] = frozenset()
        for option in self.options:
            needs = option.needs()
            if not needs:
                return ()
            found |= min(needs, key=len)
        return (found,)


@dataclass(frozen=True, eq=False, slots=True)
class Maybe(Node):
    """A part that may be left out."""

    part: Node
    """What may be there."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        return starts | self.part.ends(span, starts)

    def first(self) -> frozenset[str] | None:
        """See Node."""
        return self.part.first()

    @property
    def may_be_empty(self) -> bool:
        """See Node."""
        return True


@dataclass(frozen=True, eq=False, slots=True)
class Unless(Node):
    """Goes on only where its part does not come next; takes no word itself."""

    part: Node
    """What must not come next."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        return frozenset(at for at in starts if not self.part.ends(span, frozenset({at})))

    @property
    def may_be_empty(self) -> bool:
        """See Node."""
        return True


@dataclass(frozen=True, eq=False, slots=True)
class Class(Node):
    """A word class: looked up once for each place of a sentence."""

    name: str
    """As written between < and >."""
    part: Node
    """What it stands for."""
    begins: frozenset[str] | None
    """The words it can begin with, worked out once."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        found = NOWHERE
        for at in starts:
            if at >= span.hi:
                continue
            if self.begins is not None and span.words[at] not in self.begins:
                continue
            key = (self.name, at)
            known = span.memo.get(key)
            if known is None:
                known = span.memo[key] = self.part.ends(span, frozenset({at}))
            found |= known
        return found

    def first(self) -> frozenset[str] | None:
        """See Node."""
        return self.begins

    def needs(self) -> Needs:
        """See Node."""
        return self.part.needs()
