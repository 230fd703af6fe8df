"""What is read beside the eyes is what the pipeline would read of the same hops and marks."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest
from synth_audio import hops

from app.coach.catalogue import load_catalogue
from app.coach.types import Baseline, Lane, Mark, MarkKind
from app.session.merge import merge
from app.session.own_normal import first_pass
from app.session.pipeline import Pipeline
from app.session.senses import build_ears
from app.session.voice_read import VoiceRead
from audio.types import Reason, VoiceHop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.coach.senses import Reading

OFF: frozenset[str] = frozenset()
MARKS = (
    Mark(12.0, Lane.SELF, MarkKind.SPEAKER, "ana", {"speaker": "staff"}),
    Mark(4.0, Lane.SELF, MarkKind.SPEAKER, "ana", {"speaker": "customer"}),
    Mark(16.0, Lane.MACHINE, MarkKind.TONE, "program", {"until": "16.5"}),
)


def talk() -> list[VoiceHop]:
    return hops([(True, 10.0), (False, 2.0), (True, 8.0)])


def in_the_pipeline(baseline: Baseline | None) -> list[Reading]:
    catalogue = load_catalogue()
    pipeline = Pipeline(
        catalogue, baseline, vision=None, voice=build_ears(catalogue, baseline, OFF)
    )
    streams: list[Iterable[Mark | VoiceHop]] = [sorted(MARKS, key=attrgetter("t")), talk()]
    fed = [pipeline.feed(item) for item in merge(*streams)]
    return [reading for one in fed for reading in one.readings]


@pytest.mark.parametrize("own_normal", [True, False])
def test_it_reads_what_the_pipeline_reads(own_normal: bool) -> None:
    voice = VoiceRead(load_catalogue(), None, OFF, MARKS, own_normal=own_normal)
    given = talk()
    voice.read(given, lambda: False)
    made = first_pass([], talk(), MARKS) if own_normal else None
    readings = list(voice.readings())
    assert readings == in_the_pipeline(made)
    assert voice.own == (made.voice if made else None)
    assert {Reason.CUSTOMER_SPEAKING, Reason.TONE} <= {
        reason for one in readings for reason in one.missing.values()
    }
    assert voice.done
    assert given == []


def test_a_given_own_normal_is_used() -> None:
    own = first_pass([], talk())
    assert own.voice is not None
    other = replace(own, voice=replace(own.voice, level_dbfs=-60.0))
    voice = VoiceRead(load_catalogue(), other, OFF, MARKS, own_normal=True)
    voice.read(talk(), lambda: False)
    assert voice.own is None
    assert list(voice.readings()) == in_the_pipeline(other) != in_the_pipeline(own)


def test_it_ends_when_nobody_wants_it() -> None:
    voice = VoiceRead(load_catalogue(), None, OFF, (), own_normal=True)
    voice.read(talk(), lambda: True)
    assert not voice.done
    assert not list(voice.readings())
