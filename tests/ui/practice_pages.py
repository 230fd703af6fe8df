"""What the tests of practising share: conversations to choose from, and the window with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from ui.fake_live import Stagehand, agree

from app.settings import Settings
from app.ui.customer_voice import CustomerVoice
from app.ui.library import Library
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.coach.content_kinds import ContentKind
    from app.store.store import Store

WANTED = "hotel_charged_twice"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A person's own content, still empty."""
    return tmp_path / "own"


@pytest.fixture
def stagehand(store: Store, folder: Path) -> Stagehand:
    """Services with conversations to choose from, and a voice that says nothing."""

    def own(kind: ContentKind) -> Path:
        made = folder / kind.value
        made.mkdir(parents=True, exist_ok=True)
        return made

    made = Stagehand(store, Settings(checklist="complaint"))
    made.services = replace(
        made.services, library=Library(own), voice=lambda: CustomerVoice(engine=lambda: None)
    )
    return made


def texts(page: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisible())


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Iterator[MainWindow]:
    """The window where conversations are chosen, with one of them chosen."""
    agree(stagehand.services)
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    made.go("practise")
    made.flow.scenarios.list.choose(WANTED)
    yield made
    made.close()
