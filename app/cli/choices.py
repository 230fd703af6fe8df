"""The settings as a command needs them: what is wrong in their file is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.telling import tell
from app.errors import AppError
from app.store.known_ids import checked_settings

if TYPE_CHECKING:
    from pathlib import Path

    from app.settings import Settings


def settings_told(path: Path | None = None) -> Settings:
    """Read the settings of a file, or of whoever practised last."""
    settings, mistake = checked_settings(path)
    if mistake is not None:
        tell(AppError(mistake, ""))
    return settings
