"""Work on a sealed file beside the screen: how far it is, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.errors import Cancelled
from app.ui.waiting import Waiter

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import AppError
    from app.ui.services import Runner

LOOK_MS: Final = 100
_STOPPED: Final = object()


class _Run:
    """What one piece of work and the screen know of each other: two plain values."""

    def __init__(self) -> None:
        self.part = 0.0
        self.stopped = False

    def step(self, part: float) -> None:
        """Take note of how far it is, in the other thread."""
        if self.stopped:
            raise Cancelled
        self.part = part


class FileWork(QObject):
    """One piece of work at a time; the screen looks at how far it is and is never called."""

    moved = Signal(int)
    """How far it is, percent."""
    stopped = Signal()
    """It was stopped, and left nothing."""

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._run = _Run()
        self._waiter: Waiter[object] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(lambda: self.moved.emit(round(self._run.part * 100)))

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return self._waiter is not None

    def run(
        self,
        function: Callable[[Callable[[float], None]], object],
        then: Callable[[object], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Do something that tells how far it is; `then` gets what it gives."""
        self.drop()
        mine = self._run = _Run()  # its own: one that was stopped must not go on with this one
        self.moved.emit(0)

        def work() -> object:
            try:
                return function(mine.step)
            except Cancelled:
                return _STOPPED

        self._timer.start()
        self._waiter = Waiter(
            self._runner.run(work),
            lambda result: self._done(result, then),
            lambda error: self._failed(error, failed),
            self,
        )

    def stop(self) -> None:
        """Ask it to stop; `stopped` says when it has."""
        self._run.stopped = True

    def drop(self) -> None:
        """Stop it, and hear no more of it."""
        self._run.stopped = True
        self._timer.stop()
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None

    def _end(self) -> None:
        self._timer.stop()
        self._waiter = None

    def _done(self, result: object, then: Callable[[object], object]) -> None:
        self._end()
        if result is _STOPPED:
            self.stopped.emit()
        else:
            then(result)

    def _failed(self, error: AppError, failed: Callable[[AppError], object]) -> None:
        self._end()
        failed(error)
