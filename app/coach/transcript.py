"""Reads what was said: plain text, SRT, WebVTT, or the program's own JSON.

Plain text holds one turn a line, `staff:` or `customer:` before it, and may hold a time in
brackets before that: `[1:12] staff: I'm sorry …` or `[1:12 - 1:15.5] staff: …`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.coach.practice_types import Speaking, Turn
from app.errors import AppError
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_BYTES: Final = 8 * 1024 * 1024
"""A day of talk has about 1 MB."""
PAUSE_S: Final = 1.0
"""A longer silence between two words of one voice begins a new turn, seconds."""

_TIME: Final = r"(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?|\d+(?:[.,]\d{1,3})?\s*s?"
_LINE: Final = re.compile(
    rf"(?:\[\s*(?P<start>{_TIME})\s*(?:(?:-|–|—|-->|to)\s*(?P<end>{_TIME})\s*)?\]\s*)?"
    r"(?P<who>staff|customer)\s*:\s*(?P<text>.*)",
    re.IGNORECASE,
)
_CUE: Final = re.compile(
    r"(?P<start>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*(?P<end>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})"
)
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<who>staff|customer)\s*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[^<>\n]{0,80}>")
_JSON: Final = re.compile(r"\s*(\{|\[\s*[{\]])")
_HOW: Final = "Write one turn a line, with “staff:” or “customer:” before it."


def read_transcript(path: Path) -> tuple[Turn, ...]:
    """Read a transcript of any of the four kinds; the content tells which.

    Raises
    ------
    AppError
        Naming the file, the line where there is one, and what is allowed.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AppError(
                f"{path.name} is larger than {MOST_BYTES // 1024**2} MB: too large for a talk.",
                "Divide it, and give the parts one by one.",
            )
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AppError(
            f"{path.name} is not a text in UTF-8.", "Save it as UTF-8 text and try again."
        ) from error
    except OSError as error:
        raise AppError(
            f"{path.name} cannot be read: {error.strerror or error}.",
            "Check the name and whether you may read it.",
        ) from error
    turns = parse_transcript(text, path.name)
    if not turns:
        raise AppError(f"{path.name} holds no words.", _HOW)
    return turns


def parse_transcript(text: str, name: str) -> tuple[Turn, ...]:
    """Read a transcript's text; `name` is what a mistake is told with."""
    if _JSON.match(text):
        return tuple(_from_json(text, name))
    if _CUE.search(text):
        return tuple(_from_cues(text))
    return tuple(_from_lines(text, name))


def turns_of_words(words: Sequence[Word], speaker: Speaking = Speaking.STAFF) -> list[Turn]:
    """Join recognised words of one voice into turns, split where it was silent for long."""
    turns: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.start_s):
        if turns and word.start_s - turns[-1][-1].end_s <= PAUSE_S:
            turns[-1].append(word)
        else:
            turns.append([word])
    return [
        Turn(speaker, " ".join(word.text for word in said), said[0].start_s, said[-1].end_s,
             tuple(said))
        for said in turns
    ]  # fmt: skip


def _from_lines(text: str, name: str) -> Iterator[Turn]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise AppError(
                f"{name}, line {number}, does not say who speaks: “{line.strip()[:60]}”.", _HOW
            )
        start, end = (_seconds(match[key]) for key in ("start", "end"))
        if start is not None and end is not None and end < start:
            raise AppError(
                f"{name}, line {number}: the turn ends before it begins.",
                "Write the earlier time first: [1:12 - 1:15].",
            )
        yield Turn(Speaking(match["who"].lower()), match["text"].strip(), start, end)


def _from_cues(text: str) -> Iterator[Turn]:
    """Subtitles: one cue is one turn; a cue that names nobody goes on with the voice before it."""
    speaker = Speaking.STAFF
    for block in re.split(r"\r?\n[ \t]*\r?\n", text):
        cue = _CUE.search(block)
        if cue is None:
            continue
        said = block[block.find("\n", cue.end()) + 1 :] if "\n" in block[cue.end() :] else ""
        voice = _VOICE.search(said)
        said = " ".join(_TAG.sub("", said).split())
        named = _LINE.fullmatch(said)
        if voice is not None:
            speaker = Speaking(voice["who"].lower())
        elif named is not None:
            speaker = Speaking(named["who"].lower())
            said = named["text"].strip()
        if said:
            yield Turn(speaker, said, _seconds(cue["start"]), _seconds(cue["end"]))


class _JsonWord(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    confidence: float | None = None
    speaker: Speaking = Speaking.STAFF


class _JsonTurn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    speaker: Speaking
    text: str
    start_s: float | None = None
    end_s: float | None = None


class _Json(BaseModel):
    """The program's own JSON: a report with words, or turns that were written down."""

    model_config = ConfigDict(extra="ignore")

    turns: list[_JsonTurn] | None = None
    words: list[_JsonWord] | None = None


def _from_json(text: str, name: str) -> Iterator[Turn]:
    try:
        data = json.loads(text)
        read = _Json.model_validate({"turns": data} if isinstance(data, list) else data)
    except json.JSONDecodeError as error:
        raise AppError(
            f"{name}, line {error.lineno}, is not valid JSON: {error.msg}.",
            "Save the report again and give the new file.",
        ) from error
    except RecursionError as error:
        raise AppError(
            f"{name} holds lists in lists in lists without end.",
            "Save the report again and give the new file.",
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise AppError(
            f"{name}: {where} is not as expected: {first['msg']}.",
            "It needs “turns” with speaker and text, or “words” with text, start_s and end_s.",
        ) from error
    if read.turns is not None:
        for turn in read.turns:
            yield Turn(turn.speaker, turn.text, turn.start_s, turn.end_s)
        return
    if read.words is None:
        raise AppError(
            f"{name} holds neither turns nor words.",
            "Analyse the recording with words first, and give that report.",
        )
    turns = [
        turn
        for speaker in Speaking
        for turn in turns_of_words(
            [
                Word(word.text, word.start_s, word.end_s, word.confidence)
                for word in read.words
                if word.speaker is speaker
            ],
            speaker,
        )
    ]
    yield from sorted(turns, key=lambda turn: turn.start_s or 0.0)


def _seconds(text: str | None) -> float | None:
    """Read 12.5, 12.5s, 1:12 or 0:01:12,500 as seconds."""
    if text is None:
        return None
    seconds = 0.0
    for part in text.strip().lower().removesuffix("s").strip().replace(",", ".").split(":"):
        seconds = 60.0 * seconds + float(part)
    return seconds
