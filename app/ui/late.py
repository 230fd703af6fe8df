"""What is loaded when it is first wanted, so that Home is there within three seconds of the start.

Devices, models, the player and the report bring large libraries; Home needs none of them. A test
holds the start to that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from app.session.plan import LivePlan
    from app.store.store import Store
    from app.ui.customer_voice import CustomerVoice
    from app.ui.library import Library
    from app.ui.pages.report import ReportPage
    from app.ui.services import Choices, Device, Live, Services
    from audio.microphones import MicrophoneList

# ruff: noqa: PLC0415 - that is what this file is for


def cameras() -> Sequence[Device]:
    """List the cameras."""
    from vision.cameras import list_cameras

    return list_cameras()


def watch_microphones(
    parent: QObject, ready: Callable[[], bool], changed: Callable[[], object]
) -> QObject:
    """Say when a microphone came or went."""
    from app.ui.plugs import MicrophoneWatch

    return MicrophoneWatch(parent, ready, changed)


def customer_voice() -> CustomerVoice:
    """Make the customer's voice."""
    from app.ui.customer_voice import CustomerVoice

    return CustomerVoice()


def live_session(
    store: Store,
    choices: Choices,
    library: Library,
    plan: LivePlan,
    who: tuple[str | None, str | None],
    inputs: MicrophoneList,
) -> Live:
    """Make a session of a plan, of a person's id and a consent's id."""
    from app.session.history import rarer
    from app.session.live import LiveSession

    if not plan.preview:
        from app.session.speech import speech_set_up
        from app.session.speech_for import speech_for

        speech = speech_for(speech_set_up(choices.now), library.scenario(plan.scenario))
        mastered = rarer(store, who[0], plan.focus)
        pauses = None if mastered is None or plan.rarer is None else mastered * plan.rarer
        plan = replace(plan, speech=speech, rarer=pauses)
    return LiveSession(plan, store, person_id=who[0], consent_id=who[1], inputs=inputs)


def report_page(services: Services) -> ReportPage:
    """Make the page of a session's report."""
    from app.session.speech import speech_set_up
    from app.session.speech_for import speech_for
    from app.session.take import Take
    from app.ui.consenting import current_id
    from app.ui.pages.report import ReportPage

    return ReportPage(
        services.store,
        services.catalogue,
        checklists=services.library.checklists,
        background=services.background,
        now=services.now,
        speech=lambda: speech_set_up(services.choices.now, after=True),
        library=services.library,
        who=lambda: current_id(services),
        make_take=lambda wish: Take(
            wish.baseline,
            microphone=services.choices.now.microphone or "",
            camera=services.choices.now.camera if wish.rule is not None else None,
            rule=wish.rule,
            limits=wish.limits,
            switched_off=wish.switched_off,
            speech=speech_for(speech_set_up(services.choices.now), wish.scenario),
            inputs=services.inputs,
        ),
    )
