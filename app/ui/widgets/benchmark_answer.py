"""The scenario's two written-out answers, with what is worth seeing, beside what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.coach.practice_types import Polarity, Speaking
from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, card, column, label, picture_label, row
from app.ui.widgets.evidence import Quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.practice_report import PracticeReport
    from app.coach.practice_types import Turn
    from app.coach.scenario_types import BenchmarkTurn, Note, Scenario

CONTEXT = "BenchmarkAnswer"


class BenchmarkAnswer(QWidget):
    """Three columns: a good answer, one that goes wrong, and one's own."""

    finished = Signal()
    play_wanted = Signal(float)

    def __init__(
        self, scenario: Scenario, practice: PracticeReport | None, names: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._names = names
        self.next = button(self.tr("Go on"), kind="primary", icon="next")
        self.next.clicked.connect(self.finished)
        show_keys(self.next, self.tr("Go on"), "Ctrl+Return")
        columns = row(space=Space.MEDIUM)
        for one in (
            self._answer(self.tr("One that works"), "good", scenario.good),
            self._answer(self.tr("One that goes wrong"), "notice", scenario.bad),
            self._own(practice),
        ):
            columns.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        self.setLayout(
            column(
                label(self.tr("The same conversation, twice"), "page", wrap=True),
                label(
                    self.tr(
                        "Nobody talks like a book. Look for one thing to take from the left, "
                        "and one to leave to the middle."
                    ),
                    "lead-quiet",
                    wrap=True,
                ),
                Space.SMALL,
                columns,
                row(None, self.next),
                space=Space.SMALL,
            )
        )

    def _answer(self, title: str, sign: str, turns: Sequence[BenchmarkTurn]) -> QFrame:
        lines = QVBoxLayout()
        lines.setSpacing(Space.SNUG)
        for turn in turns:
            said = label(told(turn.text), wrap=True)
            lines.addLayout(column(_speaker(turn.speaker), said, space=2))
            for note in turn.notes:
                lines.addWidget(self._note(note))
        return _column(title, sign, lines)

    def _note(self, note: Note) -> QFrame:
        good = note.polarity is Polarity.DONE
        made = card("sunken")
        name = told(self._names.get(note.practice, ""))
        about = f"“{told(note.words)}”"
        texts = column(
            label(name or about, "strong", wrap=True),
            label(about, "quiet", wrap=True),
            label(told(note.why), wrap=True),
            space=2,
        )
        sign = picture_label("done" if good else "close", "accent" if good else "quiet", 14)
        content = row(sign, texts, space=Space.SMALL)
        content.setStretch(1, 1)
        content.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        content.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        made.setLayout(content)
        made.setAccessibleName(f"{name} {about} {told(note.why)}")
        return made

    def _own(self, practice: PracticeReport | None) -> QFrame:
        lines = QVBoxLayout()
        lines.setSpacing(Space.SNUG)
        turns = [turn for turn in practice.turns if turn.text] if practice is not None else []
        if not any(turn.speaker is Speaking.STAFF for turn in turns):
            text = self.tr("So far no words of yours were recognised, so nothing stands beside it.")
            lines.addWidget(label(text, "quiet", wrap=True))
        for turn in turns:
            lines.addLayout(self._turn(turn))
        return _column(self.tr("What you said"), "talk", lines)

    def _turn(self, turn: Turn) -> QVBoxLayout:
        if turn.speaker is Speaking.CUSTOMER or turn.start_s is None:
            return column(_speaker(turn.speaker), label(told(turn.text), wrap=True), space=2)
        quote = Quote(turn.text, turn.start_s)
        quote.clicked.connect(lambda: self.play_wanted.emit(turn.start_s or 0.0))
        return column(_speaker(turn.speaker), quote, space=2)


def _column(title: str, sign: str, lines: QVBoxLayout) -> QFrame:
    made = card()
    head = row(picture_label(sign, "quiet"), label(title, "section", wrap=True), space=Space.SMALL)
    head.setStretch(1, 1)
    content = column(head, lines, space=Space.MEDIUM)
    content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
    made.setLayout(content)
    made.setAccessibleName(title)
    return made


def _speaker(speaker: Speaking) -> QWidget:
    tr = QCoreApplication.translate
    staff = speaker is Speaking.STAFF
    return label(tr(CONTEXT, "At the desk") if staff else tr(CONTEXT, "The customer"), "quiet")
