"""Words of a turn in one form: small letters, contractions written out, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORD: Final = re.compile(
    r"[£$€]?\d+(?:[.:,]\d+)*[a-z%]*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+", re.IGNORECASE
)
_STOP: Final = re.compile(r"[?!…;—]|\.{2,}|\.(?=[\s\"”')]|$)|\n|\s[–-]\s")
_TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "st", "prof"})

_WHOLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "will not",
        "ain't": "is not", "gonna": "going to", "wanna": "want to", "gotta": "got to",
        "gimme": "give me", "lemme": "let me", "dunno": "do not know", "let's": "let us",
        "lets": "let us", "y'all": "you", "ye": "you", "yous": "you", "ya": "you", "yer": "your",
        "o'clock": "oclock", "im": "i am", "ive": "i have", "youre": "you are",
        "youve": "you have", "youll": "you will", "youd": "you would", "theyre": "they are",
        "theyll": "they will", "weve": "we have", "thats": "that is", "whats": "what is",
        "hows": "how is", "theres": "there is", "itll": "it will", "dont": "do not",
        "didnt": "did not", "doesnt": "does not", "cant": "can not", "couldnt": "could not",
        "wouldnt": "would not", "shouldnt": "should not", "isnt": "is not", "arent": "are not",
        "wasnt": "was not", "werent": "were not", "hasnt": "has not", "havent": "have not",
        "hadnt": "had not", "wont": "will not", "mustve": "must have", "mightve": "might have",
        "shouldve": "should have", "couldve": "could have", "aint": "is not", "nae": "no",
        "dinnae": "do not", "didnae": "did not", "cannae": "can not", "cuz": "because",
        "cos": "because", "wee": "little", "ma'am": "madam", "apologize": "apologise",
        "apologizing": "apologising", "apologized": "apologised", "ok": "okay", "aye": "yes",
        "yeah": "yes", "yep": "yes", "ta": "thanks", "cheers": "thanks", "pls": "please",
        "favorite": "favourite", "programme": "program", "whatcha": "what are you",
        "meself": "myself", "yerself": "yourself", "owt": "anything", "nowt": "nothing",
        "summat": "something", "wi": "with", "wean": "child", "weans": "children",
        "wain": "child", "wains": "children", "bairn": "child", "bairns": "children",
        "feart": "afraid", "gon": "going to", "yuh": "you", "mi": "i", "tae": "to",
        "isnae": "is not", "wasnae": "was not", "willnae": "will not", "havenae": "have not",
        "couldnae": "could not", "wouldnae": "would not", "shouldnae": "should not",
        "doesnae": "does not", "disnae": "does not", "kinda": "kind of", "sorta": "sort of",
        "outta": "out of", "lotta": "lot of", "tryna": "trying to", "innit": "is not it",
        "folks": "people", "folk": "people", "youse": "you", "em": "them",
        "shoulda": "should have", "coulda": "could have", "woulda": "would have",
    }
)  # fmt: skip
_ENDS: Final[Mapping[str, str]] = MappingProxyType(
    {"n't": "not", "ll": "will", "ve": "have", "re": "are", "m": "am", "d": "would"}
)
_IS: Final = frozenset(
    {"it", "that", "what", "he", "she", "there", "here", "who", "how", "where", "when", "why",
     "this", "which", "one", "everything", "nobody", "somebody", "someone"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word in its one form."""

    text: str
    """Small letters; "can't" gives two of them, "can" and "not"."""
    turn: int
    """Number of the turn, from 0 over both sides."""
    start: int
    """Where its word begins in the turn's text, characters from 0."""
    end: int
    """Where its word ends, one past the last character."""


@dataclass(frozen=True, slots=True)
class SentenceEnd:
    """A place between two words where a sentence ends."""

    before: int
    """Number of the token that comes after it, from 0."""
    question: bool
    """Whether a question mark stands there."""


def normal(word: str) -> list[str]:
    """Give a word in its one form: one token, or several where it is a contraction."""
    word = word.lower().replace("’", "'")
    if word in _WHOLE:
        return _WHOLE[word].split()
    if "'" not in word or word == "'s":
        return [word]
    if word.endswith("n't"):
        return [*normal(word[:-3]), "not"]
    head, _, tail = word.rpartition("'")
    if tail in _ENDS:
        return [*normal(head), _ENDS[tail]]
    if tail == "s":
        return [*normal(head), "is" if head in _IS else "'s"]
    return [word.replace("'", "")]


def tokens_of(text: str, turn: int = 0, offset: int = 0) -> tuple[list[Token], list[SentenceEnd]]:
    """Cut a turn into tokens and sentence ends.

    Parameters
    ----------
    text
        The turn as typed or recognised.
    turn
        Its number.
    offset
        How many tokens come before it.
    """
    tokens: list[Token] = []
    marks: list[SentenceEnd] = []
    ended = 0
    for match in _WORD.finditer(text):
        marks += _sentence_ends(text, ended, match.start(), offset + len(tokens), tokens)
        tokens += [Token(form, turn, match.start(), match.end()) for form in normal(match.group())]
        ended = match.end()
    marks += _sentence_ends(text, ended, len(text), offset + len(tokens), tokens)
    return tokens, marks


def _sentence_ends(
    text: str, start: int, end: int, before: int, tokens: list[Token]
) -> Iterator[SentenceEnd]:
    between = text[start:end]
    if between == " " or not tokens:
        return
    stop = _STOP.search(between)
    if stop is not None and not (stop.group() == "." and tokens[-1].text in _TITLES):
        yield SentenceEnd(before, "?" in between)


def is_flat(text: str) -> bool:
    """Whether a text has no punctuation, as recognised words have none."""
    return not any(sign in text for sign in ".?!,;:—…")
