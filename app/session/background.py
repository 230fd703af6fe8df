"""Work that must not hold up the screen: starting and stopping devices, reading the store.

The screen keeps the Future and looks at it from its own timer; nothing calls back into Qt.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

WORKERS: Final = 2
"""One for what may hang in a driver, one for the store."""


class Background:
    """A few threads that are joined at the end; none of them outlives the program."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="background")

    def run(self, function: Callable[[], T]) -> Future[T]:
        """Run a function beside the screen; its result or error waits in the Future."""
        return self._pool.submit(function)

    def close(self) -> None:
        """Let what is running finish, drop what has not begun, and join the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)
