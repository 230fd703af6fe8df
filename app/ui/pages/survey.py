"""After a session with a partner: the customer's three questions, before the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from app.coach.practice_types import Speaking
from app.ui.keys import KeyMap
from app.ui.style import FORM_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, card, column, label, page_column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QFrame

    from app.coach.card_types import SurveyQuestion

LENGTH: Final = 400


class Question(QWidget):
    """One question: some answers, and room for words."""

    def __init__(self, question: SurveyQuestion) -> None:
        super().__init__()
        self.id = question.id
        text = told(question.text)
        self.group = QButtonGroup(self)
        choices = row(space=Space.LARGE)
        for at, answer in enumerate(question.answers):
            choice = QRadioButton(told(answer.text))
            choice.setAccessibleName(f"{text} {told(answer.text)}")
            choice.setProperty("value", answer.id)
            self.group.addButton(choice, at)
            choices.addWidget(choice)
        choices.addStretch(1)
        self.more = QLineEdit()
        self.more.setPlaceholderText(told(question.more))
        self.more.setAccessibleName(f"{text} {told(question.more)}")
        self.more.setMaxLength(LENGTH)
        self.setLayout(column(label(text, "lead-strong", wrap=True), choices, self.more))

    @property
    def answer(self) -> str:
        """Id of the answer; empty where none was chosen."""
        # Not checkedButton(): the group remembers it although it was taken back.
        chosen = (one for one in self.group.buttons() if one.isChecked())
        return next((str(one.property("value")) for one in chosen), "")

    def clear(self) -> None:
        """Forget the answer."""
        self.group.setExclusive(False)
        for choice in self.group.buttons():
            choice.setChecked(False)
        self.group.setExclusive(True)
        self.more.clear()


class SurveyPage(QWidget):
    """Answered by whoever played the customer; may be skipped."""

    done = Signal(object)
    """The data of a SURVEY mark for each question that was answered; none where skipped."""

    def __init__(self, questions: Sequence[SurveyQuestion]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.questions = [Question(one) for one in questions]
        self._for = label("", "lead-quiet", wrap=True)
        self.skip = button(self.tr("Skip"))
        self.next = button(self.tr("On to the report"), kind="primary", icon="next")
        self._lay_out()
        self.skip.clicked.connect(lambda: self.done.emit(()))
        self.next.clicked.connect(lambda: self.done.emit(self.answers))
        self.keys.add("Ctrl+Return", self.tr("On to the report"), self.next.click,
                      button=self.next)  # fmt: skip
        self.keys.add("Escape", self.tr("Skip"), self.skip.click, button=self.skip)

    def _lay_out(self) -> None:
        asked: list[QFrame] = []
        for question in self.questions:
            frame = card()
            frame.setLayout(column(question, margin=Space.LARGE))
            asked.append(frame)
        foot = row(self.skip, None, self.next)
        content = column(
            label(self.tr("As the customer"), "page", wrap=True),
            self._for,
            Space.SMALL,
            *asked,
            Space.SNUG,
            foot,
            None,
            space=Space.SNUG,
        )
        self.setLayout(column(page_column(content, width=FORM_PX)))

    def enter(self, role: Speaking) -> None:
        """Ask anew: the partner, or after a role swap the person."""
        for question in self.questions:
            question.clear()
        self._for.setText(
            self.tr("You played the customer. Three questions, while it is fresh.")
            if role is Speaking.CUSTOMER
            else self.tr("For your partner: three questions, answered as the customer.")
        )
        first = self.questions[0].group.buttons()[0] if self.questions else self.next
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def answers(self) -> tuple[dict[str, str], ...]:
        """What was answered; a question left open is not in it."""
        given: list[dict[str, str]] = []
        for question in self.questions:
            text = question.more.text().strip()
            if question.answer or text:
                data = {"question": question.id, "answer": question.answer}
                given.append(data | ({"text": text} if text else {}))
        return tuple(given)
