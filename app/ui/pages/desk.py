"""The trainer's desk: watch a session, mark its moments, and say what worked and what is next.

Where text is typed its keys are letters; everywhere else they act.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from app.coach.verdicts import AGREE, CORRECT, DISAGREE
from app.ui.keys import KeyMap
from app.ui.pages.desk_acts import DeskActs
from app.ui.pages.desk_frame import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QHideEvent

    from app.ui.pages.desk_speaking import MakeSpoken
    from app.ui.services import Services

    Slots = Mapping[Qt.Key, Callable[[], object]]

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEFT_TO_FIELDS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class DeskPage(DeskActs):
    """The desk with its keys."""

    def __init__(self, services: Services, make_spoken: MakeSpoken | None = None) -> None:
        super().__init__(services, make_spoken)
        self.keys = KeyMap(self)
        self._note_keys()
        for watched in (self.timeline, self.correct.cue):
            watched.installEventFilter(self)

    def _note_keys(self) -> None:
        """Bind what has a button or a modifier, and list the rest."""
        keys, head = self.keys, self.header
        keys.note(self.tr("Enter"), self.tr("Comment on this moment, and save it"))
        keys.note(self.tr("Esc"), self.tr("Leave the comment as a draft; outside it, back"))
        keys.note("1 – 9", self.tr("Drop a marker"))
        keys.note("S", self.tr("Other markers"))
        keys.note("R", self.tr("Speak a comment, and stop"))
        keys.note(self.tr("Space"), self.tr("Play or pause"))
        keys.note("J, K, L", self.tr("Back, stop, on; again for faster"))
        keys.note(self.tr("Left, Right"), self.tr("One second back or ahead, with Shift five"))
        keys.note(", .", self.tr("One picture back or ahead"))
        keys.note("N, P", self.tr("To the moment after or before"))
        keys.note(self.tr("Up, Down"), self.tr("Choose the line above or below on the right"))
        keys.note("I, O, U", self.tr("The stretch starts here, ends here, none"))
        keys.note("Shift+I, O", self.tr("The chosen mark starts here, ends here"))
        keys.note("<, >", self.tr("Move the chosen mark by a picture; or drag it on the timeline"))
        keys.note("B", self.tr("Play the stretch again and again"))
        keys.note("Y, C, X", self.tr("Confirm, correct, reject what the machine marked"))
        keys.note(self.tr("E, Del"), self.tr("Change or delete the chosen comment"))
        keys.note("H", self.tr("Hide the machine, or show it"))
        keys.note("V", self.tr("Look at their own view once more"))
        keys.note("[, ]", self.tr("Slower, faster"))
        keys.note("M", self.tr("Sound off or on"))
        keys.note("+, −, 0", self.tr("Zoom the timeline in, out, all"))
        keys.add("Ctrl+Z", self.tr("Undo"), self.hands.undo, button=head.undo)
        keys.add("Ctrl+Shift+Z", self.tr("Redo"), self.hands.redo, button=head.redo)
        keys.bind("Ctrl+Y", self.hands.redo)
        keys.add("Ctrl+D", self.tr("Your review is done, or not yet"), self.toggle_done)
        own = self.markers.own
        keys.add("Ctrl+M", self.tr("Change these markers"), own.click, button=own)
        keys.add("Ctrl+K", self.tr("Keep the stretch as an example"), self.cut_clip)
        keys.add("Ctrl+S", self.tr("Send back"), head.send.click, button=head.send)
        for at, (tab, shown) in enumerate(self.tabs.items(), 1):
            name = shown.accessibleName()
            keys.add(f"Alt+{at}", name, partial(self._to_tab, tab), button=shown)

    def _to_tab(self, tab: Tab) -> None:
        """Show a list, and let the hand do there what it came for."""
        self.show_tab(tab)
        if tab is Tab.SUMMARY:
            self.summary.take_focus()
        else:
            self.take_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key asks of the desk, of the player, or of the timeline."""
        if self._session is None:
            if event.key() == Qt.Key.Key_Escape:
                self.close_desk()
        elif not press(self, event) and not self.reading_first and not self.player.press(event):
            self.timeline.keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the desk's keys be its own on the timeline and beside the choice of cues."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if watched is self.correct.cue and key not in LEFT_TO_FIELDS:
            self.keyPressEvent(event)
            return True
        if watched is self.timeline and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return press(self, event) or self.player.press(event)
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays on while another page shows."""
        super().hideEvent(event)
        self.player.pause()


def press(page: DeskActs, event: QKeyEvent) -> bool:
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


def _correcting(page: DeskActs) -> Slots:
    return dict.fromkeys(ENTER, page.judging.keep) | {
        Qt.Key.Key_Escape: page.judging.leave,
        Qt.Key.Key_W: page.correct.turn,
    }


def _moving(page: DeskActs) -> Slots:
    """Give what moves the chosen comment or marker."""
    return {
        Qt.Key.Key_I: lambda: page.shift_chosen(start=page.playhead_s),
        Qt.Key.Key_O: lambda: page.shift_chosen(end=page.playhead_s),
        Qt.Key.Key_Less: lambda: page.push_chosen(-1),
        Qt.Key.Key_Comma: lambda: page.push_chosen(-1),
        Qt.Key.Key_Greater: lambda: page.push_chosen(1),
        Qt.Key.Key_Period: lambda: page.push_chosen(1),
    }


def _usual(page: DeskActs) -> Slots:
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
