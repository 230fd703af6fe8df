from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from report_material import CHECKLIST, event, mark, report, rule

from app.coach.practice_types import Evidence, Polarity
from app.coach.report_types import Curve
from app.coach.session_turns import CustomerStretch
from app.coach.types import Gap, Lane, Mark, MarkKind, Sense
from app.ui.style import LIGHT, apply_theme
from app.ui.widgets.curves import ALL_CURVES
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.timeline_layout import RULER_PX
from app.ui.widgets.timeline_model import TimelineModel, build_model
from app.ui.widgets.timeline_pins import Names, Pin, PinRow
from app.ui.widgets.timeline_spans import StretchRow, TimelineLane
from app.ui.widgets.timeline_words import WordsRow
from audio.types import Word

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.widgets.timeline_cues import CueRow
    from app.ui.widgets.timeline_layout import Row

RULES = (rule("arms_crossed"), rule("brow_drawn", lane="brow"), rule("smile", lane="smile"))
EVENTS = (event("arms_crossed", 10, 20), event("arms_crossed", 40, 44), event("smile", 50, 52))
TALK = ["i", "am", "so", "sorry", "for", "the", "double", "charge"]
WORDS = tuple(Word(text, 5 + 0.4 * n, 5.3 + 0.4 * n, 0.9) for n, text in enumerate(TALK))
SORRY = Evidence("P19", 0, "so sorry", 0.8, Polarity.DONE, 5.8, 6.8)
BLAME = Evidence("P21", 0, "you must have", 0.8, Polarity.WRONG, 30.0, 31.0)


def trainer(t: float, kind: MarkKind, author: str = "tim", **data: str) -> Mark:
    return replace(mark(t, kind, **data), lane=Lane.TRAINER, author=author, id=f"{author}-{t}")


def verdict(finding: str, said: str, **data: str) -> Mark:
    return replace(mark(0, MarkKind.VERDICT, finding=finding, verdict=said, **data), id=finding)


MARKS = (
    mark(0, MarkKind.RATING, item="finish", value="partly"),
    mark(9, MarkKind.NOTE, text="wants a refund", until="14.5"),
    trainer(12, MarkKind.MARKER, label="Strong", colour="pace", until="16"),
    trainer(33, MarkKind.NOTE, text="good question"),
    trainer(35, MarkKind.REVIEW, "eva", part="strength", text="stays calm"),
    mark(20, MarkKind.SPEAKER, speaker="customer"),
    mark(26, MarkKind.SPEAKER, speaker="staff"),
    mark(27, MarkKind.FELT, heard="true"),
)


def model(marks: tuple[Mark, ...] = MARKS, **more: object) -> TimelineModel:
    times = tuple(n * 0.1 for n in range(600))
    curves = tuple(
        Curve(name, Sense.VISION, "", times, (0.4,) * 600) for name in ("brow", "pitch_st")
    )
    gaps = (Gap(Sense.VISION, None, "no_person", 55, 58),)
    told = report(events=EVENTS, curves=curves, gaps=gaps)
    return build_model(told, marks, RULES, checklist=CHECKLIST, **more)  # type: ignore[arg-type]


def whole(marks: tuple[Mark, ...] = MARKS) -> TimelineModel:
    return model(
        marks,
        words=WORDS,
        curves=ALL_CURVES,
        practices=(SORRY, BLAME),
        practice_names={"P19": "A real apology", "P21": "No blame"},
        names=Names("tim", {"ana": "Ana", "eva": "Eva"}),
    )


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.allow_selection(on=True)
    made.resize(900, 620)
    made.show_model(whole())
    made.show()
    return made


def rows(timeline: Timeline) -> list[Row]:
    assert timeline._layout is not None
    return [line.row for line in timeline._layout.lines]


def labels(timeline: Timeline) -> list[str]:
    return [row.label for row in rows(timeline) if hasattr(row, "label")]


def spot(timeline: Timeline, t: float, label: str) -> QPoint:
    assert timeline._layout is not None
    line = next(li for li in timeline._layout.lines if getattr(li.row, "label", "") == label)
    return QPoint(round(timeline.scale.x(t)), RULER_PX + line.top + line.height // 2)


def test_lanes_appear_in_their_order_when_there_is_something_in_them(timeline: Timeline) -> None:
    assert labels(timeline) == [
        "Ana",
        "You",
        "Eva",
        "Customer speaks",
        "Felt heard",
        "Practices",
        "Arms crossed",
        "Smile",
        "Words",
        "Pitch",
        "Brow",
    ]
    timeline.show_model(model((), names=Names()))
    assert labels(timeline) == ["Arms crossed", "Smile", "Pitch"]


def test_hidden_lanes_are_neither_shown_nor_jumped_to(timeline: Timeline) -> None:
    timeline.set_hidden_lanes({"machine", TimelineLane.CURVES})
    assert labels(timeline) == ["Ana", "You", "Eva", "Customer speaks", "Felt heard", "Words"]
    met, here = [], 0.0
    while (pin := timeline.jump(ahead=True)) is not None:
        timeline.set_playhead(pin.t)
        assert pin.t > here
        here = pin.t
        met.append(pin.t)
    assert met == [9, 12, 27, 33, 35]
    timeline.set_hidden_lanes(set())
    assert "Arms crossed" in labels(timeline)


def test_the_own_view_is_one_pin_and_spans_say_from_when_to_when() -> None:
    own, tim, eva, _felt = (row for row in whole().pins[:4])
    assert own.pins[0].text == "Own view of the session:\nLet them finish: partly"
    assert own.pins[1].text == "Note on 0:09 to 0:14, 5.5 s: wants a refund"
    assert [pin.text for pin in tim.pins] == [
        "Strong at 0:12 to 0:16, 4 s",
        "Note at 0:33: good question",
    ]
    assert tim.pins[0].colour == "pace"
    assert [pin.text for pin in eva.pins] == ["Strength at 0:35: stays calm"]


def test_practices_are_flags_and_a_rejected_one_says_so() -> None:
    said = (*MARKS, verdict("P21-wrong-30000", "disagree"))
    (practices,) = (row for row in whole(said).pins if row.label == "Practices")
    good, gone = practices.pins
    assert good.text == "A real apology at 0:05: “so sorry”"
    assert not good.rejected
    assert gone.rejected
    assert gone.text.endswith("rejected by a person")
    assert good.icon != gone.icon


def cue(found: TimelineModel, name: str) -> CueRow:
    return next(row for row in (*found.cues, *found.folded) if row.cue == name)


def test_what_people_say_of_an_episode_shows_on_its_line() -> None:
    marks = (
        verdict("arms_crossed-10000", "disagree"),
        verdict("arms_crossed-40000", "agree"),
        verdict("smile-50000", "correct", cue="brow_drawn", start="48", end="49.5"),
    )
    found = model(marks)
    arms, smile, brow = (cue(found, name) for name in ("arms_crossed", "smile", "brow_drawn"))
    assert [(s.start_s, s.id) for s in arms.rejected.all] == [(10, "arms_crossed-10000")]
    assert [s.start_s for s in arms.spans.all] == [40]
    assert "confirmed by a person" in arms.by_hand.all[0].text
    assert len(smile.spans) == 0
    assert "put right" in smile.rejected.all[0].text
    (moved,) = brow.spans.all
    assert (moved.start_s, moved.end_s, moved.id) == (48, 49.5, "smile-50000")
    assert brow in found.cues


def test_a_verdict_that_was_taken_back_changes_nothing() -> None:
    said = verdict("arms_crossed-10000", "disagree")
    back = replace(said, id="back", revises=said.id, tombstone=True)
    assert len(cue(model((said, back)), "arms_crossed").spans) == 2


def test_a_rejected_episode_is_hollow_and_a_standing_one_is_not(
    qapp: QApplication, timeline: Timeline
) -> None:
    apply_theme(qapp, "light")
    timeline.show_model(model((verdict("arms_crossed-10000", "disagree"),)))
    picture = timeline.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def colour(t: float) -> str:
        # Beside the middle, where the stroke through it runs.
        place = (spot(timeline, t, "Arms crossed") - QPoint(0, 3)) * ratio
        return picture.pixelColor(place).name().upper()

    assert colour(42) == LIGHT.lane("arms").upper()
    assert colour(15) != LIGHT.lane("arms").upper()


def test_a_marker_keeps_its_sign_where_a_comment_is_about_the_same_moment(
    timeline: Timeline,
) -> None:
    marker = trainer(12, MarkKind.MARKER, label="Strong", colour="pace")

    def sign(*more: Mark) -> QImage:
        timeline.show_model(model((marker, *more), names=Names("tim")))
        corner = spot(timeline, 12, "You") - QPoint(6, 6)
        return timeline.viewport().grab().toImage().copy(QRect(corner, QSize(13, 13)))

    alone = sign()
    assert sign(replace(trainer(12, MarkKind.NOTE, text="just so"), id="note")) == alone
    assert sign(trainer(12.7, MarkKind.NOTE, text="a little later")) != alone


def test_the_pointer_is_told_who_speaks_and_what_was_said(timeline: Timeline) -> None:
    assert timeline.words_at(spot(timeline, 22, "Customer speaks")) == (
        "The customer speaks, 0:20 to 0:26, 6 s"
    )
    words = timeline.words_at(spot(timeline, 6.3, "Words"))
    assert words == "0:06 · sorry\ni am so sorry for the double charge"
    assert timeline.words_at(spot(timeline, 56, "Brow")).startswith("0:56 · Brow: 0.4")
    assert "wants a refund" in timeline.words_at(spot(timeline, 13, "Ana"))
    lines = (CustomerStretch(20, 24, "I was charged twice!"),)
    (row,) = (
        one for one in (model(MARKS, speakers=lines).customer,) if isinstance(one, StretchRow)
    )
    assert row.spans.all[0].text == "The customer: “I was charged twice!”, 0:20 to 0:24, 4 s"


def test_words_show_at_every_zoom_without_a_fault(timeline: Timeline) -> None:
    (row,) = (row for row in rows(timeline) if isinstance(row, WordsRow))
    assert len(row.phrases) == 1
    assert row.at(6.3, 0.0) == WORDS[3]
    assert row.at(30.0, 1.0) is None
    pictures = []
    for zoom in (1.0, 3.0, 20.0):
        timeline.zoom_out()
        timeline.zoom(zoom, 6.0)
        pictures.append(timeline.viewport().grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_a_press_on_a_thing_chooses_it_and_goes_there(qtbot: QtBot, timeline: Timeline) -> None:
    chosen: list[Pin] = []
    timeline.chosen.connect(chosen.append)
    for t, label in ((15, "Arms crossed"), (33, "You"), (30, "Practices"), (50, "You")):
        qtbot.mouseClick(
            timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot(timeline, t, label)
        )
    assert [pin.id for pin in chosen] == ["arms_crossed-10000", "tim-33", "P21-wrong-30000"]


def test_a_drag_over_the_lines_chooses_a_stretch_and_its_ends_can_be_dragged(
    qtbot: QtBot, timeline: Timeline
) -> None:
    told: list[object] = []
    timeline.selection_changed.connect(told.append)
    place = timeline.viewport()

    def drag(one: float, other: float) -> None:
        begin, end = (spot(timeline, t, "Words") for t in (one, other))
        qtbot.mousePress(place, Qt.MouseButton.LeftButton, pos=begin)
        qtbot.mouseMove(place, (begin + end) / 2)
        qtbot.mouseMove(place, end)
        qtbot.mouseRelease(place, Qt.MouseButton.LeftButton, pos=end)

    drag(20, 30)
    assert timeline.selection == (pytest.approx(20, abs=0.1), pytest.approx(30, abs=0.1))
    drag(30, 35)
    assert timeline.selection == (pytest.approx(20, abs=0.1), pytest.approx(35, abs=0.1))
    drag(20, 45)
    assert timeline.selection == (pytest.approx(35, abs=0.1), pytest.approx(45, abs=0.1))
    assert told[-1] == timeline.selection
    qtbot.keyClick(timeline, Qt.Key.Key_U)
    assert timeline.selection is None
    assert told[-1] is None


def test_a_stretch_is_chosen_by_keys_alone(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.set_playhead(12.0)
    qtbot.keyClick(timeline, Qt.Key.Key_I)
    assert timeline.selection == (12.0, 60.0)
    timeline.set_playhead(18.0)
    qtbot.keyClick(timeline, Qt.Key.Key_O)
    assert timeline.selection == (12.0, 18.0)
    assert timeline.accessibleDescription() == "0:12 to 0:18, 6 s"
    timeline.set_playhead(30.0)
    qtbot.keyClick(timeline, Qt.Key.Key_I)
    assert timeline.selection == (30.0, 60.0)
    timeline.show_model(whole())
    assert timeline.selection is None


def test_the_ruler_still_drags_the_playhead(qtbot: QtBot, timeline: Timeline) -> None:
    asked: list[float] = []
    timeline.seek_requested.connect(asked.append)
    ruler = QPoint(round(timeline.scale.x(20)), RULER_PX // 2)
    qtbot.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=ruler)
    qtbot.mouseMove(timeline.viewport(), QPoint(round(timeline.scale.x(40)), RULER_PX // 2))
    qtbot.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton)
    assert timeline.selection is None
    assert asked[-1] == pytest.approx(40, abs=0.2)


def test_markers_keep_their_colours_where_pins_crowd(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "light")
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(800, 300)
    crowd = tuple(
        replace(mark(n * 0.2, MarkKind.MARKER, label="Strong", colour="pace"), id=str(n))
        for n in range(250)
    )
    made.show_model(model(crowd))
    made.show()
    picture = made.viewport().grab().toImage()
    y = spot(made, 20, "You").y()
    lit = [
        picture.pixelColor(x, y).name().upper()
        for x in range(round(made.scale.x(10)), round(made.scale.x(30)))
    ]
    assert lit.count(LIGHT.lane("pace").upper()) > 20
    assert all(isinstance(row, PinRow) for row in model(crowd).pins)


def test_what_was_seen_at_the_very_beginning_has_a_pin_and_the_whole_talk_has_none() -> None:
    seen = trainer(0, MarkKind.REVIEW, part="strength", text="a warm greeting", at="moment")
    whole_talk = trainer(0, MarkKind.REVIEW, "eva", part="strength", text="all of it")
    done = trainer(1, MarkKind.REVIEW, "kim", part="done")
    (row,) = model((seen, whole_talk, done)).pins
    assert [(pin.t, pin.id) for pin in row.pins] == [(0.0, seen.id)]
