"""From the first start to the report of the first talk: what the sample clip goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.pages.first_run import FirstRunPage
from app.ui.pages.report_steps import Step

if TYPE_CHECKING:
    from tests.screenshots_round import Photographer

SCENARIO: Final = "hotel_charged_twice"


def go_through_a_talk(camera: Photographer) -> None:
    """Agree, choose, set up, talk, and look at it."""
    window = camera.window
    window.practise.stage.video.set_mirrored(mirrored=False)
    _first_steps(camera)
    window.go("practise")
    window.consent.name.setText("Ana")
    camera.shoot("consent")
    window.consent.agree.click()
    _choose(camera)
    camera.until(lambda: window.practise.stage.advice != "", 60)
    camera.shoot("practise")
    window.practise.choices.measure.click()
    window.practise.calibration.skip()
    window.practise.calibration.measure()
    camera.hope(lambda: window.practise.calibration._bar.value() > 300, 15)
    camera.shoot("calibration")
    window.practise.calibration.leave()
    window.practise.start.click()
    _talk(camera)
    camera.settle(3000)
    _report(camera)
    window.go("sessions")
    camera.shoot("sessions")


def _first_steps(camera: Photographer) -> None:
    """Begin as somebody does who starts for the first time, and leave it for later."""
    window = camera.window
    window.show_page("first")
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRunPage)
    page.stage.video.set_mirrored(mirrored=False)
    camera.hope(lambda: page.stage.advice != "", 60)
    camera.shoot("first-steps")
    window.go("home")
    camera.until(lambda: page.runner.live is None and not page.runner.busy, 30)


def _choose(camera: Photographer) -> None:
    """Choose a conversation and prepare for it; its lines are shown, for nobody listens."""
    flow = camera.window.flow
    assert flow is not None
    camera.until(lambda: camera.window.page == "scenarios", 30)
    flow.scenarios.list.choose(SCENARIO)
    camera.shoot("conversations")
    flow.scenarios.prepare.click()
    camera.shoot("prepare")
    flow.prepare.next.click()


def _talk(camera: Photographer) -> None:
    window = camera.window
    window.live.video.set_mirrored(mirrored=False)
    camera.until(window.live.finish.isEnabled, 60)
    camera.hope(lambda: window.live.hint.text != "", 45)
    camera.shoot("live")
    live = window.runner.live
    camera.until(lambda: live is not None and live.snapshot().source_ended, 90)
    window.live.finish.click()
    camera.until(lambda: window.page != "live", 60)


def _report(camera: Photographer) -> None:
    """Own view, then what was seen and heard, and a moment that is said again."""
    window = camera.window
    camera.until(lambda: window.page == "report", 60)
    page = window.reports.page
    assert page is not None
    page.steps.go(Step.VIEW)
    camera.shoot("own-view")
    page.steps.go(Step.FOUND)
    camera.shoot("report")
    if page.side.cards and page.redo.possible:
        page.side.cards[0].redo_button.click()
        camera.shoot("say-it-again")
        page.steps.go(Step.FOUND)
