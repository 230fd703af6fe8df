"""The one window: a rail on the left, one page at a time."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.coach.types import Sense
from app.errors import AppError
from app.ui.consenting import enter_consent, standing_consent
from app.ui.flow import Doors, door_of
from app.ui.flows import make_flows
from app.ui.frame_flow import FIRST
from app.ui.keys import key_groups, take_keys
from app.ui.live_runner import LiveRunner
from app.ui.pages.consent import ConsentPage
from app.ui.pages.home import HomePage
from app.ui.pages.live import LivePage
from app.ui.pages.practise import PractisePage
from app.ui.pages.sessions import SessionsPage
from app.ui.practice_flow import PracticeFlow
from app.ui.report_door import ReportDoor
from app.ui.session_room import SessionRoom, SessionStage
from app.ui.style import dress_window
from app.ui.widgets.controls import row
from app.ui.widgets.keys_overlay import KeysOverlay
from app.ui.widgets.rail import Rail, rail_doors

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.types import KeepPolicy
    from app.ui.bridge import LiveBridge
    from app.ui.pages.report import ReportPage
    from app.ui.services import Services

SMALLEST: Final = (1024, 700)
USUAL: Final = (1280, 800)
AGAIN_MS: Final = 3000
PERSON_KEYS: Final = "Ctrl+0"
BEHIND: Final = MappingProxyType({"live": "practise", "report": "sessions", "consent": "practise"})
"""The window's own pages without a door -> the door that they are behind."""
ALONE: Final = frozenset({"live"})
"""The window's own pages that one leaves by finishing what they are for."""


class MainWindow(SessionStage):
    """Leads from page to page and holds the one session that may run."""

    def __init__(
        self, services: Services, make_report_page: Callable[[], ReportPage] | None = None
    ) -> None:
        super().__init__()
        self._services = services
        self._report_from = "home"
        self._after_consent = "practise"
        self.setWindowTitle("Rapport")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.doors = Doors(self)
        self.practise = PractisePage(services)
        self.flow = PracticeFlow(services, self.doors, self, self.practise)
        self.flows = (self.flow, *make_flows(services, self.doors, self))
        self._made_by = {name: flow for flow in self.flows for name in flow.pages}
        self._alone = ALONE.union(*(flow.alone for flow in self.flows))
        self._doors = rail_doors(self._made_by)
        self.rail = Rail(self._doors, self._made_by)
        self.home = HomePage(services, self.doors)
        self.consent = ConsentPage(services)
        rules = services.catalogue.rules
        self.live = LivePage(
            voice_cues=frozenset(rule.id for rule in rules if rule.sense is Sense.VOICE)
        )
        self.sessions = SessionsPage(services, self.doors)
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
        self.reports = ReportDoor(services, make_report_page, self.stack, self.doors)
        self.runner = LiveRunner(services, self)
        self.room = SessionRoom(self, services)
        body = QWidget()
        body.setObjectName("page")
        whole = row(self.rail, self.stack, space=0)
        whole.setStretch(1, 1)
        body.setLayout(whole)
        self.setCentralWidget(body)
        self.overlay = KeysOverlay(body)
        dress_window(self)
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
        self.rail.page_keys.connect(lambda: take_keys(self.stack.currentWidget()))
        self.home.practise_wanted.connect(lambda: self.go("practise"))
        self.home.sessions_wanted.connect(lambda: self.go("sessions"))
        self.home.session_wanted.connect(self.open_report)
        self.sessions.session_wanted.connect(self.open_report)
        self.sessions.practise_wanted.connect(lambda: self.go("practise"))
        self.consent.agreed.connect(self._on_agreed)
        self.consent.declined.connect(self._on_declined)
        self.consent.taken_back.connect(self.practise.normal.forget)
        self.doors.normal_deleted.connect(self.practise.normal.forget)
        self.practise.preview_wanted.connect(self.runner.start)
        self.practise.rest_wanted.connect(self.runner.stop)
        self.practise.start_wanted.connect(self.room.start)
        self.practise.keep_wanted.connect(lambda: self._on_agreement("practise"))
        self.doors.agreement_wanted.connect(self._on_agreement)
        self.practise.back_wanted.connect(lambda: self.show_page(self.flow.back()))
        self.reports.closed.connect(lambda: self.show_page(self._report_from))
        self.reports.rehearse_wanted.connect(self.flow.rehearse)
        for flow in self.flows:
            flow.show_wanted.connect(self.show_page)
        self.doors.page_wanted.connect(self.go)
        self.doors.notice_wanted.connect(self.home.notice.tell)
        self.doors.person_changed.connect(self._forget_person)
        self.doors.report_wanted.connect(self.open_report)

    def _bind_keys(self) -> None:
        for name, _, keys in self._doors:
            QShortcut(keys, self).activated.connect(lambda page=name: self.go(page))
        if "who" in self._made_by:
            QShortcut(PERSON_KEYS, self).activated.connect(lambda: self.go("who"))
        for keys in ("?", "F1"):
            QShortcut(keys, self).activated.connect(self.show_keys)

    # --- pages ------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """Name of the page in front."""
        front = self.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is front), "report")

    @property
    def may_leave(self) -> bool:
        """Whether the page in front may be left: a session that runs may not."""
        return self.page not in self._alone

    @property
    def session_runs(self) -> bool:
        """Whether a camera or a microphone is in use, for a session or before one."""
        return self.runner.live is not None

    def has_page(self, name: str) -> bool:
        """Whether any flow has a page of this name."""
        return name in self._made_by

    def _page_named(self, name: str) -> QWidget:
        report = self.reports.page
        if name == "report" and report is not None:
            return report
        if name not in self._pages:
            self._pages[name] = self._made_by[name].pages[name]()
            self.stack.addWidget(self._pages[name])
        return self._pages[name]

    def go(self, name: str) -> None:
        """Go through a door; a running session is finished first, by hand."""
        if not self.may_leave:
            return
        if name == "practise" and standing_consent(self._services) is None:
            self._on_agreement("scenarios")
        else:
            self.show_page("scenarios" if name == "practise" else name)

    def show_page(self, name: str) -> None:
        """Show a page, and bring it up to date."""
        before = self.page
        if before == "practise" and name not in ("practise", "live"):
            self.practise.leave()
            self.runner.stop()
        if before == "report" and name not in ("report", "take_five"):
            self.reports.leave()
        if before in self._made_by and before != name:
            self._made_by[before].leave(before)
        self.rail.show_page(door_of(name, self._made_by, BEHIND))
        self.rail.show_person(self._services.choices.now.person_name)
        self.rail.setVisible(name not in self._alone)
        self.overlay.leave()
        self.stack.setCurrentWidget(self._page_named(name))
        if name in self._made_by:
            self._made_by[name].enter(name)
        elif name == "home":
            self.home.refresh()
        elif name == "sessions":
            self.sessions.enter()
        elif name == "consent":
            self.consent.refresh()
        elif name == "practise" and before != "practise":
            self.practise.enter()
        take_keys(self.stack.currentWidget())

    def _look_again(self) -> None:
        """Show a report that was put together in the meantime, after a session was cut off."""
        for page in (self.home, self.sessions):
            if page is self.stack.currentWidget() and page.outdated():
                page.refresh()

    def show_keys(self) -> None:
        """Show all keys of this page, or put them away."""
        here = getattr(self.stack.currentWidget(), "keys", None)
        doors = self._doors if self.may_leave else ()
        if doors and "who" in self._made_by:
            doors = (*doors, ("who", self.tr("Change person"), PERSON_KEYS))
        self.overlay.toggle(key_groups(here, doors))

    # --- consent ----------------------------------------------------------------------------

    def _on_agreement(self, back: str) -> None:
        self._after_consent = back
        self.show_page("consent")

    def _on_agreed(self, name: str, policy: KeepPolicy, days: int) -> None:
        try:
            enter_consent(self._services, name, policy, days)
        except AppError as error:
            self.consent.notice.tell_error(error)
            return
        self.show_page(self._after_consent)

    def _on_declined(self) -> None:
        back = self._after_consent == FIRST or standing_consent(self._services) is not None
        self.show_page(self._after_consent if back else "home")

    @property
    def bridge(self) -> LiveBridge | None:
        """What looks at the running session; None without one."""
        return self.room.bridge

    # --- the report -------------------------------------------------------------------------

    def open_report(self, session_id: str, *, fresh: bool = False) -> bool:
        """Open a session's report; False where there is no page for it."""
        if not self.bring_report():
            return False
        self.reports.open(session_id, fresh=fresh)
        return True

    def bring_report(self) -> bool:
        """Show the report page, still empty; False where there is none."""
        if not self.reports.bring():
            return False
        if self.page != "report":
            self._report_from = "sessions" if self.page == "sessions" else "home"
        self.show_page("report")
        return True

    def _forget_person(self) -> None:
        """Let nothing of the last person's stay: another one takes over."""
        self.reports.leave()
        self.runner.stop()
        self.room.release()
        self.reports.drop()
        for page in (self.home, self.sessions, self.consent, self.practise):
            page.forget()
        self.flow.forget()

    # --- the end ----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs in the one right order, then go."""
        for flow in self.flows:
            flow.close()
        self.reports.leave()
        self.room.release()
        self.setCursor(Qt.CursorShape.WaitCursor)
        self.runner.close()
        self.unsetCursor()
        super().closeEvent(event)
