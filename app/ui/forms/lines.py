"""What the customer says: a tree of lines, and the chosen one with its ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.coach.content_draft import id_of
from app.coach.scenario_schema import MOST_LINES, LineTable
from app.ui.forms.auto import field_for
from app.ui.forms.branches import LINES, BranchesField
from app.ui.forms.fields import Said, in_sight
from app.ui.forms.line_tree import LineTree
from app.ui.forms.table import scrolled
from app.ui.forms.wrap import WrapLayout
from app.ui.style import Space
from app.ui.widgets.controls import button, card, column, row

if TYPE_CHECKING:
    from app.coach.toml_fault import Fault, Where
    from app.ui.forms.fields import Field
    from app.ui.forms.model import FormModel

TREE_PX: Final = 400


class LinesEditor(QWidget):
    """The tree on the left, the chosen line on the right."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self.model = model
        self.tree = LineTree(model)
        self.add = button(self.tr("Add a line"), icon="ph.plus")
        self.out = button(self.tr("Take out"), icon="delete")
        self.opens = button(self.tr("Let it open the talk"), kind="link")
        self.said = Said()
        self.branches = BranchesField(model)
        self.fields: dict[str, Field] = {
            "text": field_for(model, LineTable, "text"),
            "manner": field_for(
                model, LineTable, "manner", least=1,
                why=self.tr("What can be seen and heard, for a colleague who plays them."),
            ),
            "rushed": field_for(model, LineTable, "rushed"),
            "small_talk": field_for(model, LineTable, "small_talk"),
            "next": self.branches,
        }  # fmt: skip
        self._lay_out()
        self.tree.chosen.connect(self._show)
        self.tree.remove_wanted.connect(self._remove)
        self.tree.open_wanted.connect(self.fields["text"].reveal)
        self.add.clicked.connect(self._on_add)
        self.out.clicked.connect(lambda: self._remove(self.tree.line))
        self.opens.clicked.connect(self._on_opens)
        self.branches.new_wanted.connect(self._lead_to_new)
        model.redrawn.connect(self.refresh)
        model.judged.connect(self._judge)
        self.refresh()

    def _lay_out(self) -> None:
        left = column(self.tree, row(self.add, self.out, None), space=Space.SMALL)
        left.setStretch(0, 1)
        side = QWidget()
        side.setMinimumWidth(TREE_PX - 120)
        side.setMaximumWidth(TREE_PX + 80)
        side.setLayout(left)
        flags = WrapLayout(Space.LARGE)
        for key in ("rushed", "small_talk"):
            flags.addWidget(self.fields[key])
        content = column(
            self.said,
            *(self.fields[key] for key in ("text", "manner")),
            flags,
            self.branches,
            row(self.opens, None),
            None,
            space=Space.MEDIUM,
        )
        frame = card()
        inside = column(scrolled(content))
        inside.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.SNUG, Space.SMALL)
        frame.setLayout(inside)
        both = row(side, frame, space=Space.MEDIUM)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        self.setLayout(both)

    def refresh(self) -> None:
        """Show everything again."""
        self.tree.refresh()
        self._show(self.tree.line)
        count = len(self.model.rows(LINES))
        self.add.setEnabled(count < MOST_LINES)
        self.out.setEnabled(count > 0)

    def _show(self, at: int) -> None:
        place: Where | None = (*LINES, at) if at >= 0 else None
        for key, field in self.fields.items():
            field.bind((*place, key) if place is not None else None)
        self.opens.setVisible(at > 0)
        self._judge_line()

    def _judge(self) -> None:
        self.tree.refresh()
        self._judge_line()

    def _judge_line(self) -> None:
        self.said.say(self.model.told((*LINES, self.tree.line)))

    def choose(self, at: int) -> None:
        """Choose a line."""
        self.tree.choose(at)

    def _fresh(self) -> dict[str, Any]:
        taken = {str(one.get("id")) for one in self.model.rows(LINES)}
        return {"id": id_of("line", taken, fallback="line"), "text": ""}

    def _on_add(self) -> None:
        at = len(self.model.rows(LINES))
        self.model.insert(LINES, at, self._fresh())
        self.choose(at)
        self.fields["text"].reveal()

    def _lead_to_new(self, where: Where, branch: str) -> None:
        made = self._fresh()
        self.model.put(where, branch.format(made["id"]))
        at = len(self.model.rows(LINES))
        self.model.insert(LINES, at, made)
        self.choose(at)
        self.fields["text"].reveal()

    def _on_opens(self) -> None:
        if self.model.move(LINES, self.tree.line, 0):
            self.choose(0)

    def _remove(self, at: int) -> None:
        if 0 <= at < len(self.model.rows(LINES)):
            self.model.remove(LINES, at)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, fault: Fault) -> None:
        """Go to what a fault is about."""
        if len(fault.where) > 1:
            self.choose(int(fault.where[1]))
        key = str(fault.where[2]) if len(fault.where) > 2 else ""
        field = self.fields.get(key)
        if field is self.branches and len(fault.where) > 3:
            card = self.branches.cards[int(fault.where[3])]
            card.first().setFocus(Qt.FocusReason.ShortcutFocusReason)
            in_sight(card)
        elif field is not None:
            field.reveal()
        else:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
