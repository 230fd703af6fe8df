"""The words of a session, in its folder: they may be replaced by better ones, nothing else may."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.coach.practice_types import Speaking, Turn
from app.errors import AppError
from audio.types import PhraseHit, Word

if TYPE_CHECKING:
    from app.coach.report_types import Report
    from app.store.files import SessionFiles

NAME: Final = "words.json"
VERSION: Final = 1
"""Version of the file; fields that are added do not raise it."""
NO_ENGINE: Final = "none"
"""Id in the place of an engine's where only phrases were looked for."""

TYPED: Final = "typed"
"""Id in the place of an engine's where a person wrote down what was said."""


@dataclass(frozen=True, slots=True)
class SavedWords:
    """What an engine made of a session, or a person."""

    words: tuple[Word, ...]
    """By start; empty where nothing was said, and where only phrases were looked for."""
    engine: str
    """Id of the engine; none where only phrases were looked for, typed for a person's own."""
    thorough: bool
    """Whether they come from the second pass."""
    phrases: tuple[PhraseHit, ...] | None = None
    """Phrases found directly in the sound, by start; None where none were looked for."""
    turns: tuple[Turn, ...] | None = None
    """Both sides as a person wrote them down, with the times they gave; None without."""
    heard: SavedWords | None = None
    """What an engine had heard before a person wrote; None where none had listened."""

    @property
    def recognised(self) -> tuple[Word, ...] | None:
        """The words; None where no engine looked for any."""
        return None if self.engine == NO_ENGINE else self.words

    def put_in(self, report: Report) -> Report:
        """Give a report with what was said in it."""
        return replace(report, words=self.recognised, phrases=self.phrases, typed=self.turns)


def write_words(files: SessionFiles, saved: SavedWords) -> None:
    """Keep words; earlier ones are replaced, but what a person wrote down stands.

    What an engine hears goes inside that: it may have listened while the person wrote.
    """
    if saved.engine != TYPED:
        before = read_words(files)
        if before is not None and before.engine == TYPED:
            saved = replace(before, heard=saved)
    put_words(files, saved)


def put_words(files: SessionFiles, saved: SavedWords) -> None:
    """Keep words in the place of whatever was there, also of what a person wrote down."""
    whole = {"version": VERSION, **_dump(saved)}
    files.write_atomic(NAME, json.dumps(whole, ensure_ascii=False).encode("utf-8"))


def read_words(files: SessionFiles) -> SavedWords | None:
    """Read the words; None where no engine listened."""
    if not files.has(NAME):
        return None
    try:
        whole: dict[str, Any] = json.loads(files.read(NAME))
        if whole["version"] != VERSION:
            raise ValueError(f"version {whole['version']}")
        return _load(whole)
    except (ValueError, TypeError, KeyError) as error:
        raise AppError(
            "The words of this session cannot be read.",
            "They were changed by hand or by a newer Rapport; the rest of the report is whole.",
        ) from error


def _dump(saved: SavedWords) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "engine": saved.engine,
        "thorough": saved.thorough,
        "words": [[word.text, word.start_s, word.end_s, word.confidence] for word in saved.words],
        "phrases": _rows_of(saved.phrases),
    }
    if saved.turns is not None:
        whole["turns"] = [
            [turn.speaker.value, turn.text, turn.start_s, turn.end_s] for turn in saved.turns
        ]
    if saved.heard is not None:
        whole["heard"] = _dump(saved.heard)
    return whole


def _load(whole: dict[str, Any]) -> SavedWords:
    words = tuple(
        Word(str(text), float(start), float(end), None if sure is None else float(sure))
        for text, start, end, sure in whole["words"]
    )
    turns, heard = whole.get("turns"), whole.get("heard")
    return SavedWords(
        words,
        str(whole["engine"]),
        bool(whole["thorough"]),
        _phrases(whole.get("phrases")),
        None if turns is None else tuple(_turn(*row) for row in turns),
        None if heard is None else _load(heard),
    )


def _turn(who: str, text: str, start_s: float | None, end_s: float | None) -> Turn:
    begin, end = (None if one is None else float(one) for one in (start_s, end_s))
    return Turn(Speaking(who), str(text), begin, end)


def _rows_of(phrases: tuple[PhraseHit, ...] | None) -> list[list[object]] | None:
    if phrases is None:
        return None
    return [
        [one.phrase, one.practice, one.start_s, one.end_s, one.confidence, one.margin]
        for one in phrases
    ]


def _phrases(rows: list[list[Any]] | None) -> tuple[PhraseHit, ...] | None:
    """Read the phrases; a file from before there were any has none."""
    if rows is None:
        return None
    return tuple(
        PhraseHit(str(text), float(start), float(end), float(sure), float(margin), str(practice))
        for text, practice, start, end, sure, margin in rows
    )
