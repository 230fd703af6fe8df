"""The flows that the window holds beside practising and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.check_flow import CheckFlow
from app.ui.desk_flow import DeskFlow
from app.ui.feedback_flow import FeedbackFlow
from app.ui.frame_flow import FrameFlow
from app.ui.handover_flow import HandoverFlow
from app.ui.import_flow import ImportFlow

if TYPE_CHECKING:
    from app.ui.flow import Doors, Flow, Stage
    from app.ui.services import Services


def make_flows(services: Services, doors: Doors, stage: Stage) -> tuple[Flow, ...]:
    """Make the flows; their pages are made when they are first wanted."""
    made: tuple[type[Flow], ...] = (
        FrameFlow,
        FeedbackFlow,
        CheckFlow,
        HandoverFlow,
        DeskFlow,
        ImportFlow,
    )
    return tuple(flow(services, doors, stage) for flow in made)
