"""One device in its thread: read, hand over, say when it is lost, try to get it back."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final, Generic, Protocol, Self, TypeVar

from audio.errors import AudioError
from vision.errors import VisionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

AGAIN_S: Final = 2.0
"""How long to wait before a lost device is tried again, seconds."""


class Source(Protocol[T_co]):
    """A camera or a microphone, or a file that plays one."""

    def __iter__(self) -> Iterator[T_co]:
        """Open it and give its items until it is closed or lost."""

    def close(self) -> None:
        """End the iteration soon; from any thread."""


class SourceLoop(Generic[T]):
    """The body of a device's thread.

    Parameters
    ----------
    make
        Builds the source; called again each time a lost one is tried again.
    deliver
        Is handed every item.
    lost
        Is told what and remedy when the source fails; once for each different failure.
    back
        Is called when items come again after a loss.
    again_s
        Pause before the next try, seconds; None for a source that cannot be opened twice.
    """

    def __init__(
        self,
        make: Callable[[], Source[T]],
        *,
        deliver: Callable[[T], None],
        lost: Callable[[str, str], None],
        back: Callable[[], None],
        again_s: float | None = AGAIN_S,
    ) -> None:
        self._make = make
        self._deliver = deliver
        self._lost = lost
        self._back = back
        self._again_s = again_s
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._source: Source[T] | None = None
        self._failure: str | None = None
        self.delivered = False
        """Whether an item ever came."""
        self.ended = False
        """Whether the source came to its natural end, as a played file does."""

    @property
    def settled(self) -> bool:
        """Whether it is known if the source works."""
        return self.delivered or self.ended or self._failure is not None

    def once(self) -> Self:
        """Do not try again after a loss, because this source cannot be opened twice."""
        self._again_s = None
        return self

    def run(self) -> None:
        """Read until the source ends or `stop` is called."""
        while not self._stop.is_set():
            try:
                if self._read():
                    self.ended = True
                    return
            except (VisionError, AudioError) as error:
                self._fail(error.what, error.remedy)
            if self._again_s is None or self._stop.wait(self._again_s):
                return

    def stop(self) -> None:
        """End `run` soon; from any thread."""
        self._stop.set()
        with self._lock:
            if self._source is not None:
                self._source.close()

    def _read(self) -> bool:
        """Hand over what comes; True at the natural end, False when stopped."""
        source = self._make()
        with self._lock:
            if self._stop.is_set():
                return False
            self._source = source
        try:
            for item in source:
                if self._stop.is_set():
                    return False
                self._came()
                self._deliver(item)
        finally:
            source.close()
        return not self._stop.is_set()

    def _came(self) -> None:
        self.delivered = True
        if self._failure is not None:
            self._failure = None
            self._back()

    def _fail(self, what: str, remedy: str) -> None:
        if self._stop.is_set() or what == self._failure:
            return
        self._failure = what
        log.info("A device was lost: %s", what)
        self._lost(what, remedy)
