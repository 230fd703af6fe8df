"""A set of markers as a form: what the number keys drop at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.coach.catalogue import load_catalogue
from app.coach.content_draft import id_of
from app.coach.desk.markers import MOST_MARKERS, MarkersFile, MarkerTable
from app.ui.forms.auto import field_for
from app.ui.forms.choices import ChoiceField
from app.ui.forms.fields import beside
from app.ui.forms.table import TableEditor
from app.ui.forms.words import choice_text
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import column

if TYPE_CHECKING:
    from app.coach.toml_fault import Fault
    from app.ui.forms.model import FormModel

MARKERS = ("marker",)


class MarkersForm(QWidget):
    """One row for each number key."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self.model = model
        self.name = field_for(model, MarkersFile, "name")
        self.name.bind(("name",))
        self.markers = TableEditor(
            model, MARKERS, self.tr("Markers in the order of the number keys"),
            words=self._words, fresh=self._fresh, add=self.tr("Add a marker"),
            empty=self.tr("Add the first marker."), most=MOST_MARKERS,
        )  # fmt: skip
        colour = field_for(model, MarkerTable, "colour")
        shape = field_for(model, MarkerTable, "shape")
        self.markers.hold("colour", colour)
        self.markers.hold("shape", shape)
        looks = beside(colour, shape)
        cues = [("", self.tr("nothing")), *((r.id, told(r.name)) for r in load_catalogue().rules)]
        self.markers.put_fields(
            ("label", field_for(model, MarkerTable, "label")),
            looks,
            (
                "cue",
                ChoiceField(
                    model, self.tr("What the machine looks for in its place"), lambda: cues,
                    self.tr("The desk can then lay both side by side."), usual="",
                ),
            ),
        )  # fmt: skip
        whole = column(self.name, self.markers, space=Space.MEDIUM)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _words(self, marker: dict[str, Any]) -> tuple[str, str]:
        looks = (choice_text(str(marker.get(key, ""))) for key in ("colour", "shape"))
        return str(marker.get("label") or "…"), ", ".join(one for one in looks if one)

    def _fresh(self) -> dict[str, object]:
        rows = self.model.rows(MARKERS)
        used = {(one.get("colour"), one.get("shape")) for one in rows}
        taken = {str(one.get("id")) for one in rows}
        shapes = ("circle", "square", "triangle", "diamond", "star", "heart", "flag", "hexagon")
        free = next(one for one in shapes if ("pace", one) not in used)
        made = id_of("marker", taken, fallback="marker")
        return {"id": made, "label": "", "colour": "pace", "shape": free}

    def reveal(self, fault: Fault) -> None:
        """Go to what a fault is about."""
        if not self.markers.reveal(fault.where):
            self.name.reveal()
