"""The report's words: the line itself, words a minute, the second pass, and what is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.coach.speaking import REFERENCE, words_a_minute
from app.errors import AppError
from app.session.speech_again import (
    SecondPass,
    can_be_asked_for,
    lacks_words,
    was_without_sound,
)
from app.session.typing_in import take_back, type_in, untimed
from app.store.words import NO_ENGINE, SavedWords, read_words
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.paste_words import PasteWords
from app.ui.widgets.words_line import WordsLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.practice_types import Turn
    from app.coach.report_types import Report
    from app.store.store import Store
    from audio.speech.types import SpeechSetUp
    from audio.types import Word

LOOK_MS: Final = 250
"""Numbers on screen change at most four times a second."""


class ReportWords(QWidget):
    """Shows the words under the timeline, and looks for better ones while the report is open."""

    seek_requested = Signal(float)
    found = Signal(object)
    """There are other words, of the second pass or a person: SavedWords, with the phrases."""
    field_toggled = Signal()
    """The field for what was said came or went."""

    def __init__(self, store: Store, engine: Callable[[], SpeechSetUp | None] | None) -> None:
        super().__init__()
        self._store = store
        self._engine = engine
        self._pass: SecondPass | None = None
        self._words: tuple[Word, ...] | None = None
        self._turns: tuple[Turn, ...] | None = None
        self._session_id = ""
        self._drafted = ""
        self._unmet = ""  # what of the settings the second pass could not have, in words
        self._silent = False  # whether nothing of the session can be heard
        self._offered = ""  # the session whose words were not wanted at first, and still can be
        self._title = label(self.tr("Words"), "quiet")
        self._state = label("", "quiet", wrap=True)
        self.line = WordsLine()
        self.line.seek_requested.connect(self.seek_requested)
        self.paste = button(self.tr("Paste what was said"), kind="quiet")
        self.back = button(self.tr("Back to what was heard"), kind="quiet")
        self.seek = button(self.tr("Look for the words"), kind="quiet")
        self.seek.clicked.connect(self._seek)
        self.pasted = PasteWords()
        self.paste.clicked.connect(self._open_field)
        self.back.clicked.connect(self._take_back)
        self.pasted.used.connect(self._type_in)
        self.pasted.left.connect(self._leave_field)
        head = row(self._title, self._state, self.seek, self.back, self.paste, space=Space.MEDIUM)
        head.setStretch(1, 1)
        self.setLayout(column(head, self.line, self.pasted, space=Space.HAIR))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.hide()

    @property
    def pasting(self) -> bool:
        """Whether the field for what was said is open."""
        return not self.pasted.isHidden()

    @property
    def told(self) -> str:
        """What it says of the words, or of the second pass while that runs."""
        return self._state.text()

    def show_report(self, report: Report | None) -> None:
        """Show the words of a report; None where there is none."""
        self._show(report.words if report else None, report.typed if report else None)

    def _show(self, words: tuple[Word, ...] | None, turns: tuple[Turn, ...] | None) -> None:
        """Show the words that are there, None where no engine listened; turns that were typed."""
        self.line.show_words(words or ())
        self.line.setVisible(bool(words))
        self._words, self._turns = words, turns
        self._state.setText(self._told())
        self._show_doors()

    def _show_doors(self) -> None:
        """Show what can be done, where words of a person may be kept."""
        may = bool(self._session_id)
        self.paste.setVisible(may)
        self.seek.setVisible(bool(self._offered) and self._pass is None)
        self.back.setVisible(may and self._turns is not None)
        self.setVisible(
            may
            or bool(self._offered)
            or self._silent
            or self._words is not None
            or self._pass is not None
        )

    def set_playhead(self, t: float) -> None:
        """Run with the playhead."""
        self.line.set_playhead(t)

    def improve(self, session_id: str) -> None:
        """Begin the second pass, where the session lacks one and there is an engine."""
        self.stop()
        self._open_for_typing(session_id)
        set_up = self._engine() if self._engine is not None else None
        try:
            self._silent = was_without_sound(self._store, session_id)
            self._state.setText(self._told())
            self._show_doors()
            if set_up is None:
                return
            self._offered = session_id if can_be_asked_for(self._store, session_id) else ""
            wanted = lacks_words(self._store, session_id)
        except AppError:
            return  # the page itself says what is wrong with the session
        if wanted:
            self._begin(session_id, set_up)
        self._show_doors()

    def _seek(self) -> None:
        """Look for words that were not wanted at first."""
        set_up = self._engine() if self._engine is not None else None
        if set_up is not None and self._offered:
            self._begin(self._offered, set_up)
            self._show_doors()

    def _begin(self, session_id: str, set_up: SpeechSetUp) -> None:
        self._unmet = " ".join(f"{told(one.what)} {told(one.remedy)}" for one in set_up.unmet)
        self._pass = SecondPass(self._store, session_id, set_up)
        self._pass.start()
        self._timer.start()
        self.look()
        self.show()

    def stop(self) -> None:
        """Leave the second pass; the next visit begins it again."""
        self._leave_pass()
        self._session_id = ""
        self._offered = ""
        self._silent = False
        self._close_field()
        self._show_doors()

    def _leave_pass(self) -> None:
        self._timer.stop()
        if self._pass is not None:
            self._pass.stop()
            self._pass = None
        self._state.setText(self._told())

    def look(self) -> None:
        """Look how far the second pass is."""
        if self._pass is None:
            return
        if self._pass.runs:
            percent = round(self._pass.progress * 100)
            self._state.setText(
                self.tr("Listening once more for the words: {percent} %").format(percent=percent)
            )
            return
        saved, error = self._pass.saved, self._pass.error
        self._leave_pass()
        if saved is not None:
            self._take(saved)
            self._state.setText(f"{self._told()} {self._unmet}".strip())
        elif error is not None:
            self._state.setText(
                self.tr("The words could not be looked for: {what}").format(what=told(error.what))
            )

    def _take(self, saved: SavedWords) -> None:
        self._offered = ""
        self._show(saved.recognised, saved.turns)
        self.found.emit(saved)

    def _open_for_typing(self, session_id: str) -> None:
        """Offer to paste where words are kept and no broken file would be written over."""
        try:
            record = self._store.session(session_id)
            read_words(self._store.files(session_id))
        except AppError:
            return  # the page itself says what is wrong with the session
        if record.keep_policy.keeps_readings and not record.received:
            self._session_id = session_id
            if self._drafted != session_id:
                self._drafted = session_id
                self.pasted.text.clear()
        self._show_doors()

    def _type_in(self, text: str) -> None:
        """Put what was pasted in the place of what was heard."""
        try:
            saved = type_in(self._store, self._session_id, text)
        except AppError as error:
            self.pasted.tell(error)
            return
        self._leave_pass()
        self._leave_field()
        self._take(saved)

    def _take_back(self) -> None:
        try:
            heard = take_back(self._store, self._session_id)
        except AppError as error:
            self._open_field()
            self.pasted.tell(error)
            return
        self._take(heard or SavedWords((), NO_ENGINE, thorough=False))
        self.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_field(self) -> None:
        self.pasted.open()
        self.field_toggled.emit()

    def _close_field(self) -> None:
        self.pasted.hide()
        self.field_toggled.emit()

    def _leave_field(self) -> None:
        self._close_field()
        self.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self) -> str:
        words = self._words
        if self._turns is not None:
            return self._told_of_turns(self._turns)
        if not words and self._silent:
            return self.tr("there was no sound, so there are no words to look for")
        if words is None:
            return ""
        if not words:
            return self.tr("no words were recognised")
        rate = words_a_minute(words)
        if rate is None:
            return self.tr("recognised by machine, so some are wrong")
        low, high = REFERENCE
        return self.tr(
            "{rate} a minute (usual are {low} to {high}); recognised by machine, so some are wrong"
        ).format(rate=round(rate), low=low, high=high)

    def _told_of_turns(self, turns: tuple[Turn, ...]) -> str:
        """Say that a person wrote it down, and of how much there is no moment."""
        without = untimed(turns)
        if not without:
            return self.tr("written down by hand, with times")
        if without == len(turns):
            return self.tr(
                "written down by hand, without times: what is found has no moment to play"
            )
        return self.tr(
            "written down by hand; {without} of {all} turns have no time: what is found there has "
            "no moment to play"
        ).format(without=without, all=len(turns))
