"""The comment line and the fields of the summary: every key is on the disk before the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.coach.desk.agreement import spot_of
from app.coach.desk.undo import new_id
from app.coach.review import AT, moment_of
from app.errors import AppError
from app.store.desk_draft import (
    COMMENT,
    Draft,
    draft_name,
    drop_draft,
    keep_draft,
    read_draft,
)
from app.ui.pages.desk_hands import Said

if TYPE_CHECKING:
    from app.ui.pages.desk_hands import DeskHands
    from app.ui.pages.desk_session import DeskSession
    from app.ui.widgets.desk_line import CommentLine
    from app.ui.widgets.desk_summary import Summary
    from app.ui.widgets.player import Player


class Drafts(QObject):
    """The drafts of one session, by field."""

    failed = Signal(object)
    """An AppError: what is typed could not be kept."""

    def __init__(self, hands: DeskHands, parent: QObject) -> None:
        super().__init__(parent)
        self._hands = hands
        self._session: DeskSession | None = None

    def take(self, session: DeskSession | None) -> None:
        """Begin with a session."""
        self._session = session

    @property
    def author(self) -> str:
        """Person id of who types."""
        return self._session.author if self._session is not None else ""

    def keep(self, draft: Draft, field: str = COMMENT) -> None:
        """Write what stands in a field; nothing in it is no draft."""
        session = self._session
        if session is None:
            return
        try:
            if draft.text:
                keep_draft(session.files, draft, field)
            else:
                drop_draft(session.files, field)
        except AppError as error:
            self.failed.emit(error)

    def drop(self, field: str = COMMENT) -> None:
        """Take a draft away once it was said."""
        if self._session is not None:
            self.keep(Draft("", "", 0.0, ""), field)

    def left(self, field: str = COMMENT) -> Draft | None:
        """Find what was left in a field and not said since."""
        session = self._session
        if session is None or not session.files.has(draft_name(field)):
            return None
        try:
            return read_draft(session.files, session.author, self._hands.said_ids(), field)
        except AppError as error:
            self.failed.emit(error)
            return None


class Typing(QObject):
    """Opens, saves and leaves the comment line. Times are seconds."""

    closed = Signal()
    """The line was left: the keys are the desk's again."""

    def __init__(
        self, line: CommentLine, player: Player, hands: DeskHands, drafts: Drafts, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._line = line
        self._player = player
        self._hands = hands
        self._drafts = drafts
        self._draft: Draft | None = None
        self._was_playing = False
        self._is_open = False
        line.typed.connect(self._on_typed)
        line.saved.connect(self.save)
        line.left.connect(self.leave)
        line.deserted.connect(self._on_deserted)

    def take(self) -> None:
        """Begin with another session: a line that was left comes back with what stood in it."""
        self._is_open = self._was_playing = False
        self._draft = self._drafts.left()
        draft = self._draft
        self._line.show_closed(draft=draft.text if draft is not None else "")
        if draft is not None:
            self._line.show_about(draft.t, draft.until)

    @property
    def is_waiting(self) -> bool:
        """Whether a draft lies in the line; then its moment is the line's, not the playhead's."""
        return self._draft is not None

    def show_moment(self, t: float, span: tuple[float, float] | None) -> None:
        """Say what a comment would be about, where none is being typed."""
        if self._draft is None:
            self._line.show_about(*(span if span is not None else (t, None)))

    def open(self, t: float, span: tuple[float, float] | None) -> None:
        """Open the line for a comment on a moment or a span; a draft goes on where it was left."""
        if self._is_open and self._line.open:
            return
        if self._draft is None:
            start, until = span if span is not None else (t, None)
            self._draft = Draft(new_id(), self._drafts.author, start, "", until)
        self._begin()

    def change(self, mark_id: str) -> None:
        """Open the line with a comment that was saved; what was being typed is left aside."""
        mark = self._hands.find(mark_id)
        if mark is None:
            return
        spot = spot_of(mark)
        until = spot.end_s if spot.end_s > spot.start_s else None
        self._draft = Draft(
            new_id(), self._drafts.author, mark.t, mark.data.get("text", ""), until, mark_id
        )
        self._begin()

    def _begin(self) -> None:
        draft = self._draft
        if draft is None:
            return
        self._was_playing = self._player.playing
        self._is_open = True
        self._player.pause()
        self._line.show_about(draft.t, draft.until)
        self._line.show_open(draft.text, changing=bool(draft.changes))

    def save(self) -> None:
        """Save what stands in the line, and go on playing where it was playing."""
        draft, self._draft = self._draft, None
        self._is_open = False
        if draft is not None and draft.text.strip():
            if self._hands.comment(replace(draft, text=draft.text.strip())) is Said.FAILED:
                self._draft = draft  # it stays in the line
            else:
                self._drafts.drop()
        else:
            self._drafts.drop()
        left = self._draft
        self._line.show_closed(draft=left.text if left is not None else "")
        self.closed.emit()
        if self._was_playing and left is None:
            self._player.play()

    def leave(self) -> None:
        """Leave the line; what was typed stays as a draft."""
        draft = self._draft
        self._is_open = False
        if draft is not None and not draft.text:
            self._draft = None
        self._line.show_closed(draft=draft.text if draft is not None else "")
        self.closed.emit()

    def _on_deserted(self) -> None:
        """Leave a line in which nothing stands; a draft stays in it."""
        if self._is_open and self._draft is not None and not self._draft.text:
            self._is_open = False
            self._draft = None
            self._line.show_closed(draft="")

    def _on_typed(self, text: str) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, text=text)
            self._drafts.keep(self._draft)


class SummaryTyping(QObject):
    """The fields of the summary: a draft with every key, said once the hand leaves the field."""

    def __init__(self, summary: Summary, hands: DeskHands, drafts: Drafts, parent: QObject) -> None:
        super().__init__(parent)
        self._summary = summary
        self._hands = hands
        self._drafts = drafts
        self._moments: dict[str, float] = {}
        self._session: DeskSession | None = None
        summary.typed.connect(self._on_typed)
        summary.finished.connect(self.say)
        summary.cue_chosen.connect(lambda _: self.say("next_step"))

    def take(self, session: DeskSession | None) -> None:
        """Begin with another session, and with the drafts that were left in it."""
        self._session = session
        self._moments = {}
        self.show()

    def show(self) -> None:
        """Show what was said, and what was typed and not said yet."""
        if self._session is not None:
            left = {name: self._drafts.left(name) for name in self._summary.fields}
            drafts = {name: draft.text for name, draft in left.items() if draft is not None}
            self._summary.show_session(self._session, drafts)

    def pick(self, name: str, text: str, t: float) -> None:
        """Put a comment's words into a field; the strength points at its moment."""
        self._summary.fields[name].setText(text)
        self._moments[name] = t
        self._on_typed(name, text)
        self.say(name)

    def say(self, name: str) -> None:
        """Say what stands in a field."""
        if self._session is None:
            return
        text = self._summary.fields[name].text().strip()
        part, _, slot = name.partition("-")
        data = {"text": text, "slot": slot} if slot else {"text": text}
        if not slot and (cue := str(self._summary.cue.currentData() or "")):
            data["cue"] = cue
        t = self._moments.get(name, self._said_at(part, slot))
        if text and t is not None:
            data[AT] = "moment"
        if self._hands.review(part, data, t or 0.0) is not Said.FAILED:
            self._drafts.drop(name)

    def _said_at(self, part: str, slot: str) -> float | None:
        """Find the moment that a part points at already; None for the whole session."""
        session = self._session
        marks = session.marks if session is not None else ()
        for mark in marks:
            mine = session is not None and session.is_mine(mark)
            if mine and mark.data.get("part") == part and mark.data.get("slot", "") == slot:
                return moment_of(mark)
        return None

    def _on_typed(self, name: str, text: str) -> None:
        self._drafts.keep(Draft(new_id(), self._drafts.author, 0.0, text), name)
