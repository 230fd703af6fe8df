"""Keys on a Mac, where the system keeps some for itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui import keys as keys_module
from app.ui.keys import TAKEN_BY_MACOS, KeyMap, native

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("wanted", [*TAKEN_BY_MACOS, "Ctrl+S"])
@pytest.mark.parametrize("system", ["darwin", "linux"])
def test_no_action_has_keys_that_the_system_takes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str, wanted: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    page = QWidget()
    qtbot.addWidget(page)
    press = QPushButton(page)
    keys = KeyMap(page)
    bound = keys.add(wanted, "Hear it", lambda: None, button=press).key()
    other = system == "darwin" and wanted in TAKEN_BY_MACOS
    assert (bound != QKeySequence(wanted)) is other
    assert keys.lines[0].keys == bound.toString(QKeySequence.SequenceFormat.NativeText)
    assert keys.lines[0].keys in press.toolTip()


def test_other_keys_for_a_mac_are_not_taken_either() -> None:
    assert not set(TAKEN_BY_MACOS.values()) & set(TAKEN_BY_MACOS)


def test_keys_that_are_only_listed_are_written_as_the_system_does(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    keys = KeyMap(page)
    for written in ("Ctrl+Left, Ctrl+Right", "Shift+I, O", ", .", "J, K, L", "Ctrl+PgUp"):
        keys.note(written, "")
        assert keys.lines[-1].keys == written, "this system writes them so"
    monkeypatch.setattr(keys_module, "native", lambda one: native(one).replace("Ctrl+", "⌘"))
    keys.note("Ctrl+Left, Ctrl+Right", "")
    assert keys.lines[-1].keys == "⌘Left, ⌘Right"
