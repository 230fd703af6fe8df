"""The ends of the program: Ctrl-C, a closed window, and what was begun before."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from ui.fake_live import FakeLive, Stagehand, agree
from waiting import LONG_S

from app.errors import AppError
from app.session.background import Background
from app.session.warm_up import SLOW, WarmUp
from app.store.types import SessionStatus
from app.ui.interruption import Interruption
from app.ui.library import Library
from app.ui.live_runner import LiveRunner
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def running(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> MainWindow:
    """The window in the middle of a session."""
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.practise.choices.title.setText("Charged twice")
    window.practise.start.click()
    qtbot.waitUntil(window.live.finish.isEnabled)
    assert stagehand.live.state == "running"
    return window


def assert_kept(stagehand: Stagehand) -> None:
    assert stagehand.live.state == "stopped"
    record = stagehand.store.sessions()[0]
    assert (record.title, record.status) == ("Charged twice", SessionStatus.FINISHED)
    assert stagehand.store.unfinished() == []


def test_closing_the_window_in_a_session_keeps_it(
    running: MainWindow, stagehand: Stagehand
) -> None:
    running.close()
    assert not running.isVisible()
    assert_kept(stagehand)


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send a signal to itself alone")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_in_a_session_goes_the_way_of_closing(
    qtbot: QtBot, running: MainWindow, stagehand: Stagehand, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    with Interruption() as interruption:
        interruption.watch(running)
        sender = threading.Timer(0.05, os.kill, (os.getpid(), number))
        sender.start()
        qtbot.waitUntil(lambda: not running.isVisible())
        sender.join()
    assert signal.getsignal(number) is before
    assert_kept(stagehand)


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send a signal to itself alone")
def test_a_signal_before_the_window_is_there_closes_it_at_once(
    qtbot: QtBot, window: MainWindow
) -> None:
    with Interruption() as interruption:
        os.kill(os.getpid(), signal.SIGINT)
        assert interruption.asked
        interruption.watch(window)
        qtbot.waitUntil(lambda: not window.isVisible())


def test_the_end_waits_for_a_stop_that_was_begun(qtbot: QtBot, stagehand: Stagehand) -> None:
    let_go = threading.Event()

    class Slow(FakeLive):
        def stop(self) -> str | None:
            assert let_go.wait(LONG_S)
            return super().stop()

    made: list[Slow] = []

    def make(plan: object, person_id: str | None, consent_id: str | None) -> Slow:
        made.append(Slow(plan, person_id, consent_id))  # type: ignore[arg-type]
        return made[-1]

    background = Background()
    services = replace(stagehand.services, background=background, make_live=make)
    agree(services)
    window = MainWindow(services)
    qtbot.addWidget(window)
    runner = LiveRunner(services)
    runner.start(window.practise.plan(preview=True))
    qtbot.waitUntil(lambda: not runner.busy)
    runner.stop()
    assert runner.live is None
    with ThreadPoolExecutor(1) as other:
        opened = other.submit(let_go.set)
        runner.close()
        opened.result()
    background.close()
    assert made[0].state == "stopped"
    window.close()


# --- loading ahead --------------------------------------------------------------------------


def test_everything_slow_is_loaded_in_order() -> None:
    loaded: list[str] = []
    warm_up = WarmUp(load=loaded.append)
    warm_up.start()
    assert warm_up.join(LONG_S)
    assert tuple(loaded) == SLOW


def test_what_is_stopped_loads_nothing_further() -> None:
    begun, go_on = threading.Event(), threading.Event()
    loaded: list[str] = []

    def load(name: str) -> None:
        loaded.append(name)
        begun.set()
        assert go_on.wait(LONG_S)

    warm_up = WarmUp(("first", "second"), load)
    warm_up.start()
    assert begun.wait(LONG_S)
    warm_up.stop()
    go_on.set()
    assert warm_up.join(LONG_S)
    assert loaded == ["first"]


def test_a_library_that_is_missing_is_left_to_whoever_needs_it() -> None:
    loaded: list[str] = []

    def load(name: str) -> None:
        if name == "missing":
            raise ImportError(name)
        loaded.append(name)

    warm_up = WarmUp(("missing", "there"), load)
    warm_up.start()
    assert warm_up.join(LONG_S)
    assert loaded == ["there"]


def test_nothing_begins_after_the_stop() -> None:
    loaded: list[str] = []
    warm_up = WarmUp(("one",), loaded.append)
    warm_up.stop()
    warm_up.start()
    assert warm_up.join(LONG_S)
    assert loaded == []


def test_what_it_takes_to_look_through_words_is_prepared_last(tmp_path: Path) -> None:
    library = Library(lambda _: tmp_path)
    library.prepare()
    assert "_finder" in vars(library)
    done: list[str] = []
    warm_up = WarmUp(("one",), done.append, then=lambda: done.append("last"))
    warm_up.start()
    assert warm_up.join(LONG_S)
    assert done == ["one", "last"]


def test_a_last_step_that_cannot_be_done_is_left_to_whoever_needs_it() -> None:
    def broken() -> None:
        raise AppError("The practices cannot be read.", "Mend them.")

    warm_up = WarmUp((), then=broken)
    warm_up.start()
    assert warm_up.join(LONG_S)
