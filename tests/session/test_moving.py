"""Pictures of a running film: right in colour, turn and size, and only the newest."""

from __future__ import annotations

import threading

import av
import numpy as np
import pytest
from waiting import LONG_S

from app.session.moving import NewestFirst, RawPicture, shaped

COLOURS = ((200, 40, 40), (40, 180, 60), (50, 60, 210), (240, 240, 240))
"""Red, green, blue of the quarters: top left, top right, bottom left, bottom right."""


def raw(layout: str, *, turns: int = 0, colours: int = 1, pad: int = 0) -> RawPicture:
    image = np.zeros((120, 160, 3), np.uint8)
    for n, colour in enumerate(COLOURS):
        image[n // 2 * 60 : n // 2 * 60 + 60, n % 2 * 80 : n % 2 * 80 + 80] = colour
    frame = av.VideoFrame.from_ndarray(image, format="rgb24")
    made = frame.reformat(format=layout, dst_colorspace=colours)
    planes = []
    for plane in made.planes:
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        planes.append(np.pad(rows, ((0, 0), (0, pad))))
    return RawPicture(planes, layout, (160, 120), turns, colours)


def quarters(image: np.ndarray) -> list[tuple[int, ...]]:
    high, wide = image.shape[:2]
    spots = [(high // 4, wide // 4), (high // 4, 3 * wide // 4)]
    spots += [(3 * high // 4, wide // 4), (3 * high // 4, 3 * wide // 4)]
    return [tuple(int(part) for part in image[y, x, 2::-1]) for y, x in spots]


@pytest.mark.parametrize("layout", ["yuv420p", "nv12", "yuv422p"])
@pytest.mark.parametrize("colours", [1, 5])
def test_colours_are_those_of_the_film(layout: str, colours: int) -> None:
    image = shaped(raw(layout, colours=colours, pad=32), (160, 120))
    assert image.shape == (120, 160, 4)
    for found, wanted in zip(quarters(image), COLOURS, strict=True):
        assert found == pytest.approx(wanted, abs=6)


@pytest.mark.parametrize(
    ("turns", "order"), [(0, (0, 1, 2, 3)), (1, (2, 0, 3, 1)), (2, (3, 2, 1, 0)), (3, (1, 3, 0, 2))]
)
def test_a_film_that_lies_on_its_side_is_turned_clockwise(
    turns: int, order: tuple[int, ...]
) -> None:
    image = shaped(raw("yuv420p", turns=turns), (400, 320))
    assert image.shape[:2] == ((320, 240) if turns % 2 else (300, 400))
    for found, at in zip(quarters(image), order, strict=True):
        assert found == pytest.approx(COLOURS[at], abs=6)


def test_only_the_newest_of_what_waits_is_made() -> None:
    hands: NewestFirst[int] = NewestFirst("pictures")
    begun, go, done = threading.Event(), threading.Event(), threading.Event()

    def first() -> int:
        begun.set()
        go.wait(LONG_S)
        return 1

    def last() -> int:
        done.set()
        return 3

    hands.offer(first)
    assert begun.wait(LONG_S)
    hands.offer(lambda: 2)
    hands.offer(last)
    go.set()
    assert done.wait(LONG_S)
    hands.close()
    assert not hands.waiting
    assert hands.take() is None


def test_what_was_dropped_is_not_told_even_if_it_was_begun() -> None:
    hands: NewestFirst[int] = NewestFirst("pictures")
    begun, go, again = threading.Event(), threading.Event(), threading.Event()

    def first() -> int:
        begun.set()
        go.wait(LONG_S)
        return 1

    hands.offer(first)
    assert begun.wait(LONG_S)
    hands.drop()
    go.set()
    hands.offer(lambda: again.set() or 2)
    assert again.wait(LONG_S)
    worker = hands._worker
    if worker is not None:
        assert worker.join(LONG_S)
    assert hands.take() == 2
    assert hands._worker is None


def test_a_frame_that_cannot_be_shown_does_not_freeze_the_film() -> None:
    hands: NewestFirst[int] = NewestFirst("pictures")

    begun, go, shown = threading.Event(), threading.Event(), threading.Event()

    def broken() -> int:
        begun.set()
        go.wait(LONG_S)
        raise ValueError("no such layout")

    hands.offer(broken)
    assert begun.wait(LONG_S)
    hands.offer(lambda: shown.set() or 2)
    go.set()
    assert shown.wait(LONG_S)
    hands.close()
    assert not hands.waiting
