"""Consent: one page before the first recording, and whenever what is kept is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLayout, QLineEdit, QRadioButton, QWidget

from app.store.types import KeepPolicy
from app.ui.keys import KeyMap
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import (
    button,
    card,
    column,
    label,
    page_column,
    row,
)
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.ui.services import Services

CONSENT_WIDTH: Final = 1040
OFFERED: Final = (KeepPolicy.PICTURE_AND_SOUND, KeepPolicy.REPORT_ONLY, KeepPolicy.NOTHING)


def keep_words(policy: KeepPolicy) -> tuple[str, str]:
    """Say in a few words, and in a sentence, what a policy keeps."""
    translate = QCoreApplication.translate
    if policy is KeepPolicy.PICTURE_AND_SOUND:
        return (
            translate("keep", "Picture and sound"),
            translate("keep", "You can replay each moment. That is where one learns."),
        )
    if policy is KeepPolicy.REPORT_ONLY:
        return (
            translate("keep", "Report only"),
            translate("keep", "What was seen and heard, with times. No picture, no sound."),
        )
    return (
        translate("keep", "Nothing"),
        translate("keep", "Hints while you practise; afterwards everything is gone."),
    )


class ConsentPage(QWidget):
    """What is recorded, why, for how long, who sees it; a name; what is kept."""

    agreed = Signal(str, object, int)
    """Name, KeepPolicy, and after how many days a session is deleted."""
    declined = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Any name will do"))
        self.name.setMaxLength(60)
        name_label = label(self.tr("&Your name"), "strong")
        name_label.setTextFormat(Qt.TextFormat.AutoText)
        name_label.setBuddy(self.name)
        self._name_label = name_label
        self.name.setAccessibleName(self.tr("Your name"))
        self._asked = label(self.tr("Please write a name: sessions have an owner."), "quiet")
        self._asked.hide()
        self.choices: dict[KeepPolicy, QRadioButton] = {}
        self.group = QButtonGroup(self)
        text = services.consent
        self.days = QComboBox()
        self.days.setAccessibleName(self.tr("How long a session is kept"))
        for days in text.retention_choices:
            self.days.addItem(self._days_words(days), days)
        self.days.setCurrentIndex(max(0, self.days.findData(text.retention_days)))
        self.agree = button(told(text.agree), kind="primary")
        self.agree.clicked.connect(self._on_agree)
        self.decline = button(told(text.decline))
        self.decline.clicked.connect(self.declined)
        self.keys.add("Ctrl+Return", self.tr("Agree"), self._on_agree, button=self.agree)
        self.keys.add("Escape", self.tr("Not now"), self.declined.emit, button=self.decline)
        self.name.returnPressed.connect(self._on_agree)
        self._lay_out()

    def _days_words(self, days: int) -> str:
        if days == 365:
            return self.tr("One year")
        return self.tr("{n} days").format(n=days)

    def _lay_out(self) -> None:
        text = self._services.consent
        left = column(space=Space.MEDIUM - 2)
        for section in text.sections:
            left.addLayout(self._point(told(section.heading), told(section.text)))
        left.addStretch(1)
        right = column(self._name_label, self.name, self._asked, Space.SMALL, space=Space.HAIR)
        right.addWidget(label(self.tr("What is kept of a session"), "strong"))
        for policy in OFFERED:
            right.addLayout(self._choice(policy))
        right.addWidget(label(self.tr("How long"), "strong"))
        right.addWidget(self.days)
        right.addSpacing(Space.LARGE)
        right.addWidget(self.agree)
        right.addSpacing(Space.HAIR)
        right.addWidget(self.decline)
        right.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        frame = card()
        frame.setLayout(right)
        beside = column(frame, None)
        both = row(left, beside, space=Space.WIDE)
        both.setStretch(0, 4)
        both.setStretch(1, 3)
        content = column(
            label(told(text.title), "page", wrap=True),
            label(told(text.intro), "lead-quiet", wrap=True),
            Space.MEDIUM,
            self.notice,
            both,
            None,
        )
        self.setLayout(column(page_column(content, width=CONSENT_WIDTH)))

    def _point(self, heading: str, sentence: str) -> QLayout:
        return column(label(heading, "strong"), label(sentence, "text", wrap=True), space=2)

    def _choice(self, policy: KeepPolicy) -> QLayout:
        name, sentence = keep_words(policy)
        radio = QRadioButton(name)
        radio.setAccessibleName(name)
        radio.setAccessibleDescription(sentence)
        self.choices[policy] = radio
        self.group.addButton(radio)
        why = label(sentence, "quiet", wrap=True)
        why.setContentsMargins(Space.WIDE, 0, 0, Space.SMALL)
        return column(radio, why, space=0)

    def refresh(self) -> None:
        """Show what was chosen before."""
        settings = self._services.choices.now
        if not self.name.text():
            self.name.setText(settings.person_name)
        policy = KeepPolicy(settings.keep_policy)
        chosen = self.choices.get(policy, self.choices[KeepPolicy.PICTURE_AND_SOUND])
        chosen.setChecked(True)
        self._asked.hide()
        self.notice.hide()
        if settings.person_name:
            person = self._services.store.ensure_person(settings.person_name)
            consent = self._services.store.consent_of(person.id)
            if consent is not None:
                at = self.days.findData(consent.retention_days)
                self.days.setCurrentIndex(max(0, at))
        (self.agree if self.name.text() else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def policy(self) -> KeepPolicy:
        """What is chosen now."""
        return next(p for p, radio in self.choices.items() if radio.isChecked())

    def _on_agree(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self._asked.show()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.agreed.emit(name, self.policy, int(self.days.currentData()))
