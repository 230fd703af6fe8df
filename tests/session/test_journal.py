from __future__ import annotations

import pytest
from fakes import FakeShelf

from app.coach.types import CueEvent, Lane, Mark, MarkKind
from app.errors import AppError
from app.session.journal import Journal
from audio.types import VoiceReading

MARK = Mark(1.0, Lane.SELF, MarkKind.NOTE, "me", {"text": "a"}, id="1")
EVENT = CueEvent("smile", 1.0, 2.0, 0.9, 0.5)


class Chunks:
    def __init__(self, *, full: bool = False) -> None:
        self.full = full
        self.kept: list[object] = []
        self.closed = False

    def write(self, reading: object) -> None:
        if self.full:
            raise AppError("The disk is full.", "Free some space.")
        self.kept.append(reading)

    def close(self) -> None:
        self.closed = True


def test_everything_put_is_written_by_the_close() -> None:
    shelf, chunks = FakeShelf(), Chunks()
    journal = Journal(shelf, "s", chunks)
    journal.start()
    readings = [VoiceReading(step / 10) for step in range(50)]
    for item in (MARK, EVENT, *readings):
        journal.put(item)
    journal.close()
    assert shelf.marks == [MARK]
    assert shelf.events == [EVENT]
    assert chunks.kept == readings
    assert chunks.closed


def test_what_a_full_disk_refused_is_written_once_there_is_room() -> None:
    told: list[AppError] = []
    shelf = FakeShelf(full=True)
    journal = Journal(shelf, "s", None, told.append)
    journal.put(MARK)
    journal.write_batch()
    journal.put(EVENT)
    journal.write_batch()
    assert len(told) == 1
    assert shelf.marks == []
    shelf.full = False
    journal.write_batch()
    assert (shelf.marks, shelf.events) == ([MARK], [EVENT])
    assert journal.fault is None


def test_what_could_not_be_written_to_the_end_is_said_at_the_end() -> None:
    journal = Journal(FakeShelf(full=True), "s", None)
    journal.start()
    journal.put(MARK)
    with pytest.raises(AppError, match="full"):
        journal.close()


def test_readings_that_do_not_fit_do_not_keep_marks_and_events_out() -> None:
    shelf, told = FakeShelf(), list[AppError]()
    journal = Journal(shelf, "s", Chunks(full=True), told.append)
    for item in (MARK, EVENT, VoiceReading(0.1)):
        journal.put(item)
    journal.write_batch()
    journal.write_batch()
    assert told
    assert (shelf.marks, shelf.events) == ([MARK], [EVENT])


def test_readings_are_dropped_where_none_are_kept() -> None:
    shelf = FakeShelf()
    journal = Journal(shelf, "s", None)
    journal.put(VoiceReading(0.1))
    journal.write_batch()
    assert (shelf.marks, shelf.events) == ([], [])
