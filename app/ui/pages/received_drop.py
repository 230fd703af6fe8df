"""A place to drop a file on, with a button for those who rather choose one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from app.ui.style import Space
from app.ui.widgets.controls import button, column, label, picture_label, set_role
from app.ui.widgets.sealed_saver import ENDING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

SIGN_PX = 48


def is_ours(data: QMimeData) -> str:
    """Give the path of the one shared file that is being dragged; empty where it is none."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return ""
    path = urls[0].toLocalFile()
    return path if path.lower().endswith(ENDING) else ""


class DropPlace(QFrame):
    """Shows that a file may be dropped, and takes it."""

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self.setAcceptDrops(True)
        self.choose = button(self.tr("Choose a file…"), kind="primary", icon="folder-open")
        sign = picture_label("file-arrow-down", "quiet", SIGN_PX)
        words = label(self.tr("Drop a .rapport file here"), "lead", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        content = column(sign, words, self.choose, space=Space.MEDIUM, margin=Space.HUGE)
        for one in (sign, self.choose):
            content.setAlignment(one, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(content)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that it will be taken."""
        if is_ours(event.mimeData()):
            set_role(self, "card", name="surface")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        set_role(self, "sunken", name="surface")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        set_role(self, "sunken", name="surface")
        if path := is_ours(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(path)
