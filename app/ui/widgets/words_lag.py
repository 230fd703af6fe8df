"""How far the words are behind, at the edge of the live page."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QLabel

from app.ui.widgets.controls import set_role

SHOWN_S: Final = 1.5
"""A smaller lag is nothing to know of."""
MINUTES_FROM_S: Final = 90
"""From here on seconds are told as minutes."""


class WordsLag(QLabel):
    """Says it in whole seconds or minutes, and nothing while the words keep up or none come."""

    def __init__(self) -> None:
        super().__init__("")
        set_role(self, "live-quiet")
        self.hide()

    def show_lag(self, lag_s: float | None) -> None:
        """Show a lag, seconds; None where no words come."""
        late = lag_s is not None and lag_s >= SHOWN_S
        self.setVisible(late)
        if late and lag_s is not None:
            whole = round(lag_s)
            self.setText(
                self.tr("Words {seconds} s behind").format(seconds=whole)
                if whole < MINUTES_FROM_S
                else self.tr("Words {minutes} min behind").format(minutes=round(whole / 60))
            )
