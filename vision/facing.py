"""Turned away from where the customer stands."""

from __future__ import annotations

from typing import Final

from vision.geometry import angle_between
from vision.types import Reason

TRUE_YAW_DEG: Final = 75.0
"""Beyond this yaw no mesh is true any more."""
AWAY_HOLD_S: Final = 0.2
"""A face that is lost for a shorter time does not say that the head turned."""


def facing_away_least(customer: tuple[float, float] | None) -> tuple[float | None, Reason | None]:
    """Least angle in degrees from the customer of a head that no mesh can follow any more.

    Without a mesh the side is not known, so the customer may stand on it.
    """
    if customer is None:
        return None, Reason.NO_OWN_NORMAL
    return max(0.0, TRUE_YAW_DEG - abs(customer[0])), None


def facing_off(
    yaw_deg: float, pitch_deg: float, customer: tuple[float, float] | None
) -> tuple[float | None, Reason | None]:
    """Angle in degrees between the head and the customer's (yaw, pitch); None without one."""
    if customer is None:
        return None, Reason.NO_OWN_NORMAL
    return angle_between((yaw_deg, pitch_deg), customer), None
