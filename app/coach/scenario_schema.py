"""The shape of a scenario's TOML file; documented in `assets/scenarios/README.md`."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator

from app.coach.practice_schema import Table
from app.coach.scenario_rules import disagreements
from app.coach.toml_fault import Schema

MOST_BYTES: Final = 256 * 1024
"""A written-out scenario has 8 to 20 kB; far beyond it nobody practises a conversation."""
MOST_LINES: Final = 60
"""Lines of one customer; a rehearsal has 4 to 12."""
END: Final = "end"
"""Where a branch leads that ends the conversation."""
_PRACTICE: Final = r"P(?:0[1-9]|[12]\d|3[0-2])"
_NAME: Final = r"[a-z][a-z0-9_]*"
BRANCH: Final = re.compile(
    rf"(?:(done|wrong|missing) ({_PRACTICE})|(asked) ({_NAME})|(else)) -> ({_NAME})", re.ASCII
)
_NEXT: Final = '"done P19 -> line", "wrong …", "missing …", "asked fact -> line", "else -> line"'

_Id = Annotated[
    str, Field(pattern=rf"^{_NAME}$", max_length=60, description="small letters, digits and _")
]
_Text = Annotated[str, Field(min_length=1, max_length=2000, description="text, not empty")]
_Free = Annotated[str, Field(max_length=2000, description="text")]
_Texts = Annotated[list[_Text], Field(max_length=40, description="a list of texts")]
_Practice = Annotated[
    str, Field(pattern=rf"^{_PRACTICE}$", title="Practice", description="P01 to P32")
]


class ScenarioHead(Table):
    """What stands above the tables."""

    id: _Id
    title: str = Field(
        min_length=1, max_length=60, title="Title", description="text of 1 to 60 letters"
    )
    sector: Literal["hotel", "clinic", "bank", "school", "municipal", "shop"] = Field(
        title="At which kind of desk", description="hotel, clinic, bank, school, municipal or shop"
    )
    temper: Literal["routine", "complaint", "aggressive"] = Field(
        title="How hard it is", description="routine, complaint or aggressive"
    )
    situation: _Text = Field(title="Where and when it plays")
    checklist: _Id = Field(title="Checklist that goes with it")
    options: _Texts = Field(default_factory=list, title="What you can offer")
    nouns: _Texts = Field(title="The customer's own words for it")
    write: _Text = Field(title="Task for the written reply")
    small_talk: _Text = Field(title="What they say to open the small talk")


class CustomerTable(Table):
    """[customer]."""

    name: _Text = Field(title="How to address them")
    age: int = Field(ge=5, le=110, title="Age", description="years, 5 to 110")
    language: _Text = Field(title="What they speak best")
    needs: _Free = Field("", title="What they need that others may not")
    purpose: _Text = Field(title="Why they are here today")
    wants: _Text = Field(title="What they want under what they say")
    history: _Texts = Field(title="What the house knows of them")
    knows: _Texts = Field(title="What they know about the matter")
    does_not_know: _Texts = Field(title="What they do not know and should learn")


class HiddenTable(Table):
    """[[hidden]]."""

    id: _Id
    fact: _Text = Field(title="What they know and do not say")
    asked_by: _Texts = Field(min_length=1, title="A question with one of these uncovers it")
    says: _Text = Field(title="What they answer then")


class JargonTable(Table):
    """[[jargon]]."""

    word: _Text = Field(title="As staff say it")
    plain: _Text = Field(title="In the customer's words")


class LineTable(Table):
    """[[line]]."""

    id: _Id
    text: _Text = Field(title="The words, as spoken")
    manner: _Free = Field("", title="How they say it")
    next: list[str] = Field(
        default_factory=list, max_length=12, title="Where it goes on", description=_NEXT
    )
    rushed: bool = Field(default=False, title="They show haste here", description="true or false")
    small_talk: bool = Field(
        default=False, title="They start small talk here", description="true or false"
    )

    @field_validator("next")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        wrong = [one for one in value if BRANCH.fullmatch(one) is None]
        if wrong:
            raise ValueError(f"“{wrong[0]}” is not one of {_NEXT}")
        return value


class NoteTable(Table):
    """One of a turn's notes."""

    practice: _Practice
    polarity: Literal["done", "wrong"] = Field(
        "done", title="Whether it is done", description='"done" or "wrong"'
    )
    words: _Text = Field(title="The words it is about")
    why: _Text = Field(title="What is worth seeing in them")


class TurnTable(Table):
    """[[good]] or [[bad]]."""

    speaker: Literal["staff", "customer"] = Field(
        title="Who speaks", description='"staff" or "customer"'
    )
    text: _Text = Field(title="The words")
    notes: list[NoteTable] = Field(
        default_factory=list, description="a list of { practice, polarity, words, why }"
    )


class ScenarioFile(ScenarioHead):
    """The whole file."""

    customer: CustomerTable
    hidden: list[HiddenTable] = Field(default_factory=list)
    jargon: list[JargonTable] = Field(default_factory=list)
    line: list[LineTable] = Field(min_length=1, max_length=MOST_LINES, title="lines")
    good: list[TurnTable] = Field(default_factory=list)
    bad: list[TurnTable] = Field(default_factory=list)


SCENARIO: Final = Schema(
    ScenarioFile,
    lambda data: disagreements(data, BRANCH, END),
    MOST_BYTES,
    "a scenario",
    "Divide it into several scenarios, each with a file and an id of its own.",
)
