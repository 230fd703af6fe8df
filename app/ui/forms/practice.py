"""A practice as a form: what it is, examples, and how it is found in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.coach.practice_schema import PracticeFile
from app.ui.forms.auto import field_for
from app.ui.forms.fields import Field, beside
from app.ui.forms.phrases import FinerNote, PhrasesField, TryOut
from app.ui.forms.sections import Sections
from app.ui.forms.table import scrolled
from app.ui.style import Space
from app.ui.widgets.controls import column, label

if TYPE_CHECKING:
    from app.coach.toml_fault import Fault
    from app.ui.forms.model import FormModel


class PracticeForm(QWidget):
    """Three parts."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self.model = model
        self.fields: dict[str, Field] = {}
        self.sections = Sections(model)
        self.sections.add(self.tr("What it is"), self._about(), self._is_head)
        self.sections.add(
            self.tr("Examples"), self._examples(), lambda one: one.where[0] in ("good", "bad")
        )
        self.done = PhrasesField(
            model, self.tr("Phrases that do it"),
            self.tr("One a line. Capitals and stops do not count."), "done",
        )  # fmt: skip
        self.wrong = PhrasesField(
            model, self.tr("Phrases that do the opposite"),
            self.tr("One a line. What only looks like it, or does harm."), "wrong",
        )  # fmt: skip
        self.try_out = TryOut(model)
        both = beside(self.done, self.wrong)
        found = column(self.try_out, both, FinerNote(model), None, space=Space.MEDIUM)
        self.sections.add(
            self.tr("How it is found"), scrolled(found), lambda one: one.where[0] == "pattern"
        )
        self.setLayout(column(self.sections))

    @staticmethod
    def _is_head(fault: Fault) -> bool:
        return fault.where[0] not in ("good", "bad", "pattern")

    def _made(self, key: str, *, why: str = "", none: str = "", least: int = 2) -> Field:
        made = field_for(self.model, PracticeFile, key, why=why, none=none, least=least)
        made.bind((key,))
        self.fields[key] = made
        return made

    def _about(self) -> QWidget:
        counts = beside(
            self._made("floor"), self._made("ceiling", none=self.tr("no limit")),
            self._made("phase"), stretch=(0, 0, 1),
        )  # fmt: skip
        texts = [
            self._made("name"), self._made("rule"), self._made("why"), self._made("source"),
        ]  # fmt: skip
        note = label(self.tr("How often counts over one whole talk."), "quiet", wrap=True)
        return scrolled(
            column(*texts, counts, note, self._made("lives_in"), None, space=Space.MEDIUM)
        )

    def _examples(self) -> QWidget:
        return scrolled(column(beside(self._made("good"), self._made("bad")), None))

    def reveal(self, fault: Fault) -> None:
        """Go to what a fault is about."""
        self.sections.go_to(fault)
        field = self.fields.get(str(fault.where[0]))
        (field or self.done).reveal()
