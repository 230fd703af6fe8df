"""What a person writes down stands in the place of what was heard, until it is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from practice_material import SCENARIO, WORDS, find, spoken_session

from app.coach.cutting import Span, cut_turns
from app.coach.practice_types import Speaking, Turn
from app.errors import AppError
from app.session.practising import practices_of
from app.session.speech_again import lacks_words
from app.session.typing_in import read_pasted, spread, take_back, type_in, untimed
from app.store.types import KeepPolicy
from app.store.words import TYPED, SavedWords, read_words, write_words
from audio.types import Word

if TYPE_CHECKING:
    from app.coach.practice_report import PracticeReport
    from app.store.store import Store
    from app.store.types import SessionRecord

PICTURE = KeepPolicy.PICTURE_AND_SOUND
TEXT = """customer: I was charged twice!
[0:05 - 0:08] staff: i'm sorry that we charged you twice
staff: so you see two charges
"""


def looked(store: Store, record: SessionRecord) -> PracticeReport:
    report, saved = store.report(record.id), read_words(store.files(record.id))
    assert report is not None
    whole = report if saved is None else saved.put_in(report)
    marks = store.marks(record.id)
    return practices_of(record, whole, marks, scenario=SCENARIO, find=find, store=store)


def test_practices_are_found_in_what_was_typed_and_only_timed_turns_have_a_moment(
    store: Store,
) -> None:
    record = spoken_session(store, policy=PICTURE, words=None)
    assert not looked(store, record).looked
    saved = type_in(store, record.id, TEXT)
    assert read_words(store.files(record.id)) == saved
    practice = looked(store, record)
    assert practice.looked
    found = [(one.practice, one.start_s) for one in practice.evidence]
    assert found == [("P19", 5.0), ("P23", None)]
    assert saved.turns is not None
    assert untimed(saved.turns) == 2
    assert store.session(record.id).practices == {"P19": (1, 0), "P23": (1, 0)}
    assert not lacks_words(store, record.id), "no engine writes over what a person wrote"


def test_it_is_taken_back_to_what_the_engine_heard_however_often_it_was_typed(
    store: Store,
) -> None:
    record = spoken_session(store, policy=PICTURE)
    heard = read_words(store.files(record.id))
    before = looked(store, record)
    type_in(store, record.id, TEXT)
    type_in(store, record.id, "staff: nothing of it")
    assert looked(store, record).evidence == ()
    assert take_back(store, record.id) == heard
    assert read_words(store.files(record.id)) == heard
    assert looked(store, record) == before
    assert take_back(store, record.id) == heard, "there is nothing more to take back"


def test_without_anything_heard_nothing_is_left_of_it(store: Store) -> None:
    record = spoken_session(store, policy=PICTURE, words=None)
    names = store.files(record.id).names()
    type_in(store, record.id, TEXT)
    looked(store, record)
    assert take_back(store, record.id) is None
    assert store.files(record.id).names() == names
    assert not looked(store, record).looked
    assert not store.session(record.id).practices


def test_words_lie_in_their_turn_by_their_letters() -> None:
    timed = Turn(Speaking.STAFF, "I am so sorry", 2.0, 9.0)
    loose = Turn(Speaking.STAFF, "whenever", 1.0, None)
    theirs = Turn(Speaking.CUSTOMER, "twice", 0.0, 1.0)
    words = spread((timed, loose, theirs))
    assert [(word.text, word.start_s, word.end_s) for word in words] == [
        ("I", 2.0, 2.5),
        ("am", 3.0, 4.0),
        ("so", 4.5, 5.5),
        ("sorry", 6.0, 8.5),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no words"),
        ("staff:", "holds no words"),
        ("staff: hello\nand then she left", "line 2, does not say who speaks"),
        ("[2:00] staff: hello", "turn 1, is at 120 s, and the session ended at 60 s"),
        ("staff: hello\n" * 700_000, "larger than 8 MB"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_changed(store: Store, text: str, told: str) -> None:
    record = spoken_session(store, policy=PICTURE)
    with pytest.raises(AppError, match=told):
        type_in(store, record.id, text)
    saved = read_words(store.files(record.id))
    assert saved is not None
    assert saved.words == WORDS


def test_where_no_words_are_kept_none_are_typed(store: Store) -> None:
    record = spoken_session(store, policy=KeepPolicy.REPORT_ONLY)
    with pytest.raises(AppError, match="not kept, as you chose"):
        type_in(store, record.id, TEXT)
    assert not store.files(record.id).has("words.json")


def test_of_a_span_only_turns_go_that_have_times_within_it(store: Store) -> None:
    turns = read_pasted(TEXT + "[0:30 - 0:33] staff: goodbye\n", 60.0)
    (cut,) = cut_turns(turns, Span(4.0, 20.0)) or ()
    assert (cut.text, cut.start_s, cut.end_s) == ("i'm sorry that we charged you twice", 1.0, 4.0)
    assert cut_turns(None, Span(4.0, 20.0)) is None
    saved = type_in(store, spoken_session(store, policy=PICTURE).id, TEXT)
    assert saved.engine == TYPED


def test_an_engine_that_listened_meanwhile_does_not_write_over_it(store: Store) -> None:
    record = spoken_session(store, policy=PICTURE)
    files = store.files(record.id)
    typed = type_in(store, record.id, TEXT)
    late = SavedWords((Word("late", 1.0, 1.4, None),), "pocketsphinx", thorough=True)
    write_words(files, late)
    assert read_words(files) == replace(typed, heard=late)
    assert take_back(store, record.id) == late
    assert read_words(files) == late
