"""The session under a self-check: own normal and devices are found, then it runs, and ends."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.session.self_check import check_plan, devices_of
from app.ui.consenting import standing_consent
from app.ui.live_runner import LiveRunner
from app.ui.waiting import Waiter
from audio.errors import AudioError

if TYPE_CHECKING:
    from app.coach.types import Baseline
    from app.ui.services import Live, Services

    Found = tuple[str | None, str | None, Baseline | None]
    """Camera, microphone, own normal."""


class CheckRoom(QObject):
    """Opens and closes one session; the last wish wins."""

    planned = Signal(object)
    """A LivePlan: what the walk begins with. Nothing is open where it has no device."""
    began = Signal(object)
    """The session was made and is starting."""
    ended = Signal(object)
    """It stopped: its id in the store, or None where nothing was kept."""
    failed = Signal(object)
    """An AppError: it could not be opened or closed."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._waiter: Waiter[Found] | None = None
        self.measured: tuple[str, Baseline] | None = None
        """Person id and an own normal that was just measured: a session has it only later."""
        self.runner = LiveRunner(services, self)
        self.runner.began.connect(self.began)
        self.runner.failed.connect(lambda _, error: self.failed.emit(error))
        self.runner.ended.connect(lambda _, session_id, __: self.ended.emit(session_id))

    @property
    def live(self) -> Live | None:
        """The session that runs or starts."""
        return self.runner.live

    def _normal(self, person_id: str) -> Baseline | None:
        """Find the own normal of this person: the one just measured, or the newest that is kept."""
        from app.session.own_normal import last_own_normal  # noqa: PLC0415 - brings models

        if self.measured is not None and self.measured[0] == person_id:
            return self.measured[1]
        return last_own_normal(self._services.store, person_id) if person_id else None

    def open(self, *, recorded: bool) -> None:
        """Find own normal and devices beside the screen, then start."""
        self._drop()
        services = self._services
        settings = services.choices.now

        def find() -> Found:
            # Loaded here, beside the screen, because it takes a second at the first time.
            from app.session import live  # noqa: F401, PLC0415

            with suppress(AudioError):  # the session says what is wrong with them
                # A headset may have been plugged in since they were listed last.
                services.microphones()
            return (*devices_of(settings, services.cameras), self._normal(settings.person_id))

        future = services.background.run(find)
        self._waiter = Waiter(
            future, lambda found: self._start(found, recorded=recorded), self.failed.emit, self
        )

    def shut(self) -> None:
        """Let camera and microphone go."""
        self._drop()
        if self.runner.live is not None or self.runner.busy:
            self.runner.stop()

    def close(self) -> None:
        """Let them go and wait: only at the end of the program."""
        self._drop()
        self.runner.close()

    def _drop(self) -> None:
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None

    def _start(self, found: Found, *, recorded: bool) -> None:
        self._waiter = None
        settings = self._services.choices.now
        consent = standing_consent(self._services) if recorded else None
        plan = check_plan(
            settings, *found, title=self.tr("Self-check"), recorded=consent is not None
        )
        self.planned.emit(plan)
        if plan.camera is None and plan.microphone is None:
            return
        if consent is not None:
            self.runner.start(plan, consent.person_id, consent.id)
        else:
            self.runner.start(plan)
