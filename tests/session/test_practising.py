from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from practice_material import (
    APOLOGY,
    MARKS,
    SPOKEN,
    WORDS,
    FakeLibrary,
    said,
    spoken_report,
    spoken_session,
)
from report_material import mark

from app.coach.practice_types import Speaking
from app.coach.practice_verdicts import short
from app.coach.progress import progress
from app.coach.types import MarkKind
from app.errors import AppError
from app.session.history import history_of, rarer
from app.session.practising import practices_of
from app.store.practice_file import NAME
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from app.coach.practice_report import PracticeReport
    from app.coach.report_types import Report
    from app.store.store import Store
    from app.store.types import SessionRecord

PICTURE = KeepPolicy.PICTURE_AND_SOUND
FOUND = frozenset({"P19", "P20", "P23"})


def look(
    store: Store, record: SessionRecord, library: FakeLibrary, report: Report | None = None
) -> PracticeReport:
    return practices_of(
        record,
        report or spoken_report(),
        store.marks(record.id),
        scenario=library.scenario(record.scenario or ""),
        find=library.find,
        store=store,
    )


def test_what_was_found_is_kept_counted_and_not_looked_for_twice(store: Store) -> None:
    record, library = spoken_session(store, policy=PICTURE), FakeLibrary()
    first = look(store, record, library)
    assert store.files(record.id).has(NAME)
    assert store.session(record.id).practices == {"P19": (1, 0), "P23": (1, 0)}
    assert look(store, record, library) == first
    assert library.looks == 1


def test_better_words_are_looked_through_again(store: Store) -> None:
    record, library = spoken_session(store, policy=PICTURE), FakeLibrary()
    look(store, record, library)
    better = spoken_report((*WORDS, *said(APOLOGY, 25.0)))
    found = look(store, record, library, better)
    assert library.looks == 2
    assert [one.practice for one in found.evidence] == ["P19", "P19", "P23"]
    assert found.turns[-1].text.endswith(APOLOGY)


def test_of_a_session_without_words_nothing_is_noted(store: Store) -> None:
    record = spoken_session(store, policy=PICTURE, words=None)
    found = look(store, record, FakeLibrary(), spoken_report(None))
    assert not found.looked
    assert store.session(record.id).practices is None
    assert not store.files(record.id).has(NAME)


def test_a_session_in_which_nobody_was_heard_says_nothing_of_its_practices(store: Store) -> None:
    record = spoken_session(store, policy=PICTURE)
    assert look(store, record, FakeLibrary(), spoken_report(())).looked
    assert store.session(record.id).practices is None, "silence blames nobody, and keeps to nothing"


def test_a_policy_without_words_keeps_none_of_them(store: Store) -> None:
    record = spoken_session(store, policy=KeepPolicy.REPORT_ONLY)
    assert look(store, record, FakeLibrary()).evidence
    assert store.session(record.id).practices == {"P19": (1, 0), "P23": (1, 0)}
    kept = store.files(record.id).read(NAME).decode()
    assert "charged twice!" not in kept, "nothing of what the customer said"
    # Next time there are no words to look in: what was found in them stands.
    later = look(store, record, FakeLibrary(), spoken_report(None))
    assert [(one.practice, one.start_s) for one in later.evidence] == [("P19", 5.0), ("P23", 15.0)]
    assert later.looked
    assert all(turn.text == "" and not turn.words for turn in later.turns)


def test_a_quote_that_may_be_kept_is_short() -> None:
    long = " ".join(f"word{at}" for at in range(30))
    assert short(long).split()[-2:] == ["word11", "…"]
    assert short("I'm sorry for the second charge") == "I'm sorry for the second charge"


def test_a_session_that_was_deleted_meanwhile_gets_no_folder_back(store: Store) -> None:
    record, library = spoken_session(store, policy=PICTURE), FakeLibrary()
    marks = store.marks(record.id)
    store.delete_session(record.id)
    with pytest.raises(AppError):
        practices_of(record, spoken_report(), marks, scenario=None, find=library.find, store=store)
    assert not store.files(record.id).folder.exists()


def test_nothing_is_written_for_a_session_that_is_kept_nowhere(store: Store) -> None:
    record = replace(spoken_session(store, policy=PICTURE), id="")
    library = FakeLibrary()
    found = practices_of(
        record, spoken_report(), MARKS, scenario=None, find=library.find, store=None
    )
    assert [one.practice for one in found.evidence] == ["P19", "P23"]


def test_progress_needs_three_sessions_and_hears_the_person(store: Store) -> None:
    library = FakeLibrary()
    for _ in range(2):
        look(store, spoken_session(store, policy=PICTURE), library)
    person = store.ensure_person("Ana").id
    assert not progress(history_of(store, person, (SPOKEN,), FOUND)).enough
    last = spoken_session(store, policy=PICTURE)
    look(store, last, library)
    now = progress(history_of(store, person, (SPOKEN,), FOUND))
    assert now.enough
    assert now.steady == ("P19", "P20", "P23")  # of the empty apology nothing was heard
    # The person says that one was not done this time, and was not sure of another.
    said_so = (
        mark(5.0, MarkKind.TICK, item="sorry", on="false"),
        mark(0.0, MarkKind.RATING, item="recap", value="partly"),
    )
    store.append_marks(last.id, said_so)
    now = progress(history_of(store, person, (SPOKEN,), FOUND))
    assert now.steady == ("P20", "P23")
    assert now.next == now.coming == ("P19",)


def test_what_words_cannot_show_is_not_called_missing(store: Store) -> None:
    library = FakeLibrary()
    for _ in range(3):
        look(store, spoken_session(store, policy=PICTURE), library)
    person = store.ensure_person("Ana").id
    now = progress(history_of(store, person, (SPOKEN,), frozenset({"P19"})))
    assert (now.steady, now.next) == (("P19",), ())


def test_samples_other_people_and_swapped_roles_do_not_count(store: Store) -> None:
    for _ in range(3):
        look(store, spoken_session(store, policy=PICTURE), FakeLibrary())
    spoken_session(store, policy=PICTURE, role=Speaking.CUSTOMER)
    assert len(history_of(store, store.ensure_person("Ana").id, (SPOKEN,), FOUND)) == 3
    assert history_of(store, store.ensure_person("Ben").id, (SPOKEN,), FOUND) == ()


def test_hints_fade_with_the_sessions_in_which_the_focus_was_kept(store: Store) -> None:
    person = store.ensure_person("Ana").id
    factors = []
    for _ in range(6):
        factors.append(rarer(store, person, "long_pause"))
        spoken_session(store, policy=KeepPolicy.REPORT_ONLY, focus="long_pause")
    factors.append(rarer(store, person, "long_pause"))
    assert factors == [1.0, 1.0, 1.0, 2.0, 3.0, 4.0, None]
    spoken_session(store, policy=KeepPolicy.REPORT_ONLY, focus="arms_crossed")
    assert rarer(store, person, "arms_crossed") == 1.0  # it was named in that session
    assert rarer(store, None, "long_pause") == 1.0
    assert rarer(store, person, None) == 1.0
