"""What is said of an error that ended a part of a session."""

from __future__ import annotations

import logging

from app.errors import AppError, Told

log = logging.getLogger(__name__)


def sentences(error: BaseException) -> tuple[str, str]:
    """Give what happened and what to do; our own mistakes are called that."""
    if isinstance(error, Told):
        return error.what, error.remedy
    return (
        "Rapport made a mistake, and this session is not measured any more.",
        "What is recorded is kept and analysed at the next start. Details are in the log file.",
    )


def in_words(error: BaseException) -> AppError:
    """Give an AppError; our own mistakes go into the log with their trace."""
    if isinstance(error, AppError):
        return error
    if not isinstance(error, Told):
        log.error("A session ended with a mistake of the program.", exc_info=error)
    return AppError(*sentences(error))
