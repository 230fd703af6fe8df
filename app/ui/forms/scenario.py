"""A conversation as a form: the case, the customer, what they say, and two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.coach.content_draft import id_of
from app.coach.scenario_schema import CustomerTable, HiddenTable, JargonTable, ScenarioFile
from app.ui.forms.answers import AnswerEditor
from app.ui.forms.auto import field_for, title_of
from app.ui.forms.choices import ChoiceField
from app.ui.forms.fields import Field, beside
from app.ui.forms.lines import LinesEditor
from app.ui.forms.sections import Sections
from app.ui.forms.table import TableEditor, scrolled
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.toml_fault import Fault, Where
    from app.ui.forms.model import FormModel

TABLES = frozenset({"customer", "hidden", "jargon", "line", "good", "bad"})
"""Keys that have a part of their own; all others are in the first one."""


def _below(key: str) -> Callable[[Fault], bool]:
    return lambda fault: fault.where[0] == key


class ScenarioForm(QWidget):
    """Seven parts, each with what is to be mended in it."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self.model = model
        self.fields: dict[Where, Field] = {}
        self.sections = Sections(model)
        self.lines = LinesEditor(model)
        self.good = AnswerEditor(
            model, "good", self.tr("A good answer"),
            self.tr("Write out a talk that goes well, turn after turn."),
        )  # fmt: skip
        self.bad = AnswerEditor(
            model, "bad", self.tr("A bad answer"),
            self.tr("Write out a talk that goes wrong, turn after turn."),
        )  # fmt: skip
        self.hidden = self._hidden()
        self.jargon = self._jargon()
        add = self.sections.add
        add(self.tr("The case"), self._case(), lambda one: one.where[0] not in TABLES)
        add(self.tr("The customer"), self._customer(), _below("customer"))
        add(self.tr("What they keep back"), self.hidden, _below("hidden"))
        add(self.tr("What they say"), self.lines, _below("line"))
        add(self.tr("A good answer"), self.good, _below("good"))
        add(self.tr("A bad answer"), self.bad, _below("bad"))
        add(self.tr("Words of the house"), self.jargon, _below("jargon"))
        self.setLayout(column(self.sections))

    def _put(self, where: Where, made: Field) -> Field:
        made.bind(where)
        self.fields[where] = made
        return made

    def _head(self, key: str, why: str = "") -> Field:
        return self._put((key,), field_for(self.model, ScenarioFile, key, why=why))

    def _of_customer(self, key: str, why: str = "", least: int = 1) -> Field:
        made = field_for(self.model, CustomerTable, key, why=why, least=least)
        return self._put(("customer", key), made)

    def _case(self) -> QWidget:
        lists = [(one.id, told(one.name)) for one in self.model.known.checklists]
        checklist = self._put(
            ("checklist",),
            ChoiceField(self.model, title_of(ScenarioFile, "checklist"), lambda: lists),
        )
        choices = beside(self._head("sector"), self._head("temper"), checklist)
        texts = beside(
            self._head("options", self.tr("A short phrase each.")),
            self._head("nouns", self.tr("Saying it back should take them up: “charge”, “room”.")),
        )
        return scrolled(
            column(
                self._head("title"), choices, self._head("situation"), texts,
                self._head("write"), self._head("small_talk"), None, space=Space.MEDIUM,
            )
        )  # fmt: skip

    def _customer(self) -> QWidget:
        who = beside(
            self._of_customer("name"), self._of_customer("language"), self._of_customer("age"),
            stretch=(3, 3, 1),
        )  # fmt: skip
        return scrolled(
            column(
                who, self._of_customer("purpose"), self._of_customer("needs"),
                self._of_customer("wants", self.tr("The wish under the anger.")),
                self._of_customer("history"), self._of_customer("knows"),
                self._of_customer("does_not_know"), None, space=Space.MEDIUM,
            )
        )  # fmt: skip

    def _hidden(self) -> TableEditor:
        model = self.model
        made = TableEditor(
            model, ("hidden",), self.tr("What they keep back"), words=_fact_words,
            fresh=self._fresh_fact, add=self.tr("Add a fact"),
            empty=self.tr("What they know and do not say unless somebody asks well."),
        )  # fmt: skip
        made.put_fields(
            ("fact", field_for(model, HiddenTable, "fact")),
            (
                "asked_by",
                field_for(
                    model, HiddenTable, "asked_by",
                    why=self.tr("A word or a short phrase each; “worr” finds worry and worried."),
                ),
            ),
            ("says", field_for(model, HiddenTable, "says")),
        )  # fmt: skip
        return made

    def _fresh_fact(self) -> dict[str, object]:
        taken = {str(one.get("id")) for one in self.model.rows(("hidden",))}
        made = id_of("fact", taken, fallback="fact")
        return {"id": made, "fact": "", "asked_by": [""], "says": ""}

    def _jargon(self) -> TableEditor:
        model = self.model
        made = TableEditor(
            model, ("jargon",), self.tr("Words of the house"), words=_jargon_words,
            fresh=lambda: {"word": "", "plain": ""}, add=self.tr("Add a word"),
            empty=self.tr("Words that staff use and this customer does not know."),
        )  # fmt: skip
        made.put_fields(
            ("word", field_for(model, JargonTable, "word", least=1)),
            ("plain", field_for(model, JargonTable, "plain")),
        )
        return made

    def reveal(self, fault: Fault) -> None:
        """Go to what a fault is about."""
        part = self.sections.go_to(fault)
        if isinstance(part, LinesEditor):
            part.reveal(fault)
        elif isinstance(part, TableEditor):
            part.reveal(fault.where)
        else:
            found = (one for way, one in self.fields.items() if fault.where[: len(way)] == way)
            field = next(found, None)
            if field is not None:
                field.reveal()


def _fact_words(fact: dict[str, Any]) -> tuple[str, str]:
    asked = fact.get("asked_by")
    words = (
        [one for one in asked if isinstance(one, str) and one] if isinstance(asked, list) else []
    )
    return str(fact.get("fact") or "…"), ", ".join(words)


def _jargon_words(word: dict[str, Any]) -> tuple[str, str]:
    return str(word.get("word") or "…"), str(word.get("plain") or "")
