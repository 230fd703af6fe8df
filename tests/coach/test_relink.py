"""What was said of an episode finds it where measuring again has moved it, and only there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.coach.relink import LEAST_SHARED, adrift, relinked, shared
from app.coach.types import CueEvent, Lane, Mark, MarkKind


def arms(start_s: float, end_s: float, cue: str = "arms_crossed") -> CueEvent:
    return CueEvent(cue, start_s, end_s, 0.9, 0.5)


def on(event: CueEvent, verdict: str = "disagree") -> Mark:
    data = {"finding": event.id, "verdict": verdict}
    return Mark(event.start_s, Lane.TRAINER, MarkKind.VERDICT, "ben", data, id="v")


def named(was: CueEvent, *now: CueEvent) -> str:
    return relinked([on(was)], [was], now)[0].data["finding"]


def test_some_milliseconds_do_not_part_them() -> None:
    was, now = arms(10.0, 14.0), arms(10.04, 14.1)
    (mark,) = relinked([on(was)], [was], [arms(2.0, 5.0), now, arms(20.0, 30.0)])
    assert mark.data == {"finding": "arms_crossed-10040", "verdict": "disagree"}
    assert mark.t == 10.04
    assert (mark.id, mark.author, mark.lane) == ("v", "ben", Lane.TRAINER)


def test_half_of_the_time_is_too_little() -> None:
    was = arms(10.0, 14.0)
    assert shared(was, arms(12.0, 16.0)) == 1 / 3
    assert named(was, arms(12.0, 16.0)) == was.id
    assert named(was, arms(11.0, 13.0)) == was.id  # exactly a half
    assert named(was, arms(10.9, 13.0)) == "arms_crossed-10900"


def test_of_several_the_one_that_shares_most() -> None:
    was, near, nearer = arms(10.0, 20.0), arms(7.0, 20.0), arms(11.0, 20.5)
    assert named(was, near, nearer) == nearer.id
    assert named(was, nearer, near) == nearer.id


def test_another_cue_is_never_meant() -> None:
    was = arms(10.0, 14.0)
    assert named(was, arms(10.01, 14.0, cue="hands_on_hips")) == was.id


def test_what_has_its_name_still_is_it() -> None:
    was = arms(10.0, 14.0)
    assert named(was, arms(10.0, 40.0), arms(10.2, 14.0)) == was.id


def test_what_nobody_knows_stays_as_it_was_said() -> None:
    other = on(arms(3.0, 4.0))
    note = Mark(10.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "arms_crossed-10000"})
    assert relinked([other, note], [arms(10.0, 14.0)], [arms(10.04, 14.0)]) == [other, note]


def test_what_finds_nothing_is_adrift_and_what_was_taken_back_is_not() -> None:
    held, gone = on(arms(1.0, 3.0)), on(arms(10.0, 14.0))
    assert adrift([held, gone], {"arms_crossed-1000"}) == (
        Mark(10.0, Lane.TRAINER, MarkKind.VERDICT, "ben", gone.data, id="v"),
    )
    back = Mark(1.0, Lane.TRAINER, MarkKind.VERDICT, "ben", gone.data, "b", "v", tombstone=True)
    assert adrift([gone, back], {"arms_crossed-1000"}) == ()


spans = st.lists(
    st.tuples(st.integers(0, 60_000), st.integers(300, 9_000)), min_size=1, max_size=12
)


@given(spans, spans)
def test_the_rule_holds_whatever_was_found(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    former = [arms(a / 1000, (a + n) / 1000) for a, n in before]
    current = [arms(a / 1000, (a + n) / 1000) for a, n in after]
    names = {one.id: one for one in current}
    meant = {one.id: one for one in former}
    for was in meant.values():
        name = named_by(was, former, current)
        best = max(shared(was, one) for one in current)
        if was.id in names:
            assert name == was.id
        elif best > LEAST_SHARED:
            assert shared(was, max((o for o in current if o.id == name),
                                   key=lambda one: shared(was, one))) == best  # fmt: skip
        else:
            assert name == was.id


def named_by(was: CueEvent, former: list[CueEvent], current: list[CueEvent]) -> str:
    return relinked([on(was)], former, current)[0].data["finding"]
