"""Where a customer's line goes on: what was done in the answer, and which line comes then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal

from app.coach.scenario_schema import BRANCH, END
from app.ui.forms.cards import Card, CardsField
from app.ui.forms.choices import Choice
from app.ui.forms.fields import Said
from app.ui.forms.words import practice_text
from app.ui.style import Space
from app.ui.widgets.controls import column, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.ui.forms.model import FormModel

LINES: Final = ("line",)
HIDDEN: Final = ("hidden",)
NEW: Final = "\n"
"""The choice that makes a new line; no id looks so."""
MOST: Final = 12
SHORT: Final = 60
"""Letters of a line that its name in a list holds."""


def line_name(at: int, line: dict[str, Any]) -> str:
    """Name a line by its number and its first words."""
    text = str(line.get("text") or "…")
    return f"{at + 1}  {text if len(text) <= SHORT else text[:SHORT].rstrip() + '…'}"


def about_text(model: FormModel, condition: str, about: str) -> str:
    """Name what a condition is about."""
    if condition == "asked":
        facts = {str(one.get("id")): str(one.get("fact") or "…") for one in model.rows(HIDDEN)}
        return facts.get(about, about)
    practice = model.known.practice(about)
    return practice_text(about, practice.name if practice is not None else "")


class BranchCard(Card):
    """One way on."""

    new_wanted = Signal(object)
    """The way to a branch that is to lead to a line that is still to be written."""

    def __init__(self, model: FormModel) -> None:
        super().__init__(model)
        self.condition = Choice(
            [
                ("done", self.tr("They did")),
                ("wrong", self.tr("The opposite of")),
                ("missing", self.tr("They left out")),
                ("asked", self.tr("They asked about")),
                ("else", self.tr("Anything else")),
            ]
        )
        self.about, self.to = Choice(), Choice()
        self.said = Said()
        for one, name in (
            (self.condition, self.tr("What holds")),
            (self.about, self.tr("What it is about")),
            (self.to, self.tr("Where it leads")),
        ):
            one.setAccessibleName(name)
        when = row(self.condition, self.about, self.out, space=Space.SMALL)
        when.setStretch(0, 1)
        when.setStretch(1, 1)
        then = row(label(self.tr("leads to"), "quiet"), self.to, space=Space.SMALL)
        then.setStretch(1, 1)
        self.setLayout(column(when, then, self.said, space=Space.HAIR, margin=Space.SNUG))
        self.listen(self.condition, self.about, self.to)
        self.condition.activated.connect(lambda _: self._on_condition())
        self.about.activated.connect(lambda _: self._write())
        self.to.activated.connect(lambda _: self._on_to())
        model.judged.connect(self.judge)

    def first(self) -> QWidget:
        """See Card."""
        return self.condition

    def read(self) -> None:
        """See Card."""
        match = BRANCH.fullmatch(str(self.model.at(self.where))) if self.where else None
        found, practice, asked, fact, other, to = match.groups() if match else (None,) * 6
        condition = found or asked or other
        self.condition.choose(condition)
        self._offer(str(condition))
        self.about.choose(practice or fact)
        self.to.offer(self._targets())
        self.to.choose(to)
        self.judge()

    def _offer(self, condition: str) -> None:
        if condition == "asked":
            facts = self.model.rows(HIDDEN)
            self.about.offer([(str(one.get("id")), str(one.get("fact") or "…")) for one in facts])
        else:
            known = self.model.known.practices
            self.about.offer([(one.id, practice_text(one.id, one.name)) for one in known])
        self.about.setVisible(condition != "else")

    def _targets(self) -> Sequence[tuple[str, str]]:
        lines = self.model.rows(LINES)
        own = self.where[1] if self.where else None
        shown = [
            (str(one.get("id")), line_name(at, one)) for at, one in enumerate(lines) if at != own
        ]
        return [*shown, (END, self.tr("The talk ends")), (NEW, self.tr("A new line…"))]

    def _on_condition(self) -> None:
        self._offer(str(self.condition.currentData()))
        self.about.setCurrentIndex(0)
        self._write()

    def _on_to(self) -> None:
        if self.to.currentData() == NEW:
            self.new_wanted.emit(self.where)
        else:
            self._write()

    def _write(self) -> None:
        if self.where is not None:
            old = BRANCH.fullmatch(str(self.model.at(self.where)))
            to = self.to.currentData() or (old[6] if old is not None else END)
            self.model.put(self.where, self.written(str(to)))

    def written(self, to: str) -> str:
        """Write the branch as the file does."""
        condition = str(self.condition.currentData() or "else")
        about = "" if condition == "else" else f" {self.about.currentData() or 'fact'}"
        return f"{condition}{about} -> {to}"

    def judge(self) -> None:
        """Say what is wrong with this way on."""
        self.said.say(self.model.told(self.where) if self.where is not None else ())


class BranchesField(CardsField):
    """All ways on from a line, in the order in which they are tried."""

    new_wanted = Signal(object, str)
    """The way to a branch, and the branch with {} in place of the new line's id."""

    def __init__(self, model: FormModel) -> None:
        super().__init__(
            model, self.tr("Where it goes on"),
            self.tr("The first that holds is taken. Without any, the talk ends here."),
            card=self._make, fresh=self._new, add=self.tr("Add a way on"), most=MOST,
        )  # fmt: skip

    def _make(self) -> BranchCard:
        made = BranchCard(self.model)
        made.new_wanted.connect(lambda where: self.new_wanted.emit(where, made.written("{}")))
        return made

    def _new(self) -> str:
        if not self.cards:
            return f"else -> {END}"
        first = self.model.known.practices
        return f"done {first[0].id if first else 'P01'} -> {END}"

    def place_of_new(self) -> int:
        """Stay in front of “Anything else”, which must be the last."""
        texts = [str(one) for one in self.model.rows(self.where or ())]
        return len(texts) - 1 if texts and texts[-1].startswith("else ") else len(texts)
