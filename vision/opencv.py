"""The one import of cv2: its wheel points Qt at its own Qt 5 plugins, which breaks PySide6."""

from __future__ import annotations

import os

_before = {name: os.environ.get(name) for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")}

import cv2  # noqa: E402, TID251

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# Its pictures are small, and a thread that waits for a share of one waits in a loop.
cv2.setNumThreads(1)

__all__ = ["cv2"]
