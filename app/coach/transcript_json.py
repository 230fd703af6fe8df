"""A transcript in the program's own JSON: turns that were written down, or a report with words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from app.coach.practice_types import Speaking, Turn
from app.coach.session_turns import turns_of_words
from app.coach.transcript_speakers import NUMBER, WHO, speaker_of
from app.errors import AppError
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

_AGAIN: Final = "Save the report again and give the new file."


def _whole(text: str) -> str:
    """Put a sign in the place of half a letter, which some programs leave: nothing writes it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_Text = Annotated[str, AfterValidator(_whole)]


class _JsonWord(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    text: _Text
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    confidence: float | None = None
    speaker: Speaking = Speaking.STAFF


class _JsonTurn(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    speaker: Speaking
    text: _Text
    start_s: float | None = Field(default=None, ge=0)
    end_s: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Refuse a turn that runs backwards, as in plain text."""
        if self.start_s is not None and self.end_s is not None and self.end_s < self.start_s:
            raise ValueError("the turn ends before it begins")
        return self

    @field_validator("speaker", mode="before")
    @classmethod
    def _label(cls, value: object) -> object:
        """Take the labels that other programs write."""
        if not isinstance(value, str):
            return value
        named = re.fullmatch(rf"({WHO}){NUMBER}", value.strip(), re.IGNORECASE)
        return speaker_of(named[1]) if named else value


class _Json(BaseModel):
    """The program's own JSON: a report with words, or turns that were written down."""

    model_config = ConfigDict(extra="ignore")

    turns: list[_JsonTurn] | None = None
    words: list[_JsonWord] | None = None


def from_json(text: str, name: str) -> Iterator[Turn]:
    """Read turns, or words of which turns are made; `name` is what a mistake is told with."""
    try:
        data = json.loads(text)
        if not isinstance(data, list | dict):
            data = {}
        read = _Json.model_validate({"turns": data} if isinstance(data, list) else data)
    except json.JSONDecodeError as error:
        what = f"{name}, line {error.lineno}, is not valid JSON: {error.msg}."
        raise AppError(what, _AGAIN) from error
    except RecursionError as error:
        raise AppError(f"{name} holds lists in lists in lists without end.", _AGAIN) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "what it holds"
        raise AppError(
            f"{name}: {where} is not as expected: {first['msg']}.",
            "It needs “turns” with speaker and text, or “words” with text, start_s and end_s.",
        ) from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise AppError(f"{name} holds a number of thousands of digits.", _AGAIN) from error
    if read.turns is not None:
        for turn in read.turns:
            yield Turn(turn.speaker, turn.text, turn.start_s, turn.end_s)
        return
    if read.words is None:
        raise AppError(
            f"{name} holds neither turns nor words.",
            "Give a report that was analysed with words, or “turns” with speaker and text.",
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
