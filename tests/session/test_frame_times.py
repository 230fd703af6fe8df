"""Moments are snapped to the pictures that a film really has, as decoding it finds them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest
from films import GOP_250, OURS, film, steady, uneven

from app.session.frame_times import AROUND_S, FrameTimes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("times")
    return {
        "phone": film(folder / "phone.mp4", uneven(12), turned=90, sound=True),
        "ours": film(folder / "ours.mkv", uneven(12), options=OURS, sound=True),
        "reordered": film(folder / "b.mp4", uneven(12), options={"g": "50", "bf": "3"}),
        "late_start": film(folder / "late.mp4", steady(12), options=GOP_250, first_s=3.2),
        "old_codec": film(
            folder / "old.avi",
            steady(6),
            options={"g": "12", "bf": "2"},
            codec="mpeg4",
            tick=Fraction(1, 25),
        ),
    }


def decoded(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        zero = (container.start_time or 0) / av.time_base
        return [float(frame.time) - zero for frame in container.decode(video=0)]


@pytest.mark.parametrize("kind", ["phone", "ours", "reordered", "late_start", "old_codec"])
def test_every_moment_is_snapped_to_the_nearest_picture(films: dict[str, Path], kind: str) -> None:
    pictures, times = decoded(films[kind]), FrameTimes(films[kind])
    moments = [one + part for one in (*pictures[::17], pictures[-1]) for part in (0.004, -0.004)]
    for t in (*moments, 0.0, AROUND_S, 999.0, *reversed(moments)):
        nearest = min(pictures, key=lambda one: abs(one - t))
        assert times.snapped(t) == pytest.approx(nearest, abs=1e-9)
    times.close()


@pytest.mark.parametrize("kind", ["phone", "reordered"])
@pytest.mark.parametrize("on", [1, -1, 10])
def test_so_many_pictures_on_are_so_many_pictures(
    films: dict[str, Path], kind: str, on: int
) -> None:
    pictures, times = decoded(films[kind]), FrameTimes(films[kind])
    for at in range(0, len(pictures), 13):
        wanted = min(max(0, at + on), len(pictures) - 1)
        assert times.snapped(pictures[at], on) == pytest.approx(pictures[wanted], abs=1e-9)
    times.close()


ONE_KEY = {"preset": "ultrafast", "g": "100000", "keyint_min": "100000", "sc_threshold": "0"}


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty seconds with a single key picture and B frames."""
    folder = tmp_path_factory.mktemp("long")
    return film(folder / "one.mp4", uneven(40), size=(64, 36), options={**ONE_KEY, "bf": "2"})


def read_through(times: FrameTimes) -> None:
    times.read_ahead()
    assert times._ahead is not None
    assert times._ahead.join(60.0)


def test_a_film_with_few_key_pictures_is_read_ahead_and_snapped_alike(
    long_film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures, times = decoded(long_film), FrameTimes(long_film)
    read_through(times)
    # From here on nothing is read on the screen's thread.
    monkeypatch.setattr("app.session.frame_times._open", None)
    for at in (0, 1, 300, len(pictures) - 1):
        assert times.snapped(pictures[at] + 0.004) == pytest.approx(pictures[at], abs=1e-9)
        on = min(at + 10, len(pictures) - 1)
        assert times.snapped(pictures[at], 10) == pytest.approx(pictures[on], abs=1e-9)
    times.close()


def test_while_it_is_read_ahead_moments_are_snapped_as_exactly(long_film: Path) -> None:
    pictures, times = decoded(long_film), FrameTimes(long_film)
    times.read_ahead()
    assert times.snapped(pictures[500] + 0.003) == pytest.approx(pictures[500], abs=1e-9)
    assert times._ahead is not None
    times.close()
    assert times._ahead.join(60.0)


@pytest.mark.parametrize("name", ["ours.mkv", "phone.mp4"])
def test_a_film_with_many_key_pictures_is_not_read_through(tmp_path: Path, name: str) -> None:
    path = film(tmp_path / name, uneven(40), size=(64, 36), options=OURS)
    times = FrameTimes(path)
    read_through(times)
    assert times._whole is None
    times.close()


def test_a_film_that_does_not_tell_its_times_gives_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    for path in (broken, tmp_path / "missing.mkv"):
        times = FrameTimes(path)
        assert times.snapped(1.0) is None
        assert times.snapped(2.0) is None
        read_through(times)
        times.close()
