"""A process is known by its number and its beginning."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psutil

from app.store.owner import CLOCK_STEP_S, lives, process_started

if TYPE_CHECKING:
    import pytest


def test_a_clock_that_was_put_right_is_no_other_process() -> None:
    began = process_started(os.getpid())
    assert began is not None
    for step_s in (-1.0, 0.0, 1.0):
        assert lives(os.getpid(), began + step_s)
    assert not lives(os.getpid(), began - 2 * CLOCK_STEP_S)
    assert not lives(os.getpid(), began + 2 * CLOCK_STEP_S)


def test_what_cannot_be_asked_about_lives_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pid: int) -> psutil.Process:
        raise psutil.NoSuchProcess(pid)

    monkeypatch.setattr(psutil, "Process", refused)
    assert not lives(os.getpid(), None)
    assert not lives(os.getpid(), 1.0)
