"""Bits as short, plain words that two people can read to each other."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final

from app.paths import asset

BITS: Final = 10
"""One word of 1,024 says so many bits."""
PASSPHRASE_WORDS: Final = 6
"""60 bits: with scrypt's third of a second and 128 MB a guess, out of reach for anybody."""
GROUP: Final = 4
"""So many words are read out in one breath."""


@cache
def word_list() -> tuple[str, ...]:
    """Give the 1,024 words, by alphabet."""
    return tuple(asset("handover", "words.txt").read_text("utf-8").split())


def words_of(digest: bytes, count: int) -> tuple[str, ...]:
    """Say the first `count` times 10 bits of a digest as words."""
    whole = int.from_bytes(digest, "big")
    length = 8 * len(digest)
    if count * BITS > length:
        raise ValueError(f"{length} bits are too few for {count} words")
    listed = word_list()
    return tuple(listed[(whole >> (length - (at + 1) * BITS)) % len(listed)] for at in range(count))


def grouped(words: tuple[str, ...]) -> tuple[str, ...]:
    """Put words in groups of four, each as one line."""
    return tuple(" ".join(words[at : at + GROUP]) for at in range(0, len(words), GROUP))


def offer_passphrase() -> str:
    """Draw a passphrase that nobody can guess and everybody can read out."""
    return " ".join(secrets.choice(word_list()) for _ in range(PASSPHRASE_WORDS))
