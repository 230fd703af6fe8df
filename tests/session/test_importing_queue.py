"""The queue of videos: it gives way, rests, is broken off, stands still and stops."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import psutil
import pytest
from session.import_cases import ana, make_film, plan_of
from waiting import LONG_S, until

from app.session import child as children
from app.session.child import run_in_child
from app.session.errors import Cancelled
from app.session.importing import ImportQueue
from app.session.importing_files import add_videos
from app.store.imports import ImportState
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.session.importing_work import ImportPlan
    from app.store.imports import Import
    from app.store.store import Store
    from app.store.types import Person


__all__ = ["ana"]


class HeldAtOnce(ImportQueue):
    """A live session begins as soon as a child has begun."""

    def __init__(self, store: Store, plan_of: Callable[[Import], ImportPlan]) -> None:
        super().__init__(store, plan_of)
        self.children: list[psutil.Process] = []

    def _on_began(self, pid: int) -> None:
        super()._on_began(pid)
        self.give_way(on=True)
        self.children.append(psutil.Process(pid))


class Slow:
    """Work that goes on until a test says so, or the queue wants it to end."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.done: list[str] = []

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
        progress(0.5)
        self.begun.set()
        while not self.go_on.wait(0.01):
            if cancelled():
                raise Cancelled
        self.done.append(item.title)
        store.imports.done(item.id)
        return "session"


def test_a_live_session_goes_first_and_the_queue_goes_on_after_it(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    store.imports.add(ana.id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY)
    work = Slow()
    work.go_on.set()
    queue = ImportQueue(store, plan_of, work=work)
    queue.give_way(on=True)
    queue.start()
    assert not work.begun.wait(0.3)
    queue.give_way(on=False)
    until(lambda: work.done == ["a"])
    queue.stop()
    assert queue.error is None


def test_stopping_the_program_lets_the_video_wait_for_the_next_start(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    store.imports.add(ana.id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY)
    work = Slow()
    queue = ImportQueue(store, plan_of, work=work)
    queue.start()
    assert work.begun.wait(LONG_S)
    now = queue.now
    assert now is not None
    assert (now.progress, now.resting) == (0.5, False)
    queue.stop()
    assert store.imports.listed(ana.id)[0].state is ImportState.WAITING


def test_breaking_off_and_pausing_leave_the_video_resting(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    (item,) = store.imports.add(ana.id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY)
    work = Slow()
    queue = ImportQueue(store, plan_of, work=work)
    queue.start()
    assert work.begun.wait(LONG_S)
    queue.pause(ana.id)
    assert queue.now is not None
    assert queue.now.paused
    queue.break_off(item.id)
    until(lambda: store.imports.listed(ana.id)[0].state is ImportState.PAUSED)
    work.go_on.set()
    queue.resume(ana.id)
    until(lambda: work.done == ["a"])
    queue.stop()


def test_who_goes_on_while_it_comes_to_rest_is_not_left_resting(
    store: Store, ana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (item,) = store.imports.add(ana.id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY)
    work = Slow()
    queue = ImportQueue(store, plan_of, work=work)
    queue.start()
    assert work.begun.wait(LONG_S)
    queue.pause(ana.id)
    comes_to_rest, may_rest, pause = threading.Event(), threading.Event(), store.imports.pause

    def pause_late(person_id: str) -> None:
        comes_to_rest.set()
        may_rest.wait(LONG_S)
        pause(person_id)

    monkeypatch.setattr(store.imports, "pause", pause_late)
    queue.break_off(item.id)
    assert comes_to_rest.wait(LONG_S)
    hand = threading.Thread(target=queue.resume, args=(ana.id,))
    hand.start()
    hand.join(0.2)
    may_rest.set()
    hand.join(LONG_S)
    work.go_on.set()
    until(lambda: work.done == ["a"])
    queue.stop()


def test_a_child_that_stands_still_uses_no_processor_and_goes_on(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    make_film(tmp_path / "film.mkv", 3.0)
    add_videos(store, ana.id, [tmp_path / "film.mkv"], KeepPolicy.REPORT_ONLY)
    queue = HeldAtOnce(store, plan_of)
    queue.start()
    until(lambda: queue.children)
    child = queue.children[0]
    until(lambda: child.status() == psutil.STATUS_STOPPED)

    def rests() -> bool:
        used = child.cpu_times()
        threading.Event().wait(0.2)
        return child.cpu_times() == used

    until(rests)  # its threads come to a stand one by one
    assert child.status() == psutil.STATUS_STOPPED
    queue.give_way(on=False)
    until(lambda: store.imports.listed(ana.id)[0].state is ImportState.DONE)
    queue.stop()


def test_a_queue_that_stands_still_can_be_stopped(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    make_film(tmp_path / "film.mkv", 3.0)
    add_videos(store, ana.id, [tmp_path / "film.mkv"], KeepPolicy.REPORT_ONLY)
    queue = HeldAtOnce(store, plan_of)
    queue.start()
    until(lambda: queue.children)
    child = queue.children[0]
    queue.stop()
    assert not child.is_running()
    assert store.imports.listed(ana.id)[0].state is ImportState.WAITING
    assert store.sessions() == []


def nice_of(*, progress: Callable[[float], None]) -> int:
    children.yield_to_others()
    return os.nice(0)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="only POSIX has niceness")
def test_the_child_lets_everything_else_go_first() -> None:
    assert run_in_child(nice_of) >= children.NICENESS
