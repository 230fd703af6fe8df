"""The ears' readings of a file, made where it was heard: beside the eyes, which take longer."""

from __future__ import annotations

from collections import deque
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from app.coach.types import Baseline, Mark
from app.session.merge import merge
from app.session.own_normal import voice_normal
from app.session.pipeline import tell_ears
from app.session.senses import build_ears

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.coach.catalogue import Catalogue
    from audio.types import VoiceBaseline, VoiceHop, VoiceReading

T = TypeVar("T")


class VoiceRead:
    """Reads the hops of a file against a given own normal, or against one that is made of them.

    Parameters
    ----------
    baseline
        The person's own normal; None for the voice's half made of the hops, where `own_normal`.
    marks
        What people said about the file, such as who speaks.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        baseline: Baseline | None,
        switched_off: frozenset[str],
        marks: Sequence[Mark],
        *,
        own_normal: bool,
    ) -> None:
        self._catalogue = catalogue
        self._baseline = baseline
        self._off = switched_off
        self._marks = sorted(marks, key=attrgetter("t"))
        self._own_normal = own_normal
        self._readings: deque[VoiceReading] = deque()
        self.own: VoiceBaseline | None = None
        """The normal that was made of the hops."""
        self.done = False
        """Whether there was anything to read, and it was read."""

    def read(self, hops: list[VoiceHop], stopped: Callable[[], bool]) -> None:
        """Read all hops and empty their list; ends early once nobody wants it any more."""
        baseline = self._baseline
        if baseline is None and self._own_normal:
            self.own = voice_normal(hops, self._marks)
            baseline = Baseline("", "first_pass", None, self.own)
        ears = build_ears(self._catalogue, baseline, self._off)
        waiting = _given(deque(hops))
        hops.clear()
        streams: list[Iterable[Mark | VoiceHop]] = [self._marks, waiting]
        for item in merge(*streams):
            if stopped():
                return
            if isinstance(item, Mark):
                tell_ears(ears, item)
            else:
                self._readings.append(ears.read(item))
        self.done = True

    def readings(self) -> Iterator[VoiceReading]:
        """Give the readings and forget them: an hour has 36,000."""
        return _given(self._readings)


def _given(waiting: deque[T]) -> Iterator[T]:
    while waiting:
        yield waiting.popleft()
