"""Words on a row of buttons where there is room for them; else their icons speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.widgets.controls import Button


def fit_words(buttons: Sequence[Button], room: int, space: int) -> None:
    """Take the words from one button after the other until all fit into so many pixels.

    Tooltip and accessible name say them still. Only buttons with an icon may be given.

    Parameters
    ----------
    buttons
        Those that lose their words first come first; hidden ones take no room.
    room, space
        Pixels for all of them, and between two.
    """
    shown = [one for one in buttons if not one.isHidden()]
    for one in shown:
        words = str(one.property("words") or one.text())
        one.setProperty("words", words)
        one.setText(words)
    for one in shown:
        needed = sum(each.sizeHint().width() for each in shown) + space * (len(shown) - 1)
        if needed <= room:
            return
        one.setText("")


def say_words(button: Button, words: str) -> None:
    """Give a button other words, which `fit_words` then shows or not."""
    button.setText(words if button.text() or not button.property("words") else "")
    button.setProperty("words", words)
