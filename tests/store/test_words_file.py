from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import AppError
from app.store.files import SessionFiles
from app.store.words import NAME, SavedWords, read_words, write_words
from audio.types import Word

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
