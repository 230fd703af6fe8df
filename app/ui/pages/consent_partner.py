"""The partner's agreement: somebody plays the customer, is heard, and is asked before it begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QLineEdit, QVBoxLayout, QWidget

from app.coach.practice_types import Speaking
from app.errors import AppError
from app.store.types import ConsentKind
from app.ui.consenting import current_person, standing_consent
from app.ui.keys import KeyMap
from app.ui.pages.consent_words import days_words, keep_words
from app.ui.style import PAGE_PX, Space
from app.ui.texts import day_text, told
from app.ui.widgets.controls import button, card, clear, column, label, page_column, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.session.plan import LivePlan
    from app.store.types import Consent
    from app.ui.services import Services

NAME_LENGTH: Final = 60
MOST_KNOWN: Final = 4
"""So many partners who agreed before are offered; the others write their name once more."""


class PartnerPage(QWidget):
    """What is recorded, why, for how long, who sees it; a name; yes or no."""

    agreed = Signal(object)
    """The LivePlan, with the partner's consent in it."""
    declined = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._plan: LivePlan | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        text = services.consent.partner
        self.title = label(told(text.title), "page", wrap=True)
        self.intro = label("", "lead-quiet", wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_LENGTH)
        self.name.setAccessibleName(self.tr("Your name"))
        self.asked = label(self.tr("Please write your name."), "quiet", wrap=True)
        self.agree = button(told(text.agree), kind="primary")
        self.decline = button(self.tr("Not now"))
        self.agree.clicked.connect(self._on_agree)
        self.decline.clicked.connect(self.declined)
        self.name.returnPressed.connect(self._on_agree)
        self.keys.add("Ctrl+Return", told(text.agree), self._on_agree, button=self.agree)
        self.keys.add("Escape", self.tr("Not now"), self.declined.emit, button=self.decline)
        self._points = column(space=Space.MEDIUM - 2)
        self._known = QVBoxLayout()
        self._known.setSpacing(Space.HAIR)
        self._known_title = label(self.tr("Agreed before"), "strong")
        self._lay_out()

    def _lay_out(self) -> None:
        caption = label(self.tr("Your name"), "strong")
        caption.setBuddy(self.name)
        right = column(
            self._known_title, self._known, Space.SMALL, caption, self.name, self.asked,
            Space.LARGE, self.agree, Space.HAIR, self.decline, space=Space.HAIR,
            margin=Space.LARGE,
        )  # fmt: skip
        frame = card()
        frame.setLayout(right)
        both = row(self._points, column(frame, None), space=Space.WIDE)
        both.setStretch(0, 4)
        both.setStretch(1, 3)
        content = column(self.title, self.intro, Space.SMALL, self.notice, Space.SMALL, both, None)
        self.setLayout(column(page_column(content, width=PAGE_PX)))

    def take(self, plan: LivePlan) -> None:
        """Ask for the session that is about to start."""
        self._plan = plan
        self.name.clear()
        self.asked.hide()
        self.notice.hide()
        services = self._services
        text = services.consent.partner
        self.intro.setText(told(text.intro).format(name=services.choices.now.person_name))
        clear(self._points)
        keep, why = keep_words(plan.keep)
        measured = ((self.tr("What is measured"), told(text.measured)),) if self._swapped else ()
        for heading, sentence in (
            (self.tr("What it is for"), told(text.purpose)),
            *measured,
            (self.tr("What is kept"), f"{keep}. {why}"),
            (self.tr("How long"), days_words(self._days)),
            (self.tr("Who sees it"), told(text.seen_by)),
            (self.tr("Taking it back"), told(text.withdrawal)),
        ):
            self._points.addLayout(self._point(heading, sentence))
        self._points.addStretch(1)
        self._show_known()

    def forget(self) -> None:
        """Let go of the name and of the session."""
        self._plan = None
        self.name.clear()

    def _point(self, heading: str, sentence: str) -> QLayout:
        return column(label(heading, "strong"), label(sentence, "text", wrap=True), space=2)

    @property
    def _swapped(self) -> bool:
        """Whether it is they who stand in front of the camera."""
        return self._plan is not None and self._plan.role is Speaking.CUSTOMER

    @property
    def _purpose(self) -> str:
        """What they agree to, as it is kept: being measured is more than being heard."""
        text = self._services.consent.partner
        return f"{text.purpose} {text.measured}" if self._swapped else text.purpose

    @property
    def _days(self) -> int:
        """How long the session is kept: as long as the person's own agreement says."""
        consent = standing_consent(self._services)
        return consent.retention_days if consent else self._services.consent.retention_days

    def _show_known(self) -> None:
        """Offer those whose agreement still says the same."""
        clear(self._known)
        known = self._standing()[:MOST_KNOWN]
        self._known_title.setVisible(bool(known))
        now = self._services.now()
        for consent in known:
            name = consent.given_by or ""
            day = day_text(consent.given_at.astimezone(now.tzinfo), now)
            one = button(self.tr("{name}, {day}").format(name=name, day=day.casefold()))
            one.setAccessibleName(self.tr("It is {name} again").format(name=name))
            one.clicked.connect(lambda _=False, given=consent: self._go_on(given))
            self._known.addWidget(one)
        first = self._known.itemAt(0)
        front = first.widget() if first is not None else self.name
        if front is not None:
            front.setFocus(Qt.FocusReason.OtherFocusReason)

    def _standing(self) -> list[Consent]:
        person = current_person(self._services)
        text = self._services.consent
        found: dict[str, Consent] = {}
        for one in self._services.store.consents(person.id) if person is not None else ():
            same = one.version == text.version and one.retention_days >= self._days
            same = same and one.purpose.startswith(self._purpose)
            if one.kind is ConsentKind.PARTNER and one.withdrawn_at is None and same:
                found.setdefault((one.given_by or "").casefold(), one)
        return list(found.values())

    def _on_agree(self) -> None:
        name = " ".join(self.name.text().split())
        own = standing_consent(self._services)
        if not name:
            self.asked.show()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if own is None:
            self.declined.emit()
            return
        text = self._services.consent
        try:
            consent = self._services.store.record_partner_consent(
                own.person_id,
                name,
                version=text.version,
                purpose=self._purpose,
                retention_days=self._days,
                seen_by=text.partner.seen_by,
            )
        except AppError as error:
            self.notice.tell_error(error)
            return
        self._go_on(consent)

    def _go_on(self, consent: Consent) -> None:
        if self._plan is not None:
            plan, self._plan = self._plan, None
            self.agreed.emit(replace(plan, partner_consent_id=consent.id))
