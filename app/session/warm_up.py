"""Loads the slow libraries while somebody still looks at Home, so that Practise is ready sooner."""

from __future__ import annotations

import importlib
import logging
import threading
from typing import TYPE_CHECKING, Final

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

SLOW: Final = (
    "app.session.live",
    "sounddevice",
    "audio.analyser",
    "vision.analyser",
    "vision.landmarks",
)
"""In small steps, because only between two of them can it be stopped; none takes two seconds."""


class WarmUp:
    """One thread that loads and nothing else; what fails here is told where it is needed."""

    def __init__(
        self,
        modules: Sequence[str] = SLOW,
        load: Callable[[str], object] | None = None,
        *,
        then: Callable[[], object] | None = None,
    ) -> None:
        self._modules = modules
        self._then = then
        self._load = load or _load
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warm up", daemon=False)

    def start(self) -> None:
        """Begin, once; after `stop` nothing begins any more."""
        if not self._stopped.is_set() and self._thread.ident is None:
            self._thread.start()

    def stop(self) -> None:
        """Load nothing further. Does not wait: the step that runs ends by itself."""
        self._stopped.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the end; False where it still runs."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        for name in self._modules:
            if self._stopped.is_set():
                return
            try:
                self._load(name)
            except ImportError as error:
                log.info("%s could not be loaded ahead: %s", name, error)
        if self._then is not None and not self._stopped.is_set():
            try:
                self._then()
            except AppError as error:
                log.info("The last step could not be done ahead: %s", error)


def _load(name: str) -> None:
    """Import a module, and what it puts off until its first use."""
    module = importlib.import_module(name)
    if hasattr(module, "import_models"):
        module.import_models()
