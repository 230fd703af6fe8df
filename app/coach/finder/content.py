"""Words that carry content, and when two forms are the same word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed_words

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDINGS: Final = (
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
    "e",
    "y",
)
_IRREGULAR: Final = {
    "sold": "sell", "bought": "buy", "broke": "break", "broken": "break", "paid": "pay",
    "sent": "send", "lost": "lose", "left": "leave", "came": "come", "fell": "fall",
    "fallen": "fall", "took": "take", "taken": "take", "found": "find", "stolen": "steal",
    "stole": "steal", "slept": "sleep", "woke": "wake", "rang": "ring", "rung": "ring",
    "wrote": "write", "written": "write", "children": "child", "kids": "child", "kid": "child",
    "feet": "foot", "teeth": "tooth", "men": "man", "women": "woman", "mum": "mother",
    "mom": "mother", "mam": "mother", "dad": "father", "drove": "drive", "driven": "drive",
    "flew": "fly", "flown": "fly", "ate": "eat", "eaten": "eat", "saw": "see", "seen": "see",
    "ran": "run", "kept": "keep", "caught": "catch", "taught": "teach", "brought": "bring",
    "tore": "tear", "torn": "tear", "stuck": "stick", "burnt": "burn", "froze": "freeze",
    "frozen": "freeze", "stopped": "stop", "bit": "bite", "bitten": "bite", "wedding": "wed",
}  # fmt: skip


def stem(word: str) -> str:
    """Cut a word to what its forms have in common."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


def content(words: Iterable[str]) -> list[str]:
    """Give the stems of the words that carry content, in their order."""
    empty = listed_words("content.empty")
    return [stem(word) for word in words if word not in empty and len(word) > 1]
