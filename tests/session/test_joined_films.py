"""Recordings that were joined end to end, each with its own clock, are told and not half lost."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from films import film, steady

from app.errors import AppError
from app.session.opening import open_both
from app.session.watching import Watched

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["ts", "mpg"])
def test_a_film_whose_times_begin_anew_is_told(tmp_path: Path, kind: str) -> None:
    shape: dict[str, Any] = {"sound": True}
    if kind == "mpg":
        shape = {"codec": "mpeg1video", "options": {}, "tick": Fraction(1, 25)}
    one = film(tmp_path / f"one.{kind}", steady(3.0), **shape)
    two = film(tmp_path / f"two.{kind}", steady(2.0), **shape)
    joined = tmp_path / f"joined.{kind}"
    joined.write_bytes(one.read_bytes() + two.read_bytes())
    with pytest.raises(AppError, match=rf"^joined\.{kind} is several .* at 0:0[23] its times"):
        open_both(joined, Watched())
    for whole in (one, two):
        assert open_both(whole, Watched())[0] is not None


def test_a_second_recording_whose_clock_is_far_behind_the_first_ones_is_told(
    tmp_path: Path,
) -> None:
    one = film(tmp_path / "one.ts", steady(2.0), first_s=100.0)
    two = film(tmp_path / "two.ts", steady(2.0))
    joined = tmp_path / "joined.ts"
    joined.write_bytes(one.read_bytes() + two.read_bytes())
    with pytest.raises(AppError, match=r"at 0:0[12] its times begin anew"):
        open_both(joined, Watched())


def test_a_recording_whose_clock_comes_round_is_one_film(tmp_path: Path) -> None:
    path = film(tmp_path / "one.ts", steady(4.0), first_s=2**33 / 90_000 - 3.0, sound=True)
    video, sound = open_both(path, Watched())
    assert video is not None
    assert sound is not None
    times = [frame.t for frame in video]
    assert times == sorted(times)
    assert times[-1] - times[0] == pytest.approx(3.96, abs=0.1)


def test_parts_of_one_recording_that_go_on_are_one_film(tmp_path: Path) -> None:
    one = film(tmp_path / "one.ts", steady(2.0), sound=True)
    two = film(tmp_path / "two.ts", steady(2.0), sound=True, first_s=2.0)
    joined = tmp_path / "joined.ts"
    joined.write_bytes(one.read_bytes() + two.read_bytes())
    video, sound = open_both(joined, Watched())
    assert video is not None
    assert sound is not None
    assert [frame.t for frame in video][-1] == pytest.approx(3.96, abs=0.1)
