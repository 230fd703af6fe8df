from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.intervals import intersect, subtract, total, union

STRETCHES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=8,
)


def covered(stretches: list[tuple[float, float]]) -> set[int]:
    return {n for start, end in stretches for n in range(int(start), int(end))}


@given(STRETCHES, STRETCHES)
def test_they_behave_like_sets_of_seconds(one: list, other: list) -> None:
    left, right = union(one), union(other)
    assert covered(left) == covered(one)
    assert covered(intersect(left, right)) == covered(one) & covered(other)
    assert covered(subtract(left, right)) == covered(one) - covered(other)
    assert total(left) == len(covered(one))


def test_a_union_bridges_gaps_up_to_the_one_given() -> None:
    assert union([(0.0, 1.0), (1.2, 2.0), (2.5, 3.0)], 0.25) == [(0.0, 2.0), (2.5, 3.0)]
    assert total([(0.0, 2.0), (2.5, 3.0)]) == pytest.approx(2.5)
