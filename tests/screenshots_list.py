"""The names of all pictures: of which page of the window each is."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "first-steps": "first",
        "consent": "consent",
        "conversations": "scenarios",
        "prepare": "prepare",
        "practise": "practise",
        "calibration": "practise",
        "live": "live",
        "survey": "survey",
        "own-view": "report",
        "report": "report",
        "say-it-again": "report",
        "sessions": "sessions",
        "settings": "settings",
        "settings-search": "settings",
        "privacy": "privacy",
        "own-normal": "privacy",
        "check": "check",
        "take-five": "take_five",
        "imports": "imports",
        "speakers": "speakers",
        "clip": "clip",
        "library": "library",
        "watch": "watch",
        "guests": "guests",
        "backup": "backup",
        "written-reply": "exercise",
        "small-talk": "exercise",
        "content": "content",
        "form-scenario": "editor",
        "form-practice": "editor",
        "form-checklist": "editor",
        "partner-agrees": "partner",
        "partner-card": "partner's card",
        "share": "share",
        "shared": "shared",
        "received": "received",
        "feedback": "feedback",
        "compare": "compare",
        "home": "home",
        "who": "who",
        "home-trainer": "home",
        "desk": "desk",
        "desk-machine": "desk",
        "together": "desk",
        "form-markers": "markers",
        "send-review": "send_review",
    }
)
"""Name of a picture -> the page that it shows; several pictures may be of one page."""

WITHOUT: Final[Mapping[str, str]] = MappingProxyType({})
"""Pages that cannot be photographed -> why."""
