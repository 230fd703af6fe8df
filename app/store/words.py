"""The words of a session, in its folder: they may be replaced by better ones, nothing else may."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.errors import AppError
from audio.types import Word

if TYPE_CHECKING:
    from app.store.files import SessionFiles

NAME: Final = "words.json"
VERSION: Final = 1
"""Version of the file."""


@dataclass(frozen=True, slots=True)
class SavedWords:
    """What an engine made of a session."""

    words: tuple[Word, ...]
    """By start; empty where nothing was said."""
    engine: str
    """Id of the engine."""
    thorough: bool
    """Whether they come from the second pass."""


def write_words(files: SessionFiles, saved: SavedWords) -> None:
    """Keep words; earlier ones are replaced."""
    rows = [[word.text, word.start_s, word.end_s, word.confidence] for word in saved.words]
    whole = {
        "version": VERSION,
        "engine": saved.engine,
        "thorough": saved.thorough,
        "words": rows,
    }
    files.write_atomic(NAME, json.dumps(whole, ensure_ascii=False).encode("utf-8"))


def read_words(files: SessionFiles) -> SavedWords | None:
    """Read the words; None where no engine listened."""
    if not files.has(NAME):
        return None
    try:
        whole: dict[str, Any] = json.loads(files.read(NAME))
        if whole["version"] != VERSION:
            raise ValueError(f"version {whole['version']}")
        words = tuple(
            Word(str(text), float(start), float(end), None if sure is None else float(sure))
            for text, start, end, sure in whole["words"]
        )
        return SavedWords(words, str(whole["engine"]), thorough=bool(whole["thorough"]))
    except (ValueError, TypeError, KeyError) as error:
        raise AppError(
            "The words of this session cannot be read.",
            "They were changed by hand or by a newer Rapport; the rest of the report is whole.",
        ) from error
