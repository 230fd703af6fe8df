"""What the words of the content files are called on the screen: plain, and never a judgement."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.coach.scenario_types import Condition, Sector, Temper

CONTEXT = "practice_texts"


def sector_text(sector: Sector) -> str:
    """Name the kind of desk."""
    match sector:
        case Sector.HOTEL:
            return QCoreApplication.translate(CONTEXT, "Hotel")
        case Sector.CLINIC:
            return QCoreApplication.translate(CONTEXT, "Clinic")
        case Sector.BANK:
            return QCoreApplication.translate(CONTEXT, "Bank")
        case Sector.SCHOOL:
            return QCoreApplication.translate(CONTEXT, "School")
        case Sector.MUNICIPAL:
            return QCoreApplication.translate(CONTEXT, "Town hall")
        case Sector.SHOP:
            return QCoreApplication.translate(CONTEXT, "Shop")


def temper_text(temper: Temper) -> str:
    """Say how hard a conversation is, about the conversation and not about the customer."""
    match temper:
        case Temper.ROUTINE:
            return QCoreApplication.translate(CONTEXT, "everyday")
        case Temper.COMPLAINT:
            return QCoreApplication.translate(CONTEXT, "complaint")
        case Temper.AGGRESSIVE:
            return QCoreApplication.translate(CONTEXT, "heated")


def condition_text(condition: Condition, what: str) -> str:
    """Say what an answer did, for a partner who chooses how to go on."""
    match condition:
        case Condition.DONE:
            words = QCoreApplication.translate(CONTEXT, "They did it: “{what}”")
        case Condition.WRONG:
            words = QCoreApplication.translate(CONTEXT, "They went against “{what}”")
        case Condition.MISSING:
            words = QCoreApplication.translate(CONTEXT, "Not yet: “{what}”")
        case Condition.ASKED:
            words = QCoreApplication.translate(CONTEXT, "They asked about it: {what}")
        case Condition.ELSE:
            words = QCoreApplication.translate(CONTEXT, "Anything else")
    return words.format(what=what)
