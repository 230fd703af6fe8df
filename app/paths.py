"""Where things are: this person's folders and the files that ship with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.folders import cache_dir, config_dir, data_dir, log_dir, models_dir

__all__ = ["asset", "cache_dir", "config_dir", "data_dir", "log_dir", "models_dir"]

ASSETS: Final = Path(__file__).resolve().parents[1] / "assets"
"""Beside the import packages, in the sources and where it is installed alike."""


def asset(*parts: str) -> Path:
    """Path of a shipped data file, such as asset("consent", "en.toml")."""
    return ASSETS.joinpath(*parts)
