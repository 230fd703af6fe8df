"""Cards for afterwards: what the customer said, a question to think about, and five minutes off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from app.coach.cards import load_cards
from app.coach.marks import effective, survey
from app.coach.practice_types import Polarity, Speaking
from app.coach.scenario_types import Temper
from app.coach.types import MarkKind
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, picture_label, row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.card_types import SurveyQuestion
    from app.coach.practice_types import Evidence
    from app.coach.scenario_types import Scenario
    from app.coach.types import Mark

CONTEXT: Final = "AfterCards"
HARD_MOMENTS: Final = 2
"""So many moments marked as not heard make a hard session: a starting value."""
HARD_FINDS: Final = 4
"""So many things done the other way round do: a starting value."""


class AfterCard(QFrame):
    """A title with some lines under it."""

    def __init__(self, title: str, lines: Sequence[str], sign: str = "") -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self.lines = tuple(lines)
        head = row(label(title, "section", wrap=True), space=Space.SMALL)
        if sign:
            head.insertWidget(0, picture_label(sign, "quiet"))
        head.setStretch(head.count() - 1, 1)
        self.content = column(head, *(label(one, wrap=True) for one in lines), space=Space.SMALL)
        self.content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self.setLayout(self.content)


def survey_card(marks: Sequence[Mark], role: Speaking) -> AfterCard | None:
    """Show the customer's survey as what the partner said; None where nobody answered it."""
    answers = survey(marks)
    heard = [m for m in effective(marks) if m.kind is MarkKind.FELT]
    if not answers and not heard:
        return None
    tr = QCoreApplication.translate
    asked = {one.id: one for one in load_cards().survey} if answers else {}
    lines = [
        answered(asked.get(question), question, answer) + (f" “{more}”" if more else "")
        for question, (answer, more) in answers.items()
    ]
    if heard:
        yes = sum(mark.data.get("heard") == "true" for mark in heard)
        text = tr(CONTEXT, "Marked while you talked: felt heard {yes} ×, not heard {no} ×.")
        lines.append(text.format(yes=yes, no=len(heard) - yes))
    title = (
        tr(CONTEXT, "What you said as the customer")
        if role is Speaking.CUSTOMER
        else tr(CONTEXT, "What your partner said as the customer")
    )
    return AfterCard(title, lines, "customer")


def answered(question: SurveyQuestion | None, name: str, answer: str) -> str:
    """Write a question and its answer as they stand on the survey's card.

    Parameters
    ----------
    question
        As it stands on the card; None where the card has none of that id.
    name, answer
        The ids that the session keeps; they are shown where the card does not know them.
    """
    asked = told(question.text) if question is not None else name
    known = {one.id: told(one.text) for one in question.answers} if question is not None else {}
    return f"{asked} {known.get(answer, answer)}."


def was_hard(
    scenario: Scenario | None, marks: Sequence[Mark], evidence: Sequence[Evidence]
) -> bool:
    """Tell whether a session was hard, from what it was about and what was marked, not felt."""
    if scenario is not None and scenario.temper is Temper.AGGRESSIVE:
        return True
    unheard = sum(
        mark.kind is MarkKind.FELT and mark.data.get("heard") == "false"
        for mark in effective(marks)
    )
    wrong = sum(one.polarity is Polarity.WRONG for one in evidence)
    return unheard >= HARD_MOMENTS or wrong >= HARD_FINDS


class TakeFiveCard(AfterCard):
    """Offers a pause after a hard session."""

    begun = Signal()
    """The person wants it now."""

    def __init__(self) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            tr(CONTEXT, "Take five"),
            (
                tr(CONTEXT, "That was a hard one. Give yourself five minutes before the next."),
                tr(
                    CONTEXT,
                    "Put both feet on the floor. Breathe in while you count to four, out while "
                    "you count to six, ten times. Then a glass of water, or a song that you like.",
                ),
            ),
            "ph.coffee",
        )
        begin = button(tr(CONTEXT, "Begin"), kind="quiet", icon="start")
        begin.clicked.connect(self.begun)
        self.content.addLayout(row(begin, None))


class Reflection(AfterCard):
    """A question to think about, and one line to keep the answer in."""

    noted = Signal(str)

    def __init__(self, scenario: Scenario | None, noted: str) -> None:
        tr = QCoreApplication.translate
        super().__init__(tr(CONTEXT, "Before you go on"), (reflection_question(scenario),))
        self.field = QLineEdit(noted)
        self.field.setPlaceholderText(tr(CONTEXT, "A word or two, for yourself"))
        self.field.setAccessibleName(reflection_question(scenario))
        self.field.setMaxLength(400)
        self.kept = label("", "quiet")
        keep = button(tr(CONTEXT, "Keep"), kind="quiet")
        keep.clicked.connect(self._keep)
        self.field.returnPressed.connect(self._keep)
        line = row(self.field, keep, space=Space.SMALL)
        line.setStretch(0, 1)
        self.content.addLayout(line)
        self.content.addWidget(self.kept)
        self.kept.hide()

    def _keep(self) -> None:
        self.noted.emit(self.field.text().strip())
        tr = QCoreApplication.translate
        self.kept.setText(tr(CONTEXT, "Kept with this session."))
        self.kept.show()


def reflection_question(scenario: Scenario | None) -> str:
    """Choose a question that fits who stood before the desk (P06)."""
    tr = QCoreApplication.translate
    if scenario is None:
        return tr(CONTEXT, "What mattered to them that you had not expected?")
    values: Mapping[str, str] = {"name": scenario.customer.name}
    if scenario.customer.needs:
        text = tr(CONTEXT, "What is a day like for {name}, and what would have made this easier?")
    elif scenario.customer.language != "English":
        text = tr(CONTEXT, "What did you do so that {name} could follow in another language?")
    else:
        text = tr(CONTEXT, "What did you learn about {name} that you did not know before?")
    return text.format(**values)
