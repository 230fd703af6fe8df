"""Devices and the state of the machine, as the upper layers ask for them."""

from __future__ import annotations

from app.session.display import has_display
from app.session.doctor import Check, checks
from audio.microphones import MicrophoneInfo
from audio.microphones import list_microphones as microphones
from vision.cameras import CameraInfo
from vision.cameras import list_cameras as cameras

__all__ = [
    "CameraInfo",
    "Check",
    "MicrophoneInfo",
    "cameras",
    "checks",
    "has_display",
    "microphones",
]
