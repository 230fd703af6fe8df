"""Sharing, opening and sending back, as hands do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handover_material import PASSPHRASE, Calendar, trainer_marks
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from ui.handover_stage import Stage, make_stage

from app.coach.types import Lane
from app.store.handover.types import Kind
from app.ui.pages.report_session import load_session
from app.ui.widgets.notice import Question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.ui.pages.received import ReceivedPage
    from app.ui.pages.share import SharePage
    from app.ui.pages.share_list import SharedPage
    from app.ui.pages.share_review import SendReviewPage


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work for the passphrase, and a calendar that all computers agree on."""
    cheaply = {"step": None, "log2_n": 14}
    monkeypatch.setattr("app.store.handover.sealing.seal.__kwdefaults__", cheaply)


@pytest.fixture
def stage(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, tmp_path: Path
) -> Iterator[Stage]:
    stagehand.store._access.now = Calendar()
    made = make_stage(qtbot, stagehand, tmp_path)
    yield made
    made.window.close()
    made.ben.store.close()


def share_page(stage: Stage) -> SharePage:
    stage.window.doors.share_wanted.emit(stage.record.id)
    return stage.page("share")  # type: ignore[return-value]


def received_page(stage: Stage, path: Path | None = None) -> ReceivedPage:
    stage.window.doors.open_file_wanted.emit(str(path or ""))
    return stage.page("received")  # type: ignore[return-value]


def settled(qtbot: QtBot, page: object) -> None:
    work = getattr(page, "work", None) or page.saver.work  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not work.busy)


def opened(qtbot: QtBot, page: ReceivedPage, secret: str = PASSPHRASE) -> None:
    page.passphrase.line.setText(secret)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    settled(qtbot, page)


def said(page: QWidget) -> str:
    QApplication.processEvents()  # what was just added is shown with the next events
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def put_in(page: SharePage, target: Path) -> None:
    page.saver._choose = lambda *_: str(target)


class TestSharing:
    """From the report to the file on the stick."""

    def test_the_usual_answers_are_chosen_and_a_name_is_all_it_takes(
        self, qtbot: QtBot, stage: Stage
    ) -> None:
        page = share_page(stage)
        assert stage.window.page == "share"
        assert page.choices.whole.isChecked()
        assert page.choices.picture.isChecked()
        assert "30 days" in page.choices.until.currentText()
        assert not page.saver.save.isEnabled()
        assert "whom" in page.mistake.text()
        qtbot.keyClicks(page.choices.name, "Ben")
        assert page.saver.save.isEnabled()
        assert page.mistake.isHidden()
        assert len(page.saver.passphrase.text.split()) == 6

    def test_it_says_plainly_that_a_copy_cannot_be_called_back(self, stage: Stage) -> None:
        assert "cannot be called back" in said(share_page(stage))

    def test_the_file_is_saved_and_the_words_are_there_to_read_out(
        self, qtbot: QtBot, stage: Stage
    ) -> None:
        page, target = share_page(stage), stage.folder / "s.rapport"
        put_in(page, target)
        page.choices.name.setText("  Ben   Okafor ")
        page.choices.start.setText("0:05")
        page.choices.end.setText("0:10")
        page.choices.span.setChecked(True)
        page.choices.figure.setChecked(True)
        secret = page.saver.passphrase.text
        page.saver.save.click()
        settled(qtbot, page)
        [share] = stage.ana.store.handover.shares(stage.ana.person.id)
        assert (share.to_name, share.start_s, share.end_s) == ("Ben Okafor", 5.0, 10.0)
        assert not share.with_picture
        text = said(page)
        assert secret in text
        for line in stage.ana.store.handover.me(stage.ana.person.id).words:
            assert line in text
        seen = stage.ben.store.handover.look(target, secret, stage.ben.person.id)
        assert seen.letter.kind is Kind.SHARE

    def test_the_name_that_is_offered_for_the_file_tells_nothing(
        self, qtbot: QtBot, stage: Stage
    ) -> None:
        page, asked = share_page(stage), []
        page.saver._choose = lambda _owner, _title, name: asked.append(name) or ""  # type: ignore[func-returns-value]
        page.choices.name.setText("Ben")
        page.saver.save.click()
        assert asked[0].startswith("rapport-share-")
        assert "Ben" not in asked[0]
        assert page.saver.save.isVisible()

    def test_no_passphrase_stays_once_the_page_is_left(self, qtbot: QtBot, stage: Stage) -> None:
        page, target = share_page(stage), stage.folder / "s.rapport"
        put_in(page, target)
        page.choices.name.setText("Ben")
        secret = page.saver.passphrase.text
        page.saver.save.click()
        settled(qtbot, page)
        stage.window.go("home")
        left = [one.text() for one in page.findChildren(QLabel)] + [page.saver.passphrase.text]
        assert not any(secret in text for text in left)
        page.saver.passphrase.line.undo()
        assert page.saver.passphrase.text == ""
        assert page.choices.name.text() == ""

    def test_a_fault_is_told_and_what_was_typed_stays(self, qtbot: QtBot, stage: Stage) -> None:
        page = share_page(stage)
        put_in(page, stage.folder / "no such folder" / "s.rapport")
        page.choices.name.setText("Ben")
        secret = page.saver.passphrase.text
        page.saver.save.click()
        settled(qtbot, page)
        assert "not there" in page.saver.notice.text
        assert (page.choices.name.text(), page.saver.passphrase.text) == ("Ben", secret)
        assert page.choices.isEnabled()

    def test_a_passphrase_that_can_be_guessed_is_told(self, qtbot: QtBot, stage: Stage) -> None:
        page = share_page(stage)
        put_in(page, stage.folder / "s.rapport")
        page.choices.name.setText("Ben")
        page.saver.passphrase.line.setText("ben")
        page.saver.save.click()
        settled(qtbot, page)
        assert "too short" in page.saver.notice.text
        assert list(stage.folder.iterdir()) == []

    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [("abc", "0:10", "minutes"), ("0:10", "0:05", "after"), ("9:00", "9:30", "after")],
    )
    def test_a_span_that_makes_no_sense_is_said_before_it_is_tried(
        self, stage: Stage, start: str, end: str, words: str
    ) -> None:
        page = share_page(stage)
        page.choices.name.setText("Ben")
        page.choices.span.setChecked(True)
        page.choices.start.setText(start)
        page.choices.end.setText(end)
        assert words in page.mistake.text()
        assert not page.saver.save.isEnabled()

    def test_a_received_session_is_not_handed_on(self, qtbot: QtBot, stage: Stage) -> None:
        page = received_page(stage, stage.shared_by_ben())
        opened(qtbot, page)
        page.match.click()
        settled(qtbot, page)
        theirs = next(
            one for one in stage.ana.store.sessions(person_id=stage.ana.person.id) if one.received
        )
        stage.window.doors.share_wanted.emit(theirs.id)
        sharing = stage.page("share")
        assert "only Ben Okafor" in sharing.notice.text  # type: ignore[attr-defined]
        assert not sharing.saver.isVisible()  # type: ignore[attr-defined]


class TestOpening:
    """One door for shares, reviews and withdrawals."""

    def test_a_strangers_words_are_compared_once_and_lead_to_the_desk(
        self, qtbot: QtBot, stage: Stage
    ) -> None:
        page = received_page(stage, stage.shared_by_ben())
        opened(qtbot, page)
        assert "The first file from Ben Okafor" in said(page)
        for line in stage.ben.store.handover.me(stage.ben.person.id).words:
            assert line in said(page)
        with qtbot.waitSignal(stage.window.doors.desk_wanted) as led:
            page.match.click()
        record = stage.ana.store.session(led.args[0])
        assert record.owner_name == "Ben Okafor"
        again = received_page(stage, stage.shared_by_ben())
        with qtbot.waitSignal(stage.window.doors.desk_wanted):
            opened(qtbot, again)

    def test_what_was_shared_is_not_exported(self, qtbot: QtBot, stage: Stage) -> None:
        page = received_page(stage, stage.shared_by_ben())
        opened(qtbot, page)
        with qtbot.waitSignal(stage.window.doors.desk_wanted) as led:
            page.match.click()
        shown = load_session(stage.ana.store, led.args[0], (), person_id=stage.ana.person.id)
        assert shown.report is not None
        assert shown.export(stage.hand.services.catalogue) is None

    def test_words_that_differ_keep_nothing(self, qtbot: QtBot, stage: Stage) -> None:
        page = received_page(stage, stage.shared_by_ben())
        opened(qtbot, page)
        page.differ.click()
        assert "nothing of it was kept" in page.notice.text
        assert len(stage.ana.store.sessions()) == 1
        assert page.drop.isVisible()

    def test_a_wrong_passphrase_is_told_and_stays_to_be_mended(
        self, qtbot: QtBot, stage: Stage
    ) -> None:
        page = received_page(stage, stage.shared_by_ben())
        assert page.passphrase.line.hasFocus() or not stage.window.isActiveWindow()
        opened(qtbot, page, "apple river lamp tiger velvet south")
        assert "do not open the file" in page.notice.text
        assert page.passphrase.text.endswith("south")

    def test_a_review_leads_to_its_feedback(self, qtbot: QtBot, stage: Stage) -> None:
        page = received_page(stage, stage.review_by_ben())
        opened(qtbot, page)
        with qtbot.waitSignal(stage.window.doors.feedback_wanted) as led:
            page.match.click()
        assert led.args == [stage.record.id]
        lanes = [mark.lane for mark in stage.ana.store.marks(stage.record.id)]
        assert lanes.count(Lane.TRAINER) == 4

    def test_a_withdrawal_deletes_and_says_so(self, qtbot: QtBot, stage: Stage) -> None:
        page = received_page(stage, stage.shared_by_ben())
        opened(qtbot, page)
        page.match.click()
        settled(qtbot, page)
        assert len(stage.ana.store.sessions()) == 2
        [share] = stage.ben.store.handover.shares(stage.ben.person.id)
        taken_back = stage.folder / "w.rapport"
        stage.ben.store.handover.withdraw(share.id, stage.ben.person.id, taken_back)
        page = received_page(stage, taken_back)
        settled(qtbot, page)
        assert "took this share back" in page.notice.text
        assert len(stage.ana.store.sessions()) == 1

    def test_something_else_is_told(self, stage: Stage) -> None:
        other = stage.folder / "film.rapport"
        other.write_bytes(b"\x1aE\xdf\xa3" + bytes(500))
        page = received_page(stage, other)
        assert "not a file that Rapport made" in page.notice.text
        assert page.drop.isVisible()

    def test_a_file_may_be_dropped_on_any_page(self, qtbot: QtBot, stage: Stage) -> None:
        path = stage.shared_by_ben()
        stage.window.go("home")
        assert dropped(stage.window, path)
        assert stage.window.page == "received"
        assert path.name in said(stage.page("received"))  # type: ignore[arg-type]

    def test_other_files_and_several_at_once_are_not_taken(self, stage: Stage) -> None:
        film = stage.folder / "film.mp4"
        film.write_bytes(b"")
        stage.window.go("home")
        assert not dropped(stage.window, film)
        assert not dropped(stage.window, film, film)
        assert stage.window.page == "home"

    def test_another_person_finds_nothing_of_it(self, qtbot: QtBot, stage: Stage) -> None:
        page = received_page(stage, stage.shared_by_ben())
        opened(qtbot, page)
        stage.window.doors.person_changed.emit()
        assert page.passphrase.text == ""
        assert page.drop.isVisible()


def dropped(target: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and let go; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    asked = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), *asked)
    enter.ignore()
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPoint(50, 50).toPointF(), *asked)
    drop.ignore()
    QApplication.sendEvent(target, drop)
    return drop.isAccepted()


class TestSendingBack:
    """The trainer's side."""

    def received(self, qtbot: QtBot, stage: Stage) -> str:
        page = received_page(stage, stage.shared_by_ben())
        opened(qtbot, page)
        with qtbot.waitSignal(stage.window.doors.desk_wanted) as led:
            page.match.click()
        return str(led.args[0])

    def test_it_makes_a_file_that_merges(self, qtbot: QtBot, stage: Stage) -> None:
        session_id = self.received(qtbot, stage)
        stage.ana.store.append_marks(session_id, trainer_marks(stage.ana.person.id))
        stage.window.doors.send_back_wanted.emit(session_id)
        page: SendReviewPage = stage.page("send_review")  # type: ignore[assignment]
        assert "Ben Okafor" in page.about.text()
        target = stage.folder / "r.rapport"
        page.saver._choose = lambda *_: str(target)
        page.saver.passphrase.line.setText(PASSPHRASE)
        page.saver.save.click()
        settled(qtbot, page)
        assert stage.ana.store.handover.me(stage.ana.person.id).words[0] in said(page)
        seen = stage.ben.store.handover.look(target, PASSPHRASE, stage.ben.person.id)
        stage.ben.store.handover.confirm(stage.ben.person.id, seen.letter.sender)
        assert stage.ben.store.handover.merge(seen, stage.ben.person.id).new == 4

    def test_without_a_mark_there_is_nothing_to_send(self, qtbot: QtBot, stage: Stage) -> None:
        stage.window.doors.send_back_wanted.emit(self.received(qtbot, stage))
        page: SendReviewPage = stage.page("send_review")  # type: ignore[assignment]
        page.saver._choose = lambda *_: str(stage.folder / "r.rapport")
        page.saver.save.click()
        settled(qtbot, page)
        assert "no mark" in page.saver.notice.text


class TestTheList:
    """What was shared, the own words, and contacts."""

    def test_it_is_empty_before_the_first(self, stage: Stage) -> None:
        stage.window.show_page("shared")
        page: SharedPage = stage.page("shared")  # type: ignore[assignment]
        assert "will be here" in said(page)
        assert stage.ana.store.handover.me(stage.ana.person.id).words[0] in said(page)

    def test_taking_back_asks_once_and_makes_a_file(self, qtbot: QtBot, stage: Stage) -> None:
        stage.review_by_ben()
        stage.window.show_page("shared")
        page: SharedPage = stage.page("shared")  # type: ignore[assignment]
        assert "“The guest who was charged twice” for Ben" in said(page)
        target = stage.folder / "w.rapport"
        page._choose = lambda *_: str(target)
        next(b for b in page.findChildren(QPushButton) if b.text() == "Take back").click()
        question = page.findChild(Question)
        assert question is not None
        assert question.no.hasFocus() or not stage.window.isActiveWindow()
        assert not target.exists()
        question.yes.click()
        assert target.exists()
        assert "no passphrase" in page.notice._remedy.text()
        assert "taken back on" in said(page)

    def test_a_forgotten_key_leaves_the_list(self, qtbot: QtBot, stage: Stage) -> None:
        ben = stage.ben.store.handover.me(stage.ben.person.id)
        stage.ana.store.handover.confirm(stage.ana.person.id, ben)
        stage.window.show_page("shared")
        page: SharedPage = stage.page("shared")  # type: ignore[assignment]
        assert "Ben Okafor" in said(page)
        next(b for b in page.findChildren(QPushButton) if b.text() == "Forget").click()
        assert "Ben Okafor" not in said(page)
