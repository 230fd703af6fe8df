"""Consent: one page before the first recording, and whenever what is kept is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLayout, QLineEdit, QRadioButton, QWidget

from app.store.types import KeepPolicy
from app.ui.keys import KeyMap, show_keys
from app.ui.pages.consent_standing import StandingAgreement
from app.ui.pages.consent_words import OFFERED, days_words, keep_words
from app.ui.style import PAGE_PX, Space
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
    from app.errors import AppError
    from app.store.types import Consent
    from app.ui.services import Services


class ConsentPage(QWidget):
    """What is recorded, why, for how long, who sees it; a name; what is kept."""

    agreed = Signal(str, object, int)
    """Name, KeepPolicy, and after how many days a session is deleted."""
    declined = Signal()
    taken_back = Signal()
    """The agreement does not stand any more."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Any name will do"))
        self.name.setMaxLength(60)
        name_label = label(self.tr("Your name"), "strong")
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
            self.days.addItem(days_words(days), days)
        self.days.setCurrentIndex(max(0, self.days.findData(text.retention_days)))
        self.agree = button(told(text.agree), kind="primary")
        self.agree.clicked.connect(self._on_agree)
        self.decline = button(told(text.decline))
        self.decline.clicked.connect(self.declined)
        self.keys.add("Ctrl+Return", self.tr("Agree"), self._on_agree, button=self.agree)
        self.keys.add("Escape", self.tr("Back"), self._on_escape, button=self.decline)
        self.name.returnPressed.connect(self._on_agree)
        self.name.textChanged.connect(self._show_words)
        self.standing = StandingAgreement(services)
        self.standing.taken_back.connect(self._on_taken_back)
        self.standing.failed.connect(self._on_not_deleted)
        take_back = self.standing.take_back
        words = self.tr("Take your agreement back")
        self.keys.add("Ctrl+T", words, self.standing.ask, button=take_back)
        self._agreed_by = ""
        self._lay_out()

    def _lay_out(self) -> None:
        text = self._services.consent
        self._title = label("", "page", wrap=True)
        self._intro = label("", "lead-quiet", wrap=True)
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
            self._title,
            self._intro,
            Space.SMALL,
            self.notice,
            self.standing,
            Space.SMALL,
            both,
            None,
        )
        self.setLayout(column(page_column(content, width=PAGE_PX)))

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

    def forget(self) -> None:
        """Let go of the name and of what was agreed to."""
        self.name.clear()
        self.notice.hide()
        self._show_agreement(None)
        self.days.setCurrentIndex(max(0, self.days.findData(self._services.consent.retention_days)))

    def refresh(self) -> None:
        """Show what was chosen before."""
        settings = self._services.choices.now
        if settings.person_name:
            self.name.setText(settings.person_name)
        # A profile's name is changed where profiles are; another name here would be another person.
        self.name.setReadOnly(bool(settings.person_id))
        policy = KeepPolicy(settings.keep_policy)
        chosen = self.choices.get(policy, self.choices[KeepPolicy.PICTURE_AND_SOUND])
        chosen.setChecked(True)
        self._asked.hide()
        self.notice.hide()
        consent = self._held()
        if consent is not None:
            at = self.days.findData(consent.retention_days)
            self.days.setCurrentIndex(max(0, at))
        self._show_agreement(consent)
        (self.agree if self.name.text() else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _held(self) -> Consent | None:
        name = self._services.choices.now.person_name
        if not name.strip():
            return None
        store = self._services.store
        return store.consent_of(store.ensure_person(name).id)

    def _show_agreement(self, consent: Consent | None) -> None:
        self.standing.show_consent(consent)
        holds = consent is not None and consent.version == self._services.consent.version
        self._agreed_by = self._services.choices.now.person_name if holds else ""
        self._show_words()

    def _show_words(self) -> None:
        """Ask who has not agreed to agree; who has only saves what they changed."""
        text = self._services.consent
        if self.agreed_before:
            self._title.setText(self.tr("What you agreed to"))
            self._intro.setText(
                self.tr("What is kept, and for how long, can be changed at any time.")
            )
            agree, decline = self.tr("Save"), self.tr("Back")
        else:
            self._title.setText(told(text.title))
            self._intro.setText(told(text.intro))
            agree, decline = told(text.agree), told(text.decline)
        for control, words, keys in (
            (self.agree, agree, "Ctrl+Return"),
            (self.decline, decline, "Escape"),
        ):
            control.setText(words)
            control.setAccessibleName(words)
            show_keys(control, words, keys)

    @property
    def agreed_before(self) -> bool:
        """Whether whoever is named has agreed to this text already."""
        named = " ".join(self.name.text().split()).casefold()
        return bool(named) and named == self._agreed_by.casefold()

    def _on_escape(self) -> None:
        if self.standing.asking:
            self.standing.leave()
        else:
            self.declined.emit()

    def _on_taken_back(self, summary: str) -> None:
        self._show_agreement(None)
        self.notice.tell(self.tr("Your agreement is taken back."), summary)
        self.taken_back.emit()
        self.decline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_not_deleted(self, error: AppError) -> None:
        self._show_agreement(self._held())
        self.notice.tell_error(error)
        self.taken_back.emit()

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
