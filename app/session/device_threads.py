"""The threads of a session's camera and microphone."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final, TypeVar

from app.coach.types import Sense
from app.session.source_loop import Source, SourceLoop
from app.session.worker import Worker
from audio.sources import Microphone
from vision.cameras import device_of
from vision.errors import CameraUnavailable
from vision.sources import Camera

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from app.session.plan import LivePlan
    from audio.microphones import MicrophoneList
    from audio.types import AudioBlock
    from vision.types import Frame

log = logging.getLogger(__name__)

T = TypeVar("T")

SETTLE_S: Final = 6.0
"""How long the start waits for slow devices before the session runs without them, seconds."""
LOOK_S: Final = 0.02
"""How often the start looks whether the devices deliver, seconds."""
JOIN_S: Final = 8.0
"""How long a device may take to let go, seconds."""
NAMES: Final = ("rapport camera", "rapport microphone")


class DeviceThreads:
    """One thread for each device of the plan, or for the source given in its place.

    Parameters
    ----------
    plan
        Names the devices.
    clock
        What real devices stamp with.
    camera, microphone
        Sources that take a device's place; each is opened once only.
    on_frame, on_block
        Are handed what comes, in the device's thread.
    lost, back
        Are told when a device fails, with what and remedy, and when it delivers again.
    inputs
        The program's list of microphones.
    """

    def __init__(
        self,
        plan: LivePlan,
        clock: Callable[[], float],
        *,
        camera: Source[Frame] | None,
        microphone: Source[AudioBlock] | None,
        on_frame: Callable[[Frame], None],
        on_block: Callable[[AudioBlock], None],
        lost: Callable[[Sense, str, str], None],
        back: Callable[[Sense], None],
        inputs: MicrophoneList,
    ) -> None:
        self._lost = lost
        self._back = back
        self._loops: dict[Sense, SourceLoop[Frame] | SourceLoop[AudioBlock]] = {}
        self._workers: list[Worker] = []
        if camera is not None or plan.camera is not None:
            self._add(
                Sense.VISION,
                camera,
                lambda: open_camera(plan.camera or "", clock),
                on_frame,
                NAMES[0],
            )
        if microphone is not None or plan.microphone is not None:
            self._add(
                Sense.VOICE,
                microphone,
                lambda: Microphone(plan.microphone or None, clock, inputs=inputs),
                on_block,
                NAMES[1],
            )

    @property
    def senses(self) -> frozenset[Sense]:
        """The senses that the plan wants."""
        return frozenset(self._loops)

    @property
    def ended(self) -> bool:
        """Whether every source came to its natural end, as a played file does."""
        return all(loop.ended for loop in self._loops.values())

    def start(self, stopping: threading.Event) -> None:
        """Start reading, unless the session is being stopped."""
        for worker in self._workers:
            if not stopping.is_set():
                worker.start()

    def wait(self, stopping: threading.Event) -> None:
        """Wait until each device delivers or has failed, but not for long."""
        limit = time.monotonic() + SETTLE_S
        while not all(loop.settled for loop in self._loops.values()):
            if time.monotonic() > limit or stopping.wait(LOOK_S):
                return

    def stop(self) -> list[BaseException]:
        """Let go of all devices; gives the mistakes that ended a thread."""
        for loop in self._loops.values():
            loop.stop()
        for worker in self._workers:
            if not worker.join(JOIN_S):
                log.error("The %s thread did not let go of its device.", worker.name)
        return [worker.error for worker in self._workers if worker.error is not None]

    def _add(
        self,
        sense: Sense,
        given: Source[T] | None,
        make: Callable[[], Source[T]],
        deliver: Callable[[T], None],
        name: str,
    ) -> None:
        loop = SourceLoop(
            make if given is None else lambda: given,
            deliver=deliver,
            lost=lambda what, remedy: self._lost(sense, what, remedy),
            back=lambda: self._back(sense),
        )
        # A given source is one device that was plugged in: it cannot be opened a second time.
        self._loops[sense] = loop if given is None else loop.once()  # type: ignore[assignment]
        self._workers.append(Worker(name, loop.run))


def open_camera(camera_id: str, clock: Callable[[], float]) -> Camera:
    """Make the source of a camera by its id, a number or an address."""
    try:
        return Camera(device_of(camera_id), clock)
    except ValueError as error:
        raise CameraUnavailable(
            f"There is no camera “{camera_id}”.",
            "Choose one from the list, or type an address that begins with http or rtsp.",
        ) from error
