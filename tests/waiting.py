"""Waiting for what another thread or process does, however slow the machine is."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

LONG_S: Final = 120.0
"""Only a test that fails waits this long, seconds."""


def until(done: Callable[[], object], limit_s: float = LONG_S) -> None:
    """Wait until it is so; the test fails where it does not come in `limit_s` seconds."""
    pause = threading.Event()
    end = time.monotonic() + limit_s
    while not done():
        if time.monotonic() > end:
            pytest.fail(f"it did not happen within {limit_s:.0f} seconds")
        pause.wait(0.002)
