"""Videos that become sessions, the library of cases, the team's sheet, and the backup."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QTimer

from app.store.imports import ImportState
from app.ui.flow import Doors, Flow, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.session.importing import ImportQueue, Work
    from app.ui.pages.backup import BackupPage
    from app.ui.pages.clip import ClipPage
    from app.ui.pages.guests import GuestsPage
    from app.ui.pages.imports import ImportsPage
    from app.ui.pages.library import LibraryPage
    from app.ui.pages.speakers import SpeakersPage
    from app.ui.services import Services

LOOK_MS: Final = 500
BEGIN_MS: Final = 3000
"""The window has long been usable by then; nobody waits for a video."""


class ImportFlow(Flow):
    """Holds the queue: it works while the window is open, and gives way to a live session."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType(
        dict.fromkeys(("imports", "clip", "speakers"), "sessions")
        | {"watch": "library", "backup": "settings"}
    )
    work: ClassVar[Work | None] = None
    """What makes a session of a video; a test's own."""

    def __init__(self, services: Services, doors: Doors, stage: Stage) -> None:
        super().__init__(services, doors, stage)
        self._queue: ImportQueue | None = None
        self._made: dict[str, Any] = {}
        self._back_to = "library"
        self._before_library = "sessions"
        self._give_way = QTimer(self)
        self._give_way.setInterval(LOOK_MS)
        self._give_way.timeout.connect(self._look)
        QTimer.singleShot(BEGIN_MS, self, self._begin)
        doors.clip_wanted.connect(self._on_clip)
        doors.speakers_wanted.connect(self._on_speakers)
        doors.guests_wanted.connect(self._to_guests)
        doors.library_wanted.connect(self._to_library)
        doors.person_changed.connect(self._on_person)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Each is made when it is first wanted."""
        return {
            "imports": self._make_imports,
            "library": self._make_library,
            "clip": self._make_clip,
            "watch": self._make_watch,
            "guests": self._make_guests,
            "speakers": self._make_speakers,
            "backup": self._make_backup,
        }

    def before(self, name: str) -> str | None:
        """Name where one came from: the library and the sheet on guests are opened from two."""
        came = {"library": self._before_library, "guests": self._back_to}
        return came.get(name) or super().before(name)

    def enter(self, name: str) -> None:
        """Bring a page that comes to the front up to date."""
        page = self._made.get(name)
        if page is not None:
            page.enter()

    def leave(self, name: str) -> None:
        """Stop what a page was playing or typing."""
        page = self._made.get(name)
        if page is not None:
            page.leave()

    def close(self) -> None:
        """End the work; what was not done waits for the next start."""
        self._give_way.stop()
        for page in self._made.values():
            page.leave()
        if self._queue is not None:
            self._queue.stop()

    # The queue

    @property
    def queue(self) -> ImportQueue:
        """The queue, which works from its first use on."""
        if self._queue is None:
            from app.session.importing import ImportQueue  # noqa: PLC0415 - av, psutil
            from app.session.importing_plan import plan_of  # noqa: PLC0415
            from app.session.importing_work import import_one  # noqa: PLC0415

            work = type(self).work or import_one
            self._queue = ImportQueue(self.services.store, plan_of, work=work)
            self._look()
            self._queue.start()
            self._give_way.start()
        return self._queue

    def _begin(self) -> None:
        """Go on with what waits since the last time."""
        imports = self.services.store.imports
        for person in self.services.store.persons():
            if any(one.state is ImportState.WAITING for one in imports.listed(person.id)):
                self.queue.wake()
                return

    def _look(self) -> None:
        """Let a live session go first."""
        if self._queue is not None:
            self._queue.give_way(on=self.stage.session_runs)

    # Pages

    def _make_imports(self) -> ImportsPage:
        from app.ui.pages.imports import ImportsPage  # noqa: PLC0415 - made when first wanted

        page = ImportsPage(self.services, lambda: self.queue)
        page.closed.connect(lambda: self.show_wanted.emit("sessions"))
        page.consent_wanted.connect(lambda: self.doors.agreement_wanted.emit("imports"))
        page.report_wanted.connect(self.doors.report_wanted)
        self._made["imports"] = page
        return page

    def _make_library(self) -> LibraryPage:
        from app.ui.pages.library import LibraryPage  # noqa: PLC0415

        page = LibraryPage(self.services)
        page.closed.connect(lambda: self.show_wanted.emit(self._before_library))
        page.watch_wanted.connect(lambda: self.show_wanted.emit("watch"))
        page.guests_wanted.connect(lambda: self._to_guests("library"))
        self._made["library"] = page
        return page

    def _to_library(self, back: str) -> None:
        self._before_library = back
        self.show_wanted.emit("library")

    def _make_clip(self) -> ClipPage:
        from app.ui.pages.clip import ClipPage  # noqa: PLC0415

        page = ClipPage(self.services)
        page.closed.connect(lambda: self.doors.report_wanted.emit(page.session_id))
        page.released.connect(lambda: self._to_library("sessions"))
        self._made["clip"] = page
        return page

    def _make_watch(self) -> QWidget:
        from app.ui.pages.watch import WatchPage  # noqa: PLC0415

        page = WatchPage(self.services)
        page.closed.connect(lambda: self.show_wanted.emit("library"))
        self._made["watch"] = page
        return page

    def _make_guests(self) -> GuestsPage:
        from app.ui.pages.guests import GuestsPage  # noqa: PLC0415

        page = GuestsPage(self.services)
        page.closed.connect(lambda: self.show_wanted.emit(self._back_to))
        self._made["guests"] = page
        return page

    def _make_speakers(self) -> SpeakersPage:
        from app.ui.pages.speakers import SpeakersPage  # noqa: PLC0415

        page = SpeakersPage(self.services)
        page.closed.connect(lambda: self.show_wanted.emit("sessions"))
        page.measured.connect(self.doors.report_wanted)
        self._made["speakers"] = page
        return page

    def _make_backup(self) -> BackupPage:
        from app.ui.pages.backup import BackupPage  # noqa: PLC0415

        page = BackupPage(self.services)
        page.closed.connect(lambda: self.doors.page_wanted.emit("settings"))
        self._made["backup"] = page
        return page

    def _page(self, name: str) -> Any:  # noqa: ANN401 - each page has its own kind
        self.show_wanted.emit(name)
        return self._made[name]

    def _to_guests(self, back_to: str) -> None:
        self._back_to = back_to
        self.show_wanted.emit("guests")

    def _on_clip(self, session_id: str, start_s: float, end_s: float) -> None:
        self._page("clip").open(session_id, start_s, end_s)

    def _on_speakers(self, session_id: str) -> None:
        self._page("speakers").open(session_id)

    def _on_person(self) -> None:
        """Nothing of the last person may stay on show."""
        for page in self._made.values():
            page.leave()
            forget = getattr(page, "forget", None)
            if forget is not None:
                forget()
