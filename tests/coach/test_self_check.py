"""The walk of a self-check: whatever comes in, it ends within its time, in its order."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.catalogue import load_catalogue
from app.coach.self_check import LIMITS, ORDER, DeviceState, Glimpse, SelfCheck, Step
from app.coach.types import OpenEpisode, Sense
from audio.types import VOICE_MEASURES, VoiceReading
from audio.types import Reason as VoiceReason
from vision.types import Framing, VisionReading

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = load_catalogue().rules
BOTH = frozenset(Sense)
LOOK_S = 0.05
LONGEST_S = 90.0
"""EVIDENCE, section 3: a check before a shift takes 30 to 90 s."""


def check(senses: frozenset[Sense] = BOTH, **options: object) -> SelfCheck:
    values: dict[str, object] = {"rules": RULES, "baseline": None} | options
    return SelfCheck(0.0, senses=senses, **values)  # type: ignore[arg-type]


def works(t: float) -> Glimpse:
    """Everything is as it should be, and the greeting is said at 15 s."""
    speech = 15.0 <= t < 19.0
    voice = VoiceReading(
        round(t, 1), speech=speech, run_s=max(0.0, t - 15.0), level_dbfs=-30.0,
        run_syl_s=4.5 if speech and t > 17.5 else None,
    )  # fmt: skip
    vision = VisionReading(t, True, True, arms_score=0.1, brow=0.1, hands_on_hips=0.0,
                           face_touch=0.0, lean=0.0, slouch=0.0)  # fmt: skip
    return Glimpse(pictures=round(t * 30) + 1, vision=vision, voice=voice)


def walk(
    one: SelfCheck, glimpse: Callable[[float], Glimpse | None], until_s: float = 120.0
) -> dict[Step, float]:
    """Look on as a timer does; when each step began, seconds."""
    began = {one.step: 0.0}
    for number in range(round(until_s / LOOK_S)):
        t = number * LOOK_S
        one.look(t, glimpse(t))
        began.setdefault(one.step, t)
        if one.step is Step.END:
            break
    return began


def test_where_all_goes_well_it_goes_on_by_itself_and_is_over_in_less_than_a_minute() -> None:
    began = walk(check(), works)
    assert list(began) == list(ORDER)
    assert 30.0 <= began[Step.END] <= 60.0


@pytest.mark.parametrize(
    ("senses", "steps"),
    [
        (frozenset(), [Step.DEVICES, Step.REMINDER, Step.TANK]),
        ({Sense.VISION}, [Step.DEVICES, Step.LIGHT, Step.REST, Step.REMINDER, Step.TANK]),
        ({Sense.VOICE}, [Step.DEVICES, Step.GREETING, Step.REMINDER, Step.TANK]),
    ],
)
def test_a_step_without_its_device_is_left_out(senses: set[Sense], steps: list[Step]) -> None:
    one = check(frozenset(senses))
    assert list(one.steps) == steps
    assert list(walk(one, works)) == [*steps, Step.END]


def test_a_camera_that_never_comes_costs_its_time_and_no_more() -> None:
    def deaf(t: float) -> Glimpse:
        return Glimpse(voice=works(t).voice)

    one = check()
    began = walk(one, deaf)
    assert began[Step.GREETING] == pytest.approx(LIMITS[Step.DEVICES][1], abs=0.1)
    assert Step.LIGHT not in began
    assert one.checked().devices[Sense.VISION] is DeviceState.WAITING
    assert one.checked().rest == ()


def test_a_fault_is_told_at_once_and_the_rest_goes_on() -> None:
    fault = MappingProxyType({Sense.VISION: ("The camera is in use.", "Close the other program.")})

    def broken(t: float) -> Glimpse:
        return Glimpse(voice=works(t).voice, faults=fault)

    one = check()
    began = walk(one, broken)
    assert began[Step.GREETING] < 4.0
    found = one.checked()
    assert found.devices[Sense.VISION] is DeviceState.FAULT
    assert found.faults == fault
    assert found.devices[Sense.VOICE] is DeviceState.WORKS


def test_a_camera_that_comes_back_works() -> None:
    fault = MappingProxyType({Sense.VISION: ("Unplugged.", "Plug it in.")})
    one = check()
    one.look(0.5, Glimpse(voice=works(0.5).voice, faults=fault))
    assert one.state(Sense.VISION) is DeviceState.FAULT
    one.look(1.0, works(1.0))
    assert one.state(Sense.VISION) is DeviceState.WORKS
    assert one.checked().faults == {}


def test_pure_silence_is_not_a_microphone_that_works() -> None:
    missing = MappingProxyType(dict.fromkeys(VOICE_MEASURES, VoiceReason.NO_SIGNAL))

    def silent(t: float) -> Glimpse:
        return Glimpse(voice=VoiceReading(round(t, 1), level_dbfs=-120.0, missing=missing))

    one = check(frozenset({Sense.VOICE}))
    began = walk(one, silent)
    assert one.checked().devices[Sense.VOICE] is DeviceState.SILENT
    assert {fact.reason for fact in one.checked().voice} == {"no_signal"}
    assert began[Step.REMINDER] < 20.0


def test_a_microphone_that_is_silent_until_somebody_speaks_works() -> None:
    missing = MappingProxyType(dict.fromkeys(VOICE_MEASURES, VoiceReason.NO_SIGNAL))

    def gated(t: float) -> Glimpse:
        voice = works(t).voice
        return Glimpse(voice=VoiceReading(round(t, 1), missing=missing) if t < 15.0 else voice)

    one = check(frozenset({Sense.VOICE}))
    walk(one, gated)
    assert one.checked().devices[Sense.VOICE] is DeviceState.WORKS
    assert one.speech_s > 2.0


def test_light_waits_until_it_is_good_but_not_for_ever() -> None:
    def until(good_s: float) -> Callable[[float], Glimpse]:
        def dark(t: float) -> Glimpse:
            seen = works(t)
            framing = () if t >= good_s else (Framing.TOO_DARK,)
            vision = VisionReading(t, True, True, arms_score=0.1, framing=framing)
            return Glimpse(seen.pictures, vision, seen.voice)

        return dark

    mended, never = check(), check()
    began = walk(mended, until(7.0))
    assert began[Step.REST] == pytest.approx(9.0, abs=0.15)
    assert mended.checked().framing == ()
    began = walk(never, until(1000.0))
    assert began[Step.REST] - began[Step.LIGHT] == pytest.approx(LIMITS[Step.LIGHT][1], abs=0.1)
    assert never.checked().framing == (Framing.TOO_DARK,)


def test_every_step_can_be_skipped_and_what_was_skipped_is_not_measured() -> None:
    one = check()
    one.look(0.0, works(0.0))
    seen = []
    while one.step is not Step.END:
        seen.append(one.step)
        one.skip(0.1)
    assert seen == list(ORDER[:-1])
    found = one.checked()
    assert (found.rest, found.voice, found.framing) == ((), (), ())
    one.skip(0.2)
    assert one.step is Step.END


def test_after_a_pause_a_card_has_its_whole_time_again() -> None:
    one = check(frozenset())
    one.skip(0.0)
    assert one.step is Step.REMINDER
    one.resume(300.0)
    one.look(300.1, None)
    assert one.step is Step.REMINDER
    one.look(300.0 + LIMITS[Step.REMINDER][1], None)
    assert one.step is Step.TANK


def test_while_the_person_is_asked_how_they_are_nothing_is_taken_in() -> None:
    """P10: nothing that a machine could see or hear then may reach the result."""
    one = check()
    for t in (0.0, 0.1):
        one.look(t, works(t))
    while one.step is not Step.TANK:
        one.skip(0.2)
    before = one.checked()
    crossed = (OpenEpisode("arms_crossed", 0.0, 9.0, 1.0, 0.5),)
    for number in range(100):
        t = 1.0 + number * LOOK_S
        voice = VoiceReading(round(t, 1), speech=True, run_s=t, run_syl_s=9.0)
        one.look(t, Glimpse(9, VisionReading(t, True, True, arms_score=1.0), voice, crossed))
    assert not one.needs_devices
    assert one.checked() == before


readings = st.builds(
    VisionReading,
    t=st.floats(0, 100),
    face_looked=st.booleans(),
    body_looked=st.booleans(),
    arms_score=st.none() | st.floats(0, 1),
    brow=st.none() | st.floats(0, 1),
    framing=st.sampled_from([(), (Framing.TOO_DARK,), (Framing.NO_PERSON,)]),
)
voices = st.builds(
    VoiceReading,
    t=st.floats(0, 100),
    speech=st.none() | st.booleans(),
    run_s=st.none() | st.floats(0, 20),
    run_syl_s=st.none() | st.floats(0.5, 9),
    level_over_db=st.none() | st.floats(-20, 20),
    lively=st.none() | st.floats(0.1, 4),
)
faults = st.dictionaries(st.sampled_from(list(Sense)), st.just(("Gone.", "Plug it in.")))
episodes = st.builds(
    OpenEpisode,
    cue=st.sampled_from(["arms_crossed", "brow_drawn", "loud"]),
    start_s=st.floats(0, 50),
    last_s=st.floats(50, 100),
    peak=st.floats(0, 1),
    threshold=st.just(0.5),
)
glimpses = st.none() | st.builds(
    Glimpse,
    pictures=st.integers(0, 5),
    vision=st.none() | readings,
    voice=st.none() | voices,
    open=st.lists(episodes, max_size=2).map(tuple),
    faults=faults,
)


@given(
    senses=st.frozensets(st.sampled_from(list(Sense))),
    stream=st.lists(st.tuples(glimpses, st.booleans()), min_size=1, max_size=12),
    step_s=st.floats(0.02, 3.0),
)
def test_whatever_comes_in_it_ends_in_time_and_in_order(
    senses: frozenset[Sense], stream: list[tuple[Glimpse | None, bool]], step_s: float
) -> None:
    one = check(senses)
    order, t, at = [one.step], 0.0, 0
    while one.step is not Step.END:
        glimpse, skips = stream[at % len(stream)]
        one.look(t, glimpse)
        if skips and at % 7 == 0:
            one.skip(t)
        if one.step is not order[-1]:
            order.append(one.step)
        assert 0.0 <= one.part(t) <= 1.0
        t, at = t + step_s, at + 1
    places = [ORDER.index(step) for step in order]
    assert places == sorted(set(places))
    # A step ends at the first look after its time, so each may take one look longer.
    assert t <= sum(most for _, most in LIMITS.values()) + len(ORDER) * step_s
    found = one.checked()
    for fact in found.rest:
        assert (fact.seen_s is None) == bool(fact.reason)
    for told in found.voice:
        assert (told.scale is None) == bool(told.reason)
    for sense in Sense:
        assert (found.devices[sense] is DeviceState.ABSENT) == (sense not in senses)


def test_the_longest_walk_is_within_its_time() -> None:
    assert sum(most for _, most in LIMITS.values()) <= LONGEST_S
