"""Words of an imported video and of a session measured again: after it stands, as after a session.

What runs in child processes is faked here; the real ones are in the tests of importing, of
measuring again and of the second pass.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coach.coach_readings import CATALOGUE
from report_material import event, kept_session, report
from session.import_cases import ana

from app.coach.report import choose_findings
from app.coach.types import Lane, Mark, MarkKind
from app.coach.verdicts import DISAGREE
from app.errors import AppError
from app.session import importing_work, listening_after, speaking_again
from app.session.errors import Cancelled
from app.session.importing import ImportQueue
from app.session.importing_work import ImportPlan
from app.session.listening_after import listen_after
from app.session.offline import Analysis
from app.session.speaking_again import measure_again
from app.session.speech_again import lacks_words
from app.store.files import RECORDING, SessionFiles
from app.store.imports import ImportState
from app.store.types import KeepPolicy
from app.store.words import TYPED, SavedWords, read_words, write_words
from audio.speech.types import SpeechSetUp
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.store.store import Store
    from app.store.types import Person

__all__ = ["ana"]

SET_UP = SpeechSetUp("pocketsphinx", thorough=True)
HEARD = SavedWords((Word("sorry", 1.0, 1.4, None),), "pocketsphinx", thorough=True)
ARMS, BROW = event("arms_crossed", 10, 14), event("brow_drawn", 20, 23)
MADE = Analysis(report(), None, 60.0, {}, has_picture=True, has_sound=True)


class Engine:
    """In the place of `listen_again`: remembers when it was asked, and may refuse."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error
        self.asked: list[tuple[str, SpeechSetUp]] = []
        self.seen: list[ImportState] = []

    def __call__(
        self,
        store: Store,
        session_id: str,
        set_up: SpeechSetUp,
        *,
        progress: Callable[[float], None] | None = None,
        cancelled: object = None,
        began: object = None,
    ) -> SavedWords:
        del cancelled, began
        self.asked.append((session_id, set_up))
        person = store.session(session_id).person_id or ""
        self.seen += [one.state for one in store.imports.listed(person)]
        if self.error is not None:
            raise self.error
        if progress is not None:
            progress(1.0)
        write_words(store.files(session_id), HEARD)
        return HEARD


def with_engine(monkeypatch: pytest.MonkeyPatch, error: BaseException | None = None) -> Engine:
    engine = Engine(error)
    monkeypatch.setattr(listening_after, "listen_again", engine)

    def measured(
        _job: object, *args: object, progress: Callable[[float], None] | None, **_: object
    ) -> Analysis:
        folder = next((one for one in args if isinstance(one, SessionFiles)), None)
        if folder is not None and not folder.has(RECORDING):
            folder.write_atomic(RECORDING, b"film")
        if progress is not None:
            progress(1.0)
        return MADE

    monkeypatch.setattr(importing_work, "run_in_child", measured)
    monkeypatch.setattr(speaking_again, "run_in_child", measured)
    return engine


def imported(
    store: Store, person: Person, folder: Path, keep: KeepPolicy = KeepPolicy.VOICE_AND_STICK
) -> tuple[ImportState, list[float]]:
    film = folder / "talk.mkv"
    film.write_bytes(b"film")
    store.imports.add(person.id, [(film, None)], keep)
    seen: list[float] = []
    queue = ImportQueue(store, lambda item: ImportPlan(item.keep, speech=SET_UP))
    queue._note = seen.append  # type: ignore[method-assign]
    queue.work_off()
    (item,) = store.imports.listed(person.id)
    return item.state, seen


def test_the_words_of_a_video_come_once_its_session_stands(
    store: Store, ana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_engine(monkeypatch)
    state, progress = imported(store, ana, tmp_path)
    (record,) = store.sessions()
    assert state is ImportState.DONE
    assert engine.asked == [(record.id, SET_UP)]
    assert engine.seen == [ImportState.RUNNING], "it is not done before it has its words"
    assert read_words(store.files(record.id)) == HEARD
    assert (progress[0], progress[-1]) == (0.5, 1.0)


@pytest.mark.parametrize("error", [AppError("The model has gone.", "Put it back."), Cancelled()])
def test_without_its_words_a_video_is_a_session_all_the_same(
    store: Store,
    ana: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
) -> None:
    with_engine(monkeypatch, error)
    state, _ = imported(store, ana, tmp_path)
    (record,) = store.sessions()
    assert state is ImportState.DONE
    assert store.report(record.id) == MADE.report
    assert lacks_words(store, record.id), "the report looks for them when it is opened"


def test_where_only_the_report_is_kept_nobody_listens(
    store: Store, ana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_engine(monkeypatch)
    state, _ = imported(store, ana, tmp_path, KeepPolicy.REPORT_ONLY)
    assert (state, engine.asked) == (ImportState.DONE, [])


def again(store: Store, words: SavedWords, speech: SpeechSetUp | None = SET_UP) -> SessionFiles:
    """A session with these words, measured once more."""
    record = kept_session(store, report())
    files = store.files(record.id)
    files.write_atomic(RECORDING, b"film")
    write_words(files, words)
    store.append_marks(
        record.id, [Mark(0.0, Lane.SELF, MarkKind.SPEAKER, "ana", {"speaker": "staff"})]
    )
    measure_again(store, record.id, speech)
    return files


def test_measured_again_its_words_are_looked_for_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_engine(monkeypatch)
    files = again(store, replace(HEARD, words=()))
    assert len(engine.asked) == 1
    assert read_words(files) == HEARD


@pytest.mark.parametrize("error", [AppError("The model has gone.", "Put it back."), Cancelled()])
def test_words_of_both_sides_wait_to_be_found_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    with_engine(monkeypatch, error)
    files = again(store, HEARD)
    assert read_words(files) == replace(HEARD, thorough=False)
    assert lacks_words(store, files.folder.name)


def test_what_a_person_wrote_down_stands(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = with_engine(monkeypatch)
    typed = SavedWords((Word("madam", 2.0, 2.4, None),), TYPED, thorough=True, heard=HEARD)
    files = again(store, typed)
    assert engine.asked == []
    kept = read_words(files)
    assert kept == replace(typed, heard=replace(HEARD, thorough=False))


def test_what_is_said_while_it_is_measured_again_holds_of_the_new_report(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_engine(monkeypatch)
    record = kept_session(store, report())
    files = store.files(record.id)
    files.write_atomic(RECORDING, b"film")
    no = Mark(
        1.0, Lane.SELF, MarkKind.VERDICT, "ana",
        {"finding": ARMS.id, "verdict": DISAGREE},
    )  # fmt: skip
    note = Mark(2.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "not so"})
    anew = report(events=(ARMS, BROW), findings=choose_findings((ARMS, BROW), CATALOGUE, None))
    made = replace(MADE, report=anew)
    typed = SavedWords(HEARD.words, TYPED, thorough=True)
    in_between: list[Mark] = []

    def measured(*_: object, **__: object) -> Analysis:
        in_between.extend(store.append_marks(record.id, [no, note]))
        write_words(files, typed)
        with pytest.raises(AppError, match="being measured again already"):
            measure_again(store, record.id, None)
        return made

    monkeypatch.setattr(speaking_again, "run_in_child", measured)
    measure_again(store, record.id, None)
    assert store.marks(record.id)[-2:] == in_between
    assert store.session(record.id).findings == (BROW.cue,)
    assert read_words(files) == typed
    monkeypatch.setattr(speaking_again, "run_in_child", lambda *_, **__: MADE)
    measure_again(store, record.id, None)  # once that is done it may be measured once more


def test_a_session_that_is_deleted_while_it_is_measured_again_does_not_come_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_engine(monkeypatch)
    record = kept_session(store, report())
    files = store.files(record.id)
    files.write_atomic(RECORDING, b"film")

    def measured(*_: object, **__: object) -> Analysis:
        store.delete_session(record.id)
        files.within(speaking_again.AGAIN).write_atomic("readings.rrd", b"late")
        return MADE

    monkeypatch.setattr(speaking_again, "run_in_child", measured)
    with pytest.raises(AppError, match="not there any more"):
        measure_again(store, record.id, SET_UP)
    assert not files.folder.exists()
    assert engine.asked == []


def test_a_session_that_is_deleted_while_its_words_are_looked_for_stays_deleted(
    store: Store, ana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(Engine):
        def __call__(self, store: Store, session_id: str, *args: object, **_: object) -> SavedWords:
            del args
            store.delete_session(session_id)
            write_words(store.files(session_id), HEARD)
            return HEARD

    with_engine(monkeypatch)
    monkeypatch.setattr(listening_after, "listen_again", Late())
    film = tmp_path / "talk.mkv"
    film.write_bytes(b"film")
    store.imports.add(ana.id, [(film, None)], KeepPolicy.VOICE_AND_STICK)
    ImportQueue(store, lambda item: ImportPlan(item.keep, speech=SET_UP)).work_off()
    assert store.sessions() == []
    assert store.imports.listed(ana.id) == []
    assert list((store.path.parent / "sessions").iterdir()) == []


def test_without_an_engine_or_after_the_session_there_is_nothing_to_do(store: Store) -> None:
    assert listen_after(store, kept_session(store, report()).id, None) is False
    assert listen_after(store, "no such id", SET_UP) is False
