"""The steps of a guide: a number, and words that break beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.ui.style import Space
from app.ui.widgets.controls import label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout


def numbered(number: int, words: str) -> QHBoxLayout:
    """Put a step's number before its words, which break beside it."""
    count = label(str(number), "quiet")
    count.setFixedWidth(Space.MEDIUM)
    line = row(count, label(words, "text", wrap=True))
    line.setStretch(1, 1)
    line.setAlignment(count, Qt.AlignmentFlag.AlignTop)
    return line
