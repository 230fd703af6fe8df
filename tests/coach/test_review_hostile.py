"""A review comes from elsewhere: times that no session has change nothing and break nothing."""

from __future__ import annotations

import pytest

from app.coach.cutting import Span, restored
from app.coach.desk.agreement import Spot, spot_of
from app.coach.review import episode_of, review_of
from app.coach.types import Lane, Mark, MarkKind

SPAN = Span(10.0, 20.0)


def said(kind: MarkKind, data: dict[str, str]) -> Mark:
    return Mark(2.0, Lane.TRAINER, kind, "tom", data, "one")


@pytest.mark.parametrize("until", ["inf", "-inf", "nan", "1e999", "soon", ""])
def test_an_end_that_is_none_makes_a_moment(until: str) -> None:
    note = restored(said(MarkKind.NOTE, {"text": "here", "until": until}), SPAN, ())
    assert spot_of(note) == Spot(12.0, 12.0)
    review = review_of([note], None, {})
    assert review is not None
    assert [moment.end_s for moment in review.moments] == [None]


def test_an_episode_that_no_session_is_long_enough_for_is_none() -> None:
    name = "arms_crossed-" + "9" * 5000
    verdict = said(MarkKind.VERDICT, {"finding": name, "verdict": "agree"})
    assert restored(verdict, SPAN, ()).data["finding"] == name
    assert episode_of(name) == ("", None)
