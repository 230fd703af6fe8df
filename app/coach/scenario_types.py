"""What a practice scenario is made of: a customer, what they say, and two answers to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.coach.practice_types import Polarity, Speaking


class Sector(StrEnum):
    """At which kind of desk it plays."""

    HOTEL = "hotel"
    CLINIC = "clinic"
    BANK = "bank"
    SCHOOL = "school"
    MUNICIPAL = "municipal"
    SHOP = "shop"


class Temper(StrEnum):
    """How hard the conversation is."""

    ROUTINE = "routine"
    COMPLAINT = "complaint"
    AGGRESSIVE = "aggressive"


class Condition(StrEnum):
    """What the answer just given decides about the customer's next line."""

    DONE = "done"
    """The practice was found in the answer."""
    WRONG = "wrong"
    """Its opposite was found in the answer."""
    MISSING = "missing"
    """The practice was not found in the answer."""
    ASKED = "asked"
    """The answer uncovered a hidden fact."""
    ELSE = "else"
    """Whatever else was said; the last branch of a line."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a conversation goes on after an answer. The first branch that holds is taken."""

    condition: Condition
    """What must hold."""
    about: str
    """Practice id for DONE, WRONG and MISSING; id of the hidden fact for ASKED; empty for ELSE."""
    to: str
    """Id of the customer's next line; empty where the conversation ends."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the customer says."""

    id: str
    """Stable id within the scenario."""
    text: str
    """The words, as spoken."""
    manner: str
    """How a partner should say it; empty where nothing matters."""
    branches: tuple[Branch, ...]
    """Where it goes on; empty where the conversation ends here."""
    rushed: bool = False
    """Whether the customer shows haste here, which an answer should match."""
    small_talk: bool = False
    """Whether the customer starts small talk here, which an answer should return."""


@dataclass(frozen=True, slots=True)
class HiddenFact:
    """What the customer knows and does not say unless somebody asks well."""

    id: str
    """Stable id within the scenario."""
    fact: str
    """One sentence."""
    asked_by: tuple[str, ...]
    """Words or short phrases; a question that holds one of them uncovers the fact."""
    says: str
    """What the customer answers then."""


@dataclass(frozen=True, slots=True)
class Jargon:
    """A word that the house uses and the customer does not know."""

    word: str
    """As staff say it."""
    plain: str
    """What it means, in the customer's words."""


@dataclass(frozen=True, slots=True)
class Customer:
    """The card about the customer that may be read before the start."""

    name: str
    """How to address them: "Mrs Okafor"."""
    age: int
    """Years."""
    language: str
    """What they speak best, in English: "Polish"."""
    needs: str
    """What they need that others may not, one sentence; empty where nothing."""
    purpose: str
    """Why they are here today."""
    history: tuple[str, ...]
    """What the house knows of them, a sentence each."""
    knows: tuple[str, ...]
    """What they know about the matter, a sentence each."""
    does_not_know: tuple[str, ...]
    """What they do not know and should learn, a sentence each."""
    wants: str
    """What they want under what they say."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is worth seeing in a written-out answer."""

    practice: str
    """P01 to P32."""
    polarity: Polarity
    """Whether it is done, or its opposite."""
    words: str
    """The words in the turn that it is about."""
    why: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class BenchmarkTurn:
    """One turn of a benchmark answer."""

    speaker: Speaking
    """Who speaks."""
    text: str
    """The words."""
    notes: tuple[Note, ...] = ()
    """What is worth seeing in it."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A conversation to practise."""

    id: str
    """Stable id: small letters, digits and _."""
    title: str
    """Two to four words: "Charged twice"."""
    sector: Sector
    """At which kind of desk."""
    temper: Temper
    """How hard it is."""
    situation: str
    """One or two sentences that set the scene."""
    checklist: str
    """Id of the checklist that fits it."""
    customer: Customer
    """Who stands before the desk."""
    hidden: tuple[HiddenFact, ...]
    """What good questions uncover."""
    options: tuple[str, ...]
    """What the staff member can offer, a short phrase each."""
    jargon: tuple[Jargon, ...]
    """Words to avoid or explain."""
    nouns: tuple[str, ...]
    """The customer's own nouns, which a recap should take up: "charge", "room"."""
    lines: tuple[Line, ...]
    """What the customer says; the first one opens the conversation."""
    good: tuple[BenchmarkTurn, ...]
    """A good answer, written out and annotated."""
    bad: tuple[BenchmarkTurn, ...]
    """A bad answer, written out and annotated."""
    write: str
    """The task of the written-reply exercise: what to write, and to whom."""
    small_talk: str
    """What the customer says to open the small-talk exercise."""
    built_in: bool = True
    """Whether it ships with the program, rather than being written or imported here."""

    def line(self, id_: str) -> Line | None:
        """Find one of the customer's lines."""
        return next((line for line in self.lines if line.id == id_), None)
