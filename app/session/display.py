"""Whether a window can be shown: asked before anything heavy is loaded."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
