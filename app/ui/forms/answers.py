"""A benchmark answer: turn after turn, with notes on what is worth seeing in the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from app.coach.scenario_schema import NoteTable, TurnTable
from app.ui.forms.auto import field_for, title_of
from app.ui.forms.cards import Card, CardsField
from app.ui.forms.fields import Field, beside
from app.ui.forms.picker import practice_field
from app.ui.forms.table import TableEditor
from app.ui.forms.words import choice_text
from app.ui.style import Space
from app.ui.widgets.controls import button, column, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.coach.toml_fault import Where
    from app.ui.forms.growing import GrowingText
    from app.ui.forms.model import FormModel


class NoteCard(Card):
    """One note: which practice, done or not, in which words, and why it is worth seeing."""

    def __init__(self, model: FormModel, turn: GrowingText) -> None:
        super().__init__(model)
        self._turn = turn
        self.practice = practice_field(model, title_of(NoteTable, "practice"))
        self.fields: dict[str, Field] = {"practice": self.practice}
        for key, least in (("polarity", 0), ("words", 1), ("why", 1)):
            self.fields[key] = field_for(model, NoteTable, key, least=least)
        self.take = button(self.tr("Take what is marked above"), kind="link")
        self.take.clicked.connect(self._take)
        head = beside(self.practice, self.fields["polarity"], stretch=(3, 2))
        head.addWidget(self.out, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(
            column(
                head, self.fields["words"], row(self.take, None), self.fields["why"],
                space=Space.SMALL, margin=Space.SNUG,
            )
        )  # fmt: skip
        of = [one.focusProxy() or one for one in self.fields.values()]
        self.listen(*of[:-1], self.take, of[-1])

    def first(self) -> QWidget:
        """See Card."""
        return self.practice.control

    def bind(self, where: Where | None) -> None:
        """See Card."""
        super().bind(where)
        for key, field in self.fields.items():
            field.bind((*where, key) if where is not None else None)

    def _take(self) -> None:
        """Take the words that are marked in the turn; all of them where none are."""
        marked = self._turn.textCursor().selectedText().replace("\u2029", "\n").strip()
        if self.where is not None:
            self.model.put((*self.where, "words"), marked or self._turn.toPlainText())
            self.fields["words"].read()


class AnswerEditor(TableEditor):
    """The turns of a good or a bad answer."""

    def __init__(self, model: FormModel, key: str, name: str, empty: str) -> None:
        super().__init__(
            model, (key,), name, words=self._turn_words, fresh=self._fresh_turn,
            add=self.tr("Add a turn"), empty=empty,
        )  # fmt: skip
        self._polarity = "wrong" if key == "bad" else "done"
        text = field_for(model, TurnTable, "text", least=3)
        self.turn: GrowingText = text.focusProxy()  # type: ignore[assignment]
        self.notes = CardsField(
            model, self.tr("What is worth seeing in it"),
            self.tr("Mark words in the turn above, then take them into a note."),
            card=lambda: NoteCard(model, self.turn), fresh=self._fresh_note,
            add=self.tr("Add a note"),
        )  # fmt: skip
        self.put_fields(
            ("text", text), ("speaker", field_for(model, TurnTable, "speaker")),
            ("notes", self.notes),
        )  # fmt: skip

    def _turn_words(self, turn: dict[str, Any]) -> tuple[str, str]:
        who = choice_text(str(turn.get("speaker", "")))
        notes = turn.get("notes")
        count = len(notes) if isinstance(notes, list) else 0
        about = self.tr("{who} · notes: {n}").format(who=who, n=count) if count else who
        return str(turn.get("text") or "…"), about

    def _fresh_turn(self) -> dict[str, object]:
        at = self.list.currentRow()
        before = self.model.at((*self.where, at, "speaker")) if at >= 0 else "staff"
        return {"speaker": "customer" if before == "staff" else "staff", "text": ""}

    def _fresh_note(self) -> dict[str, object]:
        known = self.model.known.practices
        words = self.turn.textCursor().selectedText().replace("\u2029", "\n").strip()
        note: dict[str, object] = {"practice": known[0].id if known else "P01"}
        if self._polarity == "wrong":
            note["polarity"] = "wrong"
        return {**note, "words": words, "why": ""}
