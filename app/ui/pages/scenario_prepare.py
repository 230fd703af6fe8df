"""Before a conversation: a reminder, a memory, which side, and how the customer speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.coach.practice_types import Speaking
from app.ui.keys import KeyMap
from app.ui.own_sessions import own_sessions
from app.ui.style import PAGE_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, card, column, label, page_column, picture_label, row
from app.ui.widgets.guests_card import GuestsCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame, QLabel

    from app.coach.card_types import Cards
    from app.coach.scenario_types import Scenario
    from app.ui.services import Services

VOICE, PARTNER, TEXT = "voice", "partner", "text"


class PreparePage(QWidget):
    """Two cards to think about, two questions to answer, one button."""

    set_up_wanted = Signal()
    """On to camera and microphone."""
    back_wanted = Signal()
    guests_wanted = Signal()
    """The team's page on its guests is to be read or filled in."""

    def __init__(self, services: Services, cards: Cards) -> None:
        super().__init__()
        self._services = services
        self._cards = cards
        self._reminder = label("", "section", wrap=True)
        self._memory = label("", "lead", wrap=True)
        self.guests = GuestsCard(cards)
        self.guests.open_wanted.connect(self.guests_wanted)
        self.scenario: Scenario | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.title = label("", "page", wrap=True)
        self.roles = self._group(
            (Speaking.STAFF.value, self.tr("I am the staff member")),
            (Speaking.CUSTOMER.value, self.tr("I play the customer")),
        )
        self.ways = self._group(
            (VOICE, self.tr("The computer says the lines")),
            (PARTNER, self.tr("A colleague plays the customer, from a card on the screen")),
            (TEXT, self.tr("The lines are shown as text")),
        )
        self.told = label("", "quiet", wrap=True)
        self._way_title = label(self.tr("How the customer speaks"), "section", wrap=True)
        self._ways = QWidget()
        self._ways.setLayout(self._stack(self.ways))
        self.next = button(self.tr("Choose camera and microphone"), kind="primary", icon="next")
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self._lay_out()
        self._connect()

    def _group(self, *choices: tuple[str, str]) -> QButtonGroup:
        group = QButtonGroup(self)
        for at, (value, words) in enumerate(choices):
            choice = QRadioButton(words)
            choice.setAccessibleName(words)
            choice.setProperty("value", value)
            group.addButton(choice, at)
        return group

    def _stack(self, group: QButtonGroup) -> QVBoxLayout:
        return column(*group.buttons(), space=Space.HAIR)

    def _lay_out(self) -> None:
        cards = row(
            self._card(
                "focus",
                self.tr("What I am here for"),
                self._reminder,
                self.tr("Act as if you felt it: how you feel about it follows what you do."),
            ),
            self._card(
                "ph.clock-counter-clockwise",
                self.tr("Think back for a moment"),
                self._memory,
                told(self._cards.reflection_note),
            ),
            space=Space.MEDIUM,
        )  # fmt: skip
        cards.setStretch(0, 1)
        cards.setStretch(1, 1)
        head = row(self.back, self.title, self.next, space=Space.SNUG)
        head.setStretch(1, 1)
        content = column(
            head,
            label(self.tr("Half a minute before you start."), "lead-quiet", wrap=True),
            Space.SMALL,
            column(cards, self.guests, space=Space.MEDIUM),
            Space.MEDIUM,
            label(self.tr("Your side of the counter"), "section", wrap=True),
            self._stack(self.roles),
            Space.SNUG,
            self._way_title,
            self._ways,
            self.told,
            None,
        )
        self.setLayout(column(page_column(content, width=PAGE_PX)))

    def _card(self, icon: str, title: str, words: QLabel, below: str) -> QFrame:
        frame = card()
        head = row(picture_label(icon, "accent"), label(title, "lead-strong", wrap=True))
        head.setStretch(1, 1)
        quiet = label(below, "quiet", wrap=True)
        frame.setLayout(column(head, words, quiet, None, space=Space.SMALL, margin=Space.LARGE))
        return frame

    def _connect(self) -> None:
        self.roles.idClicked.connect(lambda _: self._on_choice())
        self.ways.idClicked.connect(lambda _: self._on_choice())
        self.next.clicked.connect(self.set_up_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.keys.add(
            "Ctrl+Return", self.tr("Choose camera and microphone"), self.set_up_wanted.emit,
            button=self.next,
        )  # fmt: skip
        self.keys.add("Escape", self.tr("Back"), self.back_wanted.emit, button=self.back)

    def enter(self, scenario: Scenario) -> None:
        """Come to the front for a scenario."""
        self.scenario = scenario
        self.title.setText(told(scenario.title))
        # Another one each time, so that they are read.
        times = len(own_sessions(self._services))
        self._reminder.setText(told(self._cards.reminder(times).text))
        self._memory.setText(told(self._cards.reflection(times).text))
        self.guests.refresh()
        now = self._services.choices.now
        for group, value in ((self.roles, now.role), (self.ways, now.customer)):
            for choice in group.buttons():
                choice.setChecked(choice.property("value") == value)
        self._tell()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def role(self) -> Speaking:
        """Which side the person takes."""
        return Speaking(_value(self.roles))

    @property
    def way(self) -> str:
        """How the customer speaks; in a role swap the person does, from the card."""
        if self.role is Speaking.CUSTOMER:
            return PARTNER
        return _value(self.ways)

    def _on_choice(self) -> None:
        self._services.choices.change(role=_value(self.roles), customer=_value(self.ways))
        self._tell()

    def _tell(self) -> None:
        swapped = self.role is Speaking.CUSTOMER
        self._way_title.setVisible(not swapped)
        self._ways.setVisible(not swapped)
        self.told.setText(self._advice())

    def _advice(self) -> str:
        if self.role is Speaking.CUSTOMER:
            return self.tr(
                "You read the customer's lines from a card, and a colleague stands in front of "
                "the camera as the staff member. Ask them first: they are recorded. Afterwards "
                "you answer the customer's three questions."
            )
        if self.way == VOICE:
            return self.tr(
                "Wear headphones, or the microphone hears the customer too, and the report "
                "cannot say who talked over whom."
            )
        if self.way == PARTNER:
            return self.tr(
                "The card fills a screen and can be used with the keyboard alone. Afterwards your "
                "partner answers three questions as the customer."
            )
        return self.tr("Each line stays until the customer goes on.")


def _value(group: QButtonGroup) -> str:
    """Tell what is chosen in a group; empty where nothing is yet."""
    chosen = group.checkedButton()
    return str(chosen.property("value")) if chosen is not None else ""
