"""A film in two parts: side by side or one after the other, the looks are the same."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from synth_vision import corner_picture, write_film

from app.session import intake, watching
from app.session.errors import Cancelled
from app.session.intake import Taken, take_in
from app.session.watching import TOLD_S, Part, Watched, look_beside, parts_of
from vision import cadence
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OFF: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "a.mkv"
    return write_film(path, [k / 15 for k in range(300)], corner_picture)


@pytest.fixture(autouse=True)
def two_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "TWO_FROM_S", 10.0)
    monkeypatch.setattr(watching, "AFRESH_S", 5.0)


@pytest.fixture(scope="module")
def single(film: Path) -> Taken:
    """What one process sees of both parts, one after the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching, "TWO_FROM_S", 10.0)
        patch.setattr(watching, "AFRESH_S", 5.0)
        patch.setattr(intake, "cores", lambda: 1)
        return take_in(film, OFF)


def die(*_given: object, progress: Callable[[float], None]) -> Watched:
    os.kill(os.getpid(), signal.SIGKILL)
    return Watched()


def same(one: Taken, other: Taken) -> None:
    assert len(one.looks) == len(other.looks) > 0
    for a, b in zip(one.looks, other.looks, strict=True):
        assert (a.t, a.face_looked, a.body_looked) == (b.t, b.face_looked, b.body_looked)
        assert dict(a.features) == dict(b.features)
        assert dict(a.missing) == dict(b.missing)
        assert a.framing == b.framing
    assert one.seen_s == other.seen_s


def test_short_films_and_films_of_unknown_length_stay_whole() -> None:
    assert parts_of(9.9) == parts_of(None) == (Part(),)
    first, second = parts_of(100.0)
    # 47 % of it, the nearest fresh start, and four seconds to settle
    assert first.end_s == second.start_s == 45.0 + 4.0
    assert first.start_s == 0.0
    assert second.end_s == float("inf")


def test_a_second_part_begins_at_its_seam(film: Path) -> None:
    told: list[float] = []
    seen = look_beside(film, Part(start_s=12.0), OFF, progress=told.append)
    # Seconds of film, and not each look: a word wakes the process that looks at the first part.
    assert all(later - sooner >= TOLD_S for sooner, later in pairwise(told))
    assert told[-1] > 299 / 15 - 2 * TOLD_S
    assert seen.looks[0].t == pytest.approx(12.0, abs=0.001)
    assert seen.last_s == pytest.approx(299 / 15, abs=0.001)
    assert len(seen.looks) == 300 - 12 * 15


def test_a_film_may_be_entered_in_its_middle(film: Path) -> None:
    whole = [frame.t for frame in VideoFile(film)]
    for from_s in (0.01, 3.3, 12.0, 19.9):
        assert [f.t for f in VideoFile(film, from_s=from_s)] == [t for t in whole if t >= from_s]
    assert list(VideoFile(film, from_s=60.0)) == []


def test_a_film_whose_only_key_picture_is_its_first_is_read_from_there(tmp_path: Path) -> None:
    path = tmp_path / "a.ts"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=15, options={"g": "1000"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for index in range(75):
            picture = np.full((48, 64, 3), 3 * index, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "bgr24")))
        out.mux(stream.encode(None))
    whole = [frame.t for frame in VideoFile(path)]
    assert [f.t for f in VideoFile(path, from_s=2.0)] == [t for t in whole if t >= 2.0]


def test_side_by_side_is_as_one_after_the_other(
    film: Path, single: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[float] = []
    monkeypatch.setattr(intake, "cores", lambda: 2)
    same(take_in(film, OFF, progress=told.append), single)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.footage
def test_who_joins_at_a_fresh_start_sees_what_one_single_pass_sees(
    footage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = footage / "talking" / "obama_cspan_61s.mp4"
    monkeypatch.setattr(cadence, "AFRESH_S", 5.0)
    seam_s, end_s = 5.0 + watching.SETTLE_S, 14.0
    whole, later = Watched(), Watched()
    video = VideoFile(path, wanted=watching.Due(whole))
    watching.watch(video, Part(end_s=end_s), whole, OFF, lambda: False)
    watching.watch_second(path, Part(seam_s, end_s), later, OFF, lambda: False)
    after = [look for look in whole.looks if look.t >= seam_s]
    assert len(after) > 70
    same(Taken(looks=after), Taken(looks=later.looks))


def test_a_second_process_that_is_killed_costs_nothing_but_time(
    film: Path, single: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "cores", lambda: 2)
    monkeypatch.setattr(watching, "look_beside", die)
    same(take_in(film, OFF), single)


def test_a_cancel_ends_the_second_process(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "cores", lambda: 2)
    asked = threading.Event()
    with pytest.raises(Cancelled):
        take_in(film, OFF, cancelled=partial(_second_time, asked))
    assert not [one for one in threading.enumerate() if one.name == "rapport second part"]


def _second_time(asked: threading.Event) -> bool:
    was = asked.is_set()
    asked.set()
    return was
