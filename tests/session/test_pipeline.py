"""The heart with fake senses: order, block size, marks, observers, replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import RATE_HZ, FakeVision, FakeVoice, Script, between, picture
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coach.catalogue import load_catalogue
from app.coach.types import CueEvent, Lane, Mark, MarkKind, Sense
from app.session.merge import merge
from app.session.offline import replay
from app.session.pipeline import Item, Observed, Pipeline
from audio.types import AudioBlock, Speaker, VoiceReading
from vision.types import Frame, VisionReading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.coach.report_types import Report
    from app.coach.senses import Reading

CATALOGUE = load_catalogue()


def frames(script: Script, seconds: float, rate_hz: float = 30.0) -> list[Frame]:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return [Frame(float(t), picture(script(float(t)))) for t in times]


def blocks(script: Script, seconds: float, block_s: float = 0.02) -> list[AudioBlock]:
    samples = np.array([script(at / RATE_HZ) for at in range(round(seconds * RATE_HZ))], np.float32)
    size = round(block_s * RATE_HZ)
    return [
        AudioBlock(at / RATE_HZ, samples[at : at + size], RATE_HZ)
        for at in range(0, samples.size, size)
    ]


def speaker(t: float, who: Speaker) -> Mark:
    return Mark(t, Lane.SELF, MarkKind.SPEAKER, "me", {"speaker": who.value})


def run(
    items: Iterable[Item], duration_s: float, **options: object
) -> tuple[Pipeline, list[Reading]]:
    pipeline = Pipeline(CATALOGUE, vision=FakeVision(), voice=FakeVoice(), **options)  # type: ignore[arg-type]
    readings: list[Reading] = []
    for item in items:
        readings += pipeline.feed(item).readings
    readings += pipeline.finish(duration_s).readings
    return pipeline, readings


def cue(report: Report, name: str) -> list[CueEvent]:
    return [event for event in report.events if event.cue == name]


ARMS = between(2.0, 7.0)
ARMS_RULE = CATALOGUE.rule("arms_crossed")
# The rule takes off the lag of the real measure, which the fake eyes do not have.
ARMS_AT = (2.0 - ARMS_RULE.lag_in_s, 7.0 - ARMS_RULE.lag_out_s)
LOUD = between(1.0, 6.0)


def test_what_both_senses_give_becomes_episodes_at_their_moments() -> None:
    pipeline, _ = run(merge(frames(ARMS, 10.0), blocks(LOUD, 10.0)), 10.0)
    report = pipeline.report()
    (arms,), (loud,) = cue(report, "arms_crossed"), cue(report, "loud")
    assert (arms.start_s, arms.end_s) == pytest.approx(ARMS_AT, abs=0.1)
    rule = CATALOGUE.rule("loud")
    assert loud.start_s == pytest.approx(1.0 - rule.lag_in_s + 0.1, abs=0.11)
    assert report.duration_s == 10.0


@settings(max_examples=15)
@given(block_s=st.sampled_from([0.01, 0.02, 0.05, 0.1, 0.25, 0.7]))
def test_block_size_does_not_matter(block_s: float) -> None:
    usual, _ = run(blocks(LOUD, 4.0), 4.0)
    other, _ = run(blocks(LOUD, 4.0, block_s), 4.0)
    assert other.report().events == usual.report().events


@pytest.mark.parametrize("rate_hz", [15.0, 25.0, 60.0])
def test_frame_rate_hardly_matters(rate_hz: float) -> None:
    report = run(frames(ARMS, 9.0, rate_hz), 9.0)[0].report()
    (arms,) = cue(report, "arms_crossed")
    assert (arms.start_s, arms.end_s) == pytest.approx(ARMS_AT, abs=0.14)


def test_how_the_senses_interleave_does_not_matter() -> None:
    one = [*frames(ARMS, 9.0), *blocks(LOUD, 9.0)]
    other = [*blocks(LOUD, 9.0), *frames(ARMS, 9.0)]
    assert run(one, 9.0)[0].report() == run(other, 9.0)[0].report()


def test_the_customers_voice_is_never_measured() -> None:
    marks = [
        speaker(0.0, Speaker.STAFF),
        speaker(2.0, Speaker.CUSTOMER),
        speaker(4.0, Speaker.STAFF),
    ]
    pipeline, readings = run(merge(marks, blocks(LOUD, 7.0)), 7.0)
    voiced = [one for one in readings if isinstance(one, VoiceReading)]
    assert all((one.level_over_db is None) == (2.0 < one.t <= 4.0) for one in voiced)
    gaps = [gap for gap in pipeline.report().gaps if gap.reason == "customer_speaking"]
    assert [(gap.start_s, gap.end_s) for gap in gaps if gap.cue is None] == [
        (pytest.approx(2.0, abs=0.11), pytest.approx(4.0, abs=0.11))
    ]


def test_observers_see_looks_hops_readings_and_marks_in_order() -> None:
    seen: list[Observed] = []
    items = list(merge([speaker(0.5, Speaker.STAFF)], frames(ARMS, 1.0), blocks(LOUD, 1.0)))
    run(items, 1.0, observers=(seen.append,))
    kinds = {type(item).__name__ for item in seen}
    assert kinds == {"VisionLook", "VoiceHop", "VisionReading", "VoiceReading", "Mark"}
    for after, before in zip(seen[1:], seen, strict=False):
        if isinstance(after, VisionReading):
            assert type(before).__name__ == "VisionLook"
            assert after.t == before.t


def test_looks_and_hops_may_be_fed_instead_of_frames_and_blocks() -> None:
    seen: list[Observed] = []
    items = list(merge(frames(ARMS, 9.0), blocks(LOUD, 9.0)))
    first, _ = run(items, 9.0, observers=(seen.append,))
    kept = [item for item in seen if type(item).__name__ in {"VisionLook", "VoiceHop"}]
    second, _ = run(kept, 9.0)
    assert second.report() == first.report()


def test_saved_readings_and_marks_give_the_same_report() -> None:
    marks = [speaker(0.0, Speaker.STAFF), speaker(3.0, Speaker.CUSTOMER)]
    items = merge(marks, frames(ARMS, 9.0), blocks(LOUD, 9.0))
    pipeline, readings = run(items, 9.0, focus="arms_crossed")
    again = replay(readings, marks, duration_s=9.0, focus="arms_crossed")
    assert again == pipeline.report()


def test_a_sense_that_is_not_there_is_a_gap_from_start_to_end() -> None:
    pipeline = Pipeline(CATALOGUE, vision=None, voice=FakeVoice(), senses=frozenset(Sense))
    for block in blocks(LOUD, 3.0):
        pipeline.feed(block)
    pipeline.finish(3.0)
    (gap,) = [gap for gap in pipeline.report().gaps if gap.sense is Sense.VISION]
    assert (gap.cue, gap.start_s, gap.end_s) == (None, 0.0, 3.0)


def test_items_of_a_sense_that_nobody_has_are_ignored() -> None:
    pipeline = Pipeline(CATALOGUE, vision=None, voice=None)
    assert pipeline.feed(frames(ARMS, 0.1)[0]).readings == []
    assert pipeline.feed(blocks(LOUD, 0.1)[0]).readings == []


def test_a_report_needs_an_end() -> None:
    pipeline = Pipeline(CATALOGUE, vision=None, voice=None)
    with pytest.raises(RuntimeError, match="finish"):
        pipeline.report()


@pytest.mark.parametrize(("words", "told"), [(False, None), (True, ())])
def test_without_an_engine_there_are_no_words_which_is_not_none_spoken(
    words: bool, told: tuple[()] | None
) -> None:
    pipeline, _ = run(blocks(LOUD, 1.0), 1.0, words=words, phrases=words)
    report = pipeline.report()
    assert (report.words, report.phrases) == (told, told)


def test_what_goes_on_is_told_while_it_does() -> None:
    pipeline = Pipeline(CATALOGUE, vision=FakeVision(), voice=FakeVoice())
    for frame in frames(ARMS, 6.0):
        pipeline.feed(frame)
    assert [one.cue for one in pipeline.open] == ["arms_crossed"]
    pipeline.finish(6.0)
    assert pipeline.open == ()


def test_a_tone_that_the_program_makes_is_masked_for_the_ears() -> None:
    masked: list[tuple[float, float]] = []

    class Ears(FakeVoice):
        def mask_tone(self, t: float, until_s: float) -> None:
            masked.append((t, until_s))

    pipeline = Pipeline(CATALOGUE, vision=None, voice=Ears())
    pipeline.feed(Mark(16.0, Lane.MACHINE, MarkKind.TONE, "program", {"until": "16.5"}))
    assert masked == [(16.0, 16.5)]
