"""The queue of videos, worked off one after the other beside everything else.

One thread, which waits; the work itself is done in a child process of low priority. It rests while
a live session runs, and where a person lets it rest: the child then stands still, and goes on
where it was.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import psutil

from app.errors import AppError
from app.session.beside import JOIN_S, Threaded
from app.session.errors import Cancelled
from app.session.importing_work import ImportPlan, import_one
from app.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from app.store.imports import Import
    from app.store.store import Store

log = logging.getLogger(__name__)

TOLD_STEP: Final = 0.05
"""How often progress is written down for other programs, as a share of the whole."""


class Work(Protocol):
    """Makes a session of a video: `import_one`, or a test's."""

    def __call__(
        self,
        store: Store,
        item: Import,
        plan: ImportPlan,
        *,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        began: Callable[[int], None] | None = None,
    ) -> str:
        """Give the session's id."""


@dataclass(frozen=True, slots=True)
class Working:
    """The video that is worked on, for the screen to look at."""

    id: str
    """Id of the import."""
    person_id: str
    """Whose it is."""
    progress: float
    """0 to 1."""
    live: bool
    """Whether it stands still because a live session runs."""
    paused: bool
    """Whether it stands still because somebody lets it rest."""

    @property
    def resting(self) -> bool:
        """Whether it stands still at the moment."""
        return self.live or self.paused


class ImportQueue(Threaded):
    """Works the queue off. Everything may be called from the screen's thread.

    Parameters
    ----------
    store
        Where the queue and the sessions are.
    plan_of
        How a video is measured; asked in the queue's own thread, when its turn comes.
    only
        Ids of the videos to work on; all that wait by default.
    work
        What makes a session of a video.
    """

    def __init__(
        self,
        store: Store,
        plan_of: Callable[[Import], ImportPlan],
        *,
        only: Collection[str] | None = None,
        work: Work = import_one,
    ) -> None:
        self._store = store
        self._plan_of = plan_of
        self._only = only
        self._do = work
        self._stopped = threading.Event()
        self._wake = threading.Event()
        self._lock = threading.Lock()
        # Held, unlike `_lock`, over what is written down of it: what rests, and what goes on.
        self._turn = threading.Lock()
        self._live = False
        self._resting = False
        self._dropped = False
        self._child: int | None = None
        self._now: Import | None = None
        self._progress = 0.0
        self._worker = Worker("rapport imports", self._run)
        self.finished = 0
        """How many videos were done or failed since it was started."""

    @property
    def now(self) -> Working | None:
        """What is worked on; None while nothing is."""
        item = self._now
        if item is None:
            return None
        return Working(item.id, item.person_id, self._progress, self._live, self._resting)

    def wake(self) -> None:
        """Look again whether something waits."""
        self._wake.set()

    def stop(self) -> None:
        """End soon; what is worked on waits for the next start."""
        self._stopped.set()
        self._wake.set()
        if not self._worker.join(JOIN_S):
            log.error("The import queue did not end within %s s.", JOIN_S)

    def work_off(self) -> None:
        """Work until nothing waits, in the calling thread: for the command line."""
        while not self._stopped.is_set() and self._step():
            pass

    # Hands

    def give_way(self, *, on: bool) -> None:
        """Stand still while a live session runs: it has precedence."""
        with self._lock:
            self._live = on
        self._hold()
        if not on:
            self.wake()

    def pause(self, person_id: str) -> None:
        """Let a person's videos rest, the one that is worked on too."""
        with self._turn:
            self._store.imports.pause(person_id)
            item = self._now
            if item is not None and item.person_id == person_id:
                with self._lock:
                    self._resting = True
        self._hold()

    def resume(self, person_id: str) -> None:
        """Go on with a person's videos where they rested."""
        with self._turn:
            self._store.imports.resume(person_id)
            with self._lock:
                self._resting = False
        self._hold()
        self.wake()

    def break_off(self, import_id: str) -> None:
        """Stop working on a video: it rests, and begins anew when it is taken up again."""
        with self._turn:  # or it could be the next one that rests
            item = self._now
            if item is None or item.id != import_id:
                return
            self._dropped = True
        self._wake.set()

    # The thread

    @property
    def _held(self) -> bool:
        return self._live or self._resting

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            if self._held or not self._step():
                self._wake.wait()

    def _step(self) -> bool:
        """Work on what is next; False where nothing waits."""
        with self._turn:
            item = self._store.imports.claim(self._only)
            if item is None:
                return False
            self._dropped, self._progress, self._now = False, 0.0, item
        try:
            self._work(item)
        finally:
            with self._turn:
                with self._lock:
                    self._child, rested, self._resting = None, self._resting, False
                self._now = None
                if rested:
                    self._store.imports.pause(item.person_id)
        return True

    def _work(self, item: Import) -> None:
        imports = self._store.imports
        try:
            self._do(
                self._store,
                item,
                self._plan_of(item),
                progress=self._note,
                cancelled=self._cancelled,
                began=self._on_began,
            )
            self.finished += 1
        except Cancelled:
            imports.give_back(item.id, paused=self._dropped or self._resting)
        except AppError as error:
            log.info("A video could not be imported: %s", error)
            imports.failed(item.id, error)
            self.finished += 1

    def _note(self, part: float) -> None:
        before, self._progress = self._progress, part
        item = self._now
        if item is not None and int(part / TOLD_STEP) > int(before / TOLD_STEP):
            # Only for others that look: a list that is in use for a moment must not end the work.
            with suppress(AppError):
                self._store.imports.note_progress(item.id, part)

    def _on_began(self, pid: int) -> None:
        with self._lock:
            self._child = pid
        self._hold()

    def _cancelled(self) -> bool:
        cancelled = self._stopped.is_set() or self._dropped
        if cancelled and self._held:
            self._hold(still=False)  # what stands still cannot end, nor can its own children
        return cancelled

    def _hold(self, *, still: bool | None = None) -> None:
        """Let the child and its own children stand still, or go on."""
        # The signals are sent under the lock: an older "go on" must not overtake a "stand still".
        with self._lock:
            held = self._held if still is None else still
            if self._child is not None:
                _signal(self._child, held=held)


def _signal(pid: int, *, held: bool) -> None:
    with suppress(psutil.Error):
        child = psutil.Process(pid)
        for process in (child, *child.children(recursive=True)):
            with suppress(psutil.Error):
                if held:
                    process.suspend()
                else:
                    process.resume()
