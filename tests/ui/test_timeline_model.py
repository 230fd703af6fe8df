from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from report_material import CHECKLIST, event, finding, mark, report, rule

from app.coach.report_types import Curve
from app.coach.types import Gap, MarkKind, Sense
from app.ui.widgets.curves import ALL_CURVES, CurveRow, curve_rows
from app.ui.widgets.curves_strokes import Strokes, strokes
from app.ui.widgets.timeline_bands import merged_pixels
from app.ui.widgets.timeline_model import build_model, renew_pins
from app.ui.widgets.timeline_raster import bars_image, columns_image
from app.ui.widgets.timeline_scale import Scale
from app.ui.widgets.timeline_spans import Span, Spans

if TYPE_CHECKING:
    from app.coach.types import Mark
    from app.ui.widgets.timeline_pins import Pin

ARMS = rule("arms_crossed")
BROW = rule("brow_drawn", lane="brow")
LOUD = rule("loud", Sense.VOICE, lane="loudness")
RULES = (ARMS, BROW, LOUD)


def gap(cue: str | None, start_s: float, end_s: float, reason: str = "hidden") -> Gap:
    sense = Sense.VOICE if cue == "loud" else Sense.VISION
    return Gap(sense, cue, reason, start_s, end_s)


def test_a_cue_with_an_episode_has_a_line_and_a_quiet_one_is_folded_away() -> None:
    model = build_model(report(events=(event("arms_crossed", 5, 9),)), (), RULES)
    assert [row.cue for row in model.cues] == ["arms_crossed"]
    assert [row.cue for row in model.folded] == ["brow_drawn", "loud"]
    assert model.folded_text == "2 measured, nothing noted"


def test_a_cue_that_was_partly_hidden_has_a_line_for_its_gap() -> None:
    model = build_model(report(gaps=(gap("brow_drawn", 10, 20),)), (), RULES)
    assert [row.cue for row in model.cues] == ["brow_drawn"]
    (span,) = model.cues[0].gaps.all
    assert (span.start_s, span.end_s) == (10, 20)
    assert "out of sight" in span.text
    assert "0:10 to 0:20" in span.text


def test_never_measured_is_said_apart_from_nothing_noted() -> None:
    model = build_model(report(gaps=(gap(None, 0, 60, "no_person"),)), (), RULES)
    assert model.cues == ()
    assert model.folded_text == "1 measured, nothing noted · 2 not measured"


def test_a_cue_that_was_switched_off_does_not_show() -> None:
    model = build_model(report(gaps=(gap("loud", 0, 60, "switched_off"),)), (), RULES)
    assert "loud" not in {row.cue for row in (*model.cues, *model.folded)}


def test_the_gap_of_a_whole_sense_is_hatched_on_each_of_its_lines_only() -> None:
    events = (event("arms_crossed", 30, 40), event("loud", 30, 40))
    model = build_model(report(events=events, gaps=(gap(None, 0, 5, "no_person"),)), (), RULES)
    hatched = {row.cue: len(row.gaps) for row in model.cues}
    assert hatched == {"arms_crossed": 1, "loud": 0}


def test_the_curves_of_voice_and_brow_say_where_and_why_they_are_broken() -> None:
    gaps = (
        Gap(Sense.VOICE, None, "no_signal", 3, 5), gap(None, 10, 20, "no_person"),
        gap("brow_drawn", 30, 40),
    )  # fmt: skip
    model = build_model(report(gaps=gaps), (), RULES, curves=ALL_CURVES)
    (voice,) = model.voice_gaps.all
    assert "pure silence" in voice.text
    assert model.brow_gaps is not None
    assert [span.start_s for span in model.brow_gaps.all] == [10, 30]
    assert "nobody in the picture" in model.brow_gaps.all[0].text


def test_a_pause_in_the_talk_is_no_hatching() -> None:
    silence = gap("loud", 10, 14, "not_speaking")
    model = build_model(report(events=(event("loud", 30, 33),), gaps=(silence,)), (), RULES)
    assert len(model.cues[0].gaps) == 0


def test_pins_say_what_was_ticked_noted_and_hinted() -> None:
    marks = (
        mark(9, MarkKind.TICK, item="sorry", on="true"),
        mark(12, MarkKind.NOTE, text="wants a refund"),
        mark(20, MarkKind.HINT, cue="arms_crossed"),
        mark(26, MarkKind.HINT, cue="arms_crossed", good="true"),
        mark(30, MarkKind.TICK, item="finish", on="false"),
    )
    model = build_model(report(), marks, RULES, checklist=CHECKLIST)
    you, hints = model.pins
    assert [pin.text for pin in you.pins] == [
        "Ticked at 0:09: Say sorry for the specific thing",
        "Note at 0:12: wants a refund",
    ]
    assert [pin.text for pin in hints.pins] == [
        "Hint shown at 0:20: arms crossed",
        "Put right by 0:26: arms crossed",
    ]
    assert len({pin.icon for pin in (*you.pins, *hints.pins)}) == 4


def test_of_what_was_said_only_what_is_new_is_worked_out_again() -> None:
    first = replace(mark(5.0, MarkKind.NOTE, text="well said"), id="a")
    known: dict[str, tuple[Mark, Pin | None]] = {}
    model = build_model(report(), [first], [rule("smile")], known=known)
    (before,) = model.pins[0].pins
    changed = replace(first, data={"text": "better said"}, id="b", revises="a")
    other = replace(mark(9.0, MarkKind.NOTE, text="and this"), id="c")
    same = renew_pins(model, [first, other], [rule("smile")], known=known).pins[0]
    assert same.pins[0] is before
    then = renew_pins(model, [first, other, changed], [rule("smile")], known=known).pins[0]
    assert [pin.text for pin in then.pins] == [
        "Note at 0:05: better said",
        "Note at 0:09: and this",
    ]


def test_moments_and_badges_follow_time_and_number() -> None:
    events = (event("brow_drawn", 40, 42), event("arms_crossed", 5, 9))
    gone = finding("a_cue_of_older_rules", 1, 2)
    found = (gone, finding("brow_drawn", 40, 42), finding("arms_crossed", 5, 9))
    model = build_model(report(events=events, findings=found), (), RULES)
    assert [pin.t for pin in model.moments] == [5, 40]
    assert [(badge.number, badge.cue) for badge in model.badges] == [
        (1, "brow_drawn"),
        (2, "arms_crossed"),
    ]


def test_visible_spans_are_found_even_below_a_long_one() -> None:
    spans = Spans([Span(0, 100, "long"), Span(10, 11, "a"), Span(50, 51, "b")])
    starts, ends = spans.arrays(20, 30)
    assert list(zip(starts, ends, strict=True)) == [(0, 100)]
    starts, ends = spans.arrays(50.2, 50.4)
    assert list(zip(starts, ends, strict=True)) == [(0, 100), (50, 51)]
    assert Spans([Span(10, 11, "a")]).at(11.4, 0.5) is not None
    assert Spans([Span(10, 11, "a")]).at(12.0, 0.5) is None


def test_bands_on_the_same_pixels_are_one_band_and_a_short_one_stays_visible() -> None:
    scale = Scale(1000.0, 0.0, 100.0)
    spans = Spans([Span(100, 101, ""), Span(102, 103, ""), Span(900, 900.1, "")])
    left, right = merged_pixels(spans, scale)
    assert len(left) == 2
    assert (right - left >= 3.0 - 1e-9).all()


def curve(values: list[float | None], name: str = "pitch_st") -> Curve:
    times = tuple(n * 0.1 for n in range(len(values)))
    return Curve(name, Sense.VOICE, "semitones", times, tuple(values))


def drawn_in(row: CurveRow, scale: Scale) -> Strokes:
    return strokes(row.levels, (row.low, row.high), scale, 0.0, 48.0)


def test_a_curve_is_broken_where_nothing_was_measured() -> None:
    (row,) = curve_rows([curve([1.0, 1.0, None, 2.0, 2.0])], None)
    drawn = drawn_in(row, Scale(0.4, 0.0, 100.0))
    assert drawn.columns is None
    assert [(round(line.x1()), round(line.x2())) for line in drawn.lines] == [(0, 25), (75, 100)]


def test_a_lone_value_is_a_dot_and_a_curve_without_values_is_none() -> None:
    (row,) = curve_rows([curve([None, 1.0, None])], None)
    (dot,) = drawn_in(row, Scale(0.2, 0.0, 100.0)).lines
    assert dot.x1() < 50.0 < dot.x2()
    assert curve_rows([curve([None, None])], None) == ()


def test_a_long_curve_costs_what_the_screen_is_wide_and_keeps_its_peaks() -> None:
    values: list[float | None] = [0.0] * 36_000
    values[17_777] = 6.0
    (row,) = curve_rows([curve(values)], None)
    drawn = drawn_in(row, Scale(3600.0, 0.0, 1000.0))
    assert drawn.lines == []
    assert drawn.columns is not None
    assert len(drawn.columns.x) <= 1001
    assert drawn.columns.upper.min() == pytest.approx(0.0)
    peak = drawn.columns.x[drawn.columns.upper.argmin()]
    assert peak == pytest.approx(17_777 / 3.6 / 10, abs=9.0)


def test_crowded_columns_touch_their_neighbours_within_a_run_only() -> None:
    values: list[float | None] = [-5.0] * 500 + [5.0] * 500 + [None] + [-5.0] * 499
    (row,) = curve_rows([curve(values)], None)
    columns = drawn_in(row, Scale(150.0, 0.0, 100.0)).columns
    assert columns is not None
    step, gap = (int(np.searchsorted(columns.x, x)) for x in (33.4, 66.7))
    assert columns.upper[step] <= columns.lower[step - 1]
    assert columns.lower[gap - 2] < columns.upper[gap + 1]


def test_a_picture_of_columns_shows_them_where_they_are() -> None:
    at, upper, lower = np.array([3, 7]), np.array([1.0, 4.0]), np.array([3.0, 4.5])
    image = columns_image(at, upper, lower, (10, 8), "#C25400")
    lit = {
        (x, y): image.pixelColor(x, y).alpha()
        for x in range(10)
        for y in range(8)
        if image.pixelColor(x, y).alpha()
    }
    assert lit == {(3, 1): 255, (3, 2): 255, (7, 4): 127}
    assert image.pixelColor(3, 1).name() == "#c25400"
    image = bars_image(np.array([1.0, 6.0]), np.array([3.0, 7.0]), 10.0, 2.0, "#C25400")
    assert image.width() == 20
    assert [x for x in range(20) if image.pixelColor(x, 0).alpha()] == [2, 3, 4, 5, 12, 13]


def test_values_are_said_against_own_normal() -> None:
    (pitch,) = curve_rows([curve([-1.25, 2.0])], None)
    assert pitch.words(-1.25) == "1.2 semitones below your normal"
    assert pitch.words(2.0) == "2.0 semitones above your normal"
    assert pitch.at(0.1) == 2.0
    assert pitch.at(5.0) is None
    (pace,) = curve_rows([curve([4.0, 5.0], "pace_syl_s")], 4.6)
    assert pace.normal == 4.6
    assert pace.words(4.0) == "4.0 syllables a second"
    assert np.isfinite(pace.values).all()
