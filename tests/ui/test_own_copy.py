"""Checklists, practices and markers become one's own as conversations do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ui.fake_live import agree
from ui.practice_pages import folder, stagehand

from app.coach.content_kinds import KINDS, ContentKind
from app.paths import asset
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.ui.practice_flow import PracticeFlow

__all__ = ["folder", "stagehand"]


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Iterator[MainWindow]:
    agree(stagehand.services)
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    made.go("practise")
    made.flow.scenarios.own_wanted.emit()
    yield made
    made.close()


def choose(flow: PracticeFlow, kind: ContentKind, name: str) -> None:
    choice = flow.content.copies.choice
    at = choice.findData(f"{kind.value}/{name}")
    assert at >= 0
    choice.setCurrentIndex(at)
    flow.content.copies.copy.click()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ContentKind.CHECKLISTS, "complaint"),
        (ContentKind.PRACTICES, "P19"),
        (ContentKind.MARKERS, "front_desk"),
    ],
)
def test_what_came_with_rapport_opens_as_ones_own_file(
    window: MainWindow, folder: Path, kind: ContentKind, name: str
) -> None:
    flow = window.flow
    assert window.page == "content"
    choose(flow, kind, name)
    assert window.page == "editor"
    own = folder / kind.value / f"{name}.toml"
    assert own.read_text("utf-8") == asset(kind.value, own.name).read_text("utf-8")
    KINDS[kind](own)
    flow.editor.back.click()
    assert window.page == "content"
    assert flow.content.copies.choice.findData(f"{kind.value}/{name}") < 0, "it is one's own now"
    assert flow.content.list.count() == 1


def test_a_changed_checklist_is_the_one_that_is_used(window: MainWindow, folder: Path) -> None:
    flow = window.flow
    choose(flow, ContentKind.CHECKLISTS, "complaint")
    text = flow.editor.text.toPlainText()
    flow.editor.text.setPlainText(text.replace('name = "A complaint"', 'name = "Our complaint"'))
    flow.editor.save.click()
    flow.editor.back.click()
    library = flow._library
    library.refresh()
    mine = library.checklist("complaint")
    assert mine is not None
    assert mine.name == "Our complaint"
