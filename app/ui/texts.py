"""Texts that are made from data: translated by the same catalogue as those in the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from app.coach.words import format_time

if TYPE_CHECKING:
    from datetime import datetime

DATA_CONTEXT: Final = "Assets"
"""Translation context of texts that live in assets/ and in errors."""


def told(text: str) -> str:
    """Translate a text that came from a data file or an error."""
    return QCoreApplication.translate(DATA_CONTEXT, text) if text else ""


def counted(number: int, one: str, many: str) -> str:
    """Take the words for one, or those for many with their {n} filled in; both are translated."""
    return one if number == 1 else many.format(n=number)


def clock_text(seconds: float | None) -> str:
    """Write a moment or a running time: 1:24, or 1:02:05 from an hour on; a dash for none."""
    return "–" if seconds is None else format_time(seconds)


def length_text(seconds: float) -> str:
    """Write a length as 0.8 s, 12 s or 1 min 20 s."""
    if seconds < 9.95:
        return QCoreApplication.translate("Time", "{n} s").format(
            n=f"{seconds:.1f}".removesuffix(".0")
        )
    whole = round(seconds)
    if whole < 60:
        return QCoreApplication.translate("Time", "{n} s").format(n=whole)
    minutes, left = divmod(whole, 60)
    if not left:
        return QCoreApplication.translate("Time", "{n} min").format(n=minutes)
    return QCoreApplication.translate("Time", "{m} min {s} s").format(m=minutes, s=left)


def day_text(when: datetime, now: datetime) -> str:
    """Write a day as one says it: today and yesterday by name, then weekday and date."""
    days = (now.date() - when.date()).days
    if days == 0:
        return QCoreApplication.translate("texts", "Today")
    if days == 1:
        return QCoreApplication.translate("texts", "Yesterday")
    locale = QLocale()
    day = QDate(when.year, when.month, when.day)
    return locale.toString(day, "ddd d MMM" if days < 300 else "d MMM yyyy")


def date_text(when: datetime) -> str:
    """Write a day in full, for what is read on other days: 22 November 2026."""
    return QLocale().toString(QDate(when.year, when.month, when.day), "d MMMM yyyy")


def time_text(when: datetime) -> str:
    """Write the time of day as the locale does."""
    return QLocale().toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)


def greeting(hour: int, name: str) -> str:
    """Greet by the time of day, with the name where one is known."""
    if 5 <= hour < 12:
        words = QCoreApplication.translate("texts", "Good morning")
    elif 12 <= hour < 18:
        words = QCoreApplication.translate("texts", "Good afternoon")
    else:
        words = QCoreApplication.translate("texts", "Good evening")
    return f"{words}, {name}" if name else words
