"""The keys of the desk. Where text is typed they are letters; everywhere else they act."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from app.coach.marks import AGREE, CORRECT, DISAGREE
from app.ui.pages.desk_frame import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent

    from app.ui.pages.desk import DeskPage

    Slots = Mapping[Qt.Key, Callable[[], object]]

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def note_keys(page: DeskPage) -> None:
    """Bind what has a button or a modifier, and list the rest."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("DeskPage", text)

    keys, head = page.keys, page.header
    keys.note(tr("Enter"), tr("Comment on this moment, and save it"))
    keys.note(tr("Esc"), tr("Leave the comment as a draft; outside it, back"))
    keys.note("1 – 9", tr("Drop a marker"))
    keys.note("S", tr("Other markers"))
    keys.note("R", tr("Speak a comment, and stop"))
    keys.note(tr("Space"), tr("Play or pause"))
    keys.note("J, K, L", tr("Back, stop, on; again for faster"))
    keys.note(tr("Left, Right"), tr("One second back or ahead, with Shift five"))
    keys.note(", .", tr("One picture back or ahead"))
    keys.note("N, P", tr("To the moment after or before"))
    keys.note(tr("Up, Down"), tr("Choose the line above or below on the right"))
    keys.note("I, O, U", tr("The stretch starts here, ends here, none"))
    keys.note("Shift+I, O", tr("The chosen mark starts here, ends here"))
    keys.note("<, >", tr("Move the chosen mark by a picture; or drag it on the timeline"))
    keys.note("B", tr("Play the stretch again and again"))
    keys.note("Y, C, X", tr("Confirm, correct, reject what the machine marked"))
    keys.note(tr("E, Del"), tr("Change or delete the chosen comment"))
    keys.note("H", tr("Hide the machine, or show it"))
    keys.note("V", tr("Look at their own view once more"))
    keys.note("[, ]", tr("Slower, faster"))
    keys.note("M", tr("Sound off or on"))
    keys.note("+, −, 0", tr("Zoom the timeline in, out, all"))
    keys.add("Ctrl+Z", tr("Undo"), page.hands.undo, button=head.undo)
    keys.add("Ctrl+Shift+Z", tr("Redo"), page.hands.redo, button=head.redo)
    keys.bind("Ctrl+Y", page.hands.redo)
    keys.add("Ctrl+D", tr("Your review is done, or not yet"), page.toggle_done)
    own = page.markers.own
    keys.add("Ctrl+M", tr("Change these markers"), own.click, button=own)
    keys.add("Ctrl+K", tr("Keep the stretch as an example"), page.cut_clip)
    keys.add("Ctrl+S", tr("Send back"), head.send.click, button=head.send)
    for at, (tab, press) in enumerate(page.tabs.items(), 1):
        name = press.accessibleName()
        keys.add(f"Alt+{at}", name, partial(_to_tab, page, tab), button=press)


def _to_tab(page: DeskPage, tab: Tab) -> None:
    """Show a list, and let the hand do there what it came for."""
    page.show_tab(tab)
    if tab is Tab.SUMMARY:
        page.summary.take_focus()
    else:
        page.take_keys()


def press(page: DeskPage, event: QKeyEvent) -> bool:
    """Do what a key asks; False where it asks nothing of the desk."""
    key = Qt.Key(event.key())
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    if page.reading_first:
        return _do(dict.fromkeys(ENTER, page.go_on) | {Qt.Key.Key_Escape: page.close_desk}, key)
    if page.judging.correcting and _do(_correcting(page), key):
        return True
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if shifted and not page.judging.correcting and _do(_moving(page), key):
        return True
    number = key - Qt.Key.Key_0
    if 1 <= number <= 9:
        page.drop_marker(number)
        return True
    return _do(_usual(page), key)


def _correcting(page: DeskPage) -> Slots:
    return dict.fromkeys(ENTER, page.judging.keep) | {
        Qt.Key.Key_Escape: page.judging.leave,
        Qt.Key.Key_W: page.correct.turn,
    }


def _moving(page: DeskPage) -> Slots:
    """Give what moves the chosen comment or marker."""
    return {
        Qt.Key.Key_I: lambda: page.shift_chosen(start=page.playhead_s),
        Qt.Key.Key_O: lambda: page.shift_chosen(end=page.playhead_s),
        Qt.Key.Key_Less: lambda: page.push_chosen(-1),
        Qt.Key.Key_Comma: lambda: page.push_chosen(-1),
        Qt.Key.Key_Greater: lambda: page.push_chosen(1),
        Qt.Key.Key_Period: lambda: page.push_chosen(1),
    }


def _usual(page: DeskPage) -> Slots:
    timeline = page.timeline
    return dict.fromkeys(ENTER, page.open_line) | {
        Qt.Key.Key_Escape: page.leave_something,
        Qt.Key.Key_N: lambda: timeline.jump(ahead=True),
        Qt.Key.Key_P: lambda: timeline.jump(ahead=False),
        Qt.Key.Key_I: timeline.mark_in,
        Qt.Key.Key_O: timeline.mark_out,
        Qt.Key.Key_U: timeline.clear_selection,
        Qt.Key.Key_B: page.toggle_loop,
        Qt.Key.Key_Y: lambda: page.judging.press(AGREE),
        Qt.Key.Key_C: lambda: page.judging.press(CORRECT),
        Qt.Key.Key_X: lambda: page.judging.press(DISAGREE),
        Qt.Key.Key_E: page.change_chosen,
        Qt.Key.Key_Delete: page.delete_chosen,
        Qt.Key.Key_Backspace: page.delete_chosen,
        Qt.Key.Key_R: page.toggle_speaking,
        Qt.Key.Key_S: page.markers.next_set,
        Qt.Key.Key_H: page.toggle_machine,
        Qt.Key.Key_V: page.go_to_first,
        Qt.Key.Key_Up: lambda: page.step_list(-1),
        Qt.Key.Key_Down: lambda: page.step_list(1),
        Qt.Key.Key_Home: lambda: page.go_to(0.0),
        Qt.Key.Key_End: lambda: page.go_to(page.length_s),
    }


def _do(slots: Slots, key: Qt.Key) -> bool:
    slot = slots.get(key)
    if slot is not None:
        slot()
    return slot is not None
