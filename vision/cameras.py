"""Which cameras there are, and why one cannot be opened."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vision.opencv import cv2

NETWORK: Final = ("http://", "https://", "rtsp://", "rtmp://", "udp://", "tcp://")

WINDOWS_REMEDY: Final = (
    "Close other programs that use it. In Windows' Settings, Privacy & security, Camera, let "
    "desktop apps use it."
)


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera that can be chosen."""

    id: str
    """Its number as text, or the URL of a network camera."""
    name: str
    """What the system calls it."""


def backend() -> int:
    """Give the system's interface through which cameras are numbered and opened.

    A number may mean another camera in another interface: on Windows OpenCV would open through
    Media Foundation, which numbers them anew, does not know virtual ones, and takes long to open.
    """
    return {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}.get(sys.platform, cv2.CAP_V4L2)


def list_cameras() -> list[CameraInfo]:
    """List the cameras of this computer by name; network cameras are typed in, not found."""
    # Imported late: it asks the operating system's camera interfaces when it loads, and it
    # imports cv2 itself, which vision.opencv must have done first.
    from cv2_enumerate_cameras import enumerate_cameras  # noqa: PLC0415

    nodes = sys.platform not in {"win32", "darwin"}
    found: dict[int, str] = {}
    for camera in enumerate_cameras(backend()):
        # One camera shows as several video nodes on Linux: the first is the one with pictures.
        # Elsewhere one name twice is two cameras of the same make.
        if not nodes or camera.name not in found.values():
            found.setdefault(camera.index % 100, camera.name)
    seen: Counter[str] = Counter()
    cameras: list[CameraInfo] = []
    for index, called in found.items():
        name = called or f"Camera {index}"
        seen[name] += 1
        cameras.append(CameraInfo(str(index), f"{name} #{seen[name]}" if seen[name] > 1 else name))
    return cameras


def device_of(camera_id: str) -> int | str:
    """Turn a camera's id into what a capture opens: a number or a URL.

    Raises
    ------
    ValueError
        For text that is neither.
    """
    text = camera_id.strip()
    if text.isdecimal():
        return int(text)
    if text.lower().startswith(NETWORK):
        return text
    raise ValueError(f"{camera_id!r} is neither a camera's number nor an http or rtsp address.")


def explain_camera(camera_id: str) -> tuple[str, str]:
    """Say why a camera probably cannot be opened: (what, remedy)."""
    text = camera_id.strip()
    if not text.isdecimal():
        if not text.lower().startswith(NETWORK):
            return (
                "That is not the address of a camera.",
                "An address starts with http:// or rtsp://, as the camera's own page shows it.",
            )
        return (
            "The network camera does not answer.",
            "Check its address, that it is switched on and that it is in the same network.",
        )
    if sys.platform.startswith("linux"):
        return _explain_linux(int(text))
    if sys.platform == "darwin":  # whether it is allowed was asked before
        return (
            "The camera is not there, is in use or gives no pictures.",
            "Plug it in, close other programs that use it, then start again.",
        )
    return (
        "The camera cannot be opened.",
        WINDOWS_REMEDY,
    )


def _explain_linux(index: int) -> tuple[str, str]:
    node = Path(f"/dev/video{index}")
    if not node.exists():
        return (
            "There is no such camera on this computer.",
            "Plug one in, or type the address of a network camera.",
        )
    if not os.access(node, os.R_OK | os.W_OK):
        return (
            "This user may not use the camera.",
            "Add the user to the group “video” and log in again.",
        )
    return (
        "The camera is in use or gives no pictures.",
        "Close other programs that use it, or plug it in again.",
    )
