from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.widgets.timeline_scale import SHORTEST_VIEW_S, Scale

WHOLE = Scale(duration_s=100.0, left_px=50.0, width_px=1000.0)


def test_the_whole_session_lies_over_the_whole_width() -> None:
    assert WHOLE.x(0.0) == 50.0
    assert WHOLE.x(100.0) == 1050.0
    assert not WHOLE.zoomed


@given(
    around=st.floats(0, 100),
    factors=st.lists(st.floats(0.2, 5.0), min_size=1, max_size=8),
)
def test_zooming_stays_inside_the_session(around: float, factors: list[float]) -> None:
    scale = WHOLE
    for factor in factors:
        scale = scale.zoomed_by(factor, around)
        assert SHORTEST_VIEW_S - 1e-9 <= scale.visible_s <= 100.0 + 1e-9
        assert scale.start_s >= 0
        assert scale.end_s <= 100.0 + 1e-6


def test_zooming_keeps_the_moment_under_its_pixel() -> None:
    before = WHOLE.zoomed_by(2.0, 50.0)
    after = before.zoomed_by(2.0, 60.0)
    assert after.x(60.0) == pytest.approx(before.x(60.0))


@given(x=st.floats(50, 1050), zoom=st.floats(1, 20))
def test_a_pixel_and_its_time_agree(x: float, zoom: float) -> None:
    scale = WHOLE.zoomed_by(zoom, 30.0)
    assert scale.x(scale.t(x)) == pytest.approx(x, abs=1e-6)


def test_a_page_turns_only_when_the_moment_is_out_of_sight() -> None:
    scale = WHOLE.zoomed_by(10.0, 20.0)
    assert scale.showing(scale.start_s + 1) is scale
    turned = scale.showing(80.0)
    assert turned.start_s < 80.0 < turned.end_s
    assert turned.visible_s == pytest.approx(scale.visible_s)


@pytest.mark.parametrize("zoom", [1.0, 3.0, 12.0, 50.0])
def test_ruler_times_are_round_visible_and_apart(zoom: float) -> None:
    scale = WHOLE.zoomed_by(zoom, 40.0)
    ticks = scale.ticks(96.0)
    assert 1 <= len(ticks) <= 12
    assert all(scale.start_s - 1e-6 <= t <= scale.end_s for t in ticks)
    pixels = [scale.x(t) for t in ticks]
    assert all(b - a >= 96.0 - 1e-6 for a, b in itertools.pairwise(pixels))
