"""Who is practising: one card a person, and a line for somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QWidget

from app.errors import AppError
from app.store.types import PersonRole
from app.ui.keys import KeyMap
from app.ui.style import FORM_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, card, clear, column, label, page_column, row
from app.ui.widgets.notice import Notice
from app.ui.widgets.person_card import PersonCard

if TYPE_CHECKING:
    from app.store.types import Person
    from app.ui.services import Services

NAME_LENGTH: Final = 60
ACROSS: Final = 2


class NewPerson(QWidget):
    """A name and what one mostly does here."""

    added = Signal(object)
    """The Person who was entered."""
    left = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_LENGTH)
        self.name.setPlaceholderText(self.tr("Any name will do"))
        self.name.setAccessibleName(self.tr("Name"))
        self.wrong = label("", "quiet", wrap=True)
        self.staff = QRadioButton(self.tr("I practise conversations"))
        self.trainer = QRadioButton(self.tr("I am a trainer: others show me their sessions"))
        group = QButtonGroup(self)
        for choice in (self.staff, self.trainer):
            choice.setAccessibleName(choice.text())
            group.addButton(choice)
        self.add = button(self.tr("Add"), kind="primary")
        self.leave = button(self.tr("Leave it"))
        self.add.clicked.connect(self._on_add)
        self.leave.clicked.connect(self.left)
        self.name.returnPressed.connect(self._on_add)
        title = label(self.tr("Somebody new"), "section")
        caption = label(self.tr("Name"), "strong")
        caption.setBuddy(self.name)
        inside = column(
            title, Space.HAIR, caption, self.name, self.wrong, Space.HAIR,
            self.staff, self.trainer, Space.SMALL, row(None, self.leave, self.add),
            margin=Space.LARGE,
        )  # fmt: skip
        frame = card()
        frame.setLayout(inside)
        self.setLayout(column(frame))

    def begin(self) -> None:
        """Ask for a name, with nothing of the last one."""
        self.name.clear()
        self.wrong.hide()
        self.staff.setChecked(True)
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add(self) -> None:
        name = " ".join(self.name.text().split())
        store = self._services.store
        taken = store.person_named(name) if name else None
        if not name or taken is not None:
            self.wrong.setText(
                self.tr("There is a profile named {name} already. Add a letter.").format(name=name)
                if name
                else self.tr("Please write a name: sessions have an owner.")
            )
            self.wrong.show()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        role = PersonRole.TRAINER if self.trainer.isChecked() else PersonRole.STAFF
        try:
            person = store.ensure_person(name, role)
        except AppError as error:
            self.wrong.setText(f"{told(error.what)} {told(error.remedy)}")
            self.wrong.show()
            return
        self.added.emit(person)


class WhoPage(QWidget):
    """Asks who is practising; nothing of anybody shows before it is answered."""

    chosen = Signal(object)
    """The Person who practises from now on."""
    added = Signal(object)
    """A Person who is new here."""
    left = Signal()
    """Whoever was last goes on."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.cards: list[PersonCard] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.SNUG)
        self.new = button(self.tr("Somebody new"), icon="ph.user-plus")
        self.new.clicked.connect(self._on_new)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self.left)
        self.form = NewPerson(services)
        self.form.added.connect(self.added)
        self.form.left.connect(self._close_form)
        self.form.hide()
        self.keys.add("N", self.tr("Somebody new"), self._on_new, button=self.new)
        self.keys.add("Escape", self.tr("Back"), self._on_escape)
        self.back.setToolTip(self.tr("Back  (Esc)"))
        foot = row(self.back, None, self.new)
        content = column(
            None,
            label(self.tr("Who is practising?"), "page"),
            label(
                self.tr("Sessions, own normal and settings belong to each person alone."),
                "lead-quiet",
                wrap=True,
            ),
            Space.MEDIUM,
            self.notice,
            self._grid,
            Space.MEDIUM,
            self.form,
            foot,
            None,
        )
        content.setStretch(content.count() - 1, 2)
        self.setLayout(column(page_column(content, width=FORM_PX)))

    def refresh(self) -> None:
        """Show everybody as they are now."""
        self._close_form()
        self.notice.hide()
        clear(self._grid)
        current = self._services.choices.now.person_id
        people = self._services.store.persons()
        self.cards = []
        for at, person in enumerate(people):
            one = PersonCard(person, current=person.id == current)
            one.clicked.connect(lambda _=False, who=person: self.chosen.emit(who))
            self.cards.append(one)
            self._grid.addWidget(one, at // ACROSS, at % ACROSS)
        for side in range(ACROSS):
            self._grid.setColumnStretch(side, 1)
        self.back.setVisible(any(person.id == current for person in people) or not people)
        self._focus_first(current)

    def _focus_first(self, current: str) -> None:
        mine = next((one for one in self.cards if one.person.id == current), None)
        first = mine or (self.cards[0] if self.cards else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._on_new()

    def _on_new(self) -> None:
        self.new.hide()
        self.form.begin()

    def _close_form(self) -> None:
        self.form.hide()
        self.new.show()

    def _on_escape(self) -> None:
        if self.form.isVisible():
            self._close_form()
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.back.isVisible():
            self.left.emit()


def named(people: list[Person], person_id: str) -> Person | None:
    """Find a person by id; None where there is none."""
    return next((one for one in people if one.id == person_id), None)
