"""The single parts of a pattern. Each maps places in the words to places, all at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.coach.finder.span import Places, Span

Needs = tuple[frozenset[str], ...]

LEADS: Final = frozenset(
    {"and", "so", "but", "well", "okay", "right", "oh", "now", "please", "yes", "no", "sir",
     "madam", "then", "because", "hello", "hi", "thanks", "you", "morning", "afternoon", "evening",
     "see", "sorry", "hm", "um", "uh", "er", "mm", "alright", "sure", "course", "good", "or"}
)  # fmt: skip
"""Words after which a sentence may begin where no punctuation tells."""
STARTS: Final = frozenset(
    {"i", "we", "you", "it", "that", "this", "and", "so", "but", "what", "how", "please", "is",
     "let", "would", "could", "can", "do", "shall", "the", "there", "my", "our", "your", "sir",
     "madam", "okay", "right", "now", "if", "because", "he", "she", "they", "mr", "mrs", "ms",
     "thank", "thanks", "well", "oh", "no", "yes", "tell", "who", "where", "when", "which", "here"}
)  # fmt: skip
"""Words with which a new sentence may begin where no punctuation tells."""


class Node(ABC):
    """A part of a pattern."""

    @abstractmethod
    def ends(self, span: Span, starts: Places) -> Places:
        """Places where it may have ended, for all places where it may begin."""

    def first(self) -> frozenset[str] | None:
        """Give the words it can begin with; None where it may begin with any word."""
        return None

    @property
    def may_be_empty(self) -> bool:
        """Whether it matches without a word."""
        return False

    def needs(self) -> Needs:
        """Give sets of words, of each of which a sentence must hold one for it to match."""
        return ()


@dataclass(frozen=True, eq=False, slots=True)
class Words(Node):
    """One of several words."""

    words: frozenset[str]
    """In their one form."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        return frozenset(at + 1 for at in starts if at < span.hi and span.words[at] in self.words)

    def first(self) -> frozenset[str]:
        """See Node."""
        return self.words

    def needs(self) -> Needs:
        """See Node."""
        return (self.words,)


@dataclass(frozen=True, eq=False, slots=True)
class Prefix(Node):
    """A word that begins so."""

    prefix: str
    """At least three letters."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        return frozenset(
            at + 1 for at in starts if at < span.hi and span.words[at].startswith(self.prefix)
        )


@dataclass(frozen=True, eq=False, slots=True)
class Suffix(Node):
    """A word that ends so."""

    suffix: str
    """At least two letters."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        return frozenset(
            at + 1 for at in starts if at < span.hi and span.words[at].endswith(self.suffix)
        )


@dataclass(frozen=True, eq=False, slots=True)
class Number(Node):
    """Digits, with or without a sign of money or a unit."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        return frozenset(
            at + 1
            for at in starts
            if at < span.hi and any(char.isdigit() for char in span.words[at])
        )


@dataclass(frozen=True, eq=False, slots=True)
class Gap(Node):
    """Up to so many words, whatever they are."""

    least: int
    """Words at least."""
    most: int
    """Words at most."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        return frozenset(
            to for at in starts for to in range(at + self.least, min(at + self.most, span.hi) + 1)
        )

    @property
    def may_be_empty(self) -> bool:
        """See Node."""
        return self.least == 0


@dataclass(frozen=True, eq=False, slots=True)
class Edge(Node):
    """The beginning or the end of a sentence."""

    start: bool
    """True for its beginning."""

    def ends(self, span: Span, starts: Places) -> Places:
        """See Node."""
        edge = span.lo if self.start else span.hi
        if not span.flat:
            return starts & {edge}
        return frozenset(at for at in starts if at == edge or self._may_be(span, at))

    def _may_be(self, span: Span, at: int) -> bool:
        """Whether the words alone let a sentence begin, or end, at a place."""
        if self.start:
            return span.lo < at <= span.hi and span.words[at - 1] in LEADS
        return span.lo <= at < span.hi and span.words[at] in STARTS

    @property
    def may_be_empty(self) -> bool:
        """See Node."""
        return True
