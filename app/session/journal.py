"""Marks, episodes and readings on their way to the store, in batches from a thread of their own."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final, Protocol

from app.coach.types import CueEvent, Mark
from app.errors import AppError
from app.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.senses import Reading

log = logging.getLogger(__name__)

BATCH_S: Final = 0.5
"""How often a batch is written, seconds; a kill loses at most this and the chunk of readings."""
JOIN_S: Final = 10.0
"""How long the last batch may take, seconds."""


class Shelf(Protocol):
    """What the journal needs of the store."""

    def append_marks(self, session_id: str, marks: Sequence[Mark]) -> list[Mark]:
        """Append marks to the log; those that are already there are left."""

    def add_events(self, session_id: str, events: Sequence[CueEvent]) -> None:
        """Keep episodes."""


class Chunks(Protocol):
    """What the journal needs of a readings writer."""

    def write(self, reading: Reading) -> None:
        """Append a reading."""

    def close(self) -> None:
        """Write the rest."""


class Journal:
    """Takes items without waiting and writes them twice a second.

    What the store refuses (a full disk) stays in memory and is tried again with the next batch;
    `on_fault` is told once.
    """

    def __init__(
        self,
        shelf: Shelf,
        session_id: str,
        readings: Chunks | None,
        on_fault: Callable[[AppError], None] | None = None,
    ) -> None:
        self._shelf = shelf
        self._session_id = session_id
        self._chunks = readings
        self._on_fault = on_fault
        self._ready = threading.Condition()
        self._marks: list[Mark] = []
        self._events: list[CueEvent] = []
        self._readings: list[Reading] = []
        self._closed = False
        self._worker = Worker("rapport journal", self._run)
        self.fault: AppError | None = None
        """What could not be written, while it cannot be."""

    def start(self) -> None:
        """Start the thread."""
        self._worker.start()

    def put(self, item: Mark | CueEvent | Reading) -> None:
        """Queue an item; never waits."""
        with self._ready:
            if isinstance(item, Mark):
                self._marks.append(item)
            elif isinstance(item, CueEvent):
                self._events.append(item)
            elif self._chunks is not None:
                self._readings.append(item)

    def close(self) -> None:
        """Write what waits and end the thread."""
        with self._ready:
            self._closed = True
            self._ready.notify_all()
        if not self._worker.join(JOIN_S):
            log.error("The journal did not end within %s s.", JOIN_S)
            return
        if self._worker.error is not None:
            raise self._worker.error
        if self.fault is not None:
            raise self.fault

    def write_batch(self) -> None:
        """Write everything that waits; the step of the thread, which a test can call."""
        with self._ready:
            marks, self._marks = self._marks, []
            events, self._events = self._events, []
            readings, self._readings = self._readings, []
        try:
            if readings:
                self._write_readings(readings)
            if marks:
                self._shelf.append_marks(self._session_id, marks)
                marks = []
            if events:
                self._shelf.add_events(self._session_id, events)
                events = []
            self.fault = None
        except AppError as error:
            with self._ready:
                self._marks[:0] = marks
                self._events[:0] = events
            self._tell(error)

    def _write_readings(self, readings: list[Reading]) -> None:
        if self._chunks is None:
            return
        try:
            for reading in readings:
                self._chunks.write(reading)
        except AppError:
            # A chunk that broke off in the middle cannot be continued; the events go on.
            self._chunks = None
            raise

    def _run(self) -> None:
        closed = False
        while not closed:
            with self._ready:
                self._ready.wait_for(lambda: self._closed, BATCH_S)
                closed = self._closed
            self.write_batch()
        if self._chunks is not None:
            self._chunks.close()

    def _tell(self, error: AppError) -> None:
        first = self.fault is None
        self.fault = error
        if first and self._on_fault is not None:
            self._on_fault(error)
