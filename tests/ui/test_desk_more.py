"""The trainer's desk: spoken comments, the review in short, other markers, other people."""

from __future__ import annotations

import io
import wave
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from report_material import event as episode
from sqlalchemy import event
from ui.desk_bench import CTRL, MADE, Bench
from ui.fake_live import agree

from app.coach.desk.markers import read_marker_sets
from app.coach.review import moment_of
from app.coach.types import Lane, Mark, MarkKind
from app.paths import asset
from app.store.desk_draft import draft_name, read_draft
from app.ui.desk_flow import DeskFlow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store


@pytest.fixture
def own(qtbot: QtBot, dressed: QApplication, store: Store, tmp_path: Path) -> Bench:
    return Bench(qtbot, store, tmp_path, received=False)


def test_a_spoken_comment_is_kept_and_heard(own: Bench) -> None:
    own.press(Qt.Key.Key_Right, Qt.Key.Key_R)
    assert own.page.speaking.speaking
    own.press(Qt.Key.Key_R)
    own.qtbot.waitUntil(lambda: bool(own.mine))
    (mark,) = own.mine
    assert own.store.files(own.id).read(mark.data["sound"]) == b"RIFF"
    assert not own.page.comments.rows[0].hear.isHidden()
    files = own.store.files(own.id)
    assert not files.has(own.page.speaking._draft.text)
    assert not files.has(draft_name("spoken"))


def test_what_was_just_marked_comes_into_sight_in_a_long_list(own: Bench) -> None:
    comments = own.page.comments

    def in_sight(mark: Mark) -> bool:
        top, bottom = comments.place_of(mark.id)
        seen = comments.visibleRegion().boundingRect()
        return seen.top() <= top and bottom <= seen.bottom() + 1

    for second in range(1, 31):
        own.page.go_to(float(second))
        own.press(Qt.Key.Key_1)
        assert in_sight(own.mine[-1])
    own.page.go_to(0.5)
    own.press(Qt.Key.Key_2)
    assert not in_sight(max(own.mine, key=lambda mark: mark.t))
    assert in_sight(min(own.mine, key=lambda mark: mark.t))
    own.open(29.5)  # from a moment elsewhere: its comments are those in sight
    assert in_sight(own.mine[28])
    own.open()
    assert in_sight(min(own.mine, key=lambda mark: mark.t))


def test_leaving_the_desk_saves_what_was_spoken(own: Bench) -> None:
    own.press(Qt.Key.Key_R)
    own.window.go("home")
    assert [mark.data["sound"] != "" for mark in own.mine] == [True]
    assert own.sounds[0].stopped == 1


def test_what_was_being_spoken_at_a_kill_comes_back_as_a_comment(own: Bench) -> None:
    own.press(Qt.Key.Key_Right, Qt.Key.Key_R)
    part = own.page.speaking._draft.text
    assert own.store.files(own.id).has(part)
    own.page.speaking._spoken = None  # a kill: nobody stops it, nobody saves it
    own.page.speaking._timer.stop()
    own.open()
    (mark,) = own.mine
    files = own.store.files(own.id)
    with wave.open(io.BytesIO(files.read(mark.data["sound"]))) as sound:
        assert sound.getnframes() == pytest.approx(24_000, abs=10)
    assert (mark.t, mark.data["text"]) == (1.0, "")
    assert not files.has(part)
    assert not files.has(draft_name("spoken"))
    own.open()
    assert len(own.mine) == 1


def test_in_short_is_safe_with_every_key_and_takes_a_comment(own: Bench) -> None:
    page = own.page
    own.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    own.type("well said")
    own.press(Qt.Key.Key_Return, Qt.Key.Key_Down)
    own.press(Qt.Key.Key_3, with_=Qt.KeyboardModifier.AltModifier)
    page.summary.picked.emit("strength-2")
    strength = next(mark for mark in own.mine if mark.kind is MarkKind.REVIEW)
    assert (strength.t, strength.data["text"], strength.data["slot"]) == (1.0, "well said", "2")
    page.summary.step.setFocus()
    own.type("say who calls back")
    files = own.store.files(own.id)
    draft = read_draft(files, own.person.id, field="next_step")
    assert draft is not None
    assert draft.text == "say who calls back"
    page.summary.cue.setCurrentIndex(page.summary.cue.findData("arms_crossed"))
    page.summary.cue.activated.emit(page.summary.cue.currentIndex())
    step = next(mark for mark in own.mine if mark.data.get("part") == "next_step")
    assert (step.data["text"], step.data["cue"]) == ("say who calls back", "arms_crossed")
    assert read_draft(files, own.person.id, field="next_step") is None


def test_a_comment_at_the_very_beginning_is_a_moment_like_any_other(own: Bench) -> None:
    page = own.page
    own.press(Qt.Key.Key_Return)
    own.type("a warm greeting")
    own.press(Qt.Key.Key_Return, Qt.Key.Key_Down)
    page.summary.picked.emit("strength-1")
    page.summary.fields["strength-1"].setText("A warm greeting.")
    page.in_short.say("strength-1")
    strength = next(mark for mark in own.mine if mark.kind is MarkKind.REVIEW)
    assert (strength.t, strength.data["text"]) == (0.0, "A warm greeting.")
    assert moment_of(strength) == 0.0, "also once its words were changed"
    page.summary.fields["strength-2"].setText("All of it.")
    page.in_short.say("strength-2")
    other = next(mark for mark in own.mine if mark.data.get("slot") == "2")
    assert moment_of(other) is None


@contextmanager
def nothing_can_be_written(store: Store) -> Iterator[None]:
    def only_reads(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only = ON").close()

    def writes_again(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only = OFF").close()

    engine = store._access._engine
    event.listen(engine, "checkout", only_reads)
    yield
    event.remove(engine, "checkout", only_reads)
    event.listen(engine, "checkout", writes_again)


def test_a_changed_comment_that_cannot_be_kept_stays_in_the_line(own: Bench) -> None:
    own.press(Qt.Key.Key_Return)
    own.type("well")
    own.press(Qt.Key.Key_Return)
    own.press(Qt.Key.Key_Down, Qt.Key.Key_E)
    with nothing_can_be_written(own.store):
        own.type(" said")
        own.press(Qt.Key.Key_Return)
        assert own.page.notice.text
        assert own.page.line.field.text() == "well said"
    assert own.texts == ["well"]
    own.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert own.texts == ["well said"]


def test_a_summary_that_cannot_be_kept_stays_a_draft(own: Bench) -> None:
    page = own.page
    page.summary.step.setFocus()
    own.type("say who calls back")
    with nothing_can_be_written(own.store):
        own.press(Qt.Key.Key_Return)
        assert page.notice.text
    assert own.mine == []
    own.open()
    assert page.summary.step.text() == "say who calls back"
    page.summary.finished.emit("next_step")
    assert [mark.data["text"] for mark in own.mine] == ["say who calls back"]


def test_another_set_of_markers_is_remembered(own: Bench) -> None:
    own.press(Qt.Key.Key_S)
    chosen = own.services.choices.now.desk_markers
    assert chosen
    own.open()
    assert own.page.markers.current is not None
    assert own.page.markers.current.id == chosen


def test_a_session_of_another_profile_is_not_opened(own: Bench) -> None:
    assert own.page.comments.empty.isVisible()
    agree(own.services, "Bea")
    own.services.choices.change(person_id="", person_name="Bea")
    own.open()
    assert own.page.session is None
    assert "another profile" in own.page.notice.text
    assert not own.page.comments.empty.isVisible()
    own.press(Qt.Key.Key_1, Qt.Key.Key_Return)
    assert own.store.marks(own.id) == []


def test_measured_again_a_word_follows_its_episode_or_is_told(own: Bench) -> None:
    def no(name: str, t: float) -> Mark:
        data = {"finding": name, "verdict": "disagree", "when": "desk"}
        return Mark(t, Lane.SELF, MarkKind.VERDICT, own.person.id, data)

    own.store.append_marks(own.id, [no("arms_crossed-5000", 5.0), no("brow_drawn-20000", 20.0)])
    own.open()
    assert own.page.machine.adrift.isHidden()
    new = replace(
        MADE, findings=(), events=(episode("arms_crossed", 5.1, 9), episode("brow_drawn", 27, 30))
    )
    own.store.imports.renew(own.id, new)
    own.open()
    machine = own.page.machine
    assert "rejected" in machine.list.item(0).text()
    assert "rejected" not in machine.list.item(1).text()
    assert "0:20" in machine.adrift.text()
    assert "rejected" in machine.adrift.text()
    own.page.hands.undo()  # the word on the brow is taken back: nothing is adrift then
    assert machine.adrift.isHidden()
    own.page.hands.undo()
    assert "rejected" not in machine.list.item(0).text()


def test_nothing_stays_on_show_for_the_next_person(own: Bench) -> None:
    own.press(Qt.Key.Key_1)
    own.window.doors.person_changed.emit()
    assert own.page.session is None
    assert own.page.comments.rows == []
    assert own.page.machine.list.count() == 0
    assert own.page.header.title.text() == "No session"


def test_back_leads_to_the_report_of_one_s_own_and_to_the_list_of_others(
    own: Bench,
) -> None:
    wanted: list[str] = []
    own.window.doors.report_wanted.connect(wanted.append)
    own.press(Qt.Key.Key_Escape)
    assert wanted == [own.id]


def test_a_marker_set_is_made_one_s_own_in_the_program(own: Bench) -> None:
    own.page.go_to(7.0)
    own.press(Qt.Key.Key_M, with_=CTRL)
    assert own.window.page == "markers"
    flow = next(one for one in own.window.flows if isinstance(one, DeskFlow))
    assert flow.editor is not None
    text = flow.editor.text.toPlainText()
    flow.editor.text.setPlainText(text.replace("Let them finish", "She waited"))
    flow.editor.save.click()
    flow.editor.back.click()
    assert own.window.page == "desk"
    assert own.page.playhead_s == 7.0
    own.press(Qt.Key.Key_1)
    assert own.mine[0].data["label"] == "She waited"


def test_shipped_sets_lie_in_files_of_their_ids() -> None:
    for one in read_marker_sets()[0]:
        assert asset("markers", f"{one.id}.toml").is_file()


def test_a_renewed_timeline_is_the_one_that_would_be_made(own: Bench) -> None:
    own.press(Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_1, Qt.Key.Key_Return)
    own.type("here")
    own.press(Qt.Key.Key_Return)
    session, renewed = own.page.session, own.page._model
    assert session is not None
    made = session.timeline(own.services)
    assert made is not None
    assert renewed is not None
    assert [(row.label, row.pins) for row in renewed.pins] == [
        (row.label, row.pins) for row in made.pins
    ]
    assert sorted(map(repr, renewed.moments)) == sorted(map(repr, made.moments))
    assert [pin.t for pin in renewed.moments] == [pin.t for pin in made.moments]


def test_a_press_on_the_line_opens_it_and_one_elsewhere_leaves_it(own: Bench) -> None:
    page = own.page
    QTest.mouseClick(page.line.field, Qt.MouseButton.LeftButton)
    assert page.typing.is_waiting
    page.timeline.setFocus(Qt.FocusReason.MouseFocusReason)
    page.line.field.clearFocus()
    own.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    own.type("at one")
    own.press(Qt.Key.Key_Return)
    assert [mark.t for mark in own.mine] == [1.0]
