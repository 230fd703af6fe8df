from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import pytest
from benchmarks.desk_material import long_model
from pace import slowness
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from report_material import event, mark, report, rule

from app.coach.report_types import Curve
from app.coach.types import Gap, MarkKind, Sense
from app.ui.style import DARK, LIGHT, apply_theme, current_palette
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.timeline_cues import CueRow
from app.ui.widgets.timeline_layout import RULER_PX, FoldRow
from app.ui.widgets.timeline_model import TimelineModel, build_model

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

RULES = (rule("arms_crossed"), rule("brow_drawn", lane="brow"), rule("smile", lane="smile"))
P95_MS = 16.0


def model() -> TimelineModel:
    events = (event("arms_crossed", 10, 20), event("brow_drawn", 40, 42))
    gaps = (Gap(Sense.VISION, "arms_crossed", "hidden", 30, 36),)
    marks = (mark(25, MarkKind.NOTE, text="wants a refund"),)
    times = tuple(n * 0.1 for n in range(600))
    values = tuple(2.0 if n < 300 else None for n in range(600))
    pitch = Curve("pitch_st", Sense.VOICE, "semitones", times, values)
    return build_model(report(events=events, gaps=gaps, curves=(pitch,)), marks, RULES)


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show_model(model())
    made.show()
    return made


def spot(timeline: Timeline, t: float, cue: str | None = None) -> QPoint:
    """Where a moment lies; on a cue's line, or on the ruler."""
    y = RULER_PX // 2
    assert timeline._layout is not None
    for line in timeline._layout.lines:
        if cue is not None and isinstance(line.row, CueRow) and line.row.cue == cue:
            y = RULER_PX + line.top + line.height // 2
    return QPoint(round(timeline.scale.x(t)), y)


def test_a_press_asks_for_the_moment_under_the_pointer(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.waitSignal(timeline.seek_requested) as asked:
        qtbot.mouseClick(
            timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot(timeline, 30, "arms_crossed")
        )
    assert asked.args[0] == pytest.approx(30, abs=60 / timeline.scale.width_px)


def test_a_press_on_a_name_goes_nowhere(qtbot: QtBot, timeline: Timeline) -> None:
    asked: list[float] = []
    timeline.seek_requested.connect(asked.append)
    place = QPoint(10, spot(timeline, 0, "arms_crossed").y())
    qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == []


@pytest.mark.parametrize(
    ("key", "modifier", "to"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 31.0),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 29.0),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 35.0),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 25.0),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, 40.0),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, 25.0),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0.0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 60.0),
    ],
)
def test_keys_move_by_seconds_and_by_moments(
    qtbot: QtBot, timeline: Timeline, key: Qt.Key, modifier: Qt.KeyboardModifier, to: float
) -> None:
    timeline.set_playhead(30.0)
    with qtbot.waitSignal(timeline.seek_requested) as asked:
        qtbot.keyClick(timeline, key, modifier)
    assert asked.args == [pytest.approx(to)]


def test_a_jump_says_what_is_there_to_who_cannot_see_it(timeline: Timeline) -> None:
    timeline.set_playhead(30.0)
    timeline.jump(ahead=True)
    assert timeline.accessibleDescription() == "Brow drawn: 0:40 to 0:42, 2 s"
    timeline.set_playhead(59.0)
    assert timeline.jump(ahead=True) is None


def test_the_pointer_is_told_plain_words(timeline: Timeline) -> None:
    assert timeline.words_at(spot(timeline, 15, "arms_crossed")) == (
        "Arms crossed: 0:10 to 0:20, 10 s"
    )
    hidden = timeline.words_at(spot(timeline, 33, "arms_crossed"))
    assert hidden.startswith("Not measured, 0:30 to 0:36, 6 s: out of sight")
    assert timeline.words_at(spot(timeline, 50, "arms_crossed")) == ""
    assert timeline._layout is not None
    curve = timeline._layout.lines[-1]
    y = RULER_PX + curve.top + curve.height // 2
    words = timeline.words_at(QPoint(round(timeline.scale.x(10)), y))
    assert words.endswith("Pitch: 2.0 semitones above your normal")
    words = timeline.words_at(QPoint(round(timeline.scale.x(50)), y))
    assert words.endswith("Pitch: not measured")


def wheel(timeline: Timeline, at: QPoint, turn: int, modifier: Qt.KeyboardModifier) -> None:
    QApplication.sendEvent(
        timeline.viewport(),
        QWheelEvent(
            QPointF(at),
            QPointF(timeline.viewport().mapToGlobal(at)),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_ctrl_and_wheel_zoom_at_the_pointer_and_the_wheel_then_scrolls(timeline: Timeline) -> None:
    place = spot(timeline, 45)
    under = timeline.scale.t(place.x())
    wheel(timeline, place, 360, Qt.KeyboardModifier.ControlModifier)
    assert timeline.scale.visible_s == pytest.approx(60 / 1.5**3)
    assert timeline.scale.t(place.x()) == pytest.approx(under, abs=0.02)
    start = timeline.scale.start_s
    wheel(timeline, place, 120, Qt.KeyboardModifier.NoModifier)
    assert timeline.scale.start_s < start
    timeline.zoom_out()
    assert not timeline.scale.zoomed


def test_the_keys_zoom_around_the_playhead(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.set_playhead(20.0)
    before = timeline.scale.x(20.0)
    qtbot.keyClick(timeline, Qt.Key.Key_Plus)
    assert timeline.scale.zoomed
    assert timeline.scale.x(20.0) == pytest.approx(before, abs=1.0)
    qtbot.keyClick(timeline, Qt.Key.Key_0)
    assert not timeline.scale.zoomed


def test_a_zoomed_timeline_turns_its_page_after_the_playhead(timeline: Timeline) -> None:
    timeline.zoom(10.0, 5.0)
    timeline.set_playhead(50.0, follow=True)
    assert timeline.scale.start_s <= 50.0 <= timeline.scale.end_s


def test_what_is_folded_unfolds_by_pointer_and_by_key(qtbot: QtBot, timeline: Timeline) -> None:
    def folded() -> list[str]:
        assert timeline._layout is not None
        rows = [line.row for line in timeline._layout.lines]
        at = next(n for n, row in enumerate(rows) if isinstance(row, FoldRow))
        return [row.cue for row in rows[at:] if isinstance(row, CueRow)]

    assert folded() == []
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert folded() == ["smile"]
    assert timeline._layout is not None
    line = next(one for one in timeline._layout.lines if isinstance(one.row, FoldRow))
    place = QPoint(40, RULER_PX + line.top + line.height // 2)
    qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert folded() == []


def test_what_is_folded_is_told_clear_of_a_playhead_at_the_beginning(timeline: Timeline) -> None:
    assert timeline._layout is not None
    line = next(one for one in timeline._layout.lines if isinstance(one.row, FoldRow))
    assert isinstance(line.row, FoldRow)
    assert line.row.name == "1 more"
    middle = RULER_PX + line.top + line.height // 2
    assert timeline.words_at(QPoint(40, middle)) == line.row.text
    timeline.set_playhead(59.0)
    picture = timeline.viewport().grab().toImage()
    ratio, left = picture.devicePixelRatio(), timeline.scale.left_px
    seen = {
        picture.pixelColor(int(x * ratio), int((RULER_PX + y) * ratio)).name().upper()
        for x in range(int(left) - 5, int(left) + 6)
        for y in range(line.top, line.top + line.height)
    }
    palette = current_palette()
    assert seen <= {palette.card.upper(), palette.line.upper()}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_an_episode_is_painted_in_its_lanes_colour_where_it_was(
    qapp: QApplication, timeline: Timeline, theme: object
) -> None:
    palette = DARK if theme is DARK else LIGHT
    apply_theme(qapp, palette.name)
    timeline.set_playhead(59.0)
    picture = timeline.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def colour(t: float) -> str:
        return picture.pixelColor(spot(timeline, t, "arms_crossed") * ratio).name().upper()

    assert colour(15) == palette.lane("arms").upper()
    assert colour(50) != palette.lane("arms").upper()


def test_two_thousand_events_paint_in_one_frame_of_the_screen(qtbot: QtBot) -> None:
    cues = tuple(rule(f"cue_{n}", lane="pace") for n in range(14))
    events = tuple(event(f"cue_{n % 14}", n * 1.8, n * 1.8 + 1.2) for n in range(2000))
    times = tuple(n * 0.1 for n in range(36_000))
    curves = tuple(
        Curve(name, Sense.VOICE, "", times, tuple(float(n % 7 - 3) for n in range(36_000)))
        for name in ("pitch_st", "level_over_db", "pace_syl_s")
    )
    long = report(events=events, curves=curves, duration_s=3600.0)
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(1280, 480)
    made.show_model(build_model(long, (), cues))
    made.show()
    made._draw_still()  # icons are drawn once
    # Other programs on the machine can only add to it: the best of three rounds counts.
    rounds = [painted_p95_ms(made) for _ in range(3)]
    assert min(rounds) <= P95_MS * slowness(), f"p95 of each round: {rounds}"


def test_an_hour_at_the_desk_with_every_lane_paints_without_a_stutter(qtbot: QtBot) -> None:
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(1880, 760)
    made.show_model(long_model())
    made.show()
    made._draw_still()
    # `make bench-desk` holds it against 16 ms; here other programs may take twice as much again.
    rounds = [painted_p95_ms(made) for _ in range(3)]
    assert min(rounds) <= 3 * P95_MS * slowness(), f"p95 of each round: {rounds}"


def painted_p95_ms(made: Timeline) -> float:
    took = []
    for n in range(40):
        made.zoom(1.5 if n % 4 < 2 else 1 / 1.5, 1800.0)
        began = time.process_time()
        made._draw_still()
        took.append((time.process_time() - began) * 1000)
    return statistics.quantiles(took, n=20)[-1]
