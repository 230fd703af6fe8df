"""Whom a command is about: one rule for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.cli.person import must_be_clear, person_of
from app.errors import AppError
from app.settings import MachineSettings, save_machine

if TYPE_CHECKING:
    from app.store.store import Store


def test_a_name_is_found_whatever_its_case_and_spaces(store: Store) -> None:
    ana = store.ensure_person("Ana Begum")
    store.ensure_person("Ben")
    assert person_of(store, "  ANA  begum") == ana


@pytest.mark.parametrize("name", ["Cleo", ""])
def test_an_unknown_name_is_nobody_else_however_few_there_are(store: Store, name: str) -> None:
    store.ensure_person("Ana")
    for find in (person_of, must_be_clear):
        with pytest.raises(AppError, match="There is no profile called") as told:
            find(store, name, last=True)
        assert "--person: Ana" in told.value.remedy


def test_without_a_name_the_only_one_is_meant(store: Store) -> None:
    ana = store.ensure_person("Ana")
    assert must_be_clear(store, None) == ana


def test_of_several_only_the_last_one_is_meant_and_only_where_that_is_harmless(
    store: Store,
) -> None:
    store.ensure_person("Ana")
    ben = store.ensure_person("Ben")
    save_machine(MachineSettings(last_person=ben.id))
    assert must_be_clear(store, None, last=True) == ben
    assert person_of(store, None) is None
    with pytest.raises(AppError, match="not clear") as told:
        must_be_clear(store, None)
    assert "Ana, Ben" in told.value.remedy


def test_where_there_is_nobody_it_says_where_a_profile_is_made(store: Store) -> None:
    assert person_of(store, None, last=True) is None
    with pytest.raises(AppError, match="Nobody practises") as told:
        must_be_clear(store, None)
    assert "window" in told.value.remedy
