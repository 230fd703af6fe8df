"""What something costs, measured by what the same machine takes to count: no test by the clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MACHINE_MS: Final = 30.0
"""What counting to a million takes on the machine that the limits are meant for, milliseconds."""


def cpu_s(action: Callable[[], object], tries: int = 5) -> float:
    """Least processor time of a few tries, seconds."""
    spent = []
    for _ in range(tries):
        begun_s = time.process_time()
        action()
        spent.append(time.process_time() - begun_s)
    return min(spent)


def slowness() -> float:
    """How many times slower this machine is at this moment; at least 1."""
    return max(1.0, cpu_s(_count) * 1000 / MACHINE_MS)


def _count() -> None:
    total = 0
    for number in range(1_000_000):
        total += number
