"""A moment said again: a short session of which nothing is kept but what is asked for."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import pytest
from fakes import FakeMicrophone, FakeVoice
from live_cases import until

from app.session.clock import SessionClock
from app.session.take import Take

if TYPE_CHECKING:
    from app.coach.catalogue import Catalogue
    from app.session.pipeline import Ears, Eyes


def senses(catalogue: Catalogue) -> tuple[Eyes | None, Ears | None]:
    del catalogue
    return None, FakeVoice()


def take() -> Take:
    clock = SessionClock()
    return Take(None, source=FakeMicrophone(clock.raw), clock=clock, build_senses=senses)


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
