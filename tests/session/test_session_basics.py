"""Clock, worker, merge and read-ahead."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.session.clock import SessionClock
from app.session.merge import merge
from app.session.readahead import ReadAhead
from app.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class At:
    t: float
    name: str = ""


def test_session_time_begins_where_the_session_does() -> None:
    times = iter([100.0, 102.5, 103.0])
    clock = SessionClock(lambda: next(times))
    assert not clock.begun
    clock.begin()
    assert clock.begun
    assert clock.now() == pytest.approx(0.5)
    assert clock.session_time(2.0) == pytest.approx(-0.5)


def test_a_worker_carries_its_error() -> None:
    def body() -> None:
        raise ValueError("broken")

    worker = Worker("failing", body)
    worker.start()
    assert worker.join(10.0)
    assert isinstance(worker.error, ValueError)


def test_a_worker_that_never_started_has_ended() -> None:
    assert Worker("idle", lambda: None).join(0.0)


def test_merge_goes_by_time_and_keeps_the_order_of_arguments_at_equal_times() -> None:
    first = [At(0.0, "a"), At(1.0, "b")]
    second = [At(0.0, "c"), At(0.5, "d"), At(2.0, "e")]
    assert [item.name for item in merge(first, second)] == ["a", "c", "d", "b", "e"]


def test_merge_reads_no_further_ahead_than_one_item() -> None:
    read: list[float] = []

    def stream() -> Iterator[At]:
        for second in range(1000):
            read.append(second)
            yield At(float(second))

    merged = merge(stream(), [At(0.5)])
    assert [next(merged).t for _ in range(3)] == [0.0, 0.5, 1.0]
    assert len(read) <= 3


def test_read_ahead_gives_everything_in_order() -> None:
    assert list(ReadAhead(range(500), ahead=4, name="numbers")) == list(range(500))


def test_read_ahead_raises_the_error_of_its_source_in_its_place() -> None:
    def stream() -> Iterator[int]:
        yield 1
        raise OSError("gone")

    reader = iter(ReadAhead(stream(), ahead=4, name="broken"))
    assert next(reader) == 1
    with pytest.raises(OSError, match="gone"):
        next(reader)


def test_a_read_ahead_that_is_left_early_ends_its_thread() -> None:
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            number = 0
            while True:
                yield number
                number += 1
        finally:
            closed.set()

    reader = ReadAhead(endless(), ahead=2, name="endless")
    assert next(iter(reader)) == 0
    reader.close()
    names = [thread.name for thread in threading.enumerate()]
    assert "endless" not in names
