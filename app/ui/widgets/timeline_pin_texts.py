"""What the pins of a timeline say in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.texts import clock_text, told
from app.ui.widgets.timeline_spans import stretch_text

if TYPE_CHECKING:
    from app.coach.types import Mark


def note_text(mark: Mark, end_s: float | None) -> str:
    """Say what was noted, and about what."""
    what = mark.data.get("text", "")
    if mark.data.get("sound"):
        spoken = QCoreApplication.translate("Timeline", "spoken")
        what = f"{what} ({spoken})" if what else spoken
    text = (
        QCoreApplication.translate("Timeline", "Note at {t}: {what}")
        if end_s is None
        else QCoreApplication.translate("Timeline", "Note on {t}: {what}")
    )
    return text.format(t=_when(mark, end_s), what=what)


def marker_text(mark: Mark, end_s: float | None) -> str:
    """Say which marker was dropped."""
    label = told(mark.data.get("label", "")) or QCoreApplication.translate("Timeline", "Marker")
    return QCoreApplication.translate("Timeline", "{marker} at {t}").format(
        marker=label, t=_when(mark, end_s)
    )


def review_text(mark: Mark) -> str:
    """Say what a review says about a moment."""
    text = (
        QCoreApplication.translate("Timeline", "Strength at {t}: {what}")
        if mark.data.get("part") == "strength"
        else QCoreApplication.translate("Timeline", "Next step at {t}: {what}")
    )
    return text.format(t=clock_text(mark.t), what=mark.data.get("text", ""))


def rating_text(item: str, mark: Mark) -> str:
    """Say how an item of the checklist was rated; empty for an answer that nobody knows."""
    answers = {
        "yes": QCoreApplication.translate("Timeline", "{item}: yes"),
        "partly": QCoreApplication.translate("Timeline", "{item}: partly"),
        "no": QCoreApplication.translate("Timeline", "{item}: no"),
    }
    answer = answers.get(mark.data.get("value", ""))
    return answer.format(item=told(item)) if answer and item else ""


def felt_text(mark: Mark) -> str:
    """Say whether the customer felt heard."""
    text = (
        QCoreApplication.translate("Timeline", "The customer felt heard at {t}")
        if mark.data.get("heard") == "true"
        else QCoreApplication.translate("Timeline", "The customer did not feel heard at {t}")
    )
    return text.format(t=clock_text(mark.t))


def hint_text(mark: Mark, name: str) -> str:
    """Say which hint was shown, or that it was put right."""
    text = (
        QCoreApplication.translate("Timeline", "Put right by {t}: {what}")
        if mark.data.get("good") == "true"
        else QCoreApplication.translate("Timeline", "Hint shown at {t}: {what}")
    )
    return text.format(t=clock_text(mark.t), what=name)


def _when(mark: Mark, end_s: float | None) -> str:
    return clock_text(mark.t) if end_s is None else stretch_text(mark.t, end_s)
