"""Where things are: this person's folders, the files that ship, and what is no file at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.folders import cache_dir, config_dir, data_dir, log_dir, models_dir

__all__ = ["asset", "cache_dir", "config_dir", "data_dir", "is_endless", "log_dir", "models_dir"]

ASSETS: Final = Path(__file__).resolve().parents[1] / "assets"
"""Beside the import packages, in the sources and where it is installed alike."""


def asset(*parts: str) -> Path:
    """Path of a shipped data file, such as asset("consent", "en.toml")."""
    return ASSETS.joinpath(*parts)


def is_endless(path: Path) -> bool:
    """Whether it is neither a file nor a folder: a pipe may never begin, a device has no end."""
    return path.exists() and not (path.is_file() or path.is_dir())
