"""How a word is said: the dictionary of the model's wheel, and letters where it has none."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Pronunciation = tuple[str, ...]

VOWELS: Final = frozenset(
    ["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"]
)
"""Phones that carry a syllable."""
MOST: Final = 4
"""Pronunciations of a word that are kept."""
PLAIN: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "e", "œ": "e"})
"""Letters that Unicode does not take apart into a plain one and its accent."""

RULES: Final = (
    # A name may be from anywhere: second readings are those of the continent.
    ("tsch", ("CH",), ()), ("sch", ("SH",), ("S K",)), ("tch", ("CH",), ()),
    ("eau", ("OW",), ()), ("igh", ("AY",), ()), ("ough", ("AO",), ("AH F",)),
    ("augh", ("AO",), ()), ("tion", ("SH AH N",), ()), ("eigh", ("EY",), ()),
    ("ch", ("CH",), ("K",)), ("ck", ("K",), ()), ("gh", ("G",), ()), ("kn", ("N",), ("K N",)),
    ("ng", ("NG",), ("N G",)), ("ph", ("F",), ()), ("qu", ("K W",), ("K",)), ("sh", ("SH",), ()),
    ("th", ("TH",), ("T",)), ("wh", ("W",), ()), ("wr", ("R",), ()), ("cz", ("CH",), ()),
    ("sz", ("SH",), ("S",)), ("zh", ("ZH",), ()), ("dg", ("JH",), ()), ("gn", ("N Y",), ("G N",)),
    ("ai", ("EY",), ("AY",)), ("ay", ("EY",), ("AY",)), ("au", ("AO",), ("AW",)),
    ("aw", ("AO",), ()), ("ea", ("IY",), ("EY AH",)), ("ee", ("IY",), ()), ("ei", ("AY",), ("IY",)),
    ("eu", ("Y UW",), ("OY",)), ("ew", ("UW",), ()), ("ey", ("IY",), ()), ("ie", ("IY",), ("AY",)),
    ("oa", ("OW",), ()), ("oe", ("OW",), ("ER",)), ("oi", ("OY",), ()), ("oo", ("UW",), ("UH",)),
    ("ou", ("AW",), ("UW",)), ("ow", ("OW",), ("AW",)), ("oy", ("OY",), ()), ("ue", ("UW",), ()),
    ("ui", ("UW IY",), ()), ("ar", ("AA R",), ()), ("er", ("ER",), ()), ("ir", ("ER",), ("IH R",)),
    ("or", ("AO R",), ()), ("ur", ("ER",), ("UH R",)), ("ll", ("L",), ()),
    ("a", ("AE",), ("AA", "AH")), ("b", ("B",), ()), ("c", ("K",), ("S",)), ("d", ("D",), ()),
    ("e", ("EH",), ("IY", "EY")), ("f", ("F",), ()), ("g", ("G",), ("JH",)), ("h", ("HH",), ()),
    ("i", ("IH",), ("IY", "AY")), ("j", ("JH",), ("Y",)), ("k", ("K",), ()), ("l", ("L",), ()),
    ("m", ("M",), ()), ("n", ("N",), ()), ("o", ("OW",), ("AA",)), ("p", ("P",), ()),
    ("q", ("K",), ()), ("r", ("R",), ()), ("s", ("S",), ("Z",)), ("t", ("T",), ()),
    ("u", ("AH",), ("UW",)), ("v", ("V",), ()), ("w", ("W",), ("V",)), ("x", ("K S",), ()),
    ("y", ("IY",), ("AY",)), ("z", ("Z",), ()),
)  # fmt: skip
"""(letters, first reading, further readings); longer runs of letters stand first."""

SOFT: Final = {"c": ("S", "CH"), "g": ("JH", "G")}
"""Readings before e, i and y."""
FINAL: Final = {"a": ("AH",), "e": ("", "IY", "EY"), "i": ("IY",)}
"""Readings at the end of a word."""
LONG: Final = {"a": "EY", "i": "AY", "o": "OW", "u": "UW"}
"""Readings before a consonant and a silent e."""


class Lexicon:
    """Pronunciations of words.

    Parameters
    ----------
    dictionary : Path
        Lines "word PH ON ES"; further pronunciations as "word(2) ...".
    """

    def __init__(self, dictionary: Path) -> None:
        self._entries: dict[str, list[Pronunciation]] = {}
        with dictionary.open(encoding="utf-8") as lines:
            for line in lines:
                word, *phones = line.split()
                self._entries.setdefault(word.partition("(")[0], []).append(tuple(phones))

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        return word in self._entries

    def pronunciations(self, word: str) -> list[Pronunciation]:
        """Ways to say a word, the likeliest first; of letters where the dictionary has none."""
        word = word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if word in self._entries:
            return self._entries[word][:MOST]
        stem = word.removesuffix("'s")
        if stem != word:
            return [(*said, _genitive(said[-1])) for said in self.pronunciations(stem)]
        return from_letters(word)

    def syllables(self, words: Iterable[str]) -> int:
        """Syllables of words in their first pronunciation."""
        return sum(phone in VOWELS for word in words for phone in self.pronunciations(word)[0])


def words_of(phrase: str) -> list[str]:
    """Words of a phrase, lower case, without punctuation."""
    plain = phrase.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    found = (word.strip("'") for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", plain))
    return [word for word in found if word]


def from_letters(word: str) -> list[Pronunciation]:
    """Ways to say a word that no dictionary has: a first reading, and single changes of it.

    Parameters
    ----------
    word : str
        Letters; what is no letter of English, with or without an accent, is passed over.

    Returns
    -------
    list of tuple of str
        At least one, none empty; an unreadable word sounds as a single murmured vowel.
    """
    apart = unicodedata.normalize("NFKD", word.lower().translate(PLAIN))
    letters = re.sub(r"[^a-z]", "", apart)
    letters = re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", letters)
    pieces: list[tuple[str, ...]] = []
    at = 0
    while at < len(letters):
        rule = next(rule for rule in RULES if letters.startswith(rule[0], at))
        pieces.append(_readings(letters, at, rule))
        at += len(rule[0])
    first = [piece[0] for piece in pieces]
    ways = [first]
    for place, piece in enumerate(pieces):
        ways += [[*first[:place], other, *first[place + 1 :]] for other in piece[1:]]
    said = [tuple(" ".join(way).split()) for way in ways]
    kept = list(dict.fromkeys(way for way in said if way))
    return kept[: 2 * MOST] or [("AH",)]


def _readings(
    letters: str, at: int, rule: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> tuple[str, ...]:
    """Give the readings of a run of letters in its place."""
    run, first, others = rule
    rest = letters[at + len(run) :]
    usual = (*first, *others)
    if run in SOFT:
        return SOFT[run] if rest[:1] in set("eiy") else usual
    if run == "y" and at == 0:
        return ("Y",)
    if not rest and at > 0 and run in FINAL:
        return FINAL[run]
    # "Kate", "Mike": the silent e behind one consonant makes the vowel long.
    long = run in LONG and len(rest) == 2 and rest[1] == "e" and rest[0] not in "aeiouyr"
    return (LONG[run], *usual) if long else usual


def _genitive(last: str) -> str:
    """Say the s of "Anna's" after a phone."""
    return "S" if last in {"P", "T", "K", "F", "TH"} else "Z"
