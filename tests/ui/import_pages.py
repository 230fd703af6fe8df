"""What the tests of import, library and backup share: films, clips, a window, work that waits."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ui.fake_live import Stagehand, agree

from app.errors import AppError
from app.session.errors import Cancelled
from app.store.clips import ClipKind, Release
from app.store.types import KeepPolicy
from app.ui.import_flow import ImportFlow
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.session.importing_work import ImportPlan
    from app.store.imports import Import
    from app.store.store import Store
    from app.store.types import SessionRecord


class FakeWork:
    """Makes a session at once, or when a test lets it."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.begun = threading.Event()

    def __call__(
        self,
        store: Store,
        item: Import,
        plan: ImportPlan,
        *,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        began: Callable[[int], None] | None = None,
    ) -> str:
        assert progress is not None
        assert cancelled is not None
        progress(0.4)
        self.begun.set()
        while not self.free.wait(0.01):
            if cancelled():
                raise Cancelled
        if "broken" in item.title:
            raise AppError("It is broken.", "Record it anew.")
        record = store.imports.begin_session(item.id)
        store.finish_session(record.id, duration_s=3.0)
        store.imports.done(item.id)
        return record.id


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> FakeWork:
    made = FakeWork()
    monkeypatch.setattr(ImportFlow, "work", made)
    return made


@pytest.fixture
def window(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, work: FakeWork
) -> Iterator[MainWindow]:
    agree(stagehand.services)
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    yield made
    work.free.set()
    made.close()


def films(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode() * 100)
    return folder


def clip_of(store: Store, title: str = "Names the hour", kind: ClipKind = ClipKind.BEST) -> str:
    record = own_session(store)
    assert record.person_id is not None
    clip_id = store.clips.new_id()
    store.clips.files(clip_id).write_atomic("readings.rrd", b"x")
    release = Release(record.id, 1.0, 9.0, kind, title, "P26", "Listen for the hour.")
    return store.clips.release(clip_id, record.person_id, release).id


def own_session(store: Store) -> SessionRecord:
    """An imported session, whose video was taken out of the list."""
    person = store.ensure_person("Ana")
    (item,) = store.imports.add(
        person.id, [(Path("late check-out.mp4"), None)], KeepPolicy.PICTURE_AND_SOUND, mine=True
    )
    assert store.imports.claim(only=[item.id]) is not None
    record = store.imports.begin_session(item.id)
    store.finish_session(record.id, duration_s=60.0)
    store.imports.done(item.id)
    store.imports.clear_done(person.id)
    return store.session(record.id)
