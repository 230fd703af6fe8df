"""Qt's own messages go to the same log as everything else."""

from __future__ import annotations

import logging
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger("qt")

LEVELS: Final[Mapping[QtMsgType, int]] = MappingProxyType(
    {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
)

KNOWN: Final = (
    "pipewire",
    "PulseAudio",
    "No audio device detected",
    "QStandardPaths: wrong permissions",
    "This plugin does not support",
)
"""What Qt says on machines without sound or with odd folders; true, and of no help."""


def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Take one message of Qt into the log."""
    level = LEVELS.get(kind, logging.WARNING)
    if level == logging.WARNING and any(known in message for known in KNOWN):
        level = logging.DEBUG
    log.log(level, "%s: %s", context.category or "default", message)


def install_qt_log() -> None:
    """Send Qt's messages to the log from now on."""
    qInstallMessageHandler(on_qt_message)
