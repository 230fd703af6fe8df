"""Two recordings side by side: what is offered, how they lie together, how they are played."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from review_material import a_session, line
from ui.fake_live import Stagehand, agree

from app.coach.types import Lane, Mark, MarkKind, Sense
from app.store.clips import ClipKind, Release
from app.store.types import KeepPolicy
from app.ui.pages.compare import ComparePage
from app.ui.pages.compare_sides import Kind, is_same, proposals
from app.ui.widgets.compare_tracks import axis_text
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.store.types import SessionRecord
    from app.ui.services import Services


@pytest.fixture
def services(dressed: QApplication, stagehand: Stagehand) -> Services:
    """Of Ana, who may choose from the shipped conversations."""
    agree(stagehand.services)
    return stagehand.services


@pytest.fixture
def page(qtbot: QtBot, services: Services) -> Iterator[ComparePage]:
    """The page alone, with nothing chosen."""
    made = ComparePage(services)
    qtbot.addWidget(made)
    made.resize(1180, 780)
    made.show()
    yield made
    made.close_files()
    made.close()


def two(services: Services, *, clip: bool = False, seconds: float = 20.0) -> list[SessionRecord]:
    """Two attempts at one conversation; its lines come 3 s later in the second."""
    return [
        a_session(
            services.store,
            marks=[line(2.0 + late, "opening"), line(9.0 + 2 * late, "vent")],
            seconds=seconds + late,
            clip=clip,
        )
        for late in (0.0, 3.0)
    ]


def show(page: ComparePage, first: SessionRecord, second: SessionRecord | None = None) -> None:
    page.open(first.id, second.id if second is not None else "")
    QApplication.processEvents()


# What is offered


def test_an_earlier_attempt_at_the_same_conversation_comes_first(services: Services) -> None:
    store = services.store
    other = a_session(store, title="Lost booking", scenario="hotel_lost_booking")
    oldest, older, now, later = (a_session(store) for _ in range(4))
    groups = proposals(services, now)
    assert [group.heading for group in groups] == [
        "The same conversation",
        "An example",
        "Other conversations",
    ]
    assert [one.id for one in groups[0].choices] == [older.id, oldest.id, later.id]
    assert [one.kind for one in groups[1].choices] == [Kind.GOOD, Kind.BAD]
    assert [one.id for one in groups[2].choices] == [other.id]


def test_nothing_of_another_person_is_offered(services: Services) -> None:
    mine = a_session(services.store)
    theirs = a_session(services.store, who="Leo")
    offered = [one.id for group in proposals(services, mine) for one in group.choices]
    assert theirs.id not in offered


def test_released_clips_of_everybody_are_offered(services: Services) -> None:
    mine = a_session(services.store)
    theirs = a_session(services.store, who="Leo")
    clips = services.store.clips
    release = Release(theirs.id, 2.0, 9.0, ClipKind.BEST, "A good opening")
    clips.release("clip", theirs.person_id or "", release)
    group = next(g for g in proposals(services, mine) if g.heading == "Best and worst cases")
    assert [(one.title, one.about) for one in group.choices] == [
        ("A good opening", "One that works · Leo · 0:07")
    ]


def test_free_talks_of_one_title_are_one_conversation(services: Services) -> None:
    one, other, third = (
        a_session(services.store, title=title, scenario=None)
        for title in ("Check-in", "check-in", "Something else")
    )
    assert is_same(one, other)
    assert not is_same(one, third)


def test_a_row_of_the_list_lays_it_beside_the_first(
    qtbot: QtBot, page: ComparePage, services: Services
) -> None:
    first, second = two(services)
    show(page, second)
    assert page.choose.isVisible()
    assert page.choose.rows[0].choice.id == first.id
    qtbot.keyClick(page.choose.rows[0], Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.view.isVisible()
    assert not page.choose.isVisible()


# How they lie together


def test_both_lie_at_the_first_line_that_both_have(page: ComparePage, services: Services) -> None:
    show(page, *two(services))
    assert page.lock.alignment.anchors_s == (2.0, 5.0)
    texts = [page.bar.lines.itemText(at) for at in range(page.bar.lines.count())]
    assert texts[0] == "The beginning of both"
    assert texts[1].startswith("0:02 · “")
    assert page.bar.lines.currentIndex() == 1
    assert page.panels[1].moment.currentText().startswith("0:05 · “")


def test_keys_go_from_line_to_line_and_move_one_against_the_other(
    qtbot: QtBot, page: ComparePage, services: Services
) -> None:
    show(page, *two(services))
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.lock.alignment.anchors_s == (9.0, 15.0)
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.lock.alignment.anchors_s == pytest.approx((9.0, 14.9))
    for _ in range(3):
        qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert page.lock.alignment.anchors_s == (0.0, 0.0)


def test_each_side_has_moments_of_its_own(page: ComparePage, services: Services) -> None:
    first, second = two(services)
    note = Mark(11.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "Better here"})
    services.store.append_marks(second.id, [note])
    show(page, first, second)
    moments = [one.text for one in page._sides[1].moments]
    assert moments[0] == "The beginning"
    assert "0:08 · Arms crossed" in moments
    page.panels[1].anchored.emit(moments.index("0:11 · Better here"))
    assert page.lock.alignment.anchors_s == (2.0, 11.0)
    assert page.bar.lines.currentIndex() == -1


def test_curves_of_both_lie_on_one_axis_and_one_scale(
    page: ComparePage, services: Services
) -> None:
    show(page, *two(services))
    groups = {group.label: group for group in page.view._groups}
    assert set(groups) == {"Seen and heard", "Pitch", "Loudness", "Pace", "Brow"}
    for group in groups.values():
        assert [track.side for track in group.tracks] == [0, 1]
    pitch = groups["Pitch"]
    starts = [track.curve.t_s[0] for track in pitch.tracks if track.curve is not None]
    assert starts == pytest.approx([-2.0, -5.0])
    bands = [track.bands[0].start_s for track in groups["Seen and heard"].tracks]
    assert bands == pytest.approx([6.0, 3.0])
    assert [track.lines[0].start_s for track in groups["Seen and heard"].tracks] == [0.0, 0.0]


def test_the_picture_of_the_axis_says_what_lies_under_the_pointer(
    page: ComparePage, services: Services
) -> None:
    show(page, *two(services))
    view = page.view
    first, second = view._places[:2]
    x = view._x(6.5)
    assert view.words_at(x, first.top + 2).startswith("Arms crossed · 0:08")
    pitch = next(place for place in view._places if place.group.label == "Pitch")
    assert "semitones" in view.words_at(view._x(0.5), pitch.top + 3)
    assert "not measured" in view.words_at(view._x(2.5), pitch.top + 3)
    assert view.words_at(view._x(-4.0), first.top + 2) == ""
    assert second.top > first.top


def test_what_one_side_did_not_measure_is_told_from_a_calm_line(
    page: ComparePage, services: Services
) -> None:
    heard, seen = two(services)
    files = services.store.files(seen.id)
    report = files.read_report()
    assert report is not None
    curves = tuple(one for one in report.curves if one.sense is Sense.VISION)
    files.write_report(replace(report, curves=curves))
    show(page, heard, seen)
    pitch = next(group for group in page.view._groups if group.label == "Pitch")
    silent = pitch.tracks[1]
    assert silent.gaps == ((silent.start_s, silent.end_s),)
    place = [one for one in page.view._places if one.group.label == "Pitch"][1]
    assert page.view.words_at(page.view._x(0.5), place.top + 3) == "0:00 · Pitch: not measured"


def test_pressing_the_axis_brings_both_there(
    qtbot: QtBot, page: ComparePage, services: Services
) -> None:
    show(page, *two(services))
    x = round(page.view._x(4.0))
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPoint(x, 60))
    assert page.lock.axis_s == pytest.approx(4.0, abs=0.1)
    assert page.bar.player.time.text() == "+0:04"


@pytest.mark.parametrize(
    ("axis_s", "text"), [(0.0, "0:00"), (5.2, "+0:05"), (-65.0, "−1:05"), (0.4, "0:00")]
)
def test_times_are_told_from_where_both_meet(axis_s: float, text: str) -> None:
    assert axis_text(axis_s) == text


# What is not there


def test_a_written_answer_is_read_beside_the_recording(
    page: ComparePage, services: Services
) -> None:
    record = a_session(services.store)
    show(page, record)
    good = next(row for row in page.choose.rows if row.choice.kind is Kind.GOOD)
    good.click()
    QApplication.processEvents()
    said = [one.text() for one in page.panels[1].words.findChildren(QLabel)]
    scenario = services.library.scenario("hotel_charged_twice")
    assert scenario is not None
    assert all(turn.text in said for turn in scenario.good)
    assert not page.bar.lines.isVisible()
    assert {track.side for group in page.view._groups for track in group.tracks} == {0}


def test_without_a_recording_the_curves_are_there_and_it_is_said(
    page: ComparePage, services: Services
) -> None:
    first = a_session(services.store)
    second = a_session(services.store, policy=KeepPolicy.REPORT_ONLY)
    show(page, first, second)
    assert "No recording was kept" in page.panels[1].stage.sentence
    assert len(page.view._groups) == 5


def test_a_session_that_is_gone_is_said_in_the_page(page: ComparePage) -> None:
    page.open("gone", "gone too")
    assert page.notice.text != ""


# In the window


def test_the_report_leads_here_and_back(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    agree(stagehand.services)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    first, second = two(stagehand.services)
    window.doors.compare_wanted.emit(first.id, second.id)
    page = window.stack.currentWidget()
    assert isinstance(page, ComparePage)
    with qtbot.waitSignal(window.doors.report_wanted) as asked:
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert asked.args == [first.id]
    window.doors.person_changed.emit()
    assert not page.view.isVisible()
    window.close()
