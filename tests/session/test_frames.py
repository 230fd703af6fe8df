from __future__ import annotations

import random
import threading
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from films import GOP_250, OURS, film, number_in, steady, uneven
from waiting import until

from app.session.errors import Cancelled
from app.session.frame_finder import FrameFinder, NoFrames
from app.session.frames import FrameReader, Picture, picture_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHOLE = (10_000, 10_000)
KINDS = ("ours", "phone", "long_gop", "late_start", "old_codec")


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("films")
    return {
        "ours": film(folder / "ours.mkv", steady(12), options=OURS, sound=True),
        "phone": film(folder / "phone.mp4", uneven(12), turned=90, sound=True),
        "long_gop": film(folder / "long.mp4", steady(24), options=GOP_250),
        "late_start": film(folder / "late.mp4", steady(6), options=GOP_250, first_s=3.2),
        "old_codec": film(
            folder / "old.avi",
            steady(6),
            options={"g": "12", "bf": "2"},
            codec="mpeg4",
            tick=Fraction(1, 25),
        ),
    }


@pytest.fixture
def finder(films: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[FrameFinder]:
    made = FrameFinder(films[request.param])
    yield made
    made.close()


def times_of(path: Path) -> list[float]:
    """When each frame comes on show, as a reader from the start to the end sees it."""
    with av.open(str(path)) as container:
        zero = (container.start_time or 0) / av.time_base
        return [frame.time - zero for frame in container.decode(video=0)]


def number(finder: FrameFinder, t: float, turned: int = 0) -> int:
    image = picture_of(finder.at(t), WHOLE).image
    return number_in(np.rot90(image, -turned))


@pytest.mark.parametrize("kind", KINDS)
def test_a_moment_inside_a_frame_shows_that_frame_wherever_one_comes_from(
    films: dict[str, Path], kind: str
) -> None:
    times = times_of(films[kind])
    finder = FrameFinder(films[kind])
    turned = 1 if kind == "phone" else 0
    wanted = list(range(len(times)))
    random.Random(6).shuffle(wanted)
    wrong = []
    for n in wanted[:120]:
        until = times[n + 1] if n + 1 < len(times) else times[n] + 0.04
        shown = number(finder, (times[n] + until) / 2, turned)
        if shown != n:
            wrong.append((n, shown))
    finder.close()
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_steps_go_through_all_frames_on_and_back_as_another_reader_sees_them(
    films: dict[str, Path], kind: str
) -> None:
    times = times_of(films[kind])
    finder = FrameFinder(films[kind])
    seen = [finder.at(0.0)]
    while (after := finder.step(seen[-1].t_s, 1)).t_s > seen[-1].t_s:
        seen.append(after)
    assert [one.t_s for one in seen] == pytest.approx(times, abs=1e-4)
    back = [seen[-1]]
    while (before := finder.step(back[-1].t_s, -1)).t_s < back[-1].t_s:
        back.append(before)
    assert [one.t_s for one in back] == pytest.approx(times[::-1], abs=1e-4)
    assert [(one.until_s, two.t_s) for one, two in pairwise(seen) if one.until_s != two.t_s] == []
    assert seen[-1].until_s is None
    finder.close()


@pytest.mark.parametrize("finder", ["long_gop"], indirect=True)
def test_many_steps_at_once_are_as_many_single_ones(finder: FrameFinder) -> None:
    assert finder.step(10.02, 37).t_s == pytest.approx(10.0 + 37 / 25, abs=1e-4)
    assert finder.step(10.02, -37).t_s == pytest.approx(10.0 - 37 / 25, abs=1e-4)
    assert finder.step(0.1, -37).t_s == 0.0
    assert number(finder, 23.99) == 599


@pytest.mark.parametrize("finder", ["ours"], indirect=True)
def test_before_the_first_and_after_the_last_stand_the_first_and_the_last(
    finder: FrameFinder,
) -> None:
    assert number(finder, 500.0) == 299
    assert number(finder, -3.0) == 0


def test_what_is_kept_stays_in_its_bounds(films: dict[str, Path]) -> None:
    one = 320 * 180 * 3 // 2
    finder = FrameFinder(films["long_gop"], memory=20 * one)
    for n in range(500, 300, -1):
        assert number(finder, n / 25 + 0.02) == n
        assert len(finder._window) <= 20
    finder.close()


def test_a_phones_film_stands_upright_and_fits_without_growing(films: dict[str, Path]) -> None:
    finder = FrameFinder(films["phone"])
    found = finder.at(1.0)
    whole = picture_of(found, WHOLE)
    assert whole.image.shape == (320, 180, 4)
    assert whole.size == (180, 320)
    small = picture_of(found, (90, 90))
    assert small.image.shape[0] == 90
    assert small.image.shape[1] == pytest.approx(51, abs=1)
    finder.close()


@pytest.mark.parametrize("size", [(322, 182), (178, 320), (64, 48)])
def test_odd_sizes_come_out_as_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    finder = FrameFinder(film(tmp_path / "odd.mkv", steady(1), size=size))
    assert number(finder, 0.5) == 12
    assert picture_of(finder.at(0.5), WHOLE).size == size
    finder.close()


def test_a_file_without_pictures_and_a_broken_one_say_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film" * 100)
    for path in (broken, tmp_path / "gone.mp4"):
        finder = FrameFinder(path)
        with pytest.raises(NoFrames):
            finder.at(1.0)
        finder.close()


def test_a_film_that_is_cut_off_shows_what_there_is(films: dict[str, Path], tmp_path: Path) -> None:
    cut = tmp_path / "cut.mkv"
    content = films["ours"].read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    finder = FrameFinder(cut)
    assert number(finder, 2.02) == 50
    last = finder.at(11.0)
    assert 3.0 < last.t_s < 9.0
    finder.close()


def test_a_search_can_be_ended_from_outside(films: dict[str, Path]) -> None:
    stop = threading.Event()
    finder = FrameFinder(films["long_gop"], cancelled=stop.is_set)
    finder.at(0.0)
    stop.set()
    with pytest.raises(Cancelled):
        finder.at(20.0)
    finder.close()


def test_the_reader_answers_the_last_wish_and_lets_its_thread_go(films: dict[str, Path]) -> None:
    reader = FrameReader(films["ours"])
    assert reader.newest is None
    for n in range(0, 250, 5):
        ticket = reader.wish(n / 25 + 0.02, WHOLE)
    until(lambda: not reader.waiting)
    picture = reader.newest
    assert isinstance(picture, Picture)
    assert picture.ticket == ticket
    assert number_in(picture.image) == 245
    until(lambda: reader._worker is None)
    reader.wish(picture.t_s, WHOLE, step=2)
    until(lambda: not reader.waiting)
    assert reader.newest is not None
    assert number_in(reader.newest.image) == 247
    reader.close()
    reader.wish(1.0, WHOLE)
    assert reader._worker is None


def test_a_reader_of_nothing_tells_its_fault(tmp_path: Path) -> None:
    reader = FrameReader(tmp_path / "gone.mkv")
    reader.wish(0.0, WHOLE)
    until(lambda: bool(reader.fault))
    assert not reader.waiting
    reader.close()
