from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from practice_material import APOLOGY, MARKS, SCENARIO, find, spoken_report, spoken_session

from app.coach.joins import load_halves
from app.coach.practice_report import PracticeReport, practice_report
from app.coach.practice_types import Speaking
from app.coach.take_facts import TakeFacts
from app.store.practice_file import NAME, read_practices, write_practices
from app.store.takes import add_take, read_takes
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from app.store.files import SessionFiles
    from app.store.store import Store

FACTS = TakeFacts(APOLOGY, 2.7, 0.1, None, -1.5)


@pytest.fixture
def files(store: Store) -> SessionFiles:
    return store.files(spoken_session(store, policy=KeepPolicy.PICTURE_AND_SOUND).id)


def found() -> PracticeReport:
    return practice_report(
        spoken_report(),
        MARKS,
        scenario=SCENARIO,
        role=Speaking.STAFF,
        find=find,
        halves=load_halves(),
    )


def test_what_was_found_comes_back_as_it_was(files: SessionFiles) -> None:
    assert read_practices(files) is None
    write_practices(files, found())
    again = read_practices(files)
    assert again == found()
    assert again is not None
    assert again.joined[0].event.cue == "arms_crossed"


@pytest.mark.parametrize("content", [b"{", b'{"version": 99, "practices": {}}', b'{"version": 1}'])
def test_a_file_that_cannot_be_used_is_made_again(files: SessionFiles, content: bytes) -> None:
    files.write_atomic(NAME, content)
    assert read_practices(files) is None


def test_takes_lie_beside_the_session_and_go_with_it(store: Store, files: SessionFiles) -> None:
    first = add_take(files, "P19-arms_crossed-5000", FACTS, b"one")
    second = add_take(files, "brow_drawn-40000", FACTS, b"two")
    assert read_takes(files) == (first, second)
    assert files.read(first.file) == b"one"
    assert first.file != second.file
    store.delete_session(files.folder.name)
    assert not files.folder.exists()


def test_a_broken_list_of_takes_is_none(files: SessionFiles) -> None:
    files.write_atomic("takes.json", b'{"version": 1, "takes": [{}]}')
    assert read_takes(files) == ()


def test_a_take_with_a_picture_is_a_film_and_its_cue_is_kept(files: SessionFiles) -> None:
    facts = replace(FACTS, cue_s=0.0, cue_of_s=7.0)
    film = add_take(files, "P19-arms_crossed-5000", facts, b"film", film=True)
    sound = add_take(files, "P19-arms_crossed-5000", FACTS, b"sound")
    assert (film.film, sound.film) == (True, False)
    assert [one.facts for one in read_takes(files)] == [facts, FACTS]
    assert files.read(film.file) == b"film"


def test_takes_of_before_the_eyes_had_a_part_in_them_are_read(files: SessionFiles) -> None:
    old = b"""{"version": 1, "takes": [{"moment": "brow_drawn-40000", "file": "take-1.wav",
        "facts": {"words": "sorry", "lasted_s": 2.0, "pace_part": 0.1, "level_db": null,
                  "pitch_st": null}}]}"""
    files.write_atomic("takes.json", old)
    (take,) = read_takes(files)
    assert (take.facts.cue_s, take.facts.cue_of_s, take.film) == (None, None, False)
