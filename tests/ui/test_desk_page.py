"""The trainer's desk by keyboard: watch, mark, comment, undo, judge, be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from ui.desk_bench import CTRL, SHIFT, Bench

from app.coach.types import Lane, Mark, MarkKind
from app.coach.verdicts import verdicts
from app.store.desk_draft import read_draft
from app.ui.pages.desk_frame import Tab
from app.ui.widgets.timeline_spans import TimelineLane

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.store.store import Store


@pytest.fixture
def own(qtbot: QtBot, dressed: QApplication, store: Store, tmp_path: Path) -> Bench:
    return Bench(qtbot, store, tmp_path, received=False)


@pytest.fixture
def shared(qtbot: QtBot, dressed: QApplication, store: Store, tmp_path: Path) -> Bench:
    return Bench(qtbot, store, tmp_path, received=True)


def test_the_whole_review_by_keyboard_alone(shared: Bench) -> None:
    """Open, own view, ten moments, comments, undo, verdicts, in short, done, send back."""
    page = shared.page
    sent: list[str] = []
    shared.window.doors.send_back_wanted.connect(sent.append)
    assert page.reading_first
    shared.press(Qt.Key.Key_Return)
    assert not page.reading_first
    for number in range(10):
        shared.press(Qt.Key.Key_Right, with_=SHIFT)
        shared.press(Qt.Key(Qt.Key.Key_1 + number % 8))
    assert [round(mark.t) for mark in shared.mine] == list(range(5, 51, 5))
    shared.press(Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return)
    shared.type("you let her finish")
    shared.press(Qt.Key.Key_Return)
    assert shared.texts == ["you let her finish"]
    shared.press(Qt.Key.Key_Return)
    shared.type("oops")
    shared.press(Qt.Key.Key_Return)
    shared.press(Qt.Key.Key_Z, with_=CTRL)
    assert shared.texts == ["you let her finish"]
    shared.press(Qt.Key.Key_Z, with_=CTRL | SHIFT)
    assert shared.texts == ["you let her finish", "oops"]
    shared.press(Qt.Key.Key_Z, with_=CTRL)
    shared.press(Qt.Key.Key_H)
    shared.press(Qt.Key.Key_2, with_=Qt.KeyboardModifier.AltModifier)
    shared.press(Qt.Key.Key_Down, Qt.Key.Key_Y, Qt.Key.Key_Down, Qt.Key.Key_X)
    assert verdicts(shared.mine) == {"arms_crossed-5000": "agree", "brow_drawn-20000": "disagree"}
    shared.press(Qt.Key.Key_3, with_=Qt.KeyboardModifier.AltModifier)
    page.summary.fields["strength-1"].setFocus()
    shared.type("you waited")
    shared.press(Qt.Key.Key_Return)
    page.timeline.setFocus()
    shared.press(Qt.Key.Key_D, with_=CTRL)
    assert page.session is not None
    assert page.session.done
    assert page.tab is Tab.TOGETHER
    shared.press(Qt.Key.Key_S, with_=CTRL)
    assert sent == [shared.id]
    assert {mark.lane for mark in shared.mine} == {Lane.TRAINER}


def test_the_own_view_comes_first_and_only_until_the_review_has_begun(shared: Bench) -> None:
    page = shared.page
    said = [one.text() for one in page.first.findChildren(QLabel)]
    assert "Let them finish" in said
    assert "Partly" in said
    assert not page.header.done.isVisible()
    shared.press(Qt.Key.Key_Return, Qt.Key.Key_1)
    shared.open()
    assert not page.reading_first
    shared.press(Qt.Key.Key_V)
    assert page.reading_first


def test_an_own_view_that_is_missing_is_told(shared: Bench) -> None:
    page = shared.page
    session = page.session
    assert session is not None
    session.with_marks(tuple(m for m in session.marks if m.kind is not MarkKind.RATING))
    page.first.show_session(session)
    assert "Not given" in page.first.lead.text()


def test_the_machine_stays_out_of_sight_until_the_review_is_done(shared: Bench) -> None:
    page = shared.page
    shared.press(Qt.Key.Key_Return)
    assert TimelineLane.MACHINE in page.timeline.hidden_lanes
    shared.press(Qt.Key.Key_Y)
    assert shared.mine == []
    assert not page.tabs[Tab.TOGETHER].isVisible()
    shared.press(Qt.Key.Key_D, with_=CTRL)
    assert page.timeline.hidden_lanes == frozenset()
    shared.press(Qt.Key.Key_D, with_=CTRL)
    assert not page.tabs[Tab.TOGETHER].isVisible()


def test_hiding_the_machine_is_remembered(shared: Bench) -> None:
    shared.press(Qt.Key.Key_Return, Qt.Key.Key_H)
    assert shared.services.choices.now.desk_hides_machine is False
    shared.open()
    shared.press(Qt.Key.Key_Return)
    assert shared.page.timeline.hidden_lanes == frozenset()


def test_in_one_s_own_session_everything_is_in_sight(own: Bench) -> None:
    page = own.page
    assert not page.reading_first
    assert page.timeline.hidden_lanes == frozenset()
    assert not page.header.send.isVisible()
    own.press(Qt.Key.Key_1)
    assert [mark.lane for mark in own.mine] == [Lane.SELF]


def test_what_is_typed_is_on_the_disk_with_every_key(own: Bench) -> None:
    files = own.store.files(own.id)
    own.press(Qt.Key.Key_Return)
    for at, letter in enumerate("jk1 L", 1):
        own.type(letter)
        draft = read_draft(files, own.person.id)
        assert draft is not None
        assert draft.text == "jk1 L"[:at]
    assert own.mine == []
    own.press(Qt.Key.Key_Escape)
    own.open()
    assert own.page.line.field.text() == "jk1 L"
    own.press(Qt.Key.Key_Return)
    own.type("!")
    own.press(Qt.Key.Key_Return)
    assert own.texts == ["jk1 L!"]
    assert read_draft(files, own.person.id) is None


def test_a_comment_points_at_a_span_and_can_be_changed_and_deleted(own: Bench) -> None:
    page = own.page
    own.press(Qt.Key.Key_Right, Qt.Key.Key_I, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_O)
    own.press(Qt.Key.Key_Return)
    own.type("here")
    own.press(Qt.Key.Key_Return)
    (mark,) = own.mine
    assert (mark.t, mark.data["until"]) == (1.0, "3.000")
    own.press(Qt.Key.Key_U, Qt.Key.Key_Down, Qt.Key.Key_E)
    own.type(" and here")
    own.press(Qt.Key.Key_Return)
    assert own.texts == ["here and here"]
    assert own.mine[0].data["until"] == "3.000"
    own.press(Qt.Key.Key_Up, Qt.Key.Key_Down)
    page._choose_mark(own.mine[0].id)
    own.press(Qt.Key.Key_Delete)
    assert own.mine == []
    own.press(Qt.Key.Key_Z, with_=CTRL)
    assert own.texts == ["here and here"]


def test_an_empty_line_says_nothing(own: Bench) -> None:
    own.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert own.mine == []
    assert not own.page.line.open


def test_the_next_and_the_previous_event_choose_what_the_keys_speak_of(own: Bench) -> None:
    page = own.page
    own.press(Qt.Key.Key_N)
    assert page.tab is Tab.MACHINE
    assert page.machine.current is not None
    assert page.machine.current.id == "arms_crossed-5000"
    own.press(Qt.Key.Key_N, Qt.Key.Key_X)
    assert verdicts(own.mine) == {"brow_drawn-20000": "disagree"}
    own.press(Qt.Key.Key_X)
    assert verdicts(own.mine) == {}
    own.press(Qt.Key.Key_P, Qt.Key.Key_Y)
    assert verdicts(own.mine) == {"arms_crossed-5000": "agree"}


def test_an_episode_is_corrected_by_keys(own: Bench) -> None:
    page = own.page
    own.press(Qt.Key.Key_N, Qt.Key.Key_C)
    assert page.judging.correcting
    own.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_I)
    page.correct.cue.setCurrentIndex(page.correct.cue.findData("face_touch"))
    own.press(Qt.Key.Key_Return)
    (said,) = own.mine
    assert said.data["verdict"] == "correct"
    assert (said.data["cue"], said.data["start"], said.data["end"]) == (
        "face_touch", "7.000", "9.000",
    )  # fmt: skip
    assert not page.judging.correcting
    own.press(Qt.Key.Key_C)
    assert page.correct.chosen_cue == "face_touch"
    own.press(Qt.Key.Key_Escape)
    assert not page.judging.correcting
    assert len(own.mine) == 1
    assert not page.typing.is_waiting
    own.press(Qt.Key.Key_1)
    assert len(own.mine) == 2


def test_where_two_differ_both_are_told_and_whose_word_holds(shared: Bench) -> None:
    page = shared.page
    shared.press(Qt.Key.Key_Return, Qt.Key.Key_H)
    owner = Mark(
        5.0, Lane.SELF, MarkKind.VERDICT, "ana",
        {"finding": "arms_crossed-5000", "verdict": "agree"},
    )  # fmt: skip
    shared.store.append_marks(shared.id, [owner])
    shared.open()
    shared.press(Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.Key.Key_N, Qt.Key.Key_X)
    assert "Ana's word holds" in page.machine.told.text()
    assert "confirmed by Ana" in page.machine.list.item(0).text()
    assert "rejected" in page.machine.list.item(0).text()
