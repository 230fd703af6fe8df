"""The keys of the page of two recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.ui.keys import KeyMap
    from app.ui.pages.compare_together import Together

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


def press(both: Together, event: QKeyEvent) -> bool:
    """Do what a key asks; False where it asks nothing of the two."""
    key, held = event.key(), event.modifiers()
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        way = 1 if key == Qt.Key.Key_Right else -1
        if held & Qt.KeyboardModifier.ControlModifier:
            both.jump_line(way)
        elif held & Qt.KeyboardModifier.AltModifier:
            both.nudge(way * NUDGE_S)
        else:
            leap = held & Qt.KeyboardModifier.ShiftModifier
            both.step(way * (LEAP_S if leap else STEP_S))
        return True
    if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    does: Callable[[], None] | None = {
        Qt.Key.Key_Space: both.lock.toggle,
        Qt.Key.Key_Comma: lambda: both.step_frame(-FRAME_S),
        Qt.Key.Key_Period: lambda: both.step_frame(FRAME_S),
        Qt.Key.Key_1: lambda: both.lock.hear(0),
        Qt.Key.Key_2: lambda: both.lock.hear(1),
        Qt.Key.Key_S: lambda: both.lock.hear(1 - both.lock.heard),
        Qt.Key.Key_M: lambda: both.lock.mute(on=not both.lock.muted),
        Qt.Key.Key_BracketLeft: lambda: both.bar.player.change_speed(-1),
        Qt.Key.Key_BracketRight: lambda: both.bar.player.change_speed(1),
        Qt.Key.Key_I: lambda: both.loop.set_edge(begins=True),
        Qt.Key.Key_O: lambda: both.loop.set_edge(begins=False),
        Qt.Key.Key_L: both.loop.toggle,
        Qt.Key.Key_Plus: lambda: both.view.zoom(ZOOM),
        Qt.Key.Key_Equal: lambda: both.view.zoom(ZOOM),
        Qt.Key.Key_Minus: lambda: both.view.zoom(1 / ZOOM),
        Qt.Key.Key_0: both.view.zoom_out,
        Qt.Key.Key_Home: lambda: both.lock.seek(both.lock.alignment.start_s),
        Qt.Key.Key_End: lambda: both.lock.seek(both.lock.alignment.end_s),
    }.get(Qt.Key(key))
    if does is None:
        return False
    does()
    return True
