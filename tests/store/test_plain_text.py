"""Names of people and sessions, in whatever letters they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_cases import begun

from app.store.plain_text import plain_line

if TYPE_CHECKING:
    from app.store.store import Store

FAMILY = "Zo\u00eb \U0001f469\u200d\U0001f469\u200d\U0001f467"
HEBREW = "\u200f\u05e9\u05dc\u05d5\u05dd"


@pytest.mark.parametrize("name", ["Ana", 'O\'Brien "Bo"; DROP TABLE', FAMILY, HEBREW])
def test_what_people_are_called_stays(name: str) -> None:
    assert plain_line(name) == name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("  two \n lines\t", "two lines"),
        ("nul\x00l", "nul l"),
        ("\x1b[31mred", "[31mred"),
        ("\u202elive", "live"),
        ("half\udcff", "half?"),
        ("\x00", ""),
    ],
)
def test_what_acts_on_a_screen_goes(name: str, plain: str) -> None:
    assert plain_line(name) == plain


def test_people_and_sessions_are_called_so(store: Store) -> None:
    person = store.ensure_person("\u202eA\x00na\udcff")
    assert person.name == "A na?"
    assert store.person_named("a\x00na\udcff") == person
    record = begun(store, name=person.name)
    store.finish_session(record.id, duration_s=2.0)
    named = store.name_session(record.id, "a\x1bb\udcff", person.id)
    assert named.title == "a b?"
    assert store.name_session(record.id, "\x00", person.id).title == record.title
