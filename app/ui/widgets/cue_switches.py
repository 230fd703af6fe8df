"""Which cues are looked for; each can be switched off without any penalty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.coach.types import Sense
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, page_column, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.types import CueRule


def cue_name(rule: CueRule) -> str:
    """Name of a cue as it stands at the beginning of a line."""
    name = told(rule.name)
    return name[:1].upper() + name[1:]


class CueSwitches(QWidget):
    """One switch a cue, by sense."""

    changed = Signal(tuple)
    """Ids that are switched off, in the catalogue's order."""
    closed = Signal()

    def __init__(self, rules: Sequence[CueRule]) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        switches = column(space=0)
        for sense, title in (
            (Sense.VISION, self.tr("Seen")),
            (Sense.VOICE, self.tr("Heard")),
        ):
            switches.addWidget(label(title, "quiet"))
            for rule in rules:
                if rule.sense is sense:
                    box = QCheckBox(cue_name(rule))
                    box.setAccessibleName(cue_name(rule))
                    box.clicked.connect(lambda: self.changed.emit(self.switched_off))
                    self._boxes[rule.id] = box
                    switches.addWidget(box)
            switches.addSpacing(Space.SMALL)
        switches.addStretch(1)
        done = button(self.tr("Done"))
        done.setToolTip(self.tr("Back to the set-up  (Esc)"))
        done.clicked.connect(self.closed)
        area = page_column(switches)
        switches.setContentsMargins(0, 0, Space.SMALL, 0)
        content = column(
            label(self.tr("What is looked for"), "section"),
            label(
                self.tr("Faces, bodies and voices differ. Switch off what does not suit you."),
                "quiet",
                wrap=True,
            ),
            Space.SMALL,
            area,
            row(None, done),
        )
        content.setStretch(3, 1)
        self.setLayout(content)

    def changeEvent(self, event: QEvent) -> None:
        """Keep each line's full height in the size of texts that holds now."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            for box in self._boxes.values():
                # A page that is too low scrolls; squeezed lines would lose their descenders.
                box.ensurePolished()
                box.setMinimumHeight(box.sizeHint().height())

    def show_off(self, ids: Iterable[str]) -> None:
        """Show these cues as switched off."""
        off = set(ids)
        for cue, box in self._boxes.items():
            box.setChecked(cue not in off)

    @property
    def switched_off(self) -> tuple[str, ...]:
        """Ids that are switched off, in the catalogue's order."""
        return tuple(cue for cue, box in self._boxes.items() if not box.isChecked())
