"""Which form goes with which kind of content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.coach.content_kinds import ContentKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.coach.toml_fault import Fault
    from app.ui.forms.model import FormModel


class Form(Protocol):
    """What every form can do."""

    def reveal(self, fault: Fault) -> None:
        """Go to what a fault is about."""
        ...


def make_form(model: FormModel) -> tuple[Form, QWidget]:
    """Make the form for a draft; gives it as what it can do, and as what is shown."""
    # One is wanted at a time, and Home wants none.
    from app.ui.forms.checklist import ChecklistForm  # noqa: PLC0415
    from app.ui.forms.markers import MarkersForm  # noqa: PLC0415
    from app.ui.forms.practice import PracticeForm  # noqa: PLC0415
    from app.ui.forms.scenario import ScenarioForm  # noqa: PLC0415

    kinds: dict[
        ContentKind,
        type[ChecklistForm | PracticeForm | ScenarioForm | MarkersForm],
    ] = {
        ContentKind.CHECKLISTS: ChecklistForm,
        ContentKind.PRACTICES: PracticeForm,
        ContentKind.SCENARIOS: ScenarioForm,
        ContentKind.MARKERS: MarkersForm,
    }
    made = kinds[model.draft.kind](model)
    return made, made
