"""How far the words are behind, at the edge of the live page."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QLabel

from app.ui.widgets.controls import set_role

SHOWN_S: Final = 1.5
"""A smaller lag is nothing to know of."""


class WordsLag(QLabel):
    """Says it in whole seconds, and nothing while the words keep up or none come."""

    def __init__(self) -> None:
        super().__init__("")
        set_role(self, "live-quiet")
        self.hide()

    def show_lag(self, lag_s: float | None) -> None:
        """Show a lag, seconds; None where no words come."""
        late = lag_s is not None and lag_s >= SHOWN_S
        self.setVisible(late)
        if late and lag_s is not None:
            self.setText(self.tr("Words {seconds} s behind").format(seconds=round(lag_s)))
