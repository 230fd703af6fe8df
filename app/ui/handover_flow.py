"""Handing sessions over and taking reviews back, without a cloud."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, cast

from PySide6.QtCore import QEvent, QObject

from app.ui.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QDropEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.flow import Doors, Stage
    from app.ui.pages.received import ReceivedPage
    from app.ui.pages.share import SharePage
    from app.ui.pages.share_list import SharedPage
    from app.ui.pages.share_review import SendReviewPage
    from app.ui.services import Services

SHARE: Final = "share"
SHARED: Final = "shared"
RECEIVED: Final = "received"
SEND_REVIEW: Final = "send_review"
DRAGS: Final = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop})


class HandoverFlow(Flow):
    """Four pages: share, what was shared, open a file, send a review back."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType(
        dict.fromkeys((SHARE, SHARED, RECEIVED, SEND_REVIEW), "sessions")
    )

    def __init__(self, services: Services, doors: Doors, stage: Stage) -> None:
        super().__init__(services, doors, stage)
        self._share: SharePage | None = None
        self._shared: SharedPage | None = None
        self._received: ReceivedPage | None = None
        self._review: SendReviewPage | None = None
        self._wanted = self._file = ""
        doors.share_wanted.connect(self.share)
        doors.send_back_wanted.connect(self.send_back)
        doors.open_file_wanted.connect(self.open_file)
        doors.person_changed.connect(self._forget)
        # A file may be dropped wherever one is, unless a session runs.
        stage.setAcceptDrops(True)
        stage.installEventFilter(self)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page and what makes it."""
        return {
            SHARE: self._make_share,
            SHARED: self._make_shared,
            RECEIVED: self._make_received,
            SEND_REVIEW: self._make_review,
        }

    # --- doors ------------------------------------------------------------------------------

    def share(self, session_id: str) -> None:
        """Hand a session over."""
        self._wanted = session_id
        self.show_wanted.emit(SHARE)

    def send_back(self, session_id: str) -> None:
        """Send the review of a received session back."""
        self._wanted = session_id
        self.show_wanted.emit(SEND_REVIEW)

    def open_file(self, path: str = "") -> None:
        """Open a file that somebody handed over; without one, have it chosen."""
        self._file = path
        self.show_wanted.emit(RECEIVED)

    def enter(self, name: str) -> None:
        """Bring a page up to date."""
        if name == SHARE and self._share is not None:
            self._share.open(self._wanted)
        elif name == SHARED and self._shared is not None:
            self._shared.refresh()
        elif name == SEND_REVIEW and self._review is not None:
            self._review.open(self._wanted)
        elif name == RECEIVED and self._received is not None:
            path, self._file = self._file, ""
            if path:
                self._received.take(path)
            self._received.enter()

    def leave(self, name: str) -> None:
        """Stop what is being made, and let no passphrase stay on a page that nobody sees."""
        page = {SHARE: self._share, SEND_REVIEW: self._review, RECEIVED: self._received}.get(name)
        if page is not None:
            page.forget()

    def close(self) -> None:
        """Stop everything: the program ends."""
        self._forget()

    # --- pages ------------------------------------------------------------------------------

    def _make_share(self) -> QWidget:
        from app.ui.pages.share import SharePage  # noqa: PLC0415 - made when first wanted

        self._share = page = SharePage(self.services)
        page.closed.connect(self._on_share_closed)
        page.shared_wanted.connect(lambda: self.show_wanted.emit(SHARED))
        return page

    def _make_shared(self) -> QWidget:
        from app.ui.pages.share_list import SharedPage  # noqa: PLC0415

        self._shared = page = SharedPage(self.services)
        page.closed.connect(lambda: self.show_wanted.emit("sessions"))
        page.open_wanted.connect(lambda: self.open_file(""))
        return page

    def _make_received(self) -> QWidget:
        from app.ui.pages.received import ReceivedPage  # noqa: PLC0415

        self._received = page = ReceivedPage(self.services)
        page.closed.connect(lambda: self.show_wanted.emit("sessions"))
        page.shared_wanted.connect(lambda: self.show_wanted.emit(SHARED))
        page.desk_wanted.connect(self._on_session)
        page.feedback_wanted.connect(self.doors.feedback_wanted)
        return page

    def _make_review(self) -> QWidget:
        from app.ui.pages.share_review import SendReviewPage  # noqa: PLC0415

        self._review = page = SendReviewPage(self.services)
        page.closed.connect(lambda: self.doors.desk_wanted.emit(self._wanted, 0.0))
        return page

    # --- helpers ----------------------------------------------------------------------------

    def _on_session(self, session_id: str) -> None:
        self.doors.desk_wanted.emit(session_id, 0.0)

    def _on_share_closed(self) -> None:
        self.doors.report_wanted.emit(self._wanted)

    def _forget(self) -> None:
        self._wanted = self._file = ""
        for page in (self._share, self._shared, self._received, self._review):
            if page is not None:
                page.forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a shared file that is dropped on the window."""
        if event.type() in DRAGS:
            from app.ui.pages.received_drop import is_ours  # noqa: PLC0415

            drag = cast("QDropEvent", event)
            path = is_ours(drag.mimeData())
            if path and self.stage.may_leave:
                drag.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self.open_file(path)
                return True
        return super().eventFilter(watched, event)
