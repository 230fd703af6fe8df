"""Moments that were said again, in the session's folder: sound or film, and what they were like."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.coach.take_facts import TakeFacts
from app.store.report_file import plain_fields

if TYPE_CHECKING:
    from app.store.files import SessionFiles

NAME: Final = "takes.json"
SOUND: Final = ".wav"
FILM: Final = ".mkv"
VERSION: Final = 1
"""Version of the file."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SavedTake:
    """One moment said again."""

    moment: str
    """Id of the finding that it belongs to."""
    file: str
    """Name of the sound or the film in the session's folder."""
    facts: TakeFacts
    """Words and measures."""

    @property
    def film(self) -> bool:
        """Whether it has a picture."""
        return self.file.endswith(FILM)


def add_take(
    files: SessionFiles, moment: str, facts: TakeFacts, content: bytes, *, film: bool = False
) -> SavedTake:
    """Keep a take beside the session, a sound (WAV) or a film; it goes when the session goes."""
    before = read_takes(files)
    saved = SavedTake(moment, f"take-{len(before) + 1}{FILM if film else SOUND}", facts)
    files.write_atomic(saved.file, content)
    whole = {"version": VERSION, "takes": [_row(one) for one in (*before, saved)]}
    files.write_atomic(NAME, json.dumps(whole, ensure_ascii=False).encode("utf-8"))
    return saved


def read_takes(files: SessionFiles) -> tuple[SavedTake, ...]:
    """Read the takes in the order in which they were made; broken ones are left out."""
    if not files.has(NAME):
        return ()
    try:
        whole = json.loads(files.read(NAME))
        if whole["version"] != VERSION:
            return ()
        return tuple(
            SavedTake(one["moment"], one["file"], TakeFacts(**one["facts"]))
            for one in whole["takes"]
        )
    except (ValueError, TypeError, KeyError):
        log.info("%s of a session cannot be read and is left out.", NAME)
        return ()


def _row(take: SavedTake) -> dict[str, Any]:
    return {"moment": take.moment, "file": take.file, "facts": plain_fields(take.facts)}
