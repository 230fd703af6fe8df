"""Long work beside the screen: how far it is, and how to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.errors import AppError
from app.ui.style import Space
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.services import Runner

T = TypeVar("T")
LOOK_MS: Final = 150


class Stopped(AppError):
    """The person stopped it."""

    def __init__(self) -> None:
        super().__init__("Stopped; nothing was changed.", "")


class LongWork(QWidget):
    """Shows only while something runs."""

    ended = Signal()
    """It is done, failed or stopped."""

    def __init__(self, runner: Runner, name: str) -> None:
        super().__init__()
        self._runner = runner
        self._part = 0.0
        self._stop_wanted = False
        self._waiter: Waiter[Any] | None = None
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.stop_button = button(self.tr("Stop"), icon="finish")
        self.stop_button.clicked.connect(self.stop)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(lambda: self.bar.setValue(round(1000 * self._part)))
        line = row(self.bar, self.stop_button, space=Space.SNUG)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.hide()

    @property
    def runs(self) -> bool:
        """Whether something runs."""
        return self._waiter is not None

    @property
    def stop_wanted(self) -> bool:
        """Whether it is to end; for work that asks."""
        return self._stop_wanted

    def note(self, part: float) -> None:
        """Note how far it is, in the work's own thread; raises Stopped where it is to end."""
        self._part = part
        if self._stop_wanted:
            raise Stopped

    def begin(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Run work beside the screen, one at a time."""
        if self.runs:
            return
        self._part, self._stop_wanted = 0.0, False
        self.bar.setValue(0)
        self.show()
        self._timer.start()

        def done(result: T) -> None:
            self._end()
            then(result)

        def refused(error: AppError) -> None:
            self._end()
            failed(error)

        self._waiter = Waiter[T](self._runner.run(work), done, refused, self)

    def stop(self) -> None:
        """Ask it to end."""
        self._stop_wanted = True

    def drop(self) -> None:
        """Ask it to end, and wait for nothing any more."""
        self.stop()
        if self._waiter is not None:
            self._waiter.drop()
            self._end()

    def _end(self) -> None:
        self._waiter = None
        self._timer.stop()
        self.hide()
        self.ended.emit()
