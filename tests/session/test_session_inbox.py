from __future__ import annotations

import threading

import numpy as np
from waiting import LONG_S

from app.coach.types import Lane, Mark, MarkKind
from app.session.inbox import Inbox
from audio.types import AudioBlock
from vision.types import Frame

IMAGE = np.zeros((2, 2, 3), np.uint8)


def block(t: float, seconds: float = 0.1) -> AudioBlock:
    return AudioBlock(t, np.zeros(round(seconds * 1000), np.float32), 1000)


def mark(t: float) -> Mark:
    return Mark(t, Lane.SELF, MarkKind.TICK, "me", {"item": "a", "on": "true"})


def test_sound_and_marks_come_out_in_order_and_complete() -> None:
    inbox = Inbox()
    put = [block(0.0), mark(0.05), block(0.1), block(0.2)]
    for item in put:
        inbox.queue(item)
    assert [inbox.take(0) for _ in put] == put
    assert inbox.take(0) is None


def test_a_newer_picture_replaces_the_one_nobody_took_and_is_counted() -> None:
    inbox = Inbox()
    for index in range(4):
        inbox.show(Frame(index / 10, IMAGE, index))
    frame = inbox.take(0)
    assert isinstance(frame, Frame)
    assert frame.index == 3
    assert (inbox.shown, inbox.replaced) == (4, 3)
    assert inbox.take(0) is None


def test_the_earlier_of_picture_and_sound_goes_first() -> None:
    inbox = Inbox()
    inbox.queue(block(0.0))
    inbox.queue(block(0.1))
    inbox.show(Frame(0.05, IMAGE))
    times = [item.t for item in (inbox.take(0), inbox.take(0), inbox.take(0)) if item]
    assert times == [0.0, 0.05, 0.1]


def test_ten_seconds_of_sound_fit_and_the_rest_is_a_counted_fault() -> None:
    inbox = Inbox()
    kept = [inbox.queue(block(float(index), 1.0)) for index in range(12)]
    assert kept == [True] * 10 + [False] * 2
    assert inbox.overflowed == 2
    taken = [inbox.take(0) for _ in range(10)]
    assert [item.t for item in taken if item] == [float(index) for index in range(10)]
    assert inbox.queue(block(20.0))


def test_marks_always_fit() -> None:
    inbox = Inbox(sound_s=1.0)
    inbox.queue(block(0.0, 1.0))
    assert inbox.queue(mark(0.5))
    assert inbox.overflowed == 0


def test_a_closed_inbox_gives_out_what_is_inside_and_takes_nothing_in() -> None:
    inbox = Inbox()
    inbox.queue(block(0.0))
    inbox.close()
    assert not inbox.queue(block(0.1))
    inbox.show(Frame(0.0, IMAGE))
    assert not inbox.drained
    assert inbox.take(0) is not None
    assert inbox.drained
    assert inbox.take(60.0) is None


def test_closing_wakes_whoever_waits() -> None:
    inbox = Inbox()
    taken: list[object] = []
    waiter = threading.Thread(target=lambda: taken.append(inbox.take(60.0)))
    waiter.start()
    inbox.close()
    waiter.join(LONG_S)
    assert taken == [None]
