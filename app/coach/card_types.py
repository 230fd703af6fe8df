"""What stands on the cards before, beside and after a conversation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to read or to think about."""

    id: str
    """Stable id: small letters, digits and _."""
    text: str
    """One or two sentences."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer a question of the survey."""

    id: str
    """"yes", "partly" or "no"; sessions keep it."""
    text: str
    """As it stands on the button."""


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One of the three questions to the customer, or to the partner as the customer."""

    id: str
    """"heard", "next" or "back"; sessions keep it."""
    text: str
    """The question."""
    more: str
    """What may be added in own words."""
    answers: tuple[Answer, ...]
    """From yes to no."""


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One field of the sheet "who our guests are"."""

    id: str
    """Stable id; the filled-in sheet keeps it."""
    text: str
    """The question."""
    hint: str
    """How to answer it, with an example."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Something to do, step by step."""

    id: str
    """Stable id."""
    title: str
    """Two to five words."""
    text: str
    """What it is, one sentence."""
    steps: tuple[str, ...]
    """In their order."""
    checklist: str = ""
    """Id of the checklist that goes with it; empty where none does."""


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of one language."""

    language: str
    """Two letters: "en"."""
    reminders: tuple[Prompt, ...]
    """P12, act as if: one before each session."""
    reflections: tuple[Prompt, ...]
    """P05, remember your own experiences: one before each session."""
    reflection_note: str
    """P05: stands under each of them."""
    survey: tuple[SurveyQuestion, ...]
    """P32, the customer's three questions."""
    guests: tuple[SheetQuestion, ...]
    """P18, the sheet "who our guests are"."""
    other_side: tuple[Guide, ...]
    """P28, the other side of the counter: role swap first."""
    exercises: tuple[Guide, ...]
    """P16 and P04, the written reply and small talk."""

    def exercise(self, id_: str) -> Guide | None:
        """Find an exercise: "written" or "small_talk"."""
        return next((one for one in self.exercises if one.id == id_), None)

    def reminder(self, number: int) -> Prompt:
        """Choose the reminder for the session with this number, so that they take turns."""
        return self.reminders[number % len(self.reminders)]

    def reflection(self, number: int) -> Prompt:
        """Choose the question before the session with this number."""
        return self.reflections[number % len(self.reflections)]
