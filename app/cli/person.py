"""Whom a command is about: who was named, or who is meant where nobody was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError
from app.settings import load_machine

if TYPE_CHECKING:
    from app.store.store import Store
    from app.store.types import Person


def person_of(store: Store, name: str | None, *, last: bool = False) -> Person | None:
    """Find the profile that was named; without a name the only one, or the last one that practised.

    Parameters
    ----------
    store, name
        Where the profiles are, and what was typed after --person.
    last
        Whether the one that practised last is meant where several practise.

    Returns
    -------
    Person or None
        None where nobody was named and it is not clear who is meant.

    Raises
    ------
    AppError
        Where there is nobody of this name.
    """
    if name is not None:
        found = store.person_named(name)
        if found is None:
            raise AppError(f"There is no profile called {name}.", _there_are(store))
        return found
    people = store.persons()
    if last:
        last_id = load_machine(mend=False)[0].last_person
        people = [one for one in people if one.id == last_id] or people
    return people[0] if len(people) == 1 else None


def must_be_clear(store: Store, name: str | None, *, last: bool = False) -> Person:
    """Find it likewise; an AppError also where it is not clear who is meant."""
    found = person_of(store, name, last=last)
    if found is not None:
        return found
    if not store.persons():
        raise AppError("Nobody practises on this machine yet.", _there_are(store))
    raise AppError("It is not clear whose profile is meant.", _there_are(store))


def _there_are(store: Store) -> str:
    names = ", ".join(one.name for one in store.persons())
    if not names:
        return "Open Rapport, and make a profile in its window."
    return f"Name one with --person: {names}."
