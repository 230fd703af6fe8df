"""The one session that may run: from the start on the set-up page to the report."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from app.coach.practice_types import Speaking
from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.types import KeepPolicy
from app.ui.bridge import LiveBridge
from app.ui.consenting import standing_consent
from app.ui.flow import Stage
from app.ui.pages.scenario_prepare import PARTNER as PARTNER_WAY
from app.ui.session_talk import SessionTalk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.session.plan import LivePlan
    from app.ui.flow import Doors
    from app.ui.live_runner import LiveRunner
    from app.ui.pages.home import HomePage
    from app.ui.pages.live import LivePage
    from app.ui.pages.practise import PractisePage
    from app.ui.practice_flow import PracticeFlow
    from app.ui.report_door import ReportDoor
    from app.ui.services import Live, Services

PERSON: Final = "person"
"""Author of what the person says as the customer, after a role swap."""
PARTNER: Final = "partner"
"""Author of what a partner says as the customer."""


def survey_marks(plan: LivePlan, live: Live, answers: Sequence[dict[str, str]]) -> tuple[Mark, ...]:
    """Make the marks of the customer's answers, at the end of the session."""
    end_s = live.report.duration_s if live.report is not None else live.snapshot().t
    author = PERSON if plan.role is Speaking.CUSTOMER else PARTNER
    return tuple(
        Mark(end_s, Lane.SELF, MarkKind.SURVEY, author, MappingProxyType(answer))
        for answer in answers
    )


class SessionStage(Stage):
    """What a session may ask of the window that it runs in."""

    doors: Doors
    home: HomePage
    practise: PractisePage
    live: LivePage
    flow: PracticeFlow
    reports: ReportDoor
    runner: LiveRunner

    def show_page(self, name: str) -> None:
        """Show a page, and bring it up to date."""
        raise NotImplementedError

    def bring_report(self) -> bool:
        """Show the report page, still empty; False where there is none."""
        raise NotImplementedError


class SessionRoom(QObject):
    """Joins the runner, the bridge and the pages that show a session."""

    def __init__(self, window: SessionStage, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._talk: SessionTalk | None = None
        self._waiting: tuple[LivePlan, str | None, Live] | None = None
        self._answers: Sequence[dict[str, str]] | None = None
        self.bridge: LiveBridge | None = None
        window.live.finish_wanted.connect(self._on_finish)
        window.live.card_wanted.connect(self._on_card)
        window.live.checklist_hidden.connect(
            lambda hidden: services.choices.change(checklist_hidden=hidden)
        )
        window.flow.survey.done.connect(self._on_survey)
        window.doors.start_wanted.connect(self.start)
        window.doors.normal_measured.connect(window.practise.normal.take)
        window.runner.began.connect(self._on_began)
        window.runner.failed.connect(self._on_failed)
        window.runner.ended.connect(self._on_ended)

    def start(self, plan: LivePlan) -> None:
        """Start a session as planned, under the agreement that stands."""
        window = self._window
        try:
            consent = standing_consent(self._services)
        except AppError as error:
            window.practise.tell_error(error)
            return
        if consent is None:
            window.show_page("consent")
            return
        way = window.flow.way
        if (plan.partner or way == PARTNER_WAY) and plan.partner_consent_id is None:
            window.doors.partner_wanted.emit(plan)
            return
        self._talk = SessionTalk(self._services, window.live, plan, way, self)
        self._talk.finish_wanted.connect(window.live.finish.click)
        checklist = self._services.library.checklist(plan.checklist)
        window.live.enter(plan, checklist, partner=self._talk.partner)
        window.live.hide_checklist(hidden=self._services.choices.now.checklist_hidden)
        window.show_page("live")
        window.runner.start(plan, consent.person_id, consent.id)

    def release(self) -> None:
        """Let the session go: nothing looks at it any more."""
        if self.bridge is not None:
            self.bridge.release()
            self.bridge.deleteLater()
            self.bridge = None
        self._window.practise.detach()
        self._window.live.detach()
        # A preview that ends makes room for the session whose talk waits already.
        if self._talk is not None and self._talk.begun:
            self._talk.stop()
            self._talk.deleteLater()
            self._talk = None

    def _on_began(self, live: Live) -> None:
        if self.bridge is not None:
            self.bridge.release()
        window = self._window
        page = window.live if window.page == "live" else window.practise
        page.attach(live)
        if page is window.live and self._talk is not None:
            self._talk.begin(live)
        self.bridge = LiveBridge(page, self)
        self.bridge.watch(live)

    def _on_card(self) -> None:
        if self._talk is not None:
            self._talk.show_card()

    def _on_finish(self) -> None:
        if self._talk is not None:
            self._talk.stop()
        window = self._window
        window.live.show_finishing()
        if self._talk is not None and self._talk.customer_is_there:
            window.flow.survey.enter(self._talk.role)
            window.show_page("survey")
        window.runner.stop()

    def _on_failed(self, plan: LivePlan, error: AppError) -> None:
        window = self._window
        if plan.preview:
            window.practise.tell_error(error)
            return
        window.home.notice.tell_error(error)
        if window.runner.live is None and window.page == "live":
            self.release()
            window.show_page("home")

    def _on_ended(self, plan: LivePlan, session_id: str | None, live: Live) -> None:
        window = self._window
        self.release()
        if plan.preview or window.page not in ("live", "survey"):
            return
        answers, self._answers = self._answers, None
        if window.page == "survey":
            self._waiting = (plan, session_id, live)
        else:
            self._lead_on(plan, session_id, live, survey_marks(plan, live, answers or ()))

    def _on_survey(self, answers: Sequence[dict[str, str]]) -> None:
        """Take the customer's answers; the report may still be on its way."""
        if self._waiting is None:
            self._answers = answers
            self._window.show_page("live")
            return
        (plan, session_id, live), self._waiting = self._waiting, None
        self._lead_on(plan, session_id, live, survey_marks(plan, live, answers))

    def _lead_on(
        self, plan: LivePlan, session_id: str | None, live: Live, said: Sequence[Mark] = ()
    ) -> None:
        """Lead from a session that ended to its report, or home with a sentence."""
        window = self._window
        if session_id is not None and said:
            self._services.store.append_marks(session_id, said)
        if session_id is not None and window.bring_report():
            window.reports.open(session_id, fresh=True, heard=live.report)
            return
        if session_id is None and live.report is not None and window.bring_report():
            window.reports.open_fleeting(plan, live, said)
            return
        notice = window.home.notice
        if plan.keep is KeepPolicy.NOTHING:
            notice.confirm(self.tr("Nothing of this session was kept, as you chose."))
        elif session_id is None and not notice.text:
            notice.tell(self.tr("The session had not begun yet; nothing was kept."))
        window.show_page("home")
