"""The one window: a rail on the left, one page at a time."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.errors import AppError
from app.store.types import KeepPolicy
from app.ui.bridge import LiveBridge
from app.ui.consenting import enter_consent, standing_consent
from app.ui.keys import key_groups
from app.ui.live_runner import LiveRunner
from app.ui.pages.consent import ConsentPage
from app.ui.pages.home import HomePage
from app.ui.pages.live import LivePage
from app.ui.pages.practise import PractisePage
from app.ui.pages.sessions import SessionsPage
from app.ui.report_door import ReportDoor
from app.ui.widgets.controls import row
from app.ui.widgets.keys_overlay import KeysOverlay
from app.ui.widgets.rail import Rail

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.session.plan import LivePlan
    from app.store.types import SessionRecord
    from app.ui.pages.report import ReportPage
    from app.ui.services import Live, Services

SMALLEST: Final = (1024, 700)
USUAL: Final = (1280, 800)
AGAIN_MS: Final = 3000
BEHIND: Final = MappingProxyType({"consent": "practise", "live": "practise", "report": "sessions"})
"""Pages without a door of their own -> the door that they are behind."""


class MainWindow(QMainWindow):
    """Leads from page to page and holds the one session that may run."""

    def __init__(
        self, services: Services, make_report_page: Callable[[], ReportPage] | None = None
    ) -> None:
        super().__init__()
        self._services = services
        self._report_from = "home"
        self.setWindowTitle("Rapport")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._doors = (
            ("home", self.tr("Home"), "Ctrl+1"),
            ("practise", self.tr("Practise"), "Ctrl+2"),
            ("sessions", self.tr("Sessions"), "Ctrl+3"),
        )
        self.rail = Rail(self._doors)
        self.home = HomePage(services)
        self.consent = ConsentPage(services)
        self.practise = PractisePage(services)
        self.live = LivePage()
        self.sessions = SessionsPage(services)
        self._pages: dict[str, QWidget] = {
            "home": self.home,
            "consent": self.consent,
            "practise": self.practise,
            "live": self.live,
            "sessions": self.sessions,
        }
        self.stack = QStackedWidget()
        for page in self._pages.values():
            self.stack.addWidget(page)
        self.reports = ReportDoor(services, make_report_page, self.stack)
        self.runner = LiveRunner(services, self)
        self.bridge: LiveBridge | None = None
        body = QWidget()
        body.setObjectName("page")
        whole = row(self.rail, self.stack, space=0)
        whole.setStretch(1, 1)
        body.setLayout(whole)
        self.setCentralWidget(body)
        self.overlay = KeysOverlay(body)
        self._connect()
        self._bind_keys()
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self._again.start()
        self.go("home")

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.rail.keys_wanted.connect(self.show_keys)
        self.home.practise_wanted.connect(lambda: self.go("practise"))
        self.home.sessions_wanted.connect(lambda: self.go("sessions"))
        self.home.session_wanted.connect(self.open_report)
        self.sessions.session_wanted.connect(self.open_report)
        self.sessions.practise_wanted.connect(lambda: self.go("practise"))
        self.consent.agreed.connect(self._on_agreed)
        self.consent.declined.connect(self._on_declined)
        self.consent.taken_back.connect(self.practise.normal.forget)
        self.practise.preview_wanted.connect(self.runner.start)
        self.practise.start_wanted.connect(self._on_start)
        self.practise.keep_wanted.connect(lambda: self._show("consent"))
        self.practise.back_wanted.connect(lambda: self.go("home"))
        self.live.finish_wanted.connect(self._on_finish)
        self.runner.began.connect(self._on_began)
        self.runner.failed.connect(self._on_failed)
        self.runner.ended.connect(self._on_ended)
        self.reports.closed.connect(lambda: self._show(self._report_from))
        self.reports.rehearse_wanted.connect(self._on_rehearse)

    def _bind_keys(self) -> None:
        for name, _, keys in self._doors:
            QShortcut(keys, self).activated.connect(lambda page=name: self.go(page))
        for keys in ("?", "F1"):
            QShortcut(keys, self).activated.connect(self.show_keys)

    # --- pages ------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """Name of the page in front."""
        front = self.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is front), "report")

    def _page_named(self, name: str) -> QWidget:
        report = self.reports.page
        return report if name == "report" and report is not None else self._pages[name]

    def go(self, name: str) -> None:
        """Go through a door; a running session is finished first, by hand."""
        if self.page == "live":
            return
        if name == "practise" and standing_consent(self._services) is None:
            self._show("consent")
            return
        self._show(name)

    def _show(self, name: str) -> None:
        before = self.page
        if before == "practise" and name not in ("practise", "live"):
            self.practise.leave()
            self.runner.stop()
        if before == "report" and name != "report":
            self.reports.leave()
        self.rail.show_page(BEHIND.get(name, name))
        self.rail.setVisible(name != "live")
        if self.overlay.isVisible():
            self.overlay.leave()
        self.stack.setCurrentWidget(self._page_named(name))
        if name == "home":
            self.home.refresh()
        elif name == "sessions":
            self.sessions.refresh()
        elif name == "consent":
            self.consent.refresh()
        elif name == "practise" and before != "practise":
            self.practise.enter()

    def _look_again(self) -> None:
        """Show a report that was put together in the meantime, after a session was cut off."""
        for page in (self.home, self.sessions):
            if page is self.stack.currentWidget() and page.outdated():
                page.refresh()

    def show_keys(self) -> None:
        """Show all keys of this page, or put them away."""
        here = getattr(self.stack.currentWidget(), "keys", None)
        doors = () if self.page == "live" else self._doors
        self.overlay.toggle(key_groups(here, doors))

    # --- consent ----------------------------------------------------------------------------

    def _on_agreed(self, name: str, policy: KeepPolicy, days: int) -> None:
        try:
            enter_consent(self._services, name, policy, days)
        except AppError as error:
            self.consent.notice.tell_error(error)
            return
        self._show("practise")

    def _on_declined(self) -> None:
        agreed = standing_consent(self._services) is not None
        self._show("practise" if agreed else "home")

    # --- a session --------------------------------------------------------------------------

    def _on_start(self, plan: LivePlan) -> None:
        try:
            consent = standing_consent(self._services)
        except AppError as error:
            self.practise.tell_error(error)
            return
        if consent is None:
            self._show("consent")
            return
        checklists = {one.id: one for one in self._services.checklists}
        self.live.enter(plan, checklists.get(plan.checklist))
        self._show("live")
        self.runner.start(plan, consent.person_id, consent.id)

    def _on_began(self, live: Live) -> None:
        if self.bridge is not None:
            self.bridge.release()
        page = self.live if self.page == "live" else self.practise
        page.attach(live)
        self.bridge = LiveBridge(page, self)
        self.bridge.watch(live)

    def _release(self) -> None:
        if self.bridge is not None:
            self.bridge.release()
            self.bridge.deleteLater()
            self.bridge = None
        self.practise.detach()
        self.live.detach()

    def _on_finish(self) -> None:
        self.live.show_finishing()
        self.runner.stop()

    def _on_failed(self, plan: LivePlan, error: AppError) -> None:
        if plan.preview:
            self.practise.tell_error(error)
            return
        self.home.notice.tell_error(error)
        if self.runner.live is None and self.page == "live":
            self._release()
            self._show("home")

    def _on_ended(self, plan: LivePlan, session_id: str | None, live: Live) -> None:
        self._release()
        if plan.preview or self.page != "live":
            return
        if session_id is not None and self.open_report(session_id):
            return
        if session_id is None and live.report is not None and self._bring_report():
            self.reports.open_fleeting(plan, live)
            return
        if plan.keep is KeepPolicy.NOTHING:
            self.home.notice.tell(self.tr("Nothing of this session was kept, as you chose."))
        elif session_id is None and not self.home.notice.text:
            self.home.notice.tell(self.tr("The session had not begun yet; nothing was kept."))
        self._show("home")

    # --- the report -------------------------------------------------------------------------

    def open_report(self, session_id: str) -> bool:
        """Open a session's report; False where there is no page for it."""
        if not self._bring_report():
            return False
        self.reports.open(session_id)
        return True

    def _bring_report(self) -> bool:
        """Show the report page, still empty; False where there is none."""
        if not self.reports.bring():
            return False
        if self.page != "report":
            self._report_from = "sessions" if self.page == "sessions" else "home"
        self._show("report")
        return True

    def _on_rehearse(self, record: SessionRecord) -> None:
        if record.focus is not None:
            self._services.choices.change(focus=record.focus, hints=True)
        if record.checklist:
            self._services.choices.change(checklist=record.checklist)
        self.practise.choices.title.setText(record.title)
        self.go("practise")

    # --- the end ----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs in the one right order, then go."""
        self.reports.leave()
        self._release()
        self.setCursor(Qt.CursorShape.WaitCursor)
        self.runner.close()
        self.unsetCursor()
        super().closeEvent(event)
