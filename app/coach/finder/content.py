"""Words that carry content, and when two forms are the same word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_EMPTY: Final = frozenset(
    ["a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "anything", "are", "as", "at", "away", "back", "be", "because", "been", "before", "being", "both", "but", "by", "can", "come", "comes", "could", "day", "did", "do", "does", "doing", "done", "down", "each", "either", "else", "even", "ever", "every", "everything", "few", "first", "for", "from", "get", "gets", "getting", "give", "given", "go", "goes", "going", "gone", "good", "got", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "however", "i", "if", "in", "into", "is", "it", "its", "just", "know", "last", "let", "like", "little", "look", "lot", "make", "makes", "many", "may", "me", "might", "mine", "more", "most", "much", "must", "my", "never", "new", "next", "no", "nobody", "not", "nothing", "now", "of", "off", "okay", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "please", "put", "quite", "rather", "really", "right", "said", "same", "say", "see", "seems", "she", "should", "so", "some", "somebody", "someone", "something", "soon", "still", "such", "sure", "take", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "things", "think", "this", "those", "through", "till", "to", "today", "together", "told", "too", "two", "under", "until", "up", "us", "used", "very", "want", "wants", "was", "way", "we", "well", "went", "were", "what", "when", "where", "which", "while", "who", "whole", "why", "will", "with", "would", "yes", "yet", "you", "your", "yours", "'s", "oh", "hello", "hi", "sorry", "madam", "sir", "mr", "mrs", "ms", "dr", "need", "needs", "help", "tell", "time", "can't", "us'", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
)  # fmt: skip
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
    return [stem(word) for word in words if word not in _EMPTY and len(word) > 1]
