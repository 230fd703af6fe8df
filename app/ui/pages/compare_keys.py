"""The keys of the page of two recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.ui.keys import KeyMap
    from app.ui.pages.compare import ComparePage

STEP_S: Final = 1.0
LEAP_S: Final = 5.0
FRAME_S: Final = 0.04
"""A picture of a recording lasts 33 or 40 ms: the longer step always shows another one."""
NUDGE_S: Final = 0.1
ZOOM: Final = 1.5


def note_keys(keys: KeyMap) -> None:
    """List the keys that the page itself takes."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Compare", text)

    for pressed, does in (
        (tr("Esc"), tr("Back")),
        (tr("Space"), tr("Play or pause both")),
        (tr("Left, Right"), tr("One second back or ahead, with Shift five")),
        (", .", tr("One picture back or ahead")),
        (tr("Ctrl+Left, Ctrl+Right"), tr("Together at the line before or after")),
        (tr("Alt+Left, Alt+Right"), tr("Move the second against the first by a tenth of a second")),
        ("1, 2", tr("Hear the first, or the second")),
        ("S", tr("Hear the other one")),
        ("M", tr("Sound off or on")),
        ("[, ]", tr("Slower, faster")),
        ("I, O", tr("The loop begins here, ends here")),
        ("L", tr("Loop on or off")),
        ("+, −, 0", tr("Zoom in, out, all")),
        (tr("Home, End"), tr("To the beginning, to the end")),
    ):
        keys.note(pressed, does)


def press(page: ComparePage, event: QKeyEvent) -> bool:
    """Do what a key asks; False where it asks nothing of this page."""
    key, held = event.key(), event.modifiers()
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        way = 1 if key == Qt.Key.Key_Right else -1
        if held & Qt.KeyboardModifier.ControlModifier:
            page.jump_line(way)
        elif held & Qt.KeyboardModifier.AltModifier:
            page.nudge(way * NUDGE_S)
        else:
            leap = held & Qt.KeyboardModifier.ShiftModifier
            page.step(way * (LEAP_S if leap else STEP_S))
        return True
    if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    does: Callable[[], None] | None = {
        Qt.Key.Key_Space: page.lock.toggle,
        Qt.Key.Key_Comma: lambda: page.step_frame(-FRAME_S),
        Qt.Key.Key_Period: lambda: page.step_frame(FRAME_S),
        Qt.Key.Key_1: lambda: page.lock.hear(0),
        Qt.Key.Key_2: lambda: page.lock.hear(1),
        Qt.Key.Key_S: lambda: page.lock.hear(1 - page.lock.heard),
        Qt.Key.Key_M: lambda: page.lock.mute(on=not page.lock.muted),
        Qt.Key.Key_BracketLeft: lambda: page.bar.player.change_speed(-1),
        Qt.Key.Key_BracketRight: lambda: page.bar.player.change_speed(1),
        Qt.Key.Key_I: lambda: page.loop.set_edge(begins=True),
        Qt.Key.Key_O: lambda: page.loop.set_edge(begins=False),
        Qt.Key.Key_L: page.loop.toggle,
        Qt.Key.Key_Plus: lambda: page.view.zoom(ZOOM),
        Qt.Key.Key_Equal: lambda: page.view.zoom(ZOOM),
        Qt.Key.Key_Minus: lambda: page.view.zoom(1 / ZOOM),
        Qt.Key.Key_0: page.view.zoom_out,
        Qt.Key.Key_Home: lambda: page.lock.seek(page.lock.alignment.start_s),
        Qt.Key.Key_End: lambda: page.lock.seek(page.lock.alignment.end_s),
    }.get(Qt.Key(key))
    if does is None:
        return False
    does()
    return True
