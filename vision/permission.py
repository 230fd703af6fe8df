"""Whether the system lets this program see; asked before a camera is opened.

macOS asks the person once. OpenCV puts the question too, but says at once that the camera cannot be
opened, whatever the answer will be.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

DENIED: Final = "macOS does not let Rapport use the camera."
REMEDY: Final = (
    "In System Settings, Privacy & Security, Camera, allow the program that Rapport was started "
    "from, such as Terminal; then quit that program and start again."
)
NOT_ASKED: Final = 0
ALLOWED: Final = 3
"""Two of AVFoundation's AVAuthorizationStatus; the others are restricted and denied."""
LOOK_S: Final = 0.2
"""How often it is looked whether the person has answered, seconds."""
LOOKS: Final = 300
"""So often: one minute. Who answers later opens the camera once more."""


def may_see(closed: Callable[[float], bool]) -> bool:
    """Tell whether cameras may be used; waits for the answer of somebody who is asked just now.

    Parameters
    ----------
    closed
        Waits so many seconds, or less: True where the camera is not wanted any more.
    """
    if sys.platform != "darwin":
        return True
    if _answer() == NOT_ASKED:
        import AVFoundation  # noqa: PLC0415 - as below

        AVFoundation.AVCaptureDevice.requestAccessForMediaType_completionHandler_(
            AVFoundation.AVMediaTypeVideo, lambda _granted: None
        )
        for _ in range(LOOKS):
            if _answer() != NOT_ASKED or closed(LOOK_S):
                break
    return _answer() == ALLOWED


def is_denied() -> bool:
    """Tell whether cameras may not be used, without asking anybody."""
    return sys.platform == "darwin" and _answer() not in {NOT_ASKED, ALLOWED}


def _answer() -> int:
    # Comes along with cv2-enumerate-cameras, on macOS only.
    import AVFoundation  # noqa: PLC0415

    device = AVFoundation.AVCaptureDevice
    return int(device.authorizationStatusForMediaType_(AVFoundation.AVMediaTypeVideo))
