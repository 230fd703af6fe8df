"""Who needs the machine alone has it alone."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from tests.alone import machine
from tests.waiting import LONG_S, until

if TYPE_CHECKING:
    from pathlib import Path

fcntl = pytest.importorskip("fcntl", reason="only POSIX has these locks")


def test_nobody_is_beside_who_is_alone(tmp_path: Path) -> None:
    order: list[str] = []

    def share() -> None:
        with machine(tmp_path, alone=False):
            order.append("shared")

    other = threading.Thread(target=share)
    with machine(tmp_path, alone=True):
        other.start()
        other.join(0.2)
        order.append("alone")
    other.join()
    assert order == ["alone", "shared"]


def test_who_shares_is_not_kept_out_by_who_shares(tmp_path: Path) -> None:
    with machine(tmp_path, alone=False):
        other = threading.Thread(target=machine(tmp_path, alone=False).__enter__)
        other.start()
        other.join(LONG_S)
        assert not other.is_alive()


def taken(lock: Path) -> bool:
    with lock.open("w") as mine:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_who_wants_it_alone_is_let_in_before_who_comes_later(tmp_path: Path) -> None:
    order: list[str] = []
    sharing = machine(tmp_path, alone=False)
    sharing.__enter__()

    def enter(*, alone: bool) -> None:
        with machine(tmp_path, alone=alone):
            order.append("alone" if alone else "later")

    first = threading.Thread(target=enter, kwargs={"alone": True})
    first.start()
    until(lambda: taken(tmp_path / "door"))
    later = threading.Thread(target=enter, kwargs={"alone": False})
    later.start()
    later.join(0.2)
    assert order == []
    sharing.__exit__(None, None, None)
    first.join()
    later.join()
    assert order == ["alone", "later"]


def test_who_ends_takes_the_folder_away_and_nobody_stumbles(tmp_path: Path) -> None:
    folder, ended = tmp_path / "locks", threading.Event()

    def take_away() -> None:
        while not ended.is_set():
            shutil.rmtree(folder, ignore_errors=True)

    other = threading.Thread(target=take_away)
    other.start()
    try:
        for _ in range(500):
            with machine(folder, alone=False):
                pass
    finally:
        ended.set()
        other.join()
