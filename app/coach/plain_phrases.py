"""Plain phrases among the patterns of a practice: what a person writes who knows no signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from app.coach.practice_schema import tables_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PLAIN: Final = re.compile(r"[\w'’]+(?: [\w'’]+)*")
_CONDITIONS: Final = frozenset(
    {"kind", "place", "channel", "unless", "unless_turn", "with_turn", "after_customer"}
)
"""Keys of a pattern that make its phrases hold in some places only."""


def as_phrase(line: str) -> str:
    """Make a phrase of what somebody typed: its words, without stops and signs."""
    words = re.sub(r"[^\w'’\s]|_", " ", line).split()
    return " ".join(word for word in words if word.strip("'’"))


def phrases_of(data: Mapping[str, object], polarity: str) -> list[str]:
    """Give the plain phrases that find a practice ("done") or its opposite ("wrong")."""
    return [text for _, _, text in _found(data, polarity)]


def finer(data: Mapping[str, object]) -> int:
    """Count the patterns that are more than plain phrases."""
    every = sum(len(texts_of(one, "say")) for one in tables_of(data, "pattern"))
    return every - sum(len(phrases_of(data, one)) for one in ("done", "wrong"))


def with_plain_phrases(
    data: Mapping[str, object], polarity: str, phrases: Sequence[str]
) -> list[dict[str, Any]]:
    """Give the tables [[pattern]] with other plain phrases; all else in them stays.

    Phrases that are new go to the first table that holds nothing but phrases, or to one of their
    own at the end.
    """
    wanted = list(dict.fromkeys(one for one in phrases if one))
    tables: list[dict[str, Any]] = [
        {**one, "say": list(texts_of(one, "say"))} if "say" in one else dict(one)
        for one in tables_of(data, "pattern")
    ]
    known = list(_found(data, polarity))
    for at, number, text in reversed(known):
        if text not in wanted:
            del tables[at]["say"][number]
    new = [one for one in wanted if one not in {text for _, _, text in known}]
    if new:
        home = next((one for one in tables if _is_home(one, polarity)), None)
        if home is None:
            home = {"say": []} if polarity == "done" else {"polarity": polarity, "say": []}
            tables.append(home)
        home["say"] += new
    return [one for one in tables if one.get("say")]


def _found(data: Mapping[str, object], polarity: str) -> Iterator[tuple[int, int, str]]:
    """Give each plain phrase: number of its table, number in it, the phrase."""
    for at, table in enumerate(tables_of(data, "pattern")):
        if table.get("polarity", "done") == polarity and not _CONDITIONS & set(table):
            for number, text in enumerate(texts_of(table, "say")):
                if _PLAIN.fullmatch(text) and "_" not in text:
                    yield at, number, text


def _is_home(table: Mapping[str, object], polarity: str) -> bool:
    says = texts_of(table, "say")
    plain = set(table) <= {"say", "polarity"} and table.get("polarity", "done") == polarity
    return plain and all(_PLAIN.fullmatch(one) and "_" not in one for one in says)
