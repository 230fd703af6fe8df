from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.coach.progress import (
    FADED_AFTER,
    MOST_NEXT,
    SESSIONS,
    Practised,
    counted,
    fade,
    progress,
    steady_sessions,
)  # fmt: skip

WANTED = ("P19", "P22", "P23", "P26")


def one(*done: str, wrong: str = "", looked: bool = True, cues: str = "") -> Practised:
    return Practised(
        WANTED, frozenset(done), frozenset(wrong.split()), looked, frozenset(cues.split())
    )


def test_two_sessions_make_no_pattern() -> None:
    told = progress([one("P19"), one("P19")])
    assert not told.enough
    assert (told.steady, told.coming, told.next) == ((), (), ())


def test_three_in_a_row_are_steady_and_what_is_missing_most_is_next() -> None:
    told = progress([one("P19", "P22"), one("P19"), one("P19", "P23", "P22")])
    assert told.enough
    assert told.steady == ("P19",)
    assert told.coming == ("P22", "P23")
    assert told.next == ("P26", "P23")


def test_only_the_last_three_count() -> None:
    assert "P19" in progress([one("P19")] * 3 + [one()] * 5).steady
    assert "P19" not in progress([one()] + [one("P19")] * 5).steady


def test_done_wrongly_as_well_is_not_steady() -> None:
    assert progress([one("P19", wrong="P19"), one("P19"), one("P19")]).steady == ()


def test_a_session_that_nobody_could_look_at_says_nothing() -> None:
    assert progress([one("P19"), one(looked=False), one("P19")]).sessions == 2
    assert progress([one("P19"), one(looked=False), one("P19"), one("P19")]).steady == ("P19",)


def test_a_rule_counts_only_in_sessions_that_wanted_it() -> None:
    other = Practised(("P04",), frozenset({"P04"}), frozenset(), looked=True)
    told = progress([other, one("P19"), other, one("P19"), one("P19")])
    assert told.steady == ("P19",)


def test_hints_fade_with_the_sessions_in_which_the_cue_was_not_named() -> None:
    history = [one(), one(), one(cues="arms_crossed"), one()]
    assert steady_sessions(history, "arms_crossed") == 2
    assert steady_sessions(history, "brow_drawn") == 4
    factors = [fade(sessions) for sessions in range(FADED_AFTER + 2)]
    assert factors[:SESSIONS] == [1.0] * SESSIONS
    assert factors[FADED_AFTER:] == [None, None]
    shown = [factor for factor in factors if factor is not None]
    assert shown == sorted(shown)
    assert shown[-1] > 2


def test_what_the_store_keeps_is_split_and_nothing_kept_is_nothing_found() -> None:
    found = {"P19": (1, 0), "P20": (0, 2), "P23": (2, 1), "P24": (0, 0)}
    assert counted(found) == (frozenset({"P19", "P23"}), frozenset({"P20", "P23"}))
    assert counted(None) == (frozenset(), frozenset())


practised = st.builds(
    Practised,
    wanted=st.just(WANTED),
    done=st.frozensets(st.sampled_from(WANTED)),
    wrong=st.frozensets(st.sampled_from(WANTED)),
    looked=st.booleans(),
)


@given(st.lists(practised, max_size=8))
def test_no_rule_is_both_steady_and_next(history: list[Practised]) -> None:
    told = progress(history)
    assert not set(told.steady) & (set(told.next) | set(told.coming))
    assert len(told.next) <= MOST_NEXT
    assert told.enough or not (told.steady or told.next)
