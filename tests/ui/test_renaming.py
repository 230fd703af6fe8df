"""Sessions get names of their owner's own: by keys, in the list and on the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from report_material import CHECKLIST, finding, kept_session, report
from ui.fake_live import NOW, Stagehand, agree

from app.coach.catalogue import load_catalogue
from app.errors import AppError
from app.store.types import KeepPolicy
from app.ui.flow import Doors
from app.ui.library import Library
from app.ui.pages.compare_sides import is_same
from app.ui.pages.home import HomePage
from app.ui.pages.report import ReportPage
from app.ui.pages.sessions import SessionsPage
from app.ui.widgets.cards import SessionRow, offered_acts
from app.ui.widgets.name_line import NameLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.store.store import Store
    from app.store.types import SessionRecord

KEY = Qt.Key


def kept(hand: Stagehand, title: str) -> SessionRecord:
    """Enter a finished session of Ana's, who uses the program."""
    person = agree(hand.services)
    consent = hand.store.consent_of(person.id)
    assert consent is not None
    record = hand.store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=KeepPolicy.REPORT_ONLY,
        title=title,
    )
    done = hand.store.finish_session(record.id, duration_s=60.0, report=report())
    assert done is not None
    return done


def press(page: QWidget, keys: str) -> None:
    """Let the page's keys do what they do."""
    (found,) = [one for one in page.findChildren(QShortcut) if one.key().toString() == keys]
    found.activated.emit()


class Listed:
    """The list of sessions with three films of a phone."""

    def __init__(self, qtbot: QtBot, hand: Stagehand) -> None:
        self.qtbot, self.store = qtbot, hand.store
        for number in (2041, 2042, 2043):
            kept(hand, f"IMG_{number}")
        self.doors = Doors()
        self.page = SessionsPage(hand.services, self.doors)
        qtbot.addWidget(self.page)
        self.page.resize(900, 700)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.enter()

    @property
    def titles(self) -> list[str]:
        return [one.record.title for one in self.page._rows]

    def begin(self, at: int) -> QLineEdit:
        """Have the name of a row typed, from its key on."""
        self.page.list.to_row(at)
        press(self.page, "F2")
        (line,) = [one for one in self.page.findChildren(NameLine) if one.isVisible()]
        assert line.edit.hasFocus()
        return line.edit

    def give(self, at: int, name: str, end: Qt.Key = KEY.Key_Return) -> None:
        edit = self.begin(at)
        if name:
            self.qtbot.keyClicks(edit, name)
        else:
            self.qtbot.keyClick(edit, KEY.Key_Delete)  # all of it is selected
        self.qtbot.keyClick(edit, end)


@pytest.fixture
def listed(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Listed:
    return Listed(qtbot, stagehand)


def test_a_name_is_typed_in_the_row_and_enter_keeps_it(listed: Listed) -> None:
    edit = listed.begin(1)
    assert (edit.text(), edit.selectedText()) == ("IMG_2042", "IMG_2042")
    assert edit.accessibleName() == "Name of the session"
    listed.qtbot.keyClicks(edit, "R?2 Angry guest")
    assert edit.text() == "R?2 Angry guest", "letters that are keys of the page are letters here"
    listed.qtbot.keyClick(edit, KEY.Key_Down)
    assert edit.hasFocus(), "nobody leaves a line half typed by an arrow"
    listed.qtbot.keyClick(edit, KEY.Key_Return)
    assert listed.titles == ["IMG_2043", "R?2 Angry guest", "IMG_2041"]
    assert listed.page.list.focused() == 1
    assert listed.page._rows[1].card.accessibleName().startswith("R?2 Angry guest, ")
    assert listed.page.naming.notice.text == "It is called “R?2 Angry guest” now."


def test_escape_leaves_and_an_unchanged_name_is_none(listed: Listed) -> None:
    listed.give(0, "No", KEY.Key_Escape)
    assert listed.titles == ["IMG_2043", "IMG_2042", "IMG_2041"]
    assert listed.page.list.focused() == 0
    listed.qtbot.keyClick(listed.begin(0), KEY.Key_Return)
    assert listed.store.sessions()[0].former_title is None
    assert not listed.page.list.asking
    assert listed.page.naming.notice.isHidden()


def test_an_empty_name_is_the_title_from_before(listed: Listed) -> None:
    listed.give(0, "One")
    listed.give(0, "Two")
    edit = listed.begin(0)
    assert edit.placeholderText() == "IMG_2043"
    assert edit.accessibleDescription() == "Empty: “IMG_2043” again"
    listed.qtbot.keyClick(edit, KEY.Key_Escape)
    listed.give(0, "")
    assert listed.titles[0] == "IMG_2043"
    assert listed.store.sessions()[0].former_title is None


def test_names_are_taken_back_one_by_one_the_last_one_first(listed: Listed) -> None:
    listed.give(0, "One")
    listed.give(1, "Another")
    listed.give(0, "Two")
    notice = listed.page.naming.notice
    press(listed.page, "Ctrl+Z")
    assert listed.titles[:2] == ["One", "Another"]
    assert (notice.text, notice.action.isHidden()) == ("It is called “One” again.", False)
    press(listed.page, "Ctrl+Z")
    assert listed.titles[:2] == ["One", "IMG_2042"]
    assert listed.page.list.focused() == 1, "where something happened"
    notice.action.click()
    assert listed.titles == ["IMG_2043", "IMG_2042", "IMG_2041"]
    assert notice.action.isHidden()
    press(listed.page, "Ctrl+Z")
    assert listed.titles[0] == "IMG_2043"


def test_a_name_that_was_taken_away_comes_back_until_the_page_is_left(listed: Listed) -> None:
    listed.give(0, "One")
    listed.give(0, "")
    listed.page.naming.notice.action.click()
    assert listed.titles[0] == "One", "that it lost its name is undone as well"
    listed.give(0, "Three")
    listed.page.enter()
    press(listed.page, "Ctrl+Z")
    assert listed.titles[0] == "Three", "what was said is gone with the page"


def test_it_is_found_by_its_name_and_no_more_by_the_former(listed: Listed) -> None:
    listed.page.search.setText("2043")
    listed.page.refresh()
    listed.give(0, "Angry guest")
    assert listed.titles == []
    assert listed.page.search.hasFocus()
    listed.page.search.setText("angry")
    listed.page.refresh()
    assert listed.titles == ["Angry guest"]


def test_what_was_typed_stays_where_it_cannot_be_kept(
    listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = listed.begin(0)
    listed.qtbot.keyClicks(edit, "Angry guest")

    def full(*_: object) -> SessionRecord:
        raise AppError("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(type(listed.store), "name_session", full)
        listed.qtbot.keyClick(edit, KEY.Key_Return)
    assert listed.page.naming.notice.text == "The disk is full."
    assert listed.page.naming.notice.action.isHidden()
    assert (edit.isVisible(), edit.text()) == (True, "Angry guest")
    listed.qtbot.keyClick(edit, KEY.Key_Return)
    assert listed.titles[0] == "Angry guest"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a menu off the screen
def test_the_menu_offers_it_with_its_key(listed: Listed) -> None:
    more = listed.page._rows[0].stops[1]
    listed.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    menu = listed.page._rows[0].findChild(QMenu)
    assert menu is not None
    (entry,) = [one for one in menu.actions() if one.text() == "Rename"]
    assert entry.shortcut().toString() == "F2"
    menu.close()
    entry.trigger()
    assert [one.isVisible() for one in listed.page.findChildren(NameLine)] == [True]
    assert ("F2", "Rename the session") in [
        (line.keys, line.what) for line in listed.page.keys.lines
    ]


def test_only_ones_own_are_renamed_also_while_a_report_is_missing(stagehand: Stagehand) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from app.store.types import Origin  # noqa: PLC0415

    mine = kept(stagehand, "Mine")
    for record, offered in (
        (mine, ["name"]),
        (replace(mine, findings=None), ["name"]),
        (replace(mine, origin=Origin.IMPORTED), ["name"]),
        (replace(mine, origin=Origin.RECEIVED), []),
        (replace(mine, sample=True, person_id=None), []),
    ):
        assert offered_acts(record, ["name"]) == offered


def test_home_lists_it_under_its_name(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    record = kept(stagehand, "IMG_2041")
    stagehand.store.name_session(record.id, "Angry guest", record.person_id)
    home = HomePage(stagehand.services)
    qtbot.addWidget(home)
    home.refresh()
    assert [one.record.title for one in home.findChildren(SessionRow)] == ["Angry guest"]


def test_a_name_makes_an_attempt_no_other_conversation(stagehand: Stagehand) -> None:
    first, second = kept(stagehand, "Charged twice"), kept(stagehand, "charged twice")
    other = kept(stagehand, "Lost booking")
    best = stagehand.store.name_session(first.id, "My best one", first.person_id)
    assert is_same(best, second)
    assert not is_same(best, other)


# --- the report -----------------------------------------------------------------------------


@pytest.fixture
def shown(qtbot: QtBot, dressed: QApplication, store: Store) -> Iterator[ReportPage]:
    record = kept_session(
        store, report(findings=(finding("arms_crossed", 2.0, 3.0),)), policy=KeepPolicy.REPORT_ONLY
    )
    page = ReportPage(
        store, load_catalogue(), checklists=(CHECKLIST,), library=Library(), now=lambda: NOW,
        who=lambda: record.person_id,
    )  # fmt: skip
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open(record.id)
    yield page
    page.close_files()
    page.close()


def test_on_the_report_the_head_takes_the_name_and_gives_it_back(
    qtbot: QtBot, shown: ReportPage, store: Store
) -> None:
    head = shown.header
    assert head.rename.toolTip() == "Rename the session  (F2)"
    assert not head.unname.isVisible()
    shown.timeline.setFocus()
    press(shown, "F2")
    assert (head.title.isVisible(), head.name.edit.hasFocus()) == (False, True)
    qtbot.keyClicks(head.name.edit, "1 Angry guest")
    qtbot.keyClick(head.name.edit, KEY.Key_Return)
    assert (head.title.isVisible(), head.title.text()) == (True, "1 Angry guest")
    assert head.accessibleName().startswith("1 Angry guest, ")
    assert shown.record is not None
    assert shown.record.title == store.sessions()[0].title == "1 Angry guest"
    assert shown.timeline.hasFocus(), "the keys are the player's again"
    shown.header.name_given.emit("2 Angry guests")
    press(shown, "Ctrl+Z")
    assert (head.title.text(), head.unname.isVisible()) == ("1 Angry guest", True)
    press(shown, "Ctrl+Z")
    assert (head.title.text(), head.unname.isVisible()) == ("Charged twice", False)
    assert store.sessions()[0].former_title is None


def test_escape_leaves_the_name_and_not_the_report(qtbot: QtBot, shown: ReportPage) -> None:
    press(shown, "F2")
    with qtbot.assertNotEmitted(shown.closed):
        qtbot.keyClicks(shown.header.name.edit, "No")
        qtbot.keyClick(shown.header.name.edit, KEY.Key_Escape)
    assert (shown.header.title.isVisible(), shown.header.title.text()) == (True, "Charged twice")
    with qtbot.waitSignal(shown.closed):
        qtbot.keyClick(shown, KEY.Key_Escape)


def test_another_session_closes_the_line_and_takes_no_name_back(shown: ReportPage) -> None:
    assert shown.record is not None
    shown.header.name_given.emit("Angry guest")
    press(shown, "F2")
    shown.open(shown.record.id)
    assert (shown.header.title.isVisible(), shown.header.name.isVisible()) == (True, False)
    press(shown, "Ctrl+Z")
    assert shown.header.title.text() == "Angry guest"
    shown.open("no such session")
    assert not shown.header.rename.isVisible()


def test_what_nobody_owns_has_no_pencil(shown: ReportPage, store: Store) -> None:
    assert shown.record is not None
    with store.access.write() as db:
        db.connection().exec_driver_sql("UPDATE sessions SET origin = 'received'")
    shown.open(shown.record.id)
    assert not shown.header.rename.isVisible()
