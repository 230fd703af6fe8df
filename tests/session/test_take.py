"""A moment said again: a short session of which nothing is kept but what is asked for."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

import av
import pytest
from fakes import FakeCamera, FakeMicrophone, FakeVoice, StillMicrophones, between, steady_clock
from live_cases import fake_senses
from synth_vision import ScriptedFinder, grey_frames, skeleton
from waiting import until

from app.coach.catalogue import load_catalogue
from app.coach.types import Sense
from app.session.html_thumbnails import thumbnails
from app.session.take import Take
from vision.analyser import VisionAnalyser
from vision.types import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from app.coach.catalogue import Catalogue
    from app.session.clock import SessionClock
    from app.session.pipeline import Ears, Eyes
    from vision.types import Frame


def senses(catalogue: Catalogue) -> tuple[Eyes | None, Ears | None]:
    del catalogue
    return None, FakeVoice()


def take() -> Take:
    clock = steady_clock()
    return Take(
        None, inputs=StillMicrophones(), source=FakeMicrophone(clock.raw), clock=clock,
        build_senses=senses,
    )  # fmt: skip


def test_a_take_gives_its_sound_and_what_it_was_like() -> None:
    made = take()
    made.start()
    until(lambda: made.snapshot().state == "running" and made.snapshot().t >= 0.6)
    made.stop()
    assert made.facts is not None
    with wave.open(io.BytesIO(made.wav)) as sound:
        assert sound.getnchannels() == 1
        seconds = sound.getnframes() / sound.getframerate()
    # Sound may have come before the session ran; none of it is lost.
    assert made.facts.lasted_s == pytest.approx(seconds, abs=1.0)
    assert made.facts.words == ""
    assert made.facts.pace_part is None  # no own normal


def test_a_take_that_never_ran_has_nothing() -> None:
    made = take()
    made.stop()
    assert made.wav == b""
    assert made.facts is None


ARMS = load_catalogue().rule("arms_crossed")


def seen_take(camera: FakeCamera, clock: SessionClock) -> Take:
    return Take(
        None,
        inputs=StillMicrophones(),
        rule=ARMS,
        source=FakeMicrophone(clock.raw),
        camera_source=camera,
        clock=clock,
        build_senses=fake_senses,
    )


def run(made: Take, seconds: float) -> None:
    made.start()
    until(lambda: made.snapshot().state == "running" and made.snapshot().t >= seconds)


def test_a_take_with_a_camera_tells_for_how_long_the_cue_was_seen() -> None:
    clock = steady_clock()
    camera = FakeCamera(clock.raw, between(0.4, 1.6))
    made = seen_take(camera, clock)
    run(made, 2.4)
    assert made.picture() is not None
    made.stop()
    assert made.facts is not None
    # A busy machine may not get round to some looks.
    assert made.facts.cue_s == pytest.approx(1.2, abs=0.5)
    assert made.facts.cue_of_s is not None
    assert 1.2 < made.facts.cue_of_s <= made.facts.lasted_s
    with av.open(io.BytesIO(made.film), "r") as film:
        grey = {
            round(float(one.time or 0.0), 2): float(one.to_ndarray(format="gray").mean())
            for one in film.decode(video=0)
        }
    # The film begins where the report does: the bright second lies where the cue was seen.
    bright = [t for t, value in grey.items() if value > 128]
    zero = clock.session_time(camera.origin)
    assert min(bright) == pytest.approx(zero + 0.4, abs=0.1)
    assert max(bright) == pytest.approx(zero + 1.6, abs=0.1)
    with av.open(io.BytesIO(made.film), "r") as film:
        assert sum(one.samples for one in film.decode(audio=0)) > 1.5 * 16000
    (still,) = thumbnails(made.film, [1.0])
    assert still is not None


def test_a_camera_that_is_gone_leaves_a_take_of_the_microphone() -> None:
    clock = steady_clock()
    made = seen_take(FakeCamera(clock.raw, fails_s=0.0), clock)
    run(made, 0.6)
    (fault,) = made.snapshot().faults
    assert (fault.sense, fault.what) == (Sense.VISION, "The camera was unplugged.")
    made.stop()
    assert made.wav
    assert made.film == b""
    assert made.facts is not None
    assert (made.facts.cue_s, made.facts.cue_of_s) == (None, None)
    assert made.facts.cue_missing == Reason.SENSOR_GONE


def test_a_camera_that_does_not_exist_is_a_fault_and_no_crash() -> None:
    clock = steady_clock()
    made = Take(
        None,
        inputs=StillMicrophones(),
        camera="no camera",
        rule=ARMS,
        source=FakeMicrophone(clock.raw),
        clock=clock,
        build_senses=fake_senses,
    )
    run(made, 0.3)
    assert "no camera" in made.snapshot().faults[0].what
    made.stop()
    assert made.wav
    assert made.film == b""


class Counter(FakeCamera):
    """A camera on a counter: pictures as large and as bright as the real eyes want them."""

    def __iter__(self) -> Iterator[Frame]:
        for frame in super().__iter__():
            yield replace(frame, image=grey_frames(0.1)[0].image)


@pytest.mark.parametrize("pose", ["crossed", "hanging"])
def test_the_real_eyes_tell_arms_that_cross_from_arms_that_stay_open(pose: str) -> None:
    """The session's own eyes, pipeline and rule: only the finder of the joints is scripted."""

    def body(t: float) -> NDArray[np.float32]:
        return skeleton(pose if t >= 1.0 else "hanging")

    def senses_of(catalogue: Catalogue) -> tuple[Eyes | None, Ears | None]:
        del catalogue
        return VisionAnalyser(finder=ScriptedFinder(body=body)), FakeVoice()

    clock = steady_clock()
    made = Take(
        None,
        inputs=StillMicrophones(),
        rule=ARMS,
        source=FakeMicrophone(clock.raw),
        camera_source=Counter(clock.raw),
        clock=clock,
        build_senses=senses_of,
    )
    run(made, 2.4)
    made.stop()
    facts = made.facts
    assert facts is not None
    assert facts.cue_of_s is not None
    # From second 1 to the end, less the half second that the eyes may take, and what a busy
    # machine does not get round to.
    assert facts.cue_of_s > 1.2
    wanted = facts.lasted_s - 1.0 if pose == "crossed" else 0.0
    assert facts.cue_s == pytest.approx(wanted, abs=0.9 if wanted else 0.0)
