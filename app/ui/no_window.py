"""Says in a window why the program's own could not open: an icon has no terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLayout

from app.ui.application import build_application
from app.ui.interruption import Interruption
from app.ui.style import Space, dress_window, text_px
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from app.errors import AppError

WIDTH_PX: Final = 480


class NoWindow(QDialog):
    """What happened, below it what to do, and a button that ends the program."""

    def __init__(self, error: AppError) -> None:
        super().__init__()
        self.what = label(told(error.what), "section", wrap=True)
        self.remedy = label(told(error.remedy), wrap=True)
        for text in (self.what, self.remedy):
            text.setFixedWidth(text_px(WIDTH_PX))
            # A path in it is to be copied.
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remedy.setVisible(bool(error.remedy))
        self.close_it = button(self.tr("Close"), kind="primary")
        self.close_it.clicked.connect(self.accept)
        inside = column(
            self.what, self.remedy, Space.SMALL, row(None, self.close_it), space=Space.SMALL
        )
        inside.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        inside.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setLayout(inside)
        self.setAccessibleName(self.what.text())
        self.close_it.setFocus()
        dress_window(self)


def show_fault(error: AppError, argv: list[str]) -> None:
    """Show an error until it is dismissed; the fault may have come before there was a QApplication.

    Parameters
    ----------
    error
        What kept the program's own window from opening.
    argv
        For Qt, where no application was made yet.
    """
    with Interruption() as interruption:
        application = QApplication.instance() or build_application(argv)
        dialog = NoWindow(error)
        interruption.watch(dialog)
        dialog.exec()
        del application
