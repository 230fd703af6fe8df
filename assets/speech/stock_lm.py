# ruff: noqa: INP001 - a tool beside its data, not a package
"""Reads a trigram model in pocketsphinx's binary form, and looks probabilities up.

The library's own writer of ARPA files loses the trigrams, so the file itself is read: header,
counts, tables of quantised values, unigrams, packed bigrams and trigrams (most recent word first),
words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC: Final = b"Trie Language Model"
TABLE: Final = 1 << 16
"""Values of a table: each is named by 16 bits."""
TO_LOG10: Final = math.log10(1.0001)
"""The file's logarithms have the base 1.0001."""
UNIGRAM: Final = np.dtype([("p", "<f4"), ("b", "<f4"), ("next", "<u4")])

Ids = np.ndarray[tuple[int], np.dtype[np.int64]]
Logs = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class Trigrams:
    """A back-off model; log10 throughout, words as numbers."""

    words: list[str]
    """Number -> word."""
    p1: Logs
    """(V,) of each word."""
    b1: Logs
    """(V,) back-off weight of each word as history."""
    two: Ids
    """(n2,) history x V + word, ascending."""
    p2: Logs
    """(n2,) of each pair."""
    b2: Logs
    """(n2,) back-off weight of each pair as history."""
    three: Ids
    """(n3,) position of the history in `two` x V + word, ascending."""
    p3: Logs
    """(n3,) of each triple."""

    @property
    def size(self) -> int:
        """How many words."""
        return len(self.words)

    def pair(self, a: Ids, b: Ids) -> Logs:
        """Log probability of b after a."""
        at = find(self.two, a * self.size + b)
        return np.where(at >= 0, self.p2[at], self.b1[a] + self.p1[b])

    def triple(self, a: Ids, b: Ids, c: Ids) -> Logs:
        """Log probability of c after a b."""
        history, lower = find(self.two, a * self.size + b), self.pair(b, c)
        at = find(self.three, np.maximum(history, 0) * self.size + c)
        longer = np.where(at >= 0, self.p3[at], self.b2[history] + lower)
        return np.where(history >= 0, longer, lower)

    def spelt(self) -> tuple[Ids, Ids, Ids]:
        """Give the three words of each triple."""
        history, c = np.divmod(self.three, self.size)
        a, b = np.divmod(self.two[history], self.size)
        return a, b, c


def find(among: Ids, wanted: Ids) -> Ids:
    """Position of each wanted key among ascending ones, -1 where it is not there."""
    if not len(among):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return np.where(among[at] == wanted, at, -1)


def in_order(
    words: list[str],
    one: tuple[Logs, Logs],
    two: tuple[Ids, Logs, Logs],
    three: tuple[Ids, Ids, Ids, Logs],
) -> Trigrams:
    """Put a model together: (p, b), (key, p, b), (a, b, c, p); each triple's a b is a pair."""
    order = np.argsort(two[0], kind="stable")
    key = two[0][order]
    history = find(key, three[0] * len(words) + three[1])
    there = history >= 0
    triple, p3 = history[there] * len(words) + three[2][there], three[3][there]
    sort = np.argsort(triple, kind="stable")
    return Trigrams(words, *one, key, two[1][order], two[2][order], triple[sort], p3[sort])


def read_stock(path: Path) -> Trigrams:
    """Read a binary model of order 3."""
    raw = path.read_bytes()
    at = len(MAGIC) + 1
    if raw[: len(MAGIC)] != MAGIC or raw[at - 1] != 3:
        raise ValueError(f"{path.name} is not a binary trigram model")
    counts = [int(count) for count in np.frombuffer(raw, "<u4", 3, at)]
    at += 12 + 4
    tables = np.frombuffer(raw, "<f4", 3 * TABLE, at).reshape(3, TABLE).astype(float) * TO_LOG10
    at += 3 * TABLE * 4
    one = np.frombuffer(raw, UNIGRAM, counts[0] + 1, at)
    at += (counts[0] + 1) * UNIGRAM.itemsize
    name, child = counts[0].bit_length(), counts[2].bit_length()
    widths = (name, 16, 16, child)
    hist, b2, p2, first = _unpack(raw, at, counts[1] + 1, widths)
    at += _bytes(counts[1], sum(widths))
    w3, p3 = _unpack(raw, at, counts[2], (name, 16))
    at += _bytes(counts[2], name + 16) + 4
    words = [word.decode() for word in raw[at:].split(b"\0")[: counts[0]]]
    return _joined(words, one, tables, (hist, p2, b2, first), (w3, p3))


def _joined(
    words: list[str],
    one: NDArray[np.void],
    tables: NDArray[np.float64],
    pairs: Sequence[Ids],
    triples: Sequence[Ids],
) -> Trigrams:
    n2 = int(one["next"][-1])
    hist, p2, b2, first = (values[: n2 + 1] for values in pairs)
    word = np.repeat(np.arange(len(words)), np.diff(one["next"].astype(np.int64)))
    # Of a triple the file names the pair of its last two words, then its first.
    pair = np.repeat(np.arange(n2), np.diff(first))
    a = triples[0][: len(pair)]
    return in_order(
        words,
        (one["p"][:-1].astype(float) * TO_LOG10, one["b"][:-1].astype(float) * TO_LOG10),
        (hist[:n2] * len(words) + word, tables[0][p2[:n2]], tables[1][b2[:n2]]),
        (a, hist[pair], word[pair], tables[2][triples[1][: len(pair)]]),
    )


def _bytes(entries: int, bits: int) -> int:
    """Length of a packed table: one entry more, and eight bytes to read beyond its end."""
    return ((1 + entries) * bits + 7) // 8 + 8


def _unpack(raw: bytes, start: int, count: int, widths: Sequence[int]) -> list[Ids]:
    """Unpack entries of several fields, the first in the lowest bits."""
    data = np.frombuffer(raw, np.uint8)
    fields, offset = [], 0
    for width in widths:
        bit = np.arange(count, dtype=np.int64) * sum(widths) + offset
        byte, shift = start + (bit >> 3), (bit & 7).astype(np.uint64)
        value = np.zeros(count, np.uint64)
        for number in range(5):
            value |= data[byte + number].astype(np.uint64) << np.uint64(8 * number)
        fields.append(((value >> shift) & np.uint64((1 << width) - 1)).astype(np.int64))
        offset += width
    return fields
