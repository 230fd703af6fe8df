"""What a person writes down of a finished session, in the place of what an engine heard.

It is kept as words of the engine "typed", with what was heard inside, so that it can be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Speaking
from app.coach.transcript import MOST_BYTES, parse_transcript
from app.errors import AppError
from app.store import practice_file
from app.store.words import NAME, TYPED, SavedWords, put_words, read_words
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.coach.practice_types import Turn
    from app.store.store import Store

PASTED: Final = "What you pasted"
"""What a mistake is told with."""


def type_in(store: Store, session_id: str, text: str) -> SavedWords:
    """Keep what a person wrote down: plain text, SRT, WebVTT or JSON; times are optional.

    Raises
    ------
    AppError
        Naming the line, where the text cannot be read or a time lies after the end.
    """
    record, files = store.session(session_id), store.files(session_id)
    if not record.keep_policy.keeps_readings:
        raise AppError(
            "The words of this session are not kept, as you chose.",
            "Save what was said as a text file, and give it to “rapport practices”.",
        )
    turns = read_pasted(text, record.duration_s)
    before = read_words(files)
    heard = before.heard if before is not None and before.engine == TYPED else before
    saved = SavedWords(spread(turns), TYPED, thorough=True, turns=turns, heard=heard)
    put_words(files, saved)
    return saved


def take_back(store: Store, session_id: str) -> SavedWords | None:
    """Go back to what an engine heard; None where none had listened."""
    store.session(session_id)  # it may have been deleted meanwhile
    files = store.files(session_id)
    saved = read_words(files)
    if saved is None or saved.engine != TYPED:
        return saved
    if saved.heard is not None:
        put_words(files, saved.heard)
        return saved.heard
    files.remove(practice_file.NAME)
    store.note_practices(session_id, ())
    files.remove(NAME)
    return None


def read_pasted(text: str, duration_s: float | None) -> tuple[Turn, ...]:
    """Read a pasted transcript of a session that lasted so long, in seconds; None unknown."""
    if len(text) > MOST_BYTES:
        raise AppError(
            f"{PASTED} is larger than {MOST_BYTES // 1024**2} MB: too large for a talk.",
            "Paste only what belongs to this session.",
        )
    turns = tuple(turn for turn in parse_transcript(text, PASTED) if turn.text.strip())
    if not turns:
        raise AppError(
            f"{PASTED} holds no words.",
            "Write one turn a line, with “staff:” or “customer:” before it.",
        )
    for number, turn in enumerate(turns, 1):
        latest = max(turn.start_s or 0.0, turn.end_s or 0.0)
        if duration_s is not None and latest > duration_s + 1.0:
            raise AppError(
                f"{PASTED}, turn {number}, is at {latest:.0f} s, and the session ended at "
                f"{duration_s:.0f} s.",
                "Give times from the beginning of the session, or leave them out.",
            )
    return turns


def spread(turns: Iterable[Turn]) -> tuple[Word, ...]:
    """Give the staff member's words of the turns that have a begin and an end, by start.

    Words whose times nobody gave lie in the turn by their length in letters; a turn without
    both times gives none, since nobody knows where its words are.
    """
    words: list[Word] = []
    for turn in turns:
        if turn.speaker is not Speaking.STAFF:
            continue
        if turn.words:
            words += turn.words
        elif turn.start_s is not None and turn.end_s is not None:
            words += _spread(turn.text.split(), turn.start_s, turn.end_s)
    return tuple(sorted(words, key=lambda word: word.start_s))


def untimed(turns: Iterable[Turn]) -> int:
    """Count the turns without a begin: what is found in them has no moment."""
    return sum(turn.start_s is None for turn in turns)


def _spread(texts: list[str], start_s: float, end_s: float) -> list[Word]:
    """Divide a turn among its words; each takes a blank's room besides its letters."""
    step_s = (end_s - start_s) / max(1, sum(len(text) + 1 for text in texts))
    words, at_s = [], start_s
    for text in texts:
        words.append(Word(text, at_s, at_s + len(text) * step_s, None))
        at_s += (len(text) + 1) * step_s
    return words
