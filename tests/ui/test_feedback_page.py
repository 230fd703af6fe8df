"""Reading a review: what stands where, what one can do with it, and how one gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from report_material import kept_session, report
from review_material import COMMENT, STEP, STRENGTHS, a_session, review_marks, reviewed_session
from ui.fake_live import Stagehand, agree

from app.coach.types import Lane, Mark, MarkKind
from app.store.types import KeepPolicy
from app.ui.pages.feedback import FeedbackPage
from app.ui.pages.feedback_cards import StrengthCard
from app.ui.texts import date_text
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Iterator[FeedbackPage]:
    """The page alone, Ana's, with nothing chosen."""
    agree(stagehand.services)
    made = FeedbackPage(stagehand.services, lambda *_: ("", ""))
    qtbot.addWidget(made)
    made.resize(1180, 780)
    made.show()
    yield made
    made.close_files()
    made.close()


def show(page: FeedbackPage, session_id: str) -> None:
    """Open a session; what was laid out is in sight at once."""
    page.open(session_id)
    QApplication.processEvents()


def texts(page: FeedbackPage) -> list[str]:
    """What the page says, from above."""
    found = [one for one in page.findChildren(QLabel) if one.isVisible() and one.text()]
    found.sort(key=lambda one: one.mapTo(page, one.rect().topLeft()).y())
    return [one.text() for one in found]


def test_strengths_come_first_then_one_step_then_the_moments(
    page: FeedbackPage, stagehand: Stagehand
) -> None:
    show(page, reviewed_session(stagehand.store).id)
    said = texts(page)
    wanted = [*STRENGTHS, STEP, "The moments", "Here the arms go up, just as you say sorry."]
    places = [said.index(text) for text in wanted]
    assert places == sorted(places)
    assert page.title.text() == "Review from Marta Kowalska"
    assert page.about.text().startswith("Charged twice · Practised: ")


def test_verdicts_on_machine_marks_are_said_plainly(
    page: FeedbackPage, stagehand: Stagehand
) -> None:
    show(page, reviewed_session(stagehand.store).id)
    said = " ".join(texts(page))
    assert "Arms crossed, 0:08 to 0:12: Marta Kowalska saw it too." in said
    assert "0:14 to 0:16: Marta Kowalska says that this was not so." in said


def test_a_session_without_a_review_says_what_will_be_here(
    page: FeedbackPage, stagehand: Stagehand
) -> None:
    show(page, kept_session(stagehand.store, report()).id)
    assert "What a trainer writes about this session will be here" in texts(page)
    assert not page.export.isEnabled()
    assert page.texts.cards == []


def test_a_session_that_is_gone_is_said_in_the_page(page: FeedbackPage) -> None:
    show(page, "no such session")
    assert page.notice.text != ""
    assert not page.to_report.isEnabled()


def test_a_moment_leads_into_the_recording(
    qtbot: QtBot, page: FeedbackPage, stagehand: Stagehand
) -> None:
    show(page, reviewed_session(stagehand.store, clip=True).id)
    qtbot.waitUntil(lambda: page.player.usable)
    with qtbot.waitSignal(page.player.moved, check_params_cb=lambda t: t >= 7.4):
        qtbot.keyClick(page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: page.player.playing)
    page.player.pause()


def test_a_strength_that_was_seen_at_a_moment_leads_there(
    qtbot: QtBot, page: FeedbackPage, stagehand: Stagehand
) -> None:
    said = {"part": "strength", "text": "Calm."}
    marks = [
        Mark(12.0, Lane.TRAINER, MarkKind.REVIEW, "marta", said | {"slot": "1"}),
        Mark(0.0, Lane.TRAINER, MarkKind.REVIEW, "marta", said | {"slot": "2"}),
    ]
    show(page, a_session(stagehand.store, marks=marks, clip=True).id)
    first, second = page.texts.findChildren(StrengthCard)
    assert [one.play.isVisible() for one in (first, second)] == [True, False]
    with qtbot.waitSignal(page.player.moved, check_params_cb=lambda t: t >= 10.9):
        first.play.click()
    page.player.pause()


def test_moments_have_pictures_only_where_the_session_keeps_pictures(
    qtbot: QtBot, page: FeedbackPage, stagehand: Stagehand
) -> None:
    show(page, reviewed_session(stagehand.store, clip=True).id)
    qtbot.waitUntil(lambda: page.texts.cards[0].picture.has_image)
    voice = reviewed_session(stagehand.store, clip=True, policy=KeepPolicy.VOICE_AND_STICK)
    show(page, voice.id)
    assert not any(card.picture.isVisible() for card in page.texts.cards)


def test_without_a_recording_the_review_is_complete(
    page: FeedbackPage, stagehand: Stagehand
) -> None:
    show(page, reviewed_session(stagehand.store).id)
    assert not page.player.isVisible()
    assert len(page.texts.cards) == 3
    assert not any(card.play.isVisible() for card in page.texts.cards)


def test_a_spoken_comment_is_heard_and_stopped(
    qtbot: QtBot, page: FeedbackPage, stagehand: Stagehand
) -> None:
    show(page, reviewed_session(stagehand.store).id)
    card = page.texts.cards[2]
    assert card.hear.isVisible()
    assert not page.texts.cards[0].hear.isVisible()
    card.hear.click()
    assert card.hear.text() == "Stop"
    card.hear.click()
    assert card.hear.text() == "Hear the comment"
    assert page.notice.text == ""


@pytest.mark.parametrize("name", ["gone.wav", "../../secret.wav"])
def test_a_spoken_comment_that_is_missing_is_said(
    page: FeedbackPage, stagehand: Stagehand, name: str
) -> None:
    note = Mark(3.0, Lane.TRAINER, MarkKind.NOTE, "marta", {"sound": name})
    show(page, a_session(stagehand.store, marks=[note]).id)
    page.texts.cards[0].hear.click()
    assert page.notice.text == "This spoken comment cannot be played."


def test_two_reviews_are_read_one_after_the_other(page: FeedbackPage, stagehand: Stagehand) -> None:
    record = reviewed_session(stagehand.store)
    leo = stagehand.store.ensure_person("Leo")
    stagehand.store.append_marks(
        record.id,
        [Mark(0.0, Lane.TRAINER, MarkKind.REVIEW, leo.id, {"part": "strength", "text": "Calm."})],
    )
    show(page, record.id)
    assert page.title.text() == "Review from Leo"
    page.texts.chosen.emit(1)
    assert page.title.text() == "Review from Marta Kowalska"


def test_rehearsing_takes_the_next_step_as_focus(
    qtbot: QtBot, page: FeedbackPage, stagehand: Stagehand
) -> None:
    record = reviewed_session(stagehand.store)
    show(page, record.id)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    with qtbot.waitSignal(page.rehearse_wanted) as asked:
        qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [record, "arms_crossed"]


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_the_review_goes_into_a_file(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"review.{kind}"
    agree(stagehand.services)
    page = FeedbackPage(stagehand.services, lambda *_: (str(path), f"(*.{kind})"))
    qtbot.addWidget(page)
    show(page, reviewed_session(stagehand.store, clip=True).id)
    page.export.click()
    qtbot.waitUntil(lambda: "Saved" in page.notice._what.text())
    content = path.read_bytes()
    assert content.startswith(b"%PDF" if kind == "pdf" else b"<!doctype html>")
    pictures = content.count(b"/Image") if kind == "pdf" else content.count(b"data:image/jpeg")
    assert pictures >= 3
    page.close_files()


def test_a_file_of_a_session_without_pictures_has_none(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, tmp_path: Path
) -> None:
    path = tmp_path / "review.html"
    agree(stagehand.services)
    page = FeedbackPage(stagehand.services, lambda *_: (str(path), "(*.html)"))
    qtbot.addWidget(page)
    policy = KeepPolicy.VOICE_AND_STICK
    show(page, reviewed_session(stagehand.store, clip=True, policy=policy).id)
    page.export.click()
    qtbot.waitUntil(lambda: "Saved" in page.notice._what.text())
    assert b"data:image" not in path.read_bytes()
    page.close_files()


def test_a_file_says_the_date_for_it_is_read_on_other_days(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, tmp_path: Path
) -> None:
    path = tmp_path / "review.html"
    agree(stagehand.services)
    page = FeedbackPage(stagehand.services, lambda *_: (str(path), "(*.html)"))
    qtbot.addWidget(page)
    policy = KeepPolicy.VOICE_AND_STICK
    record = reviewed_session(stagehand.store, policy=policy)
    show(page, record.id)
    page.export.click()
    qtbot.waitUntil(lambda: "Saved" in page.notice._what.text())
    day = date_text(record.started_at.astimezone(stagehand.services.now().tzinfo))
    assert str(record.started_at.year) in day
    assert f"Practised: {day} · Written: " in path.read_text("utf-8")
    page.close_files()


# In the window


def window_of(qtbot: QtBot, stagehand: Stagehand) -> MainWindow:
    agree(stagehand.services)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_door_opens_the_page_and_back_leads_to_the_sessions(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    window = window_of(qtbot, stagehand)
    window.doors.feedback_wanted.emit(reviewed_session(stagehand.store).id)
    assert window.page == "feedback"
    qtbot.keyClick(window.stack.currentWidget(), Qt.Key.Key_Escape)
    assert window.page == "sessions"
    window.close()


def test_a_rehearsal_is_set_up_with_the_same_conversation_and_the_new_focus(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    window = window_of(qtbot, stagehand)
    window.doors.feedback_wanted.emit(reviewed_session(stagehand.store).id)
    page = window.stack.currentWidget()
    assert isinstance(page, FeedbackPage)
    assert page.texts.step is not None
    page.texts.step.rehearse.click()
    assert window.page != "feedback"
    assert stagehand.services.choices.now.focus == "arms_crossed"
    window.close()


def test_another_person_finds_nothing_of_the_last_one(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    window = window_of(qtbot, stagehand)
    window.doors.feedback_wanted.emit(reviewed_session(stagehand.store).id)
    page = window.stack.currentWidget()
    assert isinstance(page, FeedbackPage)
    window.doors.person_changed.emit()
    assert STEP not in " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    window.close()


def test_the_store_knows_which_sessions_were_reviewed(stagehand: Stagehand) -> None:
    store = stagehand.store
    plain = a_session(store)
    done = Mark(0.0, Lane.TRAINER, MarkKind.REVIEW, "marta", {"part": "done"})
    store.append_marks(plain.id, [done])
    record = a_session(store)
    marks = store.append_marks(record.id, review_marks("marta"))
    assert store.reviewed() == {record.id}
    assert set(store.said_at(record.id)) == {mark.id for mark in marks}
    assert COMMENT in {mark.data.get("sound") for mark in marks}
