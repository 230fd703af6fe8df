"""Confirm, correct and reject what the machine marked; a correction has a line of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.coach.practice_types import Polarity
from app.coach.practice_verdicts import POLARITY, PRACTICE, WORDS, judged_evidence, words_between
from app.coach.verdicts import CORRECT, judged

if TYPE_CHECKING:
    from app.coach.practice_types import Evidence
    from app.ui.pages.desk_frame import DeskFrame
    from app.ui.pages.desk_hands import DeskHands
    from app.ui.pages.desk_session import DeskSession
    from app.ui.widgets.desk_machine import MachineMark


class Judging(QObject):
    """Speaks of the chosen mark of the machine's list."""

    changed = Signal()
    """A correction began or ended."""

    def __init__(self, frame: DeskFrame, hands: DeskHands) -> None:
        super().__init__(frame)
        self._frame = frame
        self._hands = hands
        self._session: DeskSession | None = None
        self._span: tuple[float, float] | None = None
        frame.machine.judged.connect(self._on_judged)
        frame.correct.kept.connect(self.keep)
        frame.correct.left.connect(self.leave)
        frame.timeline.selection_changed.connect(self._on_selection)

    def take(self, session: DeskSession | None) -> None:
        """Begin with another session."""
        self.leave()
        self._session = session

    def renew(self, session: DeskSession) -> None:
        """Take up the same session with what was found in its words meanwhile."""
        self._session = session

    @property
    def correcting(self) -> bool:
        """Whether an episode is being put right."""
        return self._frame.foot.currentWidget() is self._frame.correct

    def press(self, verdict: str) -> None:
        """Say something of the chosen mark, where the machine is in sight."""
        if not self._frame.machine.isHidden():
            self._frame.machine.judge(verdict)

    def _on_judged(self, key: str, verdict: str) -> None:
        mark = self._frame.machine.marks.get(key)
        if mark is None:
            return
        if verdict == CORRECT:
            self._begin(key)
        else:
            self._hands.judge(key, verdict, mark.start_s)

    def _begin(self, key: str) -> None:
        """Open the line with the span and the cue that hold now."""
        mark = self._frame.machine.marks[key]
        span = self._open_practice(mark) if mark.practice else self._open_episode(mark)
        self._span = span
        self._frame.foot.setCurrentWidget(self._frame.correct)
        self._frame.timeline.select(*span)
        self._frame.correct.cue.setFocus()
        self.changed.emit()

    def _open_episode(self, mark: MachineMark) -> tuple[float, float]:
        cue, span = mark.cue, (mark.start_s, mark.end_s)
        session = self._session
        report = session.shown.report if session is not None else None
        if session is not None and report is not None:
            alone = tuple(event for event in report.events if event.id == mark.id)
            held = judged(replace(report, events=alone, findings=()), session.marks).events
            if held:
                cue, span = held[0].cue, (held[0].start_s, held[0].end_s)
        self._frame.correct.open(mark, cue, span)
        return span

    def _open_practice(self, mark: MachineMark) -> tuple[float, float]:
        held, names = self._held(mark.id), {}
        practice, turned, span = mark.practice, False, (mark.start_s, mark.end_s)
        if held is not None:
            practice, turned = held.practice, held.polarity is Polarity.WRONG
            start = held.start_s if held.start_s is not None else mark.start_s
            span = (start, held.end_s if held.end_s is not None else start)
        if self._session is not None:
            names = self._session.practice_names
        self._frame.correct.open_practice(mark, (practice, turned), span, names)
        return span

    def _held(self, key: str) -> Evidence | None:
        """Give a place in the words as it holds; as it was found where it was rejected."""
        session = self._session
        practice = session.shown.practice if session is not None else None
        if session is None or practice is None:
            return None
        found = (one for one in judged_evidence(practice.evidence, session.marks) if one.id == key)
        return next((one.holds or one.found for one in found), None)

    def _on_selection(self, span: tuple[float, float] | None) -> None:
        if self.correcting and span is not None:
            self._span = span
            self._frame.correct.show_span(span)

    def keep(self) -> None:
        """Keep the episode as it stands in the line."""
        mark, span = self._frame.correct.mark, self._span
        if mark is not None and span is not None and self.correcting:
            what = self._practice(mark, span) if mark.practice else self._cue()
            self._hands.judge(mark.id, CORRECT, mark.start_s, what=what, span=span)
        self.leave()

    def _cue(self) -> dict[str, str]:
        return {"cue": self._frame.correct.chosen_cue}

    def _practice(self, mark: MachineMark, span: tuple[float, float]) -> dict[str, str]:
        """Say which practice it was, and in which words where it was at another moment."""
        correct, session = self._frame.correct, self._session
        polarity = Polarity.WRONG if correct.turned.isChecked() else Polarity.DONE
        what = {PRACTICE: correct.chosen_cue, POLARITY: polarity.value}
        report = session.shown.report if session is not None else None
        if span != (mark.start_s, mark.end_s) and report is not None:
            words = [(word.text, word.start_s, word.end_s) for word in report.words or ()]
            if quote := words_between(words, *span):
                what[WORDS] = quote
        return what

    def leave(self) -> None:
        """Leave the episode as it was."""
        if self.correcting:
            # First: Qt gives the focus of what is hidden to the next field, the comment line.
            self._frame.timeline.setFocus()
            self._frame.foot.setCurrentIndex(0)
            self._frame.timeline.clear_selection()
            self.changed.emit()
        self._span = None
