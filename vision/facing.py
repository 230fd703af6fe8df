"""Turned away from where the customer stands."""

from __future__ import annotations

from typing import Final

from vision.geometry import angle_between
from vision.types import Reason

TRUE_YAW_DEG: Final = 75.0
"""Beyond this yaw no mesh is true any more."""
AWAY_HOLD_S: Final = 0.2
"""A face that is lost for a shorter time does not say that the head turned."""


EXPRESSION_YAW_DEG: Final = 30.0
"""Brow and smile are true up to this yaw. Measured: a calm person's brow sum rises by about 0.1 a
degree of turning (three clips, 10 to 20 degrees, up to 2.0), and the own normal leaves it 2.5 to
3.3 until it is a frown; among 47 photographs turned 16 to 32 degrees no error is more frequent."""
EXPRESSION_PITCH_DEG: Final = 30.0
"""The same for pitch: photographs of -25 to 29 degrees are scored as well as level ones."""
TURN_MARGIN_DEG: Final = 5.0
"""What is measured stays measured this much farther: a head at the limit does not flicker."""


class Turned:
    """Whether the head is turned too far for brows and mouth; holds its answer at the limit."""

    def __init__(self) -> None:
        self._away = True

    def push(self, yaw_deg: float, pitch_deg: float) -> bool:
        """Take smoothed angles in degrees; True: turned too far."""
        margin = 0.0 if self._away else TURN_MARGIN_DEG
        self._away = (
            abs(yaw_deg) > EXPRESSION_YAW_DEG + margin
            or abs(pitch_deg) > EXPRESSION_PITCH_DEG + margin
        )
        return self._away

    def clear(self) -> None:
        """Start afresh."""
        self._away = True


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
