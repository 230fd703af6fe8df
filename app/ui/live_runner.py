"""Starts and stops live sessions beside the screen, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.waiting import Waiter

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from app.errors import AppError
    from app.session.plan import LivePlan
    from app.ui.services import Live, Services


class LiveRunner(QObject):
    """Holds at most one session. While it is busy the last wish waits, and wins."""

    began = Signal(object)
    """A session was made and is starting; it can be looked at."""
    failed = Signal(object, object)
    """Starting or stopping went wrong: the plan and an AppError."""
    ended = Signal(object, object, object)
    """The session stopped: the plan, its id or None where nothing was kept, and itself."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._live: Live | None = None
        self._plan: LivePlan | None = None
        self._busy = False
        self._next: Callable[[], None] | None = None
        self._closed = False
        self._ending: Future[str | None] | None = None

    @property
    def live(self) -> Live | None:
        """The session that runs or starts."""
        return self._live

    @property
    def busy(self) -> bool:
        """Whether something is being opened or closed."""
        return self._busy

    def start(
        self, plan: LivePlan, person_id: str | None = None, consent_id: str | None = None
    ) -> None:
        """Stop what runs and start this instead."""
        self._do(lambda: self._stop_then(lambda: self._start(plan, person_id, consent_id)))

    def stop(self, then: Callable[[], None] | None = None) -> None:
        """Stop what runs; `ended` tells its id. `then` comes after it, but for a newer wish."""
        self._do(lambda: self._stop_then(then))

    def close(self) -> None:
        """Stop what runs and wait for it: only at the end of the program."""
        self._closed = True
        self._next = None
        live, self._live = self._live, None
        if live is not None:
            self._ending = self._services.background.run(live.stop)
        if self._ending is not None:
            # Also one that was begun before: the threads behind it are about to be taken away.
            self._ending.exception()

    def _do(self, action: Callable[[], None]) -> None:
        if self._closed:  # a list of devices may come as the window goes
            return
        if self._busy:
            self._next = action
        else:
            action()

    def _done(self) -> None:
        self._busy = False
        action, self._next = self._next, None
        if action is not None:
            action()

    def _stop_then(self, after: Callable[[], None] | None) -> None:
        live, self._live = self._live, None
        if live is None:
            if after is not None:
                after()
            return
        self._busy = True
        plan = self._plan

        def ended(session_id: str | None) -> None:
            self.ended.emit(plan, session_id, live)
            self._go_on(after)

        def failed(error: AppError) -> None:
            self.failed.emit(plan, error)
            self.ended.emit(plan, live.session_id, live)
            self._go_on(after)

        self._ending = self._services.background.run(live.stop)
        Waiter(self._ending, ended, failed, self)

    def _go_on(self, after: Callable[[], None] | None) -> None:
        self._busy = False
        if after is not None and self._next is None:
            after()
        elif self._next is not None:
            self._done()

    def _start(self, plan: LivePlan, person_id: str | None, consent_id: str | None) -> None:
        live = self._services.make_live(plan, person_id, consent_id)
        self._live = live
        self._plan = plan
        self._busy = True
        self.began.emit(live)

        def started(_: None) -> None:
            self._done()

        def failed(error: AppError) -> None:
            if self._live is live:
                self._live = None
            self.failed.emit(plan, error)
            self._done()

        Waiter(self._services.background.run(live.start), started, failed, self)
