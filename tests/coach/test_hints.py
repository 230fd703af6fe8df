from __future__ import annotations

from dataclasses import replace

import pytest
from coach.coach_readings import CATALOGUE, PLAIN

from app.coach.catalogue import Catalogue
from app.coach.hints import Hint, HintPolicy
from app.coach.types import CueEvent, OpenEpisode
from app.errors import AppError

OTHER = replace(PLAIN, id="other", name="other thing")
SILENT = replace(PLAIN, id="silent", name="never hinted", focus=False, hint="")
BOOK = Catalogue((PLAIN, OTHER, SILENT))


def crossed(start_s: float, last_s: float, cue: str = "plain") -> OpenEpisode:
    return OpenEpisode(cue, start_s, last_s, 0.9, 0.5)


def ended(start_s: float, end_s: float, *, lost: bool = False) -> CueEvent:
    return CueEvent("plain", start_s, end_s, 0.9, 0.5, lost=lost)


def timeline(
    policy: HintPolicy,
    episodes: list[tuple[float, float]],
    until_s: float,
    *,
    speaking: bool | None = None,
    lost: bool = False,
) -> list[tuple[float, bool]]:
    """(when, good) of each hint; the end of an episode is told 0.6 s late, after the bridge."""
    shown = []
    told: set[tuple[float, float]] = set()
    for n in range(round(until_s * 10)):
        t = n / 10
        going = [crossed(a, min(t, b)) for a, b in episodes if a <= t <= b + 0.6]
        over = [one for one in episodes if t > one[1] + 0.6 and one not in told]
        told.update(over)
        hint = policy.step(t, going, [ended(*one, lost=lost) for one in over], speaking)
        if hint is not None:
            shown.append((t, hint.good))
    return shown


def test_a_hint_comes_when_the_behaviour_has_lasted_long_enough() -> None:
    assert timeline(HintPolicy(BOOK, "plain"), [(10.0, 16.0)], 15.0) == [(14.0, False)]


def test_shorter_behaviour_gets_no_hint() -> None:
    assert timeline(HintPolicy(BOOK, "plain"), [(10.0, 13.5)], 30.0) == []


def test_it_is_never_later_than_half_a_second_even_in_mid_turn() -> None:
    ((when, _),) = timeline(HintPolicy(BOOK, "plain"), [(10.0, 20.0)], 15.5, speaking=True)
    assert when == pytest.approx(14.4)


def test_the_end_of_the_turn_brings_it_at_once() -> None:
    policy = HintPolicy(BOOK, "plain")
    assert policy.step(14.1, [crossed(10, 14.1)], [], True) is None
    assert policy.step(14.2, [crossed(10, 14.2)], [], False) is not None


def test_only_the_focus_cue_hints() -> None:
    policy = HintPolicy(BOOK, "plain")
    assert policy.step(30.0, [crossed(10, 30, "other")], [], None) is None
    assert HintPolicy(BOOK, None).step(30.0, [crossed(10, 30)], [], None) is None


def test_the_same_hint_waits_ninety_seconds() -> None:
    episodes = [(10.0, 20.0), (50.0, 60.0), (101.0, 125.0)]
    shown = timeline(HintPolicy(BOOK, "plain"), episodes, 130.0)
    assert [when for when, good in shown if not good] == [14.0, 105.0]


def test_behaviour_that_never_stops_is_hinted_again_after_ninety_seconds() -> None:
    shown = timeline(HintPolicy(BOOK, "plain"), [(10.0, 130.0)], 130.0)
    assert shown == [(14.0, False), (104.0, False)]


def test_good_once_when_it_was_corrected() -> None:
    shown = timeline(HintPolicy(BOOK, "plain"), [(10.0, 16.0), (20.0, 22.0)], 40.0)
    assert shown == [(14.0, False), (16.7, True)]


def test_no_good_where_nobody_saw_it_stop() -> None:
    shown = timeline(HintPolicy(BOOK, "plain"), [(10.0, 16.0)], 40.0, lost=True)
    assert shown == [(14.0, False)]


def test_no_good_long_after_the_hint_or_without_one() -> None:
    assert timeline(HintPolicy(BOOK, "plain"), [(10.0, 40.0)], 60.0) == [(14.0, False)]
    assert timeline(HintPolicy(BOOK, "plain"), [(10.0, 12.0)], 60.0) == []


@pytest.mark.parametrize(("t", "answered"), [(29.0, True), (29.1, False)])
def test_good_is_said_up_to_fifteen_seconds_after_the_hint(t: float, *, answered: bool) -> None:
    policy = HintPolicy(BOOK, "plain")
    assert policy.step(14.0, [crossed(10, 14)], [], None) is not None
    assert (policy.step(t, [], [ended(10, t - 1)], None) is not None) is answered


def test_an_episode_that_may_be_over_gets_no_hint() -> None:
    policy = HintPolicy(BOOK, "plain")
    assert policy.step(14.6, [crossed(10, 14.0)], [], None) is None
    assert policy.step(14.7, [crossed(10, 14.7)], [], None) is not None


def test_measures_that_run_behind_are_not_taken_for_stale() -> None:
    book = Catalogue((replace(PLAIN, lag_in_s=1.0, lag_out_s=1.0),))
    policy = HintPolicy(book, "plain")
    assert policy.step(14.0, [crossed(10, 13.0)], [], None) is not None


def test_the_hint_stays_a_while_and_gives_way_to_good() -> None:
    policy = HintPolicy(BOOK, "plain")
    hint = policy.step(14.0, [crossed(10, 14)], [], None)
    assert hint == Hint("plain", "stop it", "ph.hand", good=False, shown_s=14.0)
    assert policy.current(13.9) is None
    assert policy.current(18.9) is hint
    assert policy.current(19.0) is None
    good = policy.step(16.0, [], [ended(10, 15.5)], None)
    assert good is not None
    assert policy.current(16.5) is good
    assert policy.current(18.0) is None


def test_a_focus_that_cannot_hint_is_told_with_those_that_can() -> None:
    with pytest.raises(AppError, match="“never hinted” cannot be the focus") as told:
        HintPolicy(BOOK, "silent")
    assert told.value.remedy == "Choose one of: plain thing, other thing."
    with pytest.raises(AppError):
        HintPolicy(BOOK, "nonsense")


@pytest.mark.parametrize("rule", [one for one in CATALOGUE.rules if one.focus], ids=lambda r: r.id)
def test_every_focus_cue_of_the_catalogue_can_be_hinted_in_time(rule) -> None:  # noqa: ANN001
    policy = HintPolicy(CATALOGUE, rule.id)
    due = 100.0 + rule.hint_s
    at_due = OpenEpisode(rule.id, 100.0, due - rule.lag_out_s, 1.0, 0.5)
    assert policy.step(due - 0.05, [at_due], [], None) is None
    assert policy.step(due, [at_due], [], None) is not None
    # The measure itself must be able to say so by then.
    assert rule.hint_s >= rule.lag_in_s


def test_a_rule_that_is_mastered_is_hinted_less_often() -> None:
    episodes = [(10.0, 20.0), (110.0, 120.0), (200.0, 210.0)]
    usual = timeline(HintPolicy(BOOK, "plain"), episodes, 220.0)
    assert [when for when, good in usual if not good] == [14.0, 114.0, 204.0]
    faded = timeline(HintPolicy(BOOK, "plain", rarer=2.0), episodes, 220.0)
    assert [when for when, good in faded if not good] == [14.0, 204.0]


def test_a_rule_that_is_kept_is_only_hinted_when_it_comes_back() -> None:
    policy = HintPolicy(BOOK, "plain", rarer=None)
    shown = timeline(policy, [(10.0, 20.0), (40.0, 50.0)], 60.0)
    assert [when for when, good in shown if not good] == [44.0]
