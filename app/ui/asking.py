"""The one window that is not ours: where a file goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def ask_where(owner: QWidget, title: str, name: str, *kinds: str) -> tuple[str, str]:
    """Ask where a file goes, beginning with the documents.

    Returns
    -------
    tuple of str
        The file and the kind that was chosen; both empty where the person thought better of it.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return QFileDialog.getSaveFileName(owner, title, str(Path(folder) / name), ";;".join(kinds))
