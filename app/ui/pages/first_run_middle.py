"""What stands in the middle of the first steps, and the words of each of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.first_steps import FirstStep, easy_scenario
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import card, column, label, page_column
from app.ui.widgets.scenario_sheet import ScenarioSheet

if TYPE_CHECKING:
    from app.ui.services import Services

MIDDLE: Final = MappingProxyType(
    {
        FirstStep.DEVICES: 0,
        FirstStep.CONSENT: 1,
        FirstStep.NORMAL: 0,
        FirstStep.SESSION: 2,
    }
)
"""What stands in the middle: the picture, the page's headings, the conversation."""

READING_PX: Final = 640
"""Wider lines of text are hard to read."""


def tr(text: str) -> str:
    """Translate a text of this file."""
    return QCoreApplication.translate("FirstRunPage", text)


class FirstRunMiddle(QStackedWidget):
    """The picture, what the page on consent says, or who comes to the counter."""

    def __init__(self, services: Services, stage: QWidget) -> None:
        super().__init__()
        for one in (stage, self._agreement(services), self._conversation(services)):
            self.addWidget(one)

    def show_step(self, step: FirstStep) -> None:
        """Show what belongs to a step."""
        self.setCurrentIndex(MIDDLE[step])

    def _agreement(self, services: Services) -> QWidget:
        """Show what the page is about, so that nobody has to guess."""
        points = column(space=Space.MEDIUM, margin=Space.LARGE)
        for section in services.consent.sections:
            points.addLayout(
                column(label(told(section.heading), "strong"),
                       label(told(section.text), "text", wrap=True), space=2)
            )  # fmt: skip
        points.addStretch(1)
        area = page_column(points, width=READING_PX)
        points.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        frame = card()
        frame.setLayout(column(area))
        return frame

    def _conversation(self, services: Services) -> QWidget:
        """Show who comes to the counter."""
        sheet = ScenarioSheet()
        scenario = easy_scenario(services)
        if scenario is not None:
            checklist = services.library.checklist(scenario.checklist)
            sheet.show_scenario(scenario, told(checklist.name) if checklist else "")
        else:
            sheet.show_free()
        return sheet


def step_texts(services: Services, step: FirstStep) -> tuple[str, str, str]:
    """Give title, sentence, and the words of the one button."""
    if step is FirstStep.DEVICES:
        return (
            tr("Can I see and hear you?"),
            tr("Stand where you will stand. Nothing is recorded yet."),
            tr("That is me"),
        )
    if step is FirstStep.CONSENT:
        return (
            tr("What may be kept?"),
            tr("Read what it is for, what is kept, for how long and who sees it. "
                    "Until you agree nothing is ever recorded."),
            tr("Choose and agree"),
        )  # fmt: skip
    if step is FirstStep.NORMAL:
        return (
            tr("What is usual for you?"),
            tr("Half a minute: a quiet moment, your calm face, and some talk. So you are "
                    "compared with yourself and with nobody else."),
            tr("Measure"),
        )  # fmt: skip
    scenario = easy_scenario(services)
    name = told(scenario.title) if scenario is not None else tr("Free talk")
    return (
        tr("Try one: {name}").format(name=name),
        tr("An everyday conversation, a minute is enough. You can finish at any time, "
                "and see afterwards what was seen and heard."),
        tr("Go to the conversation"),
    )  # fmt: skip
