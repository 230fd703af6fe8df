"""What a session is about: title, focus, checklist, own normal, what is looked for and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.store.types import TITLE_LENGTH, KeepPolicy
from app.ui.pages.consent_words import OFFERED, keep_words
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.cue_switches import cue_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QPushButton

    from app.coach.scenario_types import Scenario
    from app.ui.services import Services


class SessionChoices(QWidget):
    """The choices of the set-up page; each is remembered at once."""

    calibrate_wanted = Signal()
    cues_wanted = Signal()
    keep_wanted = Signal()
    normal_toggled = Signal(bool)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._given = ""
        self.title = QLineEdit()
        self.title.setMaxLength(TITLE_LENGTH)
        self.title.setPlaceholderText(self.tr("Charged twice"))
        self.title.setAccessibleName(self.tr("What the conversation is about"))
        self.partner = QCheckBox(self.tr("A colleague plays the customer"))
        self.partner.setAccessibleName(self.partner.text())
        asked = self.tr("They are heard, so they are asked before it begins.")
        self.partner.setToolTip(asked)
        self.partner.setAccessibleDescription(asked)
        self.focus = self._box(self.tr("What I may hint at"))
        self.checklist = self._box(self.tr("Checklist beside the picture"))
        self.measure = button(self.tr("Measure"))
        self.measure.setToolTip(self.tr("Measure your own normal, half a minute  (N)"))
        self.measure.clicked.connect(self.calibrate_wanted)
        self.leave_out = button(self.tr("Leave out"), kind="link")
        self.leave_out.setCheckable(True)
        self.leave_out.clicked.connect(lambda on: self.normal_toggled.emit(not on))
        self.cues = button(self.tr("Choose"), kind="link")
        self.cues.setAccessibleName(self.tr("Choose what is looked for"))
        self.cues.clicked.connect(self.cues_wanted)
        self.policy = self._box(self.tr("What is kept of this session"))
        for one in OFFERED:
            self.policy.addItem(keep_words(one)[0], one.value)
        self.policy.activated.connect(self._on_policy)
        self._chosen: str | None = None
        self.keep = button(self.tr("Agreement"), kind="link")
        self.keep.setAccessibleName(self.tr("What you agreed to"))
        self.keep.clicked.connect(self.keep_wanted)
        self._normal = label("", "quiet", wrap=True)
        self._cues = label("", "quiet")
        self._keep = label("", "quiet", wrap=True)
        self._lay_out()
        self.focus.activated.connect(self._on_focus)
        self.checklist.activated.connect(self._on_checklist)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _lay_out(self) -> None:
        normal = row(self._normal, self.leave_out, self.measure)
        normal.setStretch(0, 1)
        self.setLayout(
            column(
                label(self.tr("Your own normal"), "strong"),
                normal,
                Space.SMALL,
                label(self.tr("What I may hint at"), "strong"),
                self.focus,
                Space.SMALL,
                label(self.tr("Checklist"), "strong"),
                self.checklist,
                Space.SMALL,
                label(self.tr("What it is about, if you like"), "strong"),
                self.title,
                self.partner,
                Space.SMALL,
                self._line(self._cues, self.cues),
                Space.SMALL,
                self._line(label(self.tr("What is kept of it"), "strong"), self.keep),
                self.policy,
                self._keep,
                space=Space.HAIR,
            )
        )

    def _line(self, words: QWidget, change: QPushButton) -> QHBoxLayout:
        line = row(words, change)
        line.setStretch(0, 1)
        return line

    def begin(self) -> None:
        """Begin with what is usually kept; another choice is for one session."""
        self._chosen = None
        self.refresh()

    @property
    def keep_policy(self) -> KeepPolicy:
        """What is kept of the session to come."""
        return KeepPolicy(self._chosen or self._services.choices.now.keep_policy)

    def refresh(self) -> None:
        """Show the settings as they stand."""
        settings = self._services.choices.now
        off = set(settings.switched_off)
        rules = self._services.catalogue.rules
        self.focus.clear()
        self.focus.addItem(self.tr("Nothing, just let me talk"), "")
        for rule in rules:
            if rule.focus and rule.id not in off:
                self.focus.addItem(cue_name(rule), rule.id)
        wanted = settings.focus if settings.focus is not None and settings.hints else ""
        self.focus.setCurrentIndex(max(0, self.focus.findData(wanted)))
        self.checklist.clear()
        for checklist in self._services.library.checklists:
            self.checklist.addItem(told(checklist.name), checklist.id)
        self.checklist.addItem(self.tr("No checklist"), "")
        self.checklist.setCurrentIndex(max(0, self.checklist.findData(settings.checklist)))
        on = sum(rule.id not in off for rule in rules)
        self._cues.setText(self.tr("Looking for {n} of {all} things").format(n=on, all=len(rules)))
        self.policy.setCurrentIndex(max(0, self.policy.findData(self.keep_policy.value)))
        self._keep.setText(keep_words(self.keep_policy)[1])

    def take_scenario(self, scenario: Scenario | None) -> None:
        """Take title and checklist of a scenario; both can still be changed."""
        self.partner.setVisible(scenario is None)
        self.partner.setChecked(False)
        if scenario is None:
            # A title that came from a scenario goes with it; a typed one stays.
            if self.title.text() == self._given:
                self.title.clear()
            self._given = ""
            return
        self._given = told(scenario.title)
        self.title.setText(self._given)
        self._services.choices.change(checklist=scenario.checklist)

    def show_normal(self, words: str, *, has_one: bool, used: bool) -> None:
        """Say where the own normal comes from and whether it is used."""
        self._normal.setText(words)
        self.measure.show()
        self.measure.setText(self.tr("Measure again") if has_one else self.tr("Measure"))
        self.measure.setAccessibleName(self.measure.text())
        self.leave_out.setVisible(has_one)
        self.leave_out.setChecked(has_one and not used)

    def leave_normal(self, words: str) -> None:
        """Say why no own normal is used, and offer none."""
        self._normal.setText(words)
        self.measure.hide()
        self.leave_out.hide()

    @property
    def focus_id(self) -> str | None:
        """The cue that may hint; None for no hints."""
        return self.focus.currentData() or None

    @property
    def with_partner(self) -> bool:
        """Whether somebody plays the customer in a free talk."""
        return self.partner.isChecked()

    @property
    def checklist_id(self) -> str:
        """The checklist; empty for none."""
        return self.checklist.currentData() or ""

    def _on_focus(self) -> None:
        if self.focus_id is None:
            self._services.choices.change(hints=False)
        else:
            self._services.choices.change(hints=True, focus=self.focus_id)

    def _on_policy(self) -> None:
        self._chosen = self.policy.currentData()
        self._keep.setText(keep_words(self.keep_policy)[1])

    def _on_checklist(self) -> None:
        self._services.choices.change(checklist=self.checklist_id)
