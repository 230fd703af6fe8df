from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coach.coach_readings import every, heard, seen

from app.coach.curves import CurveCollector
from vision.types import VisionReading

if TYPE_CHECKING:
    from app.coach.report_types import Curve


def curve(collector: CurveCollector, name: str) -> Curve:
    return next(one for one in collector.curves() if one.name == name)


def test_at_most_ten_points_a_second_at_any_frame_rate() -> None:
    collector = CurveCollector()
    for n in range(600):
        collector.push(seen(n / 60, brow=n / 600))
    points = curve(collector, "brow")
    assert len(points.t_s) == 100
    assert points.values[0] == 0.0


def test_the_hop_grid_keeps_every_hop() -> None:
    collector = CurveCollector()
    for n in range(1, 101):
        collector.push(heard(n * 0.1, level_dbfs=-30.0))
    assert len(curve(collector, "level_dbfs").t_s) == 100


def test_not_measured_is_none_and_never_zero() -> None:
    collector = CurveCollector()
    for t, value in ((0.1, -20.0), (0.2, None), (0.3, -22.0)):
        collector.push(heard(t, level_dbfs=value))
    assert curve(collector, "level_dbfs").values == (-20.0, None, -22.0)


def test_what_was_never_measured_has_no_curve() -> None:
    collector = CurveCollector()
    for t in every(0.1, 1.0, 0.1):
        collector.push(heard(t, level_dbfs=-20.0))
    assert [one.name for one in collector.curves()] == ["level_dbfs"]


def test_carried_values_are_left_out() -> None:
    collector = CurveCollector()
    collector.push(seen(0.0, arms_score=0.2))
    collector.push(VisionReading(0.2, face_looked=True, arms_score=0.2))
    assert curve(collector, "arms_score").t_s == (0.0,)


def test_a_window_is_drawn_in_its_middle() -> None:
    collector = CurveCollector()
    for t in (4.0, 5.0, 6.0):
        collector.push(heard(t, pace_syl_s=3.0))
    assert curve(collector, "pace_syl_s").t_s == pytest.approx((0.5, 1.5))


def test_an_hour_stays_small() -> None:
    collector = CurveCollector()
    for n in range(30 * 600):
        collector.push(seen(n / 30, brow=0.5))
    assert len(curve(collector, "brow").t_s) == 6000
