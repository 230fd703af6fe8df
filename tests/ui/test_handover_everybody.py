"""Everybody can use the pages of handing over: longer languages, a keyboard, a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handover_material import PASSPHRASE, Calendar
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
)
from ui.everybody import cut, in_scroll, longer, settle, shown
from ui.handover_stage import Stage, make_stage

from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import Elided
from app.ui.window import SMALLEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

__all__ = ["longer"]

PAGES = ["share", "saved", "shared", "asking", "received", "passphrase", "words", "send_review"]
SIZES = [SMALLEST, (1280, 800), (2560, 1440)]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work for the passphrase."""
    cheaply = {"step": None, "log2_n": 14}
    monkeypatch.setattr("app.store.handover.sealing.seal.__kwdefaults__", cheaply)


@pytest.fixture
def stage(qtbot: QtBot, stagehand: Stagehand, tmp_path: Path) -> Iterator[Stage]:
    stagehand.store._access.now = Calendar()
    made = make_stage(qtbot, stagehand, tmp_path)
    yield made
    made.window.close()
    made.ben.store.close()


def bring(qtbot: QtBot, stage: Stage, name: str) -> QWidget:
    """Show one of the pages with something on it."""
    doors = stage.window.doors
    if name in ("share", "saved"):
        doors.share_wanted.emit(stage.record.id)
        page = stage.page("share")
        if name == "saved":
            page.choices.name.setText("Ben Okafor")  # type: ignore[attr-defined]
            page.saver._choose = lambda *_: str(stage.folder / "s.rapport")  # type: ignore[attr-defined]
            page.saver.begin()  # type: ignore[attr-defined]
            qtbot.waitUntil(lambda: not page.saver.work.busy)  # type: ignore[attr-defined]
    elif name in ("shared", "asking"):
        stage.review_by_ben()
        ben = stage.ben.store.handover.me(stage.ben.person.id)
        stage.ana.store.handover.confirm(stage.ana.person.id, ben)
        stage.window.show_page("shared")
        page = stage.page("shared")
        if name == "asking":
            [share] = stage.ana.store.handover.shares(stage.ana.person.id)
            page._ask(share, page._shares.itemAt(0).widget())  # type: ignore[attr-defined]
    elif name == "send_review":
        doors.send_back_wanted.emit(stage.record.id)
    else:
        path = "" if name == "received" else str(stage.shared_by_ben())
        doors.open_file_wanted.emit(path)
        page = stage.page("received")
        if name == "words":
            page.passphrase.line.setText(PASSPHRASE)  # type: ignore[attr-defined]
            page._look()  # type: ignore[attr-defined]
            qtbot.waitUntil(lambda: not page.work.busy)  # type: ignore[attr-defined]
    stage.window.resize(*SMALLEST)
    settle(qtbot)
    return stage.window


@pytest.mark.parametrize("name", PAGES)
def test_texts_forty_percent_longer_are_not_cut(
    qtbot: QtBot, longer: None, stage: Stage, name: str
) -> None:
    root = bring(qtbot, stage, name)
    said = [
        cut(widget)
        for widget in [*shown(root, QLabel), *shown(root, QAbstractButton)]
        if not isinstance(widget, (Elided, CardButton))
    ]
    assert root.size().toTuple() == SMALLEST
    assert [words for words in said if words] == []


@pytest.mark.parametrize("name", PAGES)
def test_everything_is_in_sight_named_and_reached_by_keyboard(
    qtbot: QtBot, dressed: QApplication, stage: Stage, name: str
) -> None:
    root = bring(qtbot, stage, name)
    for size in SIZES:
        root.resize(*size)
        settle(qtbot)
        controls = [
            one for kind in (QAbstractButton, QComboBox, QLineEdit) for one in shown(root, kind)
        ]
        assert len(controls) > 2
        for one in controls:
            place = QRect(one.mapTo(root, one.rect().topLeft()), one.size())
            assert in_scroll(one) or root.rect().contains(place), one.accessibleName()
            assert one.accessibleName(), type(one).__name__
            assert (
                not one.isEnabled()
                or isinstance(one, QRadioButton)
                or one.focusPolicy() & Qt.FocusPolicy.TabFocus
            ), one.accessibleName()
        for area in shown(root, QScrollArea):
            assert not area.horizontalScrollBar().isVisible()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["share", "shared", "received", "words", "send_review"])
def test_every_button_of_the_page_says_its_keys_or_is_reached_by_tab(
    qtbot: QtBot, dressed: QApplication, stage: Stage, name: str
) -> None:
    bring(qtbot, stage, name)
    front = stage.window.stack.currentWidget()
    lines = {line.what for line in front.keys.lines}  # type: ignore[attr-defined]
    assert len(lines) >= 2
    keyed = [one for one in shown(front, QAbstractButton) if "(" in one.toolTip()]
    assert keyed
