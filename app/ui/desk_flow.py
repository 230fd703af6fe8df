"""The way to the trainer's desk: for one's own sessions, and for those that were shared."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from app.coach.content_kinds import ContentKind
from app.coach.desk.markers import load_marker_set
from app.errors import AppError
from app.paths import asset
from app.store.own_content import save_checked
from app.ui.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.ui.flow import Doors, Stage
    from app.ui.pages.content_editor import EditorPage
    from app.ui.pages.desk import DeskPage
    from app.ui.services import Services

DESK: Final = "desk"
MARKERS: Final = "markers"
"""The page on which a marker set is made one's own."""


class DeskFlow(Flow):
    """Lays a session on the desk where one is wanted."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType({DESK: "sessions", MARKERS: "sessions"})

    def __init__(self, services: Services, doors: Doors, stage: Stage) -> None:
        super().__init__(services, doors, stage)
        self.desk: DeskPage | None = None
        self.editor: EditorPage | None = None
        self._wanted = ("", 0.0)
        doors.desk_wanted.connect(self.open_desk)
        doors.person_changed.connect(self._forget)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page -> what makes it."""
        return {DESK: self._make_desk, MARKERS: self._make_editor}

    def _make_desk(self) -> DeskPage:
        from app.ui.pages.desk import DeskPage  # noqa: PLC0415 - not needed at the start

        made = self.desk = DeskPage(self.services)
        made.closed.connect(self._on_closed)
        made.own_markers_wanted.connect(self._on_markers)
        made.clip_wanted.connect(self.doors.clip_wanted)
        made.send_back_wanted.connect(self.doors.send_back_wanted)
        return made

    def _make_editor(self) -> EditorPage:
        from app.ui.pages.content_editor import EditorPage  # noqa: PLC0415 - as above

        made = self.editor = EditorPage(self.services.library)
        made.closed.connect(self._on_edited)
        return made

    def _on_markers(self, set_id: str) -> None:
        """Open one's own file of a marker set; a copy of what ships where there is none yet."""
        library, desk = self.services.library, self.desk
        if desk is None or desk.session is None:
            return
        self._wanted = (desk.session.record.id, desk.playhead_s)
        try:
            path = own_set(library.folder(ContentKind.MARKERS), set_id)
        except AppError as error:
            desk.notice.tell_error(error)
            return
        self.show_wanted.emit(MARKERS)
        if self.editor is not None:
            self.editor.open(ContentKind.MARKERS, path)

    def _on_edited(self) -> None:
        """Lay the session on the desk again, with the markers as they are now."""
        self.services.library.refresh()
        self.show_wanted.emit(DESK)

    def open_desk(self, session_id: str, t: float) -> None:
        """Show the desk with a session, at a moment."""
        self._wanted = (session_id, t)
        self.show_wanted.emit(DESK)

    def enter(self, name: str) -> None:
        """Lay the session that was asked for on the desk."""
        if name == DESK and self.desk is not None:
            self.desk.open(*self._wanted)

    def leave(self, name: str) -> None:
        """Let go of the recording; what was being spoken is saved."""
        if name == DESK and self.desk is not None:
            self.desk.close_files()
        elif name == MARKERS and self.editor is not None:
            self.editor.leave()

    def close(self) -> None:
        """Let go of everything: the program ends."""
        if self.desk is not None:
            self.desk.close_files()

    def _on_closed(self) -> None:
        session = self.desk.session if self.desk is not None else None
        if session is not None and not session.record.received:
            self.doors.report_wanted.emit(session.record.id)
        else:
            self.show_wanted.emit("sessions")

    def _forget(self) -> None:
        self._wanted = ("", 0.0)
        if self.desk is not None:
            self.desk.forget()


def own_set(folder: Path, set_id: str) -> Path:
    """Give one's own file of a marker set, made as a copy of what ships where there is none.

    Raises
    ------
    AppError
        Where it cannot be written.
    """
    for path in sorted(folder.glob("*.toml")):
        try:
            if load_marker_set(path).id == set_id:
                return path
        except AppError:  # the page that lists own files tells what is wrong with it
            continue
    made = folder / f"{set_id}.toml"
    shipped = asset("markers", made.name)
    if not made.exists() and shipped.is_file():
        save_checked(ContentKind.MARKERS, made, shipped.read_text("utf-8"))
    return made
