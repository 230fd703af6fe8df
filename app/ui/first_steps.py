"""The first steps: which there are, which are done, and which is next. Told from what is there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.coach.scenario_types import Temper
from app.ui.consenting import standing_consent
from app.ui.own_sessions import own_sessions

if TYPE_CHECKING:
    from app.coach.scenario_types import Scenario
    from app.ui.services import Services


class FirstStep(StrEnum):
    """The steps, in their order. The values are stable: settings carry them."""

    DEVICES = "devices"
    CONSENT = "consent"
    NORMAL = "normal"
    SESSION = "session"


STEPS: Final = tuple(FirstStep)


def done_steps(services: Services) -> frozenset[FirstStep]:
    """Tell which steps are behind somebody: done, or skipped on purpose."""
    said = {step for step in STEPS if step.value in services.choices.now.first_steps}
    if standing_consent(services) is not None:
        said.add(FirstStep.CONSENT)
    if any(not one.sample and not one.received for one in own_sessions(services)):
        said.add(FirstStep.SESSION)
    return frozenset(said)


def next_step(services: Services) -> FirstStep | None:
    """Name the step that comes now; None where all are behind, or the way was left for good."""
    if services.choices.now.first_run_over:
        return None
    done = done_steps(services)
    return next((step for step in STEPS if step not in done), None)


def pass_step(services: Services, step: FirstStep) -> None:
    """Note that a step was done or skipped; after the last one the first run is over."""
    now = services.choices.now
    passed = (*now.first_steps, step.value) if step.value not in now.first_steps else ()
    if passed:
        services.choices.change(first_steps=passed)
    if len(done_steps(services)) == len(STEPS):
        services.choices.change(first_run_over=True)


def easy_scenario(services: Services) -> Scenario | None:
    """Find the shortest of the everyday conversations; None where there are none."""
    scenarios = services.library.scenarios
    calm = [one for one in scenarios if one.temper is Temper.ROUTINE] or list(scenarios)
    return min(calm, key=lambda one: len(one.lines), default=None)


def step_names() -> dict[FirstStep, str]:
    """Name each step."""
    return {
        FirstStep.DEVICES: QCoreApplication.translate("FirstRunPage", "Picture and sound"),
        FirstStep.CONSENT: QCoreApplication.translate("FirstRunPage", "What is kept"),
        FirstStep.NORMAL: QCoreApplication.translate("FirstRunPage", "Own normal"),
        FirstStep.SESSION: QCoreApplication.translate("FirstRunPage", "First minute"),
    }
