"""What was said is pasted on the report, looked through, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from practice_material import SPOKEN, FakeLibrary, spoken_report, spoken_session
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.coach.catalogue import load_catalogue
from app.store.types import KeepPolicy
from app.store.words import TYPED, read_words
from app.ui.pages.report import ReportPage
from app.ui.style import apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.store.store import Store

PICTURE = KeepPolicy.PICTURE_AND_SOUND
TEXT = "customer: twice!\n[0:05 - 0:08] staff: i'm sorry that we charged you twice"
WITHOUT = "staff: so you see two charges"


@pytest.fixture
def page(store: Store, qtbot: QtBot) -> Iterator[ReportPage]:
    made = ReportPage(
        store,
        load_catalogue(),
        checklists=(SPOKEN,),
        now=lambda: datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        library=FakeLibrary(),  # type: ignore[arg-type]
        who=lambda: next((one.id for one in store.persons()), None),
    )
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    yield made
    made.close_files()
    made.close()


@pytest.fixture
def large_type(dressed: QApplication) -> Iterator[None]:
    apply_theme(dressed, "light", 130)
    yield
    apply_theme(dressed, "light", 100)


def paste(page: ReportPage, text: str) -> None:
    page.words.paste.click()
    page.words.pasted.text.setPlainText(text)
    page.words.pasted.use.click()
    QApplication.processEvents()


def suggested(page: ReportPage) -> list[str]:
    checklist = page.side.checklist
    assert checklist is not None
    return [item.id for item in SPOKEN.items if checklist.row(item.id).suggested]


def test_a_session_without_words_gets_them_from_a_person_and_gives_them_back(
    page: ReportPage, store: Store
) -> None:
    record = spoken_session(store, policy=PICTURE, words=None)
    page.open(record.id)
    words = page.words
    assert words.paste.isVisible()
    assert not words.back.isVisible()
    paste(page, TEXT)
    assert "sorry" in suggested(page)
    assert words.told.startswith("written down by hand; 1 of 2 turns have no time")
    assert [word.text for word in words.line._words][:2] == ["i'm", "sorry"]
    assert not words.pasted.isVisible()
    page.open(record.id)
    QApplication.processEvents()
    assert "sorry" in suggested(page), "it is kept with the session"
    words.back.click()
    QApplication.processEvents()
    assert "sorry" not in suggested(page)
    assert words.told == ""
    assert not store.files(record.id).has("words.json")
    assert not words.back.isVisible()


def test_wrong_words_are_replaced_and_come_back(page: ReportPage, store: Store) -> None:
    record = spoken_session(store, policy=PICTURE)
    page.open(record.id)
    assert suggested(page) == ["sorry", "recap"]
    paste(page, WITHOUT)
    assert suggested(page) == ["recap"]
    assert "without times: what is found has no moment" in page.words.told
    assert not page.words.line.isVisible()
    saved = read_words(store.files(record.id))
    assert saved is not None
    assert saved.engine == TYPED
    page.words.back.click()
    QApplication.processEvents()
    assert suggested(page) == ["sorry", "recap"]
    assert "recognised by machine" in page.words.told


def test_new_words_leave_the_playhead_where_it_is(page: ReportPage, store: Store) -> None:
    page.open(spoken_session(store, policy=PICTURE).id)
    page.go_to(7.0)
    paste(page, WITHOUT)
    assert page.timeline.playhead_s == 7.0


@pytest.mark.usefixtures("large_type")
def test_on_a_low_window_the_timeline_gives_way_to_the_field(
    page: ReportPage, store: Store
) -> None:
    page.open(spoken_session(store, policy=PICTURE).id)
    page.words.paste.click()
    QApplication.processEvents()
    field = page.words.pasted
    assert page.timeline.height() == 0
    assert page.rect().contains(QRect(field.mapTo(page, QPoint()), field.size()))
    assert field.text.geometry().bottom() < field.use.geometry().top()
    field.cancel.click()
    QApplication.processEvents()
    assert page.timeline.height() > 0


def test_a_mistake_is_said_beside_the_text_and_escape_leaves_only_the_field(
    page: ReportPage, store: Store, qtbot: QtBot
) -> None:
    record = spoken_session(store, policy=PICTURE)
    page.open(record.id)
    paste(page, "and then she left")
    field = page.words.pasted
    assert field.isVisible()
    assert field.notice.isVisible()
    assert "line 1, does not say who speaks" in field.notice.accessibleName()
    assert field.text.toPlainText() == "and then she left"
    with qtbot.assertNotEmitted(page.closed):
        QTest.keyClick(field.text, Qt.Key.Key_Escape)
    assert not field.isVisible()
    page.words.paste.click()
    assert field.text.toPlainText() == "and then she left", "what was typed is not lost"
    page.open(spoken_session(store, policy=PICTURE).id)
    assert field.text.toPlainText() == "", "it belonged to the other session"


def test_the_words_of_a_report_only_session_go_with_the_page_and_what_they_showed_stays(
    page: ReportPage, store: Store
) -> None:
    record = spoken_session(store, policy=KeepPolicy.REPORT_ONLY)
    page.open(record.id, fresh=True, heard=spoken_report())
    QApplication.processEvents()
    assert suggested(page) == ["sorry", "recap"]
    assert [word.text for word in page.words.line._words][:2] == ["i'm", "sorry"]
    page.open(record.id)
    QApplication.processEvents()
    assert suggested(page) == ["sorry", "recap"]
    assert page.words.line._words == ()
    assert not store.files(record.id).has("words.json")


def test_where_no_words_are_kept_nothing_can_be_pasted(page: ReportPage, store: Store) -> None:
    page.open(spoken_session(store, policy=KeepPolicy.REPORT_ONLY).id)
    QApplication.processEvents()
    assert not page.words.paste.isVisible()
    assert not page.words.isVisible()
