# ruff: noqa: INP001 - a tool beside its data, not a package
"""Make british.dict, how Britons say the words of service talk: python assets/speech/british.py.

Run by hand whenever sentences.toml changes. The dictionary of pocketsphinx's wheel is American;
these are second ways, by the differences that its phones can write (Wells, 1982): r is said only
before a vowel, the vowels of "bath" and "lot", and the y of "new".
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pocketsphinx
from templates import sentences, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).parent
VOWELS: Final = frozenset(
    ["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"]
)
GLIDING: Final = frozenset(["EH", "IH", "IY", "UH", "AY", "AW"])
"""Vowels that glide to a murmured one where an r was: near, square, fire."""
BATH: Final = frozenset([
    "advance", "advantage", "after", "afternoon", "afternoons", "afterwards", "answer",
    "answered", "answering", "answers", "ask", "asked", "asking", "asks", "bath", "bathroom",
    "bathrooms", "branch", "can't", "chance", "class", "classes", "demand", "draft", "example",
    "examples", "fast", "faster", "glass", "glasses", "grant", "half", "last", "pass", "passed",
    "passport", "passports", "past", "path", "plant", "plants", "staff", "task",
])  # fmt: skip
"""Words whose vowel is that of "father"; which ones cannot be told from their letters."""


def british(word: str, american: Sequence[str]) -> list[str]:
    """Say a word as in the south of England."""
    said: list[str] = []
    for at, phone in enumerate(american):
        before = american[at - 1] if at else ""
        after = american[at + 1] if at + 1 < len(american) else ""
        said += _phone(word, phone, before, after, alone=_syllables(american) == 1)
    return said


def _phone(word: str, phone: str, before: str, after: str, *, alone: bool) -> list[str]:
    """Say one phone between its neighbours; alone is the vowel of a word of one syllable."""
    if phone == "R" and after not in VOWELS and before in VOWELS:
        return ["AH"] if before in GLIDING else []
    if phone == "ER" and (after in VOWELS or not (after or alone)):
        return ["AH", "R"] if after else ["AH"]
    if phone == "AA" and "o" in word and "a" not in word and after != "R":
        return ["AO"]
    if phone == "AE" and word in BATH:
        return ["AA"]
    if phone == "UW" and before in {"N", "D", "T"} and re.search("[ntd](ew|u)", word):
        return ["Y", "UW"]
    return [phone]


def _syllables(phones: Sequence[str]) -> int:
    return sum(phone in VOWELS for phone in phones)


def main() -> int:
    """Write the file."""
    words = set(vocabulary(sentences(HERE / "sentences.toml")))
    dictionary = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    known: dict[str, list[list[str]]] = {}
    for line in dictionary.read_text("utf-8").splitlines():
        word, *phones = line.split()
        known.setdefault(word.partition("(")[0], []).append(phones)
    with (HERE / "british.dict").open("w", encoding="utf-8") as out:
        out.write(
            "# Second ways to say words that the wheel's dictionary has; british.py makes it.\n"
        )
        for word in sorted(words & known.keys()):
            said = british(word, known[word][0])
            if said not in known[word]:
                out.write(f"{word} {' '.join(said)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
