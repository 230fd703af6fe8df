"""What is kept and for how long, in the words of the pages that offer the choice."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from app.store.types import KeepPolicy

OFFERED: Final = tuple(KeepPolicy)
"""Every policy, from most to nothing."""
YEAR_DAYS: Final = 365


def keep_words(policy: KeepPolicy) -> tuple[str, str]:
    """Say in a few words, and in a sentence, what a policy keeps."""
    translate = QCoreApplication.translate
    if policy is KeepPolicy.PICTURE_AND_SOUND:
        return (
            translate("keep", "Picture and sound"),
            translate("keep", "You can replay each moment. That is where one learns."),
        )
    if policy is KeepPolicy.VOICE_AND_STICK:
        return (
            translate("keep", "Voice and stick figure"),
            translate("keep", "Your voice, and lines for arms and shoulders. No picture is kept."),
        )
    if policy is KeepPolicy.REPORT_ONLY:
        return (
            translate("keep", "Report only"),
            translate(
                "keep",
                "What was seen and heard, with times and short quotes. No picture, no sound.",
            ),
        )
    return (
        translate("keep", "Nothing"),
        translate("keep", "Hints while you practise; afterwards everything is gone."),
    )


def days_words(days: int) -> str:
    """Say a period as one says it."""
    if days == YEAR_DAYS:
        return QCoreApplication.translate("keep", "One year")
    return QCoreApplication.translate("keep", "{n} days", "", days).format(n=days)
