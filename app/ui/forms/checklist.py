"""A checklist as a form: its name, and which practices in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.coach.checklist import MOST_ITEMS, ChecklistFile, ItemTable
from app.coach.content_draft import id_of
from app.ui.forms.auto import field_for, title_of
from app.ui.forms.choices import ChoiceField
from app.ui.forms.fields import beside
from app.ui.forms.picker import PracticePicker, practice_field
from app.ui.forms.table import TableEditor
from app.ui.forms.words import attention_text, choice_text
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import column, label

if TYPE_CHECKING:
    from app.coach.toml_fault import Fault
    from app.ui.forms.model import FormModel

ITEMS = ("item",)


class ChecklistForm(QWidget):
    """Rows in the order of a talk; the weight says what comes first to the eye."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self.model = model
        self.name = field_for(model, ChecklistFile, "name", least=1)
        self.name.bind(("name",))
        self.items = TableEditor(
            model, ITEMS, self.tr("What is on the checklist"), words=self._words, fresh=dict,
            add=self.tr("Add practices"), empty=self.tr("Add the first practice."), most=MOST_ITEMS,
        )  # fmt: skip
        self.items.add.clicked.disconnect()
        self.items.add.clicked.connect(self._open)
        self.picker = PracticePicker(model.known)
        self.picker.hide()
        self.picker.picked.connect(self._add)
        self.picker.closed.connect(self._close)
        self._fill()
        whole = column(self.name, self.items, self.picker, space=Space.MEDIUM)
        whole.setStretch(1, 1)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _fill(self) -> None:
        model, hold = self.model, self.items.hold
        self.phase = label("", "quiet", wrap=True)
        weights = [(one, attention_text(one)) for one in (1, 2, 3)]
        attention = ChoiceField(
            model, title_of(ItemTable, "attention"), lambda: weights,
            self.tr("Never a score, and never added up."), usual=1,
        )  # fmt: skip
        floor = field_for(model, ItemTable, "floor")
        ceiling = field_for(model, ItemTable, "ceiling", none=self.tr("no limit"))
        hold("attention", attention)
        hold("floor", floor)
        hold("ceiling", ceiling)
        numbers = beside(floor, ceiling)
        self.items.put_fields(
            ("text", field_for(model, ItemTable, "text", least=1)),
            ("practice", practice_field(model, title_of(ItemTable, "practice"))),
            self.phase,
            attention,
            ("why", field_for(model, ItemTable, "why")),
            numbers,
        )
        self.items.list.chosen.connect(lambda _: self._say_phase())
        model.changed.connect(self._say_phase)
        self._say_phase()

    def _say_phase(self) -> None:
        place = self.items.chosen
        practice = self.model.known.practice(str(self.model.at((*(place or ()), "practice"))))
        self.phase.setVisible(practice is not None)
        if practice is not None:
            self.phase.setText(
                self.tr("{phase}. {rule}").format(
                    phase=choice_text(practice.phase), rule=told(practice.rule)
                )
            )

    def _words(self, item: dict[str, Any]) -> tuple[str, str]:
        practice = self.model.known.practice(str(item.get("practice", "")))
        parts = [choice_text(practice.phase), told(practice.name)] if practice is not None else []
        attention = item.get("attention", 1)
        if attention != 1:
            parts.append(attention_text(attention))
        return str(item.get("text") or self.tr("New")), " · ".join(parts)

    def _open(self) -> None:
        self.items.hide()
        self.picker.open()

    def _close(self) -> None:
        self.picker.hide()
        self.items.show()
        self.items.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, practice_id: str) -> None:
        practice = self.model.known.practice(practice_id)
        rows = self.model.rows(ITEMS)
        if practice is None or len(rows) >= MOST_ITEMS:
            return
        taken = {str(one.get("id")) for one in rows}
        item: dict[str, object] = {
            "id": id_of(practice.name, taken, fallback="item"),
            "practice": practice.id,
            "text": practice.rule,
            "why": practice.why,
            "floor": max(1, practice.floor),
        }
        if practice.ceiling is not None:
            item["ceiling"] = max(1, practice.ceiling)
        at = len(rows)
        self.model.insert(ITEMS, at, item)
        self.items.choose(at)
        self._close()

    def reveal(self, fault: Fault) -> None:
        """Go to what a fault is about."""
        self._close()
        if not self.items.reveal(fault.where):
            self.name.reveal()
