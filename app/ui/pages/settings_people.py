"""Sections of the settings that are about the person: who, privacy, first steps, backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from app.errors import AppError
from app.store.types import PersonRole
from app.ui.consenting import current_person
from app.ui.pages.profiles import NAME_LENGTH
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button
from app.ui.widgets.notice import Question
from app.ui.widgets.person_card import role_text
from app.ui.widgets.setting_rows import (
    CHOICE_PX,
    SettingRow,
    SettingsSection,
    choice_box,
    choose,
    switch,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.types import Person, Receipt
    from app.ui.profiles import Profiles
    from app.ui.services import Services


class PeopleSection(SettingsSection):
    """Oneself: name, role, removal; and the way to the others."""

    who_wanted = Signal()
    removed = Signal(object)
    """The Receipts of what went with the profile."""

    def __init__(
        self, services: Services, profiles: Profiles, failed: Callable[[AppError], object]
    ) -> None:
        super().__init__()
        self.head(
            self.tr("People"),
            self.tr("Each person has sessions, own normal and settings of their own."),
        )
        self._services, self._profiles, self._failed = services, profiles, failed
        self.field = QLineEdit()
        self.field.setMaxLength(NAME_LENGTH)
        self.field.setFixedWidth(CHOICE_PX)
        self.field.editingFinished.connect(self._on_name)
        self.role = choice_box(
            [(role.value, role_text(role)) for role in PersonRole], self._on_role
        )
        self.remove = button(self.tr("Remove…"))
        self.remove.clicked.connect(self.ask)
        self.others = button(self.tr("Change over"))
        self.others.clicked.connect(self.who_wanted)
        self.question = Question(self.tr("Remove"), self.tr("Leave it"))
        self.question.hide()
        self.question.confirmed.connect(self._go_through)
        self.question.declined.connect(self._leave)
        self.ask_who = switch(
            self.tr("Ask"), self._on_ask, name=self.tr("Ask at the start who is practising")
        )
        self._lay_out()

    def _lay_out(self) -> None:
        self._mine = [
            self.add(SettingRow(
                self.tr("Your name"), self.tr("As Home greets you."), self.field,
                words=self.tr("rename profile person"),
            )),
            self.add(SettingRow(
                self.tr("What you mostly do here"),
                self.tr("A trainer's Home begins with what others shared. It opens nothing else."),
                self.role, words=self.tr("role trainer staff profile"),
            )),
        ]  # fmt: skip
        self._others_row = self.add(SettingRow(
            self.tr("Somebody else"), "", self.others,
            words=self.tr("switch profile person add new who"),
        ))  # fmt: skip
        self.add(SettingRow(
            self.tr("Ask at the start who is practising"),
            self.tr("Where there are several people. It holds for this computer."), self.ask_who,
            words=self.tr("profile chooser start people"),
        ))  # fmt: skip
        self._mine.append(self.add(SettingRow(
            self.tr("Remove your profile"),
            self.tr("With all your sessions, own normal and settings; receipts show that they "
                    "are gone."),
            self.remove, words=self.tr("delete profile person"), below=self.question,
        )))  # fmt: skip
        self._usual = [row.why.text() for row in self._mine]

    def refresh(self) -> None:
        """Show who it is."""
        person = current_person(self._services)
        self.question.hide()
        nobody = self.tr("You have no profile yet: “Somebody new” below makes one.")
        for row, why in zip(self._mine, self._usual, strict=True):
            row.tell(why if person is not None else nobody)
        self.remove.setEnabled(person is not None)
        self.field.setEnabled(person is not None)
        self.role.setEnabled(person is not None)
        self.field.setText(person.name if person is not None else "")
        choose(self.role, (person.role if person is not None else PersonRole.STAFF).value)
        names = [one.name for one in self._profiles.people if person is None or one.id != person.id]
        self._others_row.tell(
            ", ".join(names) if names else self.tr("Nobody else has a profile here.")
        )
        self.others.setText(self.tr("Change over") if names else self.tr("Somebody new"))
        self.others.setAccessibleName(self.others.text())
        self.ask_who.setChecked(self._profiles.machine.ask_who)

    def _on_ask(self, wanted: bool) -> None:
        try:
            self._profiles.ask_who(wanted=wanted)
        except AppError as error:
            self._failed(error)

    def _on_name(self) -> None:
        person = current_person(self._services)
        name = " ".join(self.field.text().split())
        if person is None or not name or name == person.name:
            self.refresh()
            return
        try:
            self._profiles.rename(person, name)
        except AppError as error:
            self._failed(error)
        self.refresh()

    def _on_role(self, role: str) -> None:
        person = current_person(self._services)
        if person is not None:
            try:
                self._services.store.set_role(person.id, PersonRole(role))
            except AppError as error:
                self._failed(error)

    def ask(self) -> None:
        """Ask once, and say what goes."""
        person = current_person(self._services)
        if person is None:
            return
        theirs = self._services.store.sessions(person_id=person.id)
        count = sum(one.person_id == person.id for one in theirs)
        self.remove.setEnabled(False)
        self.question.ask(
            self.tr("Remove the profile of {name}?").format(name=person.name),
            self._goes(count),
        )

    def _goes(self, count: int) -> str:
        if count == 0:
            return self.tr("Gone for good: your own normal and your settings.")
        if count == 1:
            what = self.tr("your one session")
        else:
            what = self.tr("all your {n} sessions", "", count).format(n=count)
        return self.tr(
            "Gone for good: {what} with recordings, reports and notes, your own normal, your "
            "settings, and what others handed to you."
        ).format(what=what)

    def _leave(self) -> None:
        self.question.hide()
        self.remove.setEnabled(True)
        self.remove.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_through(self) -> None:
        person = current_person(self._services)
        if person is None:
            return
        self.question.hide()
        store = self._services.store
        future = self._services.background.run(lambda: store.remove_person(person.id))
        Waiter(future, lambda receipts: self._gone(person, receipts), self._not_gone, self)

    def _gone(self, person: Person, receipts: list[Receipt]) -> None:
        try:
            self._profiles.gone(person)
        except AppError as error:
            self._failed(error)
        self.removed.emit(receipts)

    def _not_gone(self, error: AppError) -> None:
        self._failed(error)
        self.refresh()


class PrivacySection(SettingsSection):
    """The ways to the privacy page, the first steps and a backup."""

    page_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.head(self.tr("Privacy"), self.tr("Everything stays on this computer."))
        self.privacy = self._door(
            "privacy", self.tr("Look"), self.tr("What is measured, and what never is"),
            self.tr("Agreements, receipts, open connections, everything about you in one file."),
            self.tr("consent receipts network export archive data legal"),
        )  # fmt: skip

    def _door(self, page: str, text: str, name: str, why: str, words: str) -> SettingRow:
        made = button(text)
        made.clicked.connect(lambda: self.page_wanted.emit(page))
        made.setAccessibleName(f"{name}: {text}")
        return self.add(SettingRow(name, why, made, words=words))


class MoreSection(PrivacySection):
    """Backup, and the first steps once more."""

    def __init__(self, pages: Callable[[str], bool]) -> None:
        SettingsSection.__init__(self)
        self.head(
            self.tr("Backup and first steps"),
            self.tr("For another computer, or for a new beginning on this one."),
        )
        if pages("backup"):
            self._door(
                "backup", self.tr("Open"), self.tr("Backup"),
                self.tr("Everything in one file, sealed if you like; and the way back."),
                self.tr("restore save copy archive move computer put back"),
            )  # fmt: skip
        self._door(
            "first", self.tr("Go through them"), self.tr("First steps"),
            self.tr("Devices, agreement, own normal and a first minute, each once more."),
            self.tr("tutorial introduction first run again set up"),
        )  # fmt: skip
