"""The one window: a rail on the left, one page at a time."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.coach.types import Sense
from app.errors import AppError
from app.ui.consenting import enter_consent, standing_consent
from app.ui.flow import Doors, door_of
from app.ui.flows import make_flows
from app.ui.forgetting import forget_person
from app.ui.keys import key_groups, take_keys
from app.ui.live_runner import LiveRunner
from app.ui.pages.consent import ConsentPage
from app.ui.pages.home import HomePage
from app.ui.pages.live import LivePage
from app.ui.pages.practise import PractisePage
from app.ui.pages.sessions import SessionsPage
from app.ui.practice_flow import PAGES, PracticeFlow
from app.ui.report_door import ReportDoor
from app.ui.session_room import SessionRoom
from app.ui.style import dress_window
from app.ui.widgets.controls import row
from app.ui.widgets.keys_overlay import KeysOverlay
from app.ui.widgets.rail import Rail, rail_doors

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.types import KeepPolicy, SessionRecord
    from app.ui.bridge import LiveBridge
    from app.ui.pages.report import ReportPage
    from app.ui.services import Services

SMALLEST: Final = (1024, 700)
USUAL: Final = (1280, 800)
AGAIN_MS: Final = 3000
PERSON_KEYS: Final = "Ctrl+0"
BEHIND: Final = MappingProxyType(
    {"live": "practise", "report": "sessions"}
    | dict.fromkeys(
        ("consent", "scenarios", "prepare", "exercise", "content", "editor", "survey"), "practise"
    )
)
"""Pages without a door of their own -> the door that they are behind."""
ALONE: Final = frozenset({"live", "survey"})
"""Pages that one leaves by finishing what they are for."""


class MainWindow(QMainWindow):
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
        self.flows = make_flows(services, self.doors, self)
        self._made_by = {name: flow for flow in self.flows for name in flow.pages}
        self._alone = ALONE.union(*(flow.alone for flow in self.flows))
        self._doors = rail_doors(self._made_by)
        self.rail = Rail(self._doors, self._made_by)
        self.home = HomePage(services, self.doors)
        self.consent = ConsentPage(services)
        self.practise = PractisePage(services)
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
        library = services.library
        self.flow = (
            PracticeFlow(services, library, self.practise, self) if library is not None else None
        )
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
        self.practise.start_wanted.connect(self.room.start)
        self.practise.keep_wanted.connect(lambda: self._on_agreement("practise"))
        self.doors.agreement_wanted.connect(self._on_agreement)
        self.practise.back_wanted.connect(
            lambda: self.show_page(self.flow.back() if self.flow is not None else "home")
        )
        if self.flow is not None:
            self.flow.show_wanted.connect(self.show_page)
        self.reports.closed.connect(lambda: self.show_page(self._report_from))
        self.reports.rehearse_wanted.connect(self._on_rehearse)
        for flow in self.flows:
            flow.show_wanted.connect(self.show_page)
        self.doors.page_wanted.connect(self.go)
        self.doors.notice_wanted.connect(self.home.notice.tell)
        self.doors.person_changed.connect(lambda: forget_person(self))
        self.doors.report_wanted.connect(self.open_report)
        self.doors.rehearse_wanted.connect(self._on_rehearse)

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

    def _page_named(self, name: str) -> QWidget:
        report = self.reports.page
        if name == "report" and report is not None:
            return report
        if name not in self._pages:
            made = self.flow.page(name) if self.flow is not None and name in PAGES else None
            self._pages[name] = made or self._made_by[name].pages[name]()
            self.stack.addWidget(self._pages[name])
        return self._pages[name]

    def go(self, name: str) -> None:
        """Go through a door; a running session is finished first, by hand."""
        if self.page in self._alone:
            return
        if name == "practise" and standing_consent(self._services) is None:
            self._after_consent = self._first
            self.show_page("consent")
            return
        self.show_page(self._first if name == "practise" else name)

    @property
    def _first(self) -> str:
        """The page with which practising begins."""
        return "scenarios" if self.flow is not None else "practise"

    def show_page(self, name: str) -> None:
        """Show a page, and bring it up to date."""
        before = self.page
        if before == "practise" and name not in ("practise", "live"):
            self.practise.leave()
            self.runner.stop()
        if before == "editor" and self.flow is not None:
            self.flow.editor.leave()
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
        elif self.flow is not None:
            self.flow.enter(name)
        take_keys(self.stack.currentWidget())

    def _look_again(self) -> None:
        """Show a report that was put together in the meantime, after a session was cut off."""
        for page in (self.home, self.sessions):
            if page is self.stack.currentWidget() and page.outdated():
                page.refresh()

    def show_keys(self) -> None:
        """Show all keys of this page, or put them away."""
        here = getattr(self.stack.currentWidget(), "keys", None)
        doors = () if self.page in self._alone else self._doors
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
        agreed = standing_consent(self._services) is not None
        self.show_page(self._after_consent if agreed else "home")

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

    def _on_rehearse(self, record: SessionRecord, focus: str = "") -> None:
        if wanted := focus or record.focus:
            self._services.choices.change(focus=wanted, hints=True)
        if record.checklist:
            self._services.choices.change(checklist=record.checklist)
        if record.scenario and self.flow is not None and self.flow.choose_again(record.scenario):
            return
        if self.flow is not None:
            self.flow.choose(None)
        else:
            self.go("practise")
        self.practise.choices.title.setText(record.title)

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
