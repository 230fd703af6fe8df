"""The screen pulls: how often it looks, and what it shows."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from ui.fake_live import FakeLive, Stagehand, blank_snapshot, grey_frame
from waiting import LONG_S

from app.session.background import Background
from app.session.plan import LivePlan, Snapshot
from app.store.types import KeepPolicy
from app.ui.bridge import LOOK_MS, NUMBERS_S, LiveBridge
from app.ui.live_runner import LiveRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ui.services import Services
    from vision.types import Frame


def plan(title: str = "", *, preview: bool = False) -> LivePlan:
    return LivePlan("0", "", None, None, frozenset(), KeepPolicy.NOTHING, "", title, preview)


class View:
    """Notes what it was shown."""

    def __init__(self) -> None:
        self.pictures: list[Frame | None] = []
        self.states: list[Snapshot] = []
        self.numbers: list[Snapshot] = []

    def show_picture(self, frame: Frame | None) -> None:
        self.pictures.append(frame)

    def show_state(self, snapshot: Snapshot) -> None:
        self.states.append(snapshot)

    def show_numbers(self, snapshot: Snapshot) -> None:
        self.numbers.append(snapshot)


def test_numbers_change_at_most_four_times_a_second(qtbot: QtBot) -> None:
    view, live = View(), FakeLive(plan())
    now = [0.0]
    bridge = LiveBridge(view, clock=lambda: now[0])
    bridge._live = live
    for look in range(300):
        now[0] = look * LOOK_MS / 1000
        live.now = blank_snapshot(t=now[0])
        bridge.look()
    assert len(view.states) == 300
    seconds = 300 * LOOK_MS / 1000
    assert len(view.numbers) <= seconds / NUMBERS_S + 1
    gaps = [b.t - a.t for a, b in zip(view.numbers, view.numbers[1:], strict=False)]
    assert min(gaps) >= NUMBERS_S - 1e-9


def test_hint_and_lights_wait_for_no_number(qtbot: QtBot) -> None:
    view, live = View(), FakeLive(plan())
    bridge = LiveBridge(view, clock=lambda: 0.0)
    bridge._live = live
    live.now = blank_snapshot(sees=False)
    bridge.look()
    live.now = blank_snapshot(sees=True)
    bridge.look()
    assert [state.sees for state in view.states] == [False, True]
    assert len(view.numbers) == 1


def test_the_newest_picture_and_nothing_after_release(qtbot: QtBot) -> None:
    view, live = View(), FakeLive(plan())
    bridge = LiveBridge(view)
    live.frame = grey_frame(1.0)
    bridge.watch(live)
    qtbot.waitUntil(lambda: bool(view.pictures))
    assert view.pictures[-1] is live.frame
    bridge.release()
    assert view.pictures[-1] is None
    looked = live.looked
    bridge.look()
    assert live.looked == looked


class Slow(FakeLive):
    """Opens and closes only when a test lets it."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.may_start = threading.Event()
        self.may_stop = threading.Event()

    def start(self) -> None:
        assert self.may_start.wait(LONG_S)
        super().start()

    def stop(self) -> str | None:
        assert self.may_stop.wait(LONG_S)
        return super().stop()


def test_starting_and_stopping_never_hold_up_the_screen(qtbot: QtBot, stagehand: Stagehand) -> None:
    made: list[Slow] = []

    def make(wanted: LivePlan, person_id: str | None, consent_id: str | None) -> Slow:
        made.append(Slow(wanted, person_id, consent_id))
        return made[-1]

    background = Background()
    services = _with(stagehand, make, background)
    runner = LiveRunner(services)
    runner.start(plan("one"))
    assert runner.busy
    assert made[0].state == "starting"
    # While the first opens, two more wishes: only the last is done.
    runner.start(plan("two"))
    runner.start(plan("three"))
    made[0].may_start.set()
    made[0].may_stop.set()
    qtbot.waitUntil(lambda: len(made) == 2)
    assert made[1].plan.title == "three"
    assert made[0].state == "stopped"
    made[1].may_start.set()
    qtbot.waitUntil(lambda: not runner.busy)
    made[1].may_stop.set()
    with qtbot.waitSignal(runner.ended) as ended:
        runner.stop()
    assert ended.args == [made[1].plan, None, made[1]]
    background.close()


def test_a_stop_while_it_opens_is_done_when_it_is_open(qtbot: QtBot, stagehand: Stagehand) -> None:
    made: list[Slow] = []

    def make(wanted: LivePlan, person_id: str | None, consent_id: str | None) -> Slow:
        made.append(Slow(wanted, person_id, consent_id))
        return made[-1]

    background = Background()
    runner = LiveRunner(_with(stagehand, make, background))
    runner.start(plan("one"))
    runner.stop()
    made[0].may_start.set()
    made[0].may_stop.set()
    qtbot.waitUntil(lambda: made[0].state == "stopped" and not runner.busy)
    assert runner.live is None
    background.close()


def _with(
    stagehand: Stagehand,
    make: Callable[[LivePlan, str | None, str | None], Slow],
    background: Background,
) -> Services:
    return replace(stagehand.services, make_live=make, background=background)
