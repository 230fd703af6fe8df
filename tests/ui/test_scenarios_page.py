"""Practise begins with choosing a conversation, and preparing for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from ui.fake_live import Stagehand, agree
from ui.practice_pages import WANTED, folder, stagehand, texts

from app.coach.practice_types import Speaking
from app.ui.pages.scenario_prepare import PARTNER, TEXT
from app.ui.pages.scenarios import ScenariosPage
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


__all__ = ["folder", "stagehand"]


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> ScenariosPage:
    library = stagehand.services.library
    made = ScenariosPage(stagehand.services, library)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    return made


def titles(page: ScenariosPage) -> list[str]:
    return [page.list.item(at).text() for at in range(page.list.count())]


def test_the_list_is_by_desk_with_the_free_talk_on_top(page: ScenariosPage) -> None:
    shown = titles(page)
    assert shown[0] == "Free talk"
    assert shown.index("Hotel") < shown.index("Charged twice")
    assert shown.index("Bank") < shown.index("Hotel")


def test_who_never_practised_begins_with_a_conversation(page: ScenariosPage) -> None:
    assert page.scenario is not None


def test_the_last_conversation_is_chosen_again_and_a_choice_stays(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    library = stagehand.services.library
    stagehand.services.choices.change(scenario=WANTED)
    page = ScenariosPage(stagehand.services, library)
    qtbot.addWidget(page)
    page.refresh()
    assert page.list.current == WANTED
    page.list.choose("bank_card_blocked")
    page.refresh()
    assert page.list.current == "bank_card_blocked"


def test_the_sheet_shows_the_card_and_never_what_is_hidden(page: ScenariosPage) -> None:
    page.list.choose(WANTED)
    shown = texts(page.sheet)
    assert "Mrs Okafor" in shown
    assert "Her third stay this year" in shown
    assert "Checklist: A complaint" in shown
    scenario = page.scenario
    assert scenario is not None
    for hidden in (*(fact.fact for fact in scenario.hidden), scenario.customer.wants,
                   *scenario.customer.knows, *scenario.customer.does_not_know):  # fmt: skip
        assert hidden not in shown


def test_a_search_finds_by_words_of_the_customer(page: ScenariosPage) -> None:
    page.search.setText("okafor")
    assert titles(page) == ["Hotel", "Charged twice"]
    assert page.scenario is not None
    assert page.scenario.id == WANTED
    page.temper.setCurrentIndex(page.temper.findData("routine"))
    page.temper.activated.emit(page.temper.currentIndex())
    assert page.none.isVisible()
    assert not page.prepare.isEnabled()
    page._on_escape()
    assert page.search.text() == ""
    assert page.prepare.isEnabled()


def test_a_faulty_own_scenario_is_named_with_its_sentence(
    qtbot: QtBot, page: ScenariosPage, folder: Path
) -> None:
    (folder / "scenarios" / "mine.toml").write_text('id = "mine"\ntitle = 3\n', "utf-8")
    page.refresh()
    assert "mine.toml" in page.notice.text
    assert page.notice.isVisible()
    assert page.list.count() > 10
    with qtbot.waitSignal(page.own_wanted):
        page.notice.action.click()


def test_from_choosing_to_the_plan(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    agree(stagehand.services)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    window.go("practise")
    assert window.page == "scenarios"
    assert not stagehand.lives
    flow = window.flow
    flow.scenarios.list.choose(WANTED)
    qtbot.keyClick(flow.scenarios.list, Qt.Key.Key_Return)
    assert window.page == "prepare"
    assert "ideal solution" in texts(flow.prepare)
    flow.prepare.next.click()
    assert window.page == "practise"
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    assert stagehand.live.plan.scenario == ""
    plan = window.practise.plan(preview=False)
    assert (plan.scenario, plan.title, plan.checklist) == (WANTED, "Charged twice", "complaint")
    assert plan.role is Speaking.STAFF
    assert stagehand.services.choices.now.scenario == WANTED
    window.practise._on_escape()
    assert window.page == "prepare"
    window.close()


def test_a_free_talk_is_the_set_up_without_a_scenario(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    agree(stagehand.services)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.go("practise")
    flow = window.flow
    flow.scenarios.list.choose(WANTED)
    flow.scenarios.prepare.click()
    flow.prepare.next.click()
    window.go("practise")
    flow.scenarios.list.choose("")
    flow.scenarios.prepare.click()
    assert window.page == "practise"
    plan = window.practise.plan(preview=False)
    assert plan.scenario == ""
    assert plan.title != "Charged twice"
    window.practise._on_escape()
    assert window.page == "scenarios"
    window.close()


def test_the_side_and_the_voice_are_remembered(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    agree(stagehand.services)
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    prepare = window.flow.prepare
    library = stagehand.services.library
    window.flow.choose(library.scenario(WANTED))
    assert "headphones" in prepare.told.text()
    prepare.ways.buttons()[2].click()
    assert prepare.way == TEXT
    assert "headphones" not in prepare.told.text()
    prepare.roles.buttons()[1].click()
    assert prepare.way == PARTNER
    assert prepare._ways.isHidden()
    now = stagehand.services.choices.now
    assert (now.role, now.customer) == ("customer", "text")
    prepare.next.click()
    assert window.practise.plan(preview=False).role is Speaking.CUSTOMER
    window.close()
