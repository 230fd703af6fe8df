"""One's own marks about a stretch are moved by mouse and by keys, and that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from ui.desk_bench import CTRL, SHIFT, Bench

from app.ui.widgets.timeline_grips import Grip, Part, grip_at
from app.ui.widgets.timeline_layout import RULER_PX
from app.ui.widgets.timeline_pins import Pin, PinRow, pin_row
from app.ui.widgets.timeline_scale import Scale
from app.ui.widgets.timeline_spans import TimelineLane

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.coach.types import Mark
    from app.store.store import Store

SCALE = Scale(60.0, 0.0, 600.0)
"""Ten pixels a second."""
BAND = Pin(10.0, "talk", "here", 20.0, id="mine")


def row(*pins: Pin) -> PinRow:
    return pin_row("You", pins, TimelineLane.SELF)


@pytest.mark.parametrize(
    ("x", "part"),
    [(93, None), (95, Part.START), (105, Part.START), (107, Part.BODY), (150, Part.BODY),
     (195, Part.END), (205, Part.END), (207, None)],
)  # fmt: skip
def test_a_band_is_held_by_its_edges_or_its_body(x: float, part: Part | None) -> None:
    found = grip_at(row(BAND), x, SCALE, {"mine"})
    assert (found.part if found is not None else None) is part
    assert grip_at(row(BAND), x, SCALE, set()) is None


def test_a_narrow_band_still_has_a_body() -> None:
    narrow = row(Pin(10.0, "talk", "here", 10.9, id="mine"))
    parts = [grip_at(narrow, x, SCALE, {"mine"}) for x in (101, 104.5, 108)]
    assert [one.part for one in parts if one] == [Part.START, Part.BODY, Part.END]


def whole(t: float) -> float:
    return float(round(t))


@pytest.mark.parametrize(
    ("part", "t", "span"),
    [
        (Part.START, 12.3, (12.0, 20.0)),
        (Part.START, 40.0, (19.9, 20.0)),
        (Part.END, 25.6, (10.0, 26.0)),
        (Part.END, 99.0, (10.0, 60.0)),
        (Part.BODY, 18.2, (13.0, 23.0)),
        (Part.BODY, 0.0, (0.0, 10.0)),
        (Part.BODY, 70.0, (50.0, 60.0)),
    ],
)
def test_what_is_led_stays_a_span_inside_the_session_on_a_picture(
    part: Part, t: float, span: tuple[float, float]
) -> None:
    assert Grip(BAND, part, 15.0).led_to(t, 60.0, whole) == pytest.approx(span)


@pytest.fixture
def own(qtbot: QtBot, dressed: QApplication, store: Store, tmp_path: Path) -> Bench:
    bench = Bench(qtbot, store, tmp_path, received=False)
    bench.page.timeline.select(10.0, 20.0)
    bench.press(Qt.Key.Key_1)
    return bench


def span(mark: Mark) -> tuple[float, float]:
    return mark.t, float(mark.data.get("until", mark.t))


def test_a_band_is_dragged_by_its_end_and_its_body_and_put_back(own: Bench) -> None:
    timeline = own.page.timeline
    assert timeline._layout is not None
    line = next(one for one in timeline._layout.lines if isinstance(one.row, PinRow))
    y = RULER_PX + line.top + line.height // 2 - timeline.verticalScrollBar().value()

    def drag(start_s: float, end_s: float) -> None:
        ends = [QPoint(round(timeline.scale.x(t)), y) for t in (start_s, end_s)]
        QTest.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=ends[0])
        for at in (ends[0] + QPoint(9, 0), ends[1]):
            QTest.mouseMove(timeline.viewport(), at)
        QTest.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton, pos=ends[1])

    near = pytest.approx
    drag(20.0, 30.0)
    assert span(own.mine[0]) == (10.0, near(30.0, abs=0.2))
    drag(15.0, 25.0)
    assert span(own.mine[0]) == near((20.0, 40.0), abs=0.3)
    assert timeline.selection is None
    assert own.page._chosen == own.mine[0].id
    own.press(Qt.Key.Key_Z, with_=CTRL)
    own.press(Qt.Key.Key_Z, with_=CTRL)
    assert span(own.mine[0]) == (10.0, 20.0)


def test_a_marker_inside_a_band_is_pressed_itself(own: Bench) -> None:
    own.page.timeline.clear_selection()
    own.page.go_to(15.0)
    own.press(Qt.Key.Key_2)
    timeline = own.page.timeline
    assert timeline._layout is not None
    line = next(one for one in timeline._layout.lines if isinstance(one.row, PinRow))
    y = RULER_PX + line.top + line.height // 2 - timeline.verticalScrollBar().value()
    inside = next(mark for mark in own.mine if mark.t == 15.0)
    at = QPoint(round(timeline.scale.x(15.0)), y)
    QTest.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=at)
    for far in (QPoint(9, 0), QPoint(60, 0)):
        QTest.mouseMove(timeline.viewport(), at + far)
    QTest.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(60, 0))
    assert own.page._chosen == inside.id
    assert (10.0, 20.0) in [span(mark) for mark in own.mine], "the band stays where it was"


def test_the_chosen_mark_is_moved_by_keys(own: Bench) -> None:
    page = own.page
    page._choose_mark(own.mine[0].id)
    page.go_to(12.0)
    own.press(Qt.Key.Key_I, with_=SHIFT)
    page.go_to(26.0)
    own.press(Qt.Key.Key_O, with_=SHIFT)
    assert span(own.mine[0]) == (12.0, 26.0)
    assert "0:26" in page.timeline.accessibleDescription()
    own.press(Qt.Key.Key_Greater, with_=SHIFT)
    assert span(own.mine[0]) == pytest.approx((12.04, 26.04))
    assert len(own.mine) == 1
    own.press(Qt.Key.Key_Z, with_=CTRL)
    assert span(own.mine[0]) == (12.0, 26.0)


def test_the_stretch_or_the_chosen_mark_becomes_an_example(own: Bench) -> None:
    wanted: list[tuple[str, float, float]] = []
    own.page.clip_wanted.disconnect()
    own.page.clip_wanted.connect(lambda *what: wanted.append(what))
    own.page._choose_mark(own.mine[0].id)
    own.press(Qt.Key.Key_K, with_=CTRL)
    own.page.timeline.select(3.0, 8.0)
    own.press(Qt.Key.Key_K, with_=CTRL)
    assert wanted == [(own.id, 10.0, 20.0), (own.id, 3.0, 8.0)]
