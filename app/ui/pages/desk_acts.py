"""What hands do at the desk: comments, markers, verdicts, and moving what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.coach.desk.agreement import spot_of
from app.coach.types import MarkKind
from app.ui.pages.desk_frame import Tab
from app.ui.pages.desk_hands import DONE
from app.ui.pages.desk_sheet import DeskSheet
from app.ui.texts import clock_text
from app.ui.widgets.timeline_spans import stretch_text

if TYPE_CHECKING:
    from app.ui.pages.desk_speaking import MakeSpoken
    from app.ui.services import Services
    from app.ui.widgets.timeline_pins import Pin


class DeskActs(DeskSheet):
    """All that hands say goes to the session's log at once."""

    send_back_wanted = Signal(str)
    """Id of a received session whose review is to go back."""
    clip_wanted = Signal(str, float, float)
    """Id of one's own session, and the stretch of it that is to be kept as an example, seconds."""
    own_markers_wanted = Signal(str)
    """Id of a marker set that is to be made one's own."""

    def __init__(self, services: Services, make_spoken: MakeSpoken | None = None) -> None:
        super().__init__(services, make_spoken)
        self._join()

    def _join(self) -> None:
        self.header.back_wanted.connect(self.close_desk)
        self.header.undo_wanted.connect(self.hands.undo)
        self.header.redo_wanted.connect(self.hands.redo)
        self.header.machine_toggled.connect(self.toggle_machine)
        self.header.done_toggled.connect(self.toggle_done)
        self.header.send_back_wanted.connect(self._send_back)
        self.timeline.seek_requested.connect(self.go_to)
        self.timeline.chosen.connect(self._on_pin)
        self.timeline.span_moved.connect(self.move_mark)
        self.line.opened.connect(self.open_line)
        self.line.speak_toggled.connect(self.toggle_speaking)
        self.markers.dropped.connect(self.drop_marker)
        self.markers.own_wanted.connect(self.own_markers_wanted)
        self.markers.set_chosen.connect(lambda one: self._choose(desk_markers=one))
        for made in (self.comments, self.agreement, self.machine):
            made.play_wanted.connect(self.go_to)
        self.comments.hear_wanted.connect(self.speaking.hear)
        self.comments.change_wanted.connect(self.typing.change)
        self.comments.delete_wanted.connect(self.hands.delete)
        self.comments.chosen.connect(self._choose_mark)
        self.machine.chosen.connect(self._choose_mark)
        self.summary.picked.connect(self._pick)

    # Hands

    def open_line(self) -> None:
        """Open the comment line and stand still."""
        if self._session is not None and not self.speaking.speaking:
            self.typing.open(self._playhead_s, self._span)

    def toggle_speaking(self) -> None:
        """Open the microphone, or save what was spoken."""
        self.speaking.toggle(self._playhead_s, self._span)

    def drop_marker(self, number: int) -> None:
        """Drop a marker of the set in use at the playhead, or over the stretch."""
        here, span = self.markers.current, self._span
        t, until = span if span is not None else (self._playhead_s, None)
        mark = here.mark(number, t, until) if here is not None else None
        if mark is not None and self.hands.add(mark) and span is not None:
            self.timeline.clear_selection()

    def change_chosen(self) -> None:
        """Change the chosen comment, where it is one's own."""
        mark = self.hands.find(self._chosen)
        mine = mark is not None and self._session is not None and self._session.is_mine(mark)
        if mark is not None and mine and mark.kind is MarkKind.NOTE:
            self.typing.change(mark.id)

    def move_mark(self, mark_id: str, start_s: float, end_s: float | None) -> None:
        """Let one's own comment or marker be about another span; the keys speak of it still."""
        moved = self.hands.move(mark_id, start_s, end_s)
        if moved:
            self._chosen = moved
            self.comments.show_chosen(moved)
            said = clock_text(start_s) if end_s is None else stretch_text(start_s, end_s)
            self.timeline.setAccessibleDescription(said)

    def shift_chosen(self, start: float | None = None, end: float | None = None) -> None:
        """Let the chosen mark begin or end at a moment."""
        mark = self.hands.find(self._chosen)
        if mark is None or mark.id not in self.hands.movable:
            return
        here = spot_of(mark)
        first = here.start_s if start is None else start
        last = here.end_s if end is None else end
        self.move_mark(mark.id, min(first, last), last if last > first else None)

    def push_chosen(self, pictures: int) -> None:
        """Move the chosen mark on or back by so many pictures."""
        mark = self.hands.find(self._chosen)
        if mark is not None and mark.id in self.hands.movable:
            here = spot_of(mark)
            start = max(0.0, self.player.snapped(here.start_s, pictures))
            length = here.end_s - here.start_s
            self.move_mark(mark.id, start, start + length if length else None)

    def delete_chosen(self) -> None:
        """Delete the chosen comment or marker, where it is one's own."""
        self.hands.delete(self._chosen)

    def step_list(self, by: int) -> None:
        """Choose the line above or below, and go there."""
        if self.tab is Tab.MACHINE:
            self.machine.step(by)
            return
        marks = self.comments.marks
        at = next((n for n, one in enumerate(marks) if one.id == self._chosen), None)
        at = (0 if by > 0 else len(marks) - 1) if at is None else at + by
        if 0 <= at < len(marks):
            self._choose_mark(marks[at].id)

    def _choose_mark(self, key: str) -> None:
        """Let the keys speak of a mark, and go there."""
        self._chosen = key
        shown = self.comments.show_chosen(key)
        mark = self.hands.find(key)
        if shown is not None and mark is not None:
            self.show_row(shown)
            self.go_to(mark.t)
        elif key in self.machine.marks:
            self.go_to(self.machine.marks[key].start_s)

    def _on_pin(self, pin: Pin) -> None:
        """Follow what was pressed or jumped to on the timeline."""
        self._chosen = pin.id
        shown = self.comments.show_chosen(pin.id)
        if shown is not None:
            self.show_tab(Tab.COMMENTS)
            self.show_row(shown)
        elif pin.id in self.machine.marks and not self._machine_hidden:
            self.show_tab(Tab.MACHINE)
            self.machine.show_chosen(pin.id)

    def _pick(self, name: str) -> None:
        mark = self.hands.find(self._chosen)
        if mark is not None:
            text = mark.data.get("text", "") or mark.data.get("label", "")
            self.in_short.pick(name, text, mark.t)

    def toggle_machine(self) -> None:
        """Look without what the machine found, or with it; the choice is remembered."""
        if self._session is not None and not self._session.done:
            self._machine_hidden = not self._machine_hidden
            if self._session.owner:
                self._choose(desk_hides_machine=self._machine_hidden)
            self._show_machine()

    def toggle_done(self) -> None:
        """Say that one's review is done, or that it is not."""
        if self._session is None:
            return
        self.hands.review(DONE, {})
        if self._session.done:
            self.show_tab(Tab.TOGETHER)

    def cut_clip(self) -> None:
        """Take the chosen stretch, or the chosen mark's, as an example; only of one's own."""
        session, mark = self._session, self.hands.find(self._chosen)
        if session is None or session.owner:
            return
        here = spot_of(mark) if mark is not None else None
        span = self.timeline.selection
        if span is None and here is not None and here.end_s > here.start_s:
            span = here.start_s, here.end_s
        self.clip_wanted.emit(session.record.id, *(span or (self._playhead_s, self._playhead_s)))

    def toggle_loop(self) -> None:
        """Play the chosen stretch again and again, or on."""
        selection = self.timeline.selection
        if self.player.loop is None and selection is not None:
            self.player.set_loop(*selection)
            self.player.play()
        else:
            self.player.set_loop(None)

    def leave_something(self) -> None:
        """Leave the chosen stretch; without one, the desk."""
        if self.timeline.selection is not None:
            self.timeline.clear_selection()
        else:
            self.close_desk()

    def _choose(self, **fields: object) -> None:
        error = self._services.choices.change(**fields)
        if error is not None:
            self.notice.tell_error(error)

    def _send_back(self) -> None:
        if self._session is not None:
            self.close_files()
            self.send_back_wanted.emit(self._session.record.id)
