"""The folders of this person on this machine; RAPPORT_HOME puts them all under one."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import platformdirs

from app.errors import AppError

APP_NAME: Final = "rapport"
HOME_VARIABLE: Final = "RAPPORT_HOME"
"""Environment variable that puts all folders under one, for tests and portable use."""


def data_dir() -> Path:
    """Where the database and the sessions are kept."""
    return _made("data", _usual_data())


def models_dir() -> Path:
    """Where a person puts models of speech engines; where it cannot be made, there are none."""
    folder = _place("data", _usual_data()) / "models"
    with suppress(AppError):
        _make(folder)
    return folder


def config_dir() -> Path:
    """Where the settings are kept."""
    usual = platformdirs.user_config_dir(APP_NAME, appauthor=False)
    return _made("config", _alone("config", usual))


def log_dir() -> Path:
    """Where the log is kept."""
    return _made("log", Path(platformdirs.user_log_dir(APP_NAME, appauthor=False)))


def cache_dir() -> Path:
    """Where what can be made again is kept."""
    return _made("cache", Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)))


def _usual_data() -> Path:
    return _alone("data", platformdirs.user_data_dir(APP_NAME, appauthor=False))


def _alone(name: str, usual: str) -> Path:
    """Give each kind a folder of its own, as a backup reads one and a restore replaces one.

    Windows and macOS have a single place for data and settings; on Windows log and cache lie in it
    too, and the log is open all the time.
    """
    return Path(usual) / name if sys.platform in {"win32", "darwin"} else Path(usual)


def _made(name: str, usual: Path) -> Path:
    folder = _place(name, usual)
    _make(folder)
    return folder


def _place(name: str, usual: Path) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser() / name if home else usual


def _make(folder: Path) -> None:
    """Make the folder, readable for this person only where it is not there yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise AppError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            f"Make it yourself, or set {HOME_VARIABLE} to a folder that you may write to.",
        ) from error
