from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import AppError
from app.store.files import SessionFiles
from app.store.words import NAME, NO_ENGINE, SavedWords, read_words, write_words
from audio.types import PhraseHit, Word

if TYPE_CHECKING:
    from pathlib import Path

SAVED = SavedWords(
    (Word("good", 0.1 + 0.2, 0.7, 1 / 3), Word("morning", 0.7, 1.1, None)), "vosk", thorough=True
)


def test_words_come_back_exactly(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path)
    write_words(files, SAVED)
    assert read_words(files) == SAVED


def test_no_engine_is_not_the_same_as_no_words(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path)
    assert read_words(files) is None
    empty = SavedWords((), "pocketsphinx", thorough=False)
    write_words(files, empty)
    assert read_words(files) == empty


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"version": 2}', b'{"version": 1, "engine": "x", "words": [[1]]}']
)
def test_a_file_that_was_changed_is_an_error_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(AppError, match="words of this session"):
        read_words(SessionFiles(tmp_path))


def test_a_session_that_keeps_its_report_only_keeps_no_words(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path)
    write_words(files, SAVED)
    files.keep_report_only()
    assert read_words(files) is None


def test_phrases_come_back_exactly_and_none_is_not_the_same_as_not_looked_for(
    tmp_path: Path,
) -> None:
    files = SessionFiles(tmp_path)
    hit = PhraseHit("I'm so sorry", 1 / 3, 1.2, 0.9, 12.5, "P19")
    for phrases in ((hit,), (), None):
        saved = SavedWords((), NO_ENGINE, thorough=False, phrases=phrases)
        write_words(files, saved)
        assert read_words(files) == saved
    assert saved.recognised is None
    assert SAVED.recognised == SAVED.words


def test_a_file_from_before_there_were_phrases_is_read(tmp_path: Path) -> None:
    old = b'{"version": 1, "engine": "vosk", "thorough": true, "words": [["hi", 0.1, 0.2, null]]}'
    (tmp_path / NAME).write_bytes(old)
    read = read_words(SessionFiles(tmp_path))
    assert read is not None
    assert read.phrases is None
