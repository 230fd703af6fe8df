from __future__ import annotations

from app.coach.turn_taking import TurnTaking, turn_limits

STEP_S = 0.1
LIMITS = turn_limits()


def run(
    turn: TurnTaking, speech: bool | None, lasts_s: float, t: float,
    words_until_s: float | None = None,
) -> tuple[float, float | None]:  # fmt: skip
    """Hear the same for a while; gives the time then, and when the customer could go on."""
    for _ in range(round(lasts_s / STEP_S)):
        t += STEP_S
        if turn.take(t, speech, words_until_s):
            return t, t
    return t, None


def test_the_customer_answers_after_two_seconds_of_silence() -> None:
    turn = TurnTaking()
    turn.begin(10.0)
    t, over = run(turn, True, 3.0, 10.0)
    assert over is None
    t, over = run(turn, False, 10.0, t)
    assert over is not None
    assert abs(over - (13.0 + LIMITS.silence_s)) < 2 * STEP_S


def test_a_thinking_pause_before_or_within_the_answer_is_left_alone() -> None:
    turn = TurnTaking()
    turn.begin(0.0)
    t, over = run(turn, False, 30.0, 0.0)
    assert over is None
    for _ in range(5):
        t, over = run(turn, True, 1.0, t)
        t, over = run(turn, False, LIMITS.silence_s - 2 * STEP_S, t)
        assert over is None


def test_a_cough_is_no_answer() -> None:
    turn = TurnTaking()
    turn.begin(0.0)
    t, _ = run(turn, True, LIMITS.spoken_s - 2 * STEP_S, 0.0)
    assert not turn.answered
    assert run(turn, False, 20.0, t)[1] is None


def test_words_are_waited_for_but_not_for_ever() -> None:
    turn = TurnTaking()
    turn.begin(0.0)
    t, _ = run(turn, True, 2.0, 0.0)
    last = t
    _, over = run(turn, False, 20.0, t, words_until_s=0.5)
    assert over is not None
    assert abs(over - (last + LIMITS.silence_s + LIMITS.wait_s)) < 2 * STEP_S
    turn.begin(50.0)
    t, _ = run(turn, True, 2.0, 50.0)
    _, over = run(turn, False, 20.0, t, words_until_s=t)
    assert over is not None
    assert abs(over - (t + LIMITS.silence_s)) < 2 * STEP_S


def test_what_is_not_known_is_not_silence() -> None:
    turn = TurnTaking()
    turn.begin(0.0)
    t, _ = run(turn, True, 2.0, 0.0)
    assert run(turn, None, 30.0, t)[1] is None


def test_outside_a_turn_nothing_is_an_answer() -> None:
    turn = TurnTaking()
    assert not turn.waiting
    assert run(turn, True, 2.0, 0.0)[1] is None
    turn.begin(2.0)
    turn.end()
    assert run(turn, False, 30.0, 2.0)[1] is None


def test_the_same_moment_twice_counts_once() -> None:
    turn = TurnTaking()
    turn.begin(0.0)
    for _ in range(100):
        turn.take(0.1, True)
    assert not turn.answered
