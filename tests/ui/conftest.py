from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from ui.fake_live import Stagehand, agree

from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.pages.live import LivePage
from app.ui.style import USUAL_SIZE, apply_theme, dress_window
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from app.store.store import Store


@pytest.fixture(autouse=True)
def _garbage_on_screen() -> Iterator[None]:
    """As in the program: no other thread collects widgets that earlier tests left behind."""
    gc.disable()
    yield
    # Collects what is due, here.
    gc.enable()


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Dresses what a test shows by itself as the window that holds it would."""
    add = qtbot.addWidget

    def dress_and_add(widget: QWidget, **how: object) -> None:
        if widget.isWindow():
            dress_window(widget)
        add(widget, **how)

    monkeypatch.setattr(qtbot, "addWidget", dress_and_add)
    return qtbot


@pytest.fixture
def stagehand(store: Store) -> Stagehand:
    """Services round an empty store."""
    return Stagehand(store)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in its light theme, with texts of the usual size whatever came before."""
    apply_theme(qapp, "light", USUAL_SIZE)
    return qapp


@pytest.fixture
def live_page(qtbot: QtBot, dressed: QApplication) -> LivePage:
    """The live page in a small window, with a conversation."""
    made = LivePage()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    plan = LivePlan(
        camera="0", microphone="", baseline=None, focus=None, switched_off=frozenset(),
        keep=KeepPolicy.PICTURE_AND_SOUND, checklist="", title="Charged twice",
        scenario="hotel_charged_twice",
    )  # fmt: skip
    made.enter(plan, None)
    return made


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> MainWindow:
    """The window of somebody who has agreed."""
    agree(stagehand.services)
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made
