"""A live session stopped in every state."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from fakes import (
    FakeCamera,
    FakeVision,
    FakeVoice,
)
from live_cases import fake_senses, plan, run_for, session
from waiting import LONG_S, until

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.catalogue import Catalogue
    from app.session.pipeline import Ears, Eyes
    from app.store.store import Store
    from vision.types import Frame


def test_stop_before_the_start_is_nothing(store: Store) -> None:
    live = session(store, plan())
    assert live.stop() is None
    assert live.snapshot().state == "stopped"
    assert store.sessions() == []


def test_a_start_that_comes_after_the_stop_starts_nothing(store: Store) -> None:
    live = session(store, plan())
    live.stop()
    live.start()
    assert live.snapshot().state == "stopped"
    assert store.sessions() == []
    assert not [one.name for one in threading.enumerate() if one.name.startswith("rapport")]


def test_stop_while_the_models_load_leaves_nothing_behind(store: Store) -> None:
    loading, go_on = threading.Event(), threading.Event()

    def slow(catalogue: Catalogue) -> tuple[Eyes, Ears]:
        loading.set()
        go_on.wait(LONG_S)
        return fake_senses(catalogue)

    live = session(store, plan(), senses=slow)
    live.start()
    assert loading.wait(LONG_S)
    assert live.snapshot().state == "starting"
    threading.Timer(0.1, go_on.set).start()
    assert live.stop() is None
    assert store.sessions() == []


def test_stop_while_a_camera_does_not_answer(store: Store) -> None:
    class Silent(FakeCamera):
        def __iter__(self) -> Iterator[Frame]:  # type: ignore[override]
            self._closed.wait(LONG_S)
            yield from ()

    live = session(store, plan(), lambda clock: Silent(clock.raw))
    live.start()
    assert live.stop() is None
    assert store.sessions() == []


def test_stop_twice_gives_the_same(store: Store) -> None:
    live = session(store, plan())
    session_id = run_for(live, 0.3)
    assert session_id is not None
    assert live.stop() == session_id


def test_stop_from_two_threads_ends_once(store: Store) -> None:
    live = session(store, plan())
    live.start()
    until(lambda: live.snapshot().state == "running")
    ids: list[str | None] = []
    threads = [threading.Thread(target=lambda: ids.append(live.stop())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_S)
    assert len(set(ids)) == 1
    assert len(store.sessions()) == 1


def test_without_any_device_it_does_not_start() -> None:
    live = session(None, plan(), None, None)
    with pytest.raises(AppError, match="Neither"):
        live.start()
    assert live.stop() is None


def test_devices_let_go_and_senses_close() -> None:
    eyes, ears = FakeVision(), FakeVoice()
    live = session(None, plan(), senses=lambda catalogue: (eyes, ears))
    run_for(live, 0.3)
    assert eyes.closed
    assert ears.closed
    assert not [one.name for one in threading.enumerate() if one.name.startswith("rapport")]
