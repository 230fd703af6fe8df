"""People on a shared computer: who practises now, with whose settings, and how one changes over."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.settings import (
    MachineSettings,
    Settings,
    forget_settings,
    load_machine,
    save_machine,
    save_settings,
    settings_file,
)
from app.store.faults import told
from app.store.known_ids import checked_settings
from app.ui.first_steps import next_step

if TYPE_CHECKING:
    from app.store.store import Store
    from app.store.types import Person
    from app.ui.flow import Doors
    from app.ui.services import Services

log = logging.getLogger(__name__)


def settings_of(person: Person) -> tuple[Settings, str | None]:
    """Read a person's settings; a file that was copied or renamed by hand is still theirs."""
    settings, mistake = checked_settings(settings_file(person.id))
    return settings.model_copy(update={"person_id": person.id, "person_name": person.name}), mistake


def first_settings(store: Store, person: Person | None = None) -> tuple[Settings, str | None]:
    """Find the settings to start with, and a sentence for each file that had mistakes.

    They are those of the person who is given, or of whoever was last. A file from before there
    were profiles is taken over, once.
    """
    machine, broken = load_machine()
    people = store.persons()
    last = person or next((one for one in people if one.id == machine.last_person), None)
    if last is None and len(people) == 1 and not settings_file().exists():
        last = people[0]
    if last is not None:
        settings, mistake = settings_of(last)
    else:
        settings, mistake = checked_settings(settings_file())
        if settings.person_name.strip():
            owner = store.ensure_person(settings.person_name)
            settings = settings.model_copy(
                update={"person_id": owner.id, "person_name": owner.name, "first_run_over": True}
            )
            mistake = _joined(mistake, _taken_over(settings))
    return settings, _joined(broken, mistake)


def first_page(services: Services) -> str:
    """Name the page to begin with: who is practising, the first run, or Home."""
    now = services.choices.now
    people = services.store.persons()
    known = any(one.id == now.person_id for one in people)
    if len(people) > 1 and (load_machine()[0].ask_who or not known):
        return "who"
    return "first" if not people and next_step(services) is not None else "home"


def save_choices(settings: Settings) -> None:
    """Save settings where they belong; those that were nobody's go with who they belong to now."""
    save_settings(settings)
    if not settings.person_id:
        return
    nobodys = settings_file()
    with told(nobodys):
        nobodys.unlink(missing_ok=True)
    machine, _ = load_machine()
    if machine.last_person != settings.person_id:
        save_machine(machine.model_copy(update={"last_person": settings.person_id}))


def _taken_over(settings: Settings) -> str | None:
    try:
        save_choices(settings)
    except AppError as error:
        log.info("settings not taken over: %s", error)
        return str(error)
    return None


def _joined(*told: str | None) -> str | None:
    return " ".join(one for one in told if one) or None


class Profiles(QObject):
    """Changes over from one person to another, and keeps what each of them chose apart."""

    def __init__(self, services: Services, doors: Doors, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._doors = doors

    @property
    def people(self) -> list[Person]:
        """Everybody, by name."""
        return self._services.store.persons()

    @property
    def machine(self) -> MachineSettings:
        """What belongs to the machine."""
        return load_machine()[0]

    def ask_who(self, *, wanted: bool) -> None:
        """Ask at the start who practises, or go on with whoever was last."""
        save_machine(self.machine.model_copy(update={"ask_who": wanted}))

    def switch(self, person: Person) -> str | None:
        """Change over to a person: their settings hold at once, and every page is emptied.

        Returns
        -------
        str or None
            A sentence where their settings file had mistakes, or could not be written.
        """
        choices = self._services.choices
        if person.id == choices.now.person_id:
            return None
        settings, mistake = settings_of(person)
        choices.take(settings)
        try:
            save_machine(self.machine.model_copy(update={"last_person": person.id}))
        except AppError as error:
            mistake = _joined(mistake, str(error))
        self._doors.person_changed.emit()
        return mistake

    def rename(self, person: Person, name: str) -> None:
        """Give a person another name, here and in their settings."""
        changed = self._services.store.rename_person(person.id, name)
        if self._services.choices.now.person_id == person.id:
            self._services.choices.change(person_name=changed.name)

    def gone(self, person: Person) -> None:
        """Let go of a person who was removed: settings and pages, too."""
        try:
            forget_settings(person.id)
        finally:
            if self._services.choices.now.person_id == person.id:
                self._services.choices.take(Settings())
                self._doors.person_changed.emit()
