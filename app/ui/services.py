"""What the pages need from the rest of the house, handed in from outside and easy to fake."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from typing import TypeVar

    from PySide6.QtCore import QObject

    from app.coach.calibration import CalibrationStep
    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report
    from app.coach.types import Baseline, Mark
    from app.session.plan import LivePlan, Snapshot
    from app.settings import Settings
    from app.store.consent import ConsentText
    from app.store.store import Store
    from app.ui.customer_voice import CustomerVoice
    from app.ui.library import Library
    from audio.microphones import MicrophoneList
    from vision.types import Frame

    T = TypeVar("T")
    Watch = Callable[[QObject, Callable[[], bool], Callable[[], object]], object]

log = logging.getLogger(__name__)


class Device(Protocol):
    """A camera or a microphone that can be chosen."""

    @property
    def id(self) -> str:
        """What it is opened by."""

    @property
    def name(self) -> str:
        """What a person calls it."""


class Live(Protocol):
    """The part of a live session that the screen uses."""

    @property
    def session_id(self) -> str | None:
        """Id in the store; None where nothing is kept."""

    def start(self) -> None:
        """Open the devices; may block."""

    def stop(self) -> str | None:
        """Close everything; may block. The session's id where something was kept."""

    @property
    def report(self) -> Report | None:
        """What it gave back, once it has stopped; None where it never ran."""

    @property
    def marks(self) -> Sequence[Mark]:
        """What was said in it, once it has stopped."""

    def snapshot(self) -> Snapshot:
        """How it stands now; never blocks."""

    def picture(self) -> Frame | None:
        """Return the newest picture; never blocks."""

    def calibrate(self, step: CalibrationStep | None) -> object:
        """Begin a calibration step, or end the running one."""

    def baseline(self) -> Baseline | None:
        """Return the own normal that the calibration gave."""

    @property
    def mark(self) -> Callable[..., Mark]:
        """Take down what a hand says at this moment: mark(kind, data, lane)."""


class Runner(Protocol):
    """Runs what may block beside the screen."""

    def run(self, function: Callable[[], T]) -> Future[T]:
        """Run it; the result waits in the Future."""

    def close(self) -> None:
        """Join."""


class Choices:
    """The settings as they stand, and the one way to change them."""

    def __init__(self, settings: Settings, save: Callable[[Settings], None]) -> None:
        self.now = settings
        self._save = save
        self._watchers: list[Callable[[Settings], object]] = []

    def watch(self, told: Callable[[Settings], object]) -> None:
        """Call this with the settings, each time they are others than before."""
        self._watchers.append(told)

    def take(self, settings: Settings) -> None:
        """Take the settings of another person, as they stand in their file."""
        self.now = settings
        self._tell()

    def change(self, **fields: object) -> AppError | None:
        """Set fields and save; what could not be saved still counts until the end."""
        changed = self.now.model_copy(update=fields)
        if changed == self.now:
            return None
        self.now = changed
        self._tell()
        try:
            self._save(changed)
        except AppError as error:
            log.info("settings not saved: %s", error)
            return error
        return None

    def _tell(self) -> None:
        for told in self._watchers:
            told(self.now)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the pages are given."""

    store: Store
    """Sessions, people and consents."""
    choices: Choices
    """Settings."""
    catalogue: Catalogue
    """The cues."""
    library: Library
    """Conversations, checklists and practices, a person's own among them."""
    consent: ConsentText
    """The consent page's text."""
    cameras: Callable[[], Sequence[Device]]
    """Lists cameras; may block."""
    microphones: Callable[[], Sequence[Device]]
    """Lists microphones; may block."""
    inputs: MicrophoneList
    """The program's list of microphones, for whoever opens one."""
    make_live: Callable[[LivePlan, str | None, str | None], Live]
    """Makes a session from a plan, the person's id and the consent's id; does not block."""
    background: Runner
    """For what may block."""
    now: Callable[[], datetime]
    """The local time with its zone."""
    voice: Callable[[], CustomerVoice] | None = None
    """Makes the customer's voice; None shows the lines as text."""
    watch_microphones: Watch | None = None
    """Of a parent, whether there is time now, and what to do when a microphone came or went."""
