"""The report's words: the line itself, words a minute, and the second pass with its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.coach.speaking import REFERENCE, words_a_minute
from app.errors import AppError
from app.session.speech_again import SecondPass, lacks_words
from app.ui.style import Space
from app.ui.widgets.controls import column, label, row
from app.ui.widgets.words_line import WordsLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.store import Store
    from audio.speech.types import SpeechSetUp
    from audio.types import Word

LOOK_MS: Final = 250
"""Numbers on screen change at most four times a second."""


class ReportWords(QWidget):
    """Shows the words under the timeline, and looks for better ones while the report is open."""

    seek_requested = Signal(float)
    found = Signal(object)
    """The second pass has ended: its SavedWords, with the phrases."""

    def __init__(self, store: Store, engine: Callable[[], SpeechSetUp | None] | None) -> None:
        super().__init__()
        self._store = store
        self._engine = engine
        self._pass: SecondPass | None = None
        self._words: tuple[Word, ...] | None = None
        self._title = label(self.tr("Words"), "quiet")
        self._state = label("", "quiet", wrap=True)
        self.line = WordsLine()
        self.line.seek_requested.connect(self.seek_requested)
        head = row(self._title, self._state, space=Space.MEDIUM)
        head.setStretch(1, 1)
        self.setLayout(column(head, self.line, space=Space.HAIR))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.hide()

    @property
    def told(self) -> str:
        """What it says of the words, or of the second pass while that runs."""
        return self._state.text()

    def show_words(self, words: tuple[Word, ...] | None) -> None:
        """Show the words that are there; None where no engine listened."""
        self.line.show_words(words or ())
        self.line.setVisible(bool(words))
        self._words = words
        self._state.setText(self._told(words))
        self.setVisible(words is not None or self._pass is not None)

    def set_playhead(self, t: float) -> None:
        """Run with the playhead."""
        self.line.set_playhead(t)

    def improve(self, session_id: str) -> None:
        """Begin the second pass, where the session lacks one and there is an engine."""
        self.stop()
        set_up = self._engine() if self._engine is not None else None
        try:
            if set_up is None or not lacks_words(self._store, session_id):
                return
        except AppError:
            return  # the page itself says what is wrong with the session
        self._pass = SecondPass(self._store, session_id, set_up)
        self._pass.start()
        self._timer.start()
        self.look()
        self.show()

    def stop(self) -> None:
        """Leave the second pass; the next visit begins it again."""
        self._timer.stop()
        if self._pass is not None:
            self._pass.stop()
            self._pass = None
        self._state.setText(self._told(self._words))

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
        self.stop()
        if saved is not None:
            self.show_words(saved.recognised)
            self.found.emit(saved)
        elif error is not None:
            self._state.setText(
                self.tr("The words could not be looked for: {what}").format(what=error.what)
            )

    def _told(self, words: tuple[Word, ...] | None) -> str:
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
