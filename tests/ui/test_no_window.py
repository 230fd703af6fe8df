"""What keeps the window from opening, for whom an icon started the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.errors import AppError
from app.ui.no_window import NoWindow, show_fault

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_it_stands_until_it_is_dismissed_and_says_both_sentences(qtbot: QtBot) -> None:
    texts: list[list[str]] = []

    def dismiss() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, NoWindow):
            return
        texts.append([text.text() for text in (dialog.what, dialog.remedy)])
        dialog.close_it.click()

    timer = QTimer(interval=10)
    timer.timeout.connect(dismiss)
    timer.start()
    show_fault(AppError("The list is locked.", "Close the other program."), ["rapport"])
    timer.stop()
    assert texts == [["The list is locked.", "Close the other program."]]


def test_without_a_remedy_there_is_no_empty_line(qtbot: QtBot) -> None:
    dialog = NoWindow(AppError("The list is locked.", ""))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.what.isVisible()
    assert not dialog.remedy.isVisible()
