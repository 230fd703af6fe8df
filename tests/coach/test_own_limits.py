"""Thresholds that a person moved: within limits, with a way back, in every rule as it should."""

from __future__ import annotations

import pytest

from app.coach.catalogue import adjusted, limits_text, load_catalogue
from app.coach.engine import CueEngine
from app.coach.types import Direction, Sense
from vision.types import VisionReading

CATALOGUE = load_catalogue()
STEPS = (0.7, 0.85, 1.25, 1.5)


def test_without_a_wish_the_rules_are_those_that_ship() -> None:
    assert adjusted(CATALOGUE, {}) == CATALOGUE
    assert adjusted(CATALOGUE, {"loud": 1.0, "a cue of an older version": 0.7}) == CATALOGUE


@pytest.mark.parametrize("times", STEPS)
@pytest.mark.parametrize("rule", CATALOGUE.rules, ids=lambda rule: rule.id)
def test_every_rule_stays_sound(rule: object, times: float) -> None:
    shipped = CATALOGUE.rule(rule.id)  # type: ignore[attr-defined]
    moved = adjusted(CATALOGUE, {shipped.id: times}).rule(shipped.id)
    side = 1 if shipped.direction is Direction.ABOVE else -1
    assert side * (moved.enter - shipped.enter) * (times - 1) > 0, "sooner is sooner"
    assert side * (moved.enter - moved.leave) > 0
    assert moved.strong is None or side * (moved.strong - moved.enter) > 0
    assert moved.enter * shipped.enter > 0, "it never crosses to the other side of ordinary"
    if shipped.sense is Sense.VISION and shipped.unit == "":
        assert 0 < moved.enter < 1
    others = [one for one in CATALOGUE.rules if one.id != shipped.id]
    assert [
        one for one in adjusted(CATALOGUE, {shipped.id: times}).rules if one.id != shipped.id
    ] == others


@pytest.mark.parametrize(
    ("cue", "times", "enter"),
    [("loud", 0.7, 4.2), ("loud", 1.5, 9.0), ("soft", 0.7, -4.2), ("facing_away", 1.5, 45.0),
     ("pace_fast", 0.7, 3.7), ("flat_voice", 1.5, 0.9)],
)  # fmt: skip
def test_a_threshold_moves_away_from_ordinary(cue: str, times: float, enter: float) -> None:
    assert adjusted(CATALOGUE, {cue: times}).rule(cue).enter == pytest.approx(enter)


def test_an_own_threshold_moves_in_own_spreads_and_a_length_is_named_by_its_length() -> None:
    fast = adjusted(CATALOGUE, {"pace_fast": 0.7}).rule("pace_fast")
    assert fast.own is not None
    assert fast.own.times_sd == pytest.approx(0.7 * 1.5)
    run = adjusted(CATALOGUE, {"talking_run": 1.5}).rule("talking_run")
    assert (run.enter, run.log_s, run.hint_s) == pytest.approx((22.5, 22.5, 60.0))


def test_the_engine_finds_sooner_what_was_moved_nearer() -> None:
    def found(times: float) -> bool:
        rules = [adjusted(CATALOGUE, {"facing_away": times}).rule("facing_away")]
        engine = CueEngine(rules, None)
        for at in range(100):
            engine.push(VisionReading(t=at / 10, facing_off_deg=25.0, face_looked=True))
        return bool(engine.finish(10.0))

    assert not found(1.0)
    assert found(0.7)


def test_what_was_moved_stands_among_the_versions() -> None:
    assert limits_text({"loud": 0.85, "arms_crossed": 1.5, "nod": 1.0}) == (
        "arms_crossed 1.5, loud 0.85"
    )
