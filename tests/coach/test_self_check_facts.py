"""What a self-check tells: posture and face, the greeting, one thing; in plain words, no mark."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

import pytest

from app.coach.catalogue import load_catalogue
from app.coach.practices import load_practices
from app.coach.progress import Progress
from app.coach.review_types import NextStep
from app.coach.self_check import Checked, DeviceState, Step
from app.coach.self_check_breathing import Phase, load_pace
from app.coach.self_check_limits import check_limits
from app.coach.self_check_rest import AtRest, RestFact
from app.coach.self_check_thing import PastSession, Thing, ThingKind, one_thing
from app.coach.self_check_voice import Greeting, VoiceFact
from app.coach.self_check_words import LineKind, lines_of, step_words, thing_heading
from app.coach.types import OpenEpisode, Sense
from app.errors import AppError
from audio.types import Reception, VoiceBaseline, VoiceReading
from vision.types import Framing, Reason, VisionReading

RULES = load_catalogue().rules
LIMITS = check_limits()
PRACTICES = {one.id: one for one in load_practices(heads=True)}
OWN = VoiceBaseline(
    version=1, room_dbfs=-60.0, level_dbfs=-30.0, pitch_hz=200.0, pitch_low_hz=150.0,
    pitch_high_hz=300.0, pitch_sd_st=2.0, pace_syl_s=4.0, pace_sd_syl_s=0.4, sharp_mean=None,
    sharp_sd=None, speech_s=20.0, pitch_lively_st=2.0,
)  # fmt: skip
WORKS = MappingProxyType(dict.fromkeys(Sense, DeviceState.WORKS))
FEELS = re.compile(
    r"\b(angry|stress|nervous|tired|happy|sad|confident|friendly|calm|mood|feel|score|point|good"
    r" job|well done|streak|pass|fail)",
    re.IGNORECASE,
)


def checked(**changes: object) -> Checked:
    found = Checked(
        devices=WORKS, faults={}, light=True, framing=(), reception=None, rest=(), voice=(),
        own_normal=True,
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def said(**changes: object) -> list[tuple[LineKind, str, str]]:
    return [(one.kind, one.text, one.more) for one in lines_of(checked(**changes), RULES)]


def rest(
    seconds: float, *, off: frozenset[str] = frozenset(), crossed_s: float = 0.0, **seen: object
) -> dict[str, RestFact]:
    """Stand for a while, with some measures; those not named are not seen."""
    watch = AtRest(RULES, off, LIMITS)
    names = ("arms_score", "brow", "hands_on_hips", "face_touch", "lean", "slouch")
    missing = {name: Reason.HIDDEN for name in names if name not in seen}
    for number in range(round(seconds * 15) + 1):
        t = number / 15
        open_now = ()
        if crossed_s:
            open_now = (OpenEpisode("arms_crossed", t - crossed_s, t, 1.0, 0.5),)
        watch.look(VisionReading(t, True, True, missing=missing, **seen), open_now)  # type: ignore[arg-type]
    return {fact.cue: fact for fact in watch.facts()}


def greet(voice: VoiceBaseline | None, talk_s: float = 4.0, **values: float) -> Greeting:
    """Say a greeting and be silent."""
    greeting = Greeting(voice, frozenset(), LIMITS)
    for number in range(round((talk_s + 2.0) * 10)):
        t = number / 10
        talks = t < talk_s
        told = values if talks else {}
        greeting.hear(VoiceReading(t, speech=talks, run_s=t if talks else None, **told))  # type: ignore[arg-type]
        if greeting.enough:
            break
    return greeting


# Posture and face at rest


def test_arms_that_are_crossed_are_told_with_how_long() -> None:
    facts = rest(6.0, crossed_s=5.0, arms_score=0.9, brow=0.1)
    assert facts["arms_crossed"] == RestFact("arms_crossed", 5.0)
    assert facts["brow_drawn"] == RestFact("brow_drawn", 0.0)


def test_what_could_not_be_seen_is_not_measured_and_says_why() -> None:
    facts = rest(6.0, brow=0.1)
    assert facts["arms_crossed"] == RestFact("arms_crossed", None, "hidden")


def test_what_was_seen_too_shortly_is_not_measured() -> None:
    assert rest(1.0, arms_score=0.1)["arms_crossed"].seen_s is None


def test_a_cue_that_is_switched_off_is_not_spoken_of() -> None:
    facts = rest(6.0, off=frozenset({"arms_crossed"}), crossed_s=5.0, arms_score=0.9)
    assert "arms_crossed" not in facts


def test_lines_name_what_was_seen_and_hatch_what_was_not() -> None:
    facts = (
        RestFact("arms_crossed", 4.2),
        RestFact("brow_drawn", 0.0),
        RestFact("lean", None, "no_own_normal"),
        RestFact("slouch", None, "no_own_normal"),
        RestFact("face_touch", None, "hidden"),
    )
    lines = said(rest=facts)
    assert lines[2][:2] == (LineKind.SEEN, "Arms crossed for 4.2 s")
    assert lines[3] == (LineKind.PLAIN, "Not seen: brows drawn together.", "")
    hatched = [line for line in lines if line[0] is LineKind.NOT_MEASURED]
    assert [line[1] for line in hatched] == [
        "Not measured: leaning in, head sunk",
        "Not measured: hand at the face",
    ]
    assert hatched[0][2] == "Your own normal was not measured."


# The greeting


def test_a_greeting_is_told_against_own_normal() -> None:
    greeting = greet(OWN, run_syl_s=4.48, level_over_db=1.0, lively=1.0)
    lines = said(voice=greeting.facts())[2:]
    assert lines[0] == (LineKind.SEEN, "12 % faster than your normal.", "")
    assert lines[1] == (
        LineKind.PLAIN, "As loud as you usually are.", "1 dB louder than your normal.",
    )  # fmt: skip
    assert lines[2][1:] == ("As lively as you usually are.", ""), "not by 0 % more or less"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"run_syl_s": 3.0}, "25 % slower than your normal."),
        ({"level_over_db": 7.0}, "7 dB louder than your normal."),
        ({"level_over_db": -6.0}, "6 dB softer than your normal."),
        ({"lively": 0.5}, "Your pitch moved 50 % less than your normal."),
        ({"lively": 2.0}, "Your pitch moved 100 % more than your normal."),
    ],
)
def test_each_scale_has_its_two_ends(values: dict[str, float], told: str) -> None:
    assert told in [line[1] for line in said(voice=greet(OWN, **values).facts())]


def test_the_pace_is_that_of_the_longest_run() -> None:
    greeting = Greeting(OWN, frozenset(), LIMITS)
    for run_s, pace in ((2.6, 9.0), (3.0, 5.0), (3.4, 4.4), (2.7, 8.0)):
        greeting.hear(VoiceReading(run_s, speech=True, run_s=run_s, run_syl_s=pace))
    assert greeting.facts()[0].value == 4.4


def test_without_own_normal_the_pace_is_told_and_the_rest_is_not_measured() -> None:
    facts = greet(None, run_syl_s=4.5).facts()
    assert [fact.reason for fact in facts] == ["no_own_normal"] * 3
    lines = said(voice=facts)[2:]
    assert lines[0][:2] == (LineKind.PLAIN, "4.5 syllables a second.")
    assert lines[1] == (
        LineKind.NOT_MEASURED,
        "Not measured: loudness, liveliness",
        "Your own normal was not measured.",
    )


def test_a_greeting_that_was_too_short_or_not_said_says_so() -> None:
    short = said(voice=greet(OWN, talk_s=1.0).facts())[2:]
    assert short[0][2] == "Too few words: say one sentence more next time."
    silent = Greeting(OWN, frozenset(), LIMITS)
    silent.hear(VoiceReading(1.0, speech=False))
    assert said(voice=silent.facts())[2][2] == "Nobody spoke."


def test_a_greeting_ends_with_a_silence_and_a_breath_does_not_end_it() -> None:
    greeting = Greeting(OWN, frozenset(), LIMITS)
    ended = []
    for number in range(100):
        t = number / 10
        talks = t < 3.0 or 3.9 <= t < 6.0  # a breath of 0.9 s
        greeting.hear(VoiceReading(t, speech=talks))
        if greeting.enough:
            ended.append(t)
    assert ended[0] == pytest.approx(5.9 + 1.2, abs=0.11)


def test_a_scale_whose_cues_are_switched_off_is_not_spoken_of() -> None:
    greeting = Greeting(OWN, frozenset({"pace_fast", "pace_slow", "loud"}), LIMITS)
    greeting.hear(VoiceReading(1.0, speech=True))
    assert [fact.id for fact in greeting.facts()] == ["loudness", "liveliness"]


# Devices and the room


def test_devices_and_light_are_told_with_their_remedy() -> None:
    states = {Sense.VISION: DeviceState.FAULT, Sense.VOICE: DeviceState.SILENT}
    fault = {Sense.VISION: ("The camera is in use.", "Close the other program.")}
    lines = said(devices=states, faults=fault, light=False, reception=Reception.TOO_FAR)
    assert lines[0] == (LineKind.ADVICE, "The camera is in use.", "Close the other program.")
    assert lines[1][1] == "The microphone delivers pure silence."
    assert lines[2][1] == "Your voice is hardly louder than the room."
    assert all(more for _, _, more in lines)


def test_framing_gives_its_advice() -> None:
    lines = said(framing=(Framing.TOO_DARK,))
    assert (LineKind.ADVICE, "Turn on a light in front of you.", "") in lines
    assert "Light and framing are good." not in [line[1] for line in lines]


def test_no_line_is_a_mark_or_names_what_somebody_feels() -> None:
    greeting = greet(OWN, run_syl_s=9.0, level_over_db=12.0, lively=0.2)
    facts = tuple(RestFact(cue, 6.0) for cue in ("arms_crossed", "brow_drawn", "slouch"))
    texts = [text for line in said(rest=facts, voice=greeting.facts()) for text in line[1:]]
    texts += [text for step in Step for text in step_words(step, recorded=False)]
    assert [text for text in texts if FEELS.search(text)] == []


def test_whether_it_is_recorded_is_said_at_the_beginning() -> None:
    assert "Nothing is recorded" in step_words(Step.DEVICES, recorded=False)[1]
    assert "This is recorded" in step_words(Step.DEVICES, recorded=True)[1]
    assert step_words(Step.REMINDER, recorded=False, card="One question more.")[1] == (
        "One question more."
    )


# One thing


def past(*cues: str, step: NextStep | None = None) -> PastSession:
    return PastSession(step, frozenset(cues))


NEXT = Progress(4, (), (), ("P23",))


def test_a_trainers_next_step_comes_first() -> None:
    arms = past("arms_crossed")
    sessions = (arms, past("arms_crossed", step=NextStep("Say who does it.", "")), arms, arms)
    thing = one_thing(sessions, NEXT, PRACTICES, RULES, 0)
    assert (thing.kind, thing.text) == (ThingKind.TRAINER, "Say who does it.")


def test_a_trainers_cue_without_words_gives_its_advice() -> None:
    thing = one_thing((past(step=NextStep("", "arms_crossed")),), None, PRACTICES, RULES, 0)
    assert thing.kind is ThingKind.TRAINER
    assert thing.text.startswith("Let both hands rest")


def test_a_pattern_is_claimed_only_after_three_sessions() -> None:
    arms = past("arms_crossed", "loud")
    twice = one_thing((arms, arms, past()), None, PRACTICES, RULES, 0)
    assert twice.kind is ThingKind.CARD
    thrice = one_thing((arms, past("arms_crossed"), past(), arms), None, PRACTICES, RULES, 0)
    assert (thrice.kind, thrice.name, thrice.times, thrice.of) == (
        ThingKind.PATTERN, "arms crossed", 3, 4,
    )  # fmt: skip
    assert thing_heading(thrice) == "From your last 4 sessions: arms crossed, in 3 of them"


def test_old_sessions_make_no_pattern_today() -> None:
    arms = past("arms_crossed")
    sessions = (past(), past(), past(), arms, arms, arms, arms)
    assert one_thing(sessions, None, PRACTICES, RULES, 0).kind is ThingKind.CARD


def test_then_the_practice_that_is_next_then_a_card_that_changes_from_day_to_day() -> None:
    thing = one_thing((past(),), NEXT, PRACTICES, RULES, 0)
    assert (thing.kind, thing.text) == (ThingKind.NEXT, PRACTICES["P23"].rule)
    cards = [one_thing((), None, PRACTICES, RULES, day) for day in range(3)]
    assert {card.kind for card in cards} == {ThingKind.CARD}
    assert len({card.text for card in cards}) == 3


def test_headings_say_where_it_comes_from() -> None:
    texts = [thing_heading(Thing(kind, "x", "arms crossed", 3, 5)) for kind in ThingKind]
    assert len(set(texts)) == len(ThingKind)
    assert not any("{" in text for text in texts)


# Breathing


def test_the_circle_grows_for_four_seconds_and_shrinks_for_six() -> None:
    pace = load_pace()
    assert (pace.in_s, pace.out_s) == (4.0, 6.0)
    assert pace.at(0.0).phase is Phase.IN
    assert pace.at(0.0).size == pytest.approx(0.0)
    assert pace.at(2.0).size == pytest.approx(0.5)
    assert pace.at(4.0).phase is Phase.OUT
    assert pace.at(4.0).size == pytest.approx(1.0)
    assert pace.at(9.999).size == pytest.approx(0.0, abs=1e-3)
    assert pace.at(10.0) == pace.at(0.0)
    assert pace.at(3.0).left_s == pytest.approx(1.0)
    assert pace.at(5.0).left_s == pytest.approx(5.0)


def test_a_pause_ends_with_a_whole_breath() -> None:
    pace = replace(load_pace(), in_s=4.0, out_s=7.0)
    assert [pace.whole_breaths_s(minutes) for minutes in (1, 5)] == [66.0, 308.0]
    assert load_pace().whole_breaths_s(2) == 120.0


def test_a_mistake_in_the_pace_names_file_line_and_what_is_allowed(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415

    file = Path(str(tmp_path)) / "breathing.toml"
    file.write_text('in_s = 4.0\nout_s = 60.0\nsource = "somewhere on a shelf of books"\n', "utf-8")
    with pytest.raises(AppError, match=r"breathing\.toml, line 2.*2 to 10"):
        load_pace(file)


def test_facts_are_empty_where_nobody_looked_or_listened() -> None:
    assert AtRest(RULES, frozenset(), LIMITS).facts() == ()
    assert Greeting(OWN, frozenset(), LIMITS).facts() == ()
    assert isinstance(greet(OWN).facts()[0], VoiceFact)
