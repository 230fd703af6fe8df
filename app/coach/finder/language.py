"""Reads the pattern language of `assets/practices/README.md`: data, nothing of it can run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.coach.finder.leaves import Edge, Gap, Node, Number, Prefix, Suffix, Words
from app.coach.finder.nodes import Class, Either, Maybe, Sequel, Unless  # fmt: skip
from app.coach.finder.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_CHARS: Final = 3000
"""Of one pattern; a line of a class is shorter still."""
MOST_DEPTH: Final = 6
"""Of brackets in brackets."""
MOST_GAP: Final = 12
"""Words between two parts; beyond it they have nothing to do with each other."""
_PIECE: Final = re.compile(
    r"\s+|(?P<class><[a-z_]+>)|(?P<gap>~\d+)|(?P<sign>[()|?!^$_])|(?P<word>\*[a-z]+|[\w'’]+\*?)"
)


class PatternFault(ValueError):
    """A pattern that cannot be read; the text says what is wrong with it."""


def parse(text: str, classes: Mapping[str, Node]) -> Node:
    """Read one pattern.

    Parameters
    ----------
    text
        The pattern as written.
    classes
        The word classes it may use, by name.

    Raises
    ------
    PatternFault
        Saying what is wrong and what is allowed.
    """
    if len(text) > MOST_CHARS:
        raise PatternFault(f"“{text[:30]}…” is longer than {MOST_CHARS} characters")
    reader = _Reader(_pieces(text), text, classes)
    node = reader.either(0)
    if reader.pieces:
        raise PatternFault(f"“{text}” has a “)” too many")
    if node.may_be_empty:
        raise PatternFault(f"“{text}” would match without a word")
    return node


def class_of(name: str, entries: Sequence[str], classes: Mapping[str, Node]) -> Class:
    """Make a word class of its entries, each a pattern that may use classes written above it."""
    words: set[str] = set()
    others: list[Node] = []
    for entry in entries:
        node = parse(entry, classes)
        if isinstance(node, Words):
            words |= node.words
        else:
            others.append(node)
    if words:
        others.append(Words(frozenset(words)))
    whole = others[0] if len(others) == 1 else Either(tuple(others))
    return Class(name, whole, whole.first())


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            raise PatternFault(
                f"“{text}” holds “{text[at]}”; allowed: words, word*, *ing, <class>,"
                " ~3, _, ?, !, ^, $, ( | )"
            )
        if match.group().strip():
            found.append(match.group())
        at = match.end()
    return found


class _Reader:
    """Reads pieces from the left, one rule of the language a method."""

    def __init__(self, pieces: list[str], text: str, classes: Mapping[str, Node]) -> None:
        self.pieces = pieces
        self._text = text
        self._classes = classes

    def either(self, depth: int) -> Node:
        """Read options between “|”."""
        if depth > MOST_DEPTH:
            raise PatternFault(f"“{self._text}” has more than {MOST_DEPTH} brackets in each other")
        options = [self._sequel(depth)]
        while self.pieces and self.pieces[0] == "|":
            self.pieces.pop(0)
            options.append(self._sequel(depth))
        if all(isinstance(option, Words) for option in options):
            found = (option.words for option in options if isinstance(option, Words))
            return Words(frozenset().union(*found))
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _sequel(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.pieces and self.pieces[0] not in {"|", ")"}:
            parts += self._part(depth)
        if not parts:
            raise PatternFault(f"“{self._text}” has nothing between two signs")
        return parts[0] if len(parts) == 1 else Sequel(tuple(parts))

    def _part(self, depth: int) -> list[Node]:
        if self.pieces[0] == "!":
            self.pieces.pop(0)
            if not self.pieces or self.pieces[0] in {"|", ")"}:
                raise PatternFault(f"“{self._text}” has nothing after “!”")
            inner = self._atom(depth)
            return [Unless(inner[0] if len(inner) == 1 else Sequel(tuple(inner)))]
        nodes = self._atom(depth)
        if self.pieces and self.pieces[0] == "?":
            self.pieces.pop(0)
            return [Maybe(nodes[0] if len(nodes) == 1 else Sequel(tuple(nodes)))]
        return nodes

    def _atom(self, depth: int) -> list[Node]:  # noqa: PLR0911 - one for each sign
        piece = self.pieces.pop(0)
        if piece == "(":
            inner = self.either(depth + 1)
            if not self.pieces or self.pieces.pop(0) != ")":
                raise PatternFault(f"“{self._text}” has a “(” without its “)”")
            return [inner]
        if piece in {"^", "$"}:
            return [Edge(start=piece == "^")]
        if piece == "_":
            return [Gap(1, 1)]
        if piece.startswith("~"):
            return [self._gap(int(piece[1:]))]
        if piece.startswith("<"):
            return [self._class(piece[1:-1])]
        if piece.startswith("*"):
            if len(piece) < 3:
                raise PatternFault(f"“{piece}” needs two letters after the “*”")
            return [Suffix(piece[1:])]
        if piece.endswith("*"):
            if len(piece) < 4:
                raise PatternFault(f"“{piece}” needs three letters before the “*”")
            return [Prefix(piece[:-1].lower())]
        if piece in {"?", "!"}:
            raise PatternFault(f"“{self._text}” has “{piece}” where a word belongs")
        return [Words(frozenset({form})) for form in normal(piece)]

    def _gap(self, most: int) -> Node:
        if not 1 <= most <= MOST_GAP:
            raise PatternFault(f"“~{most}” must lie between ~1 and ~{MOST_GAP}")
        return Gap(0, most)

    def _class(self, name: str) -> Node:
        if name == "number":
            return Number()
        if name not in self._classes:
            known = ", ".join(sorted(self._classes))
            raise PatternFault(f"<{name}> is not a word class; known here: {known}")
        return self._classes[name]
