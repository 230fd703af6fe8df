"""The shape of a scenario's TOML file, and what of it must agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.coach.practice_types import Polarity, Speaking
from app.coach.scenario_rules import mistakes
from app.coach.scenario_types import (
    BenchmarkTurn,
    Branch,
    Condition,
    Customer,
    HiddenFact,
    Jargon,
    Line,
    Note,
    Scenario,
    Sector,
    Temper,
)  # fmt: skip
from app.coach.toml_file import check, line_of
from app.errors import AppError

if TYPE_CHECKING:
    from pathlib import Path

_PRACTICE: Final = r"P(?:0[1-9]|[12]\d|3[0-2])"
_ID: Final = r"[a-z][a-z0-9_]*"
_BRANCH: Final = re.compile(
    rf"(?:(done|wrong|missing) ({_PRACTICE})|(asked) ({_ID})|(else)) -> ({_ID})", re.ASCII
)
_NEXT: Final = '"done P19 -> line", "wrong …", "missing …", "asked fact -> line", "else -> line"'
END: Final = "end"
"""Where a branch leads that ends the conversation."""

_Id = Annotated[
    str, Field(pattern=rf"^{_ID}$", max_length=60, description="small letters, digits and _")
]
_Text = Annotated[str, Field(min_length=1, max_length=2000, description="text, not empty")]
_Free = Annotated[str, Field(max_length=2000, description="text")]
_Texts = Annotated[list[_Text], Field(max_length=40, description="a list of texts")]
_Practice = Annotated[str, Field(pattern=rf"^{_PRACTICE}$", description="P01 to P32")]
ModelT = TypeVar("ModelT", bound=BaseModel)


def parse_scenario(data: dict[str, object], text: str, path: Path, *, built_in: bool) -> Scenario:
    """Check a scenario's data and make it a Scenario.

    Parameters
    ----------
    data, text, path
        The file's data, its text and its path, for the message.
    built_in
        Whether it ships with the program.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    customer = data.pop("customer", None)
    hidden = _tables(data, "hidden", _Hidden, text, path)
    jargon = _tables(data, "jargon", _Jargon, text, path)
    lines = _tables(data, "line", _Line, text, path)
    good = _tables(data, "good", _Turn, text, path)
    bad = _tables(data, "bad", _Turn, text, path)
    head = check(_Head, data, path=path, text=text, header="")
    if not isinstance(customer, dict):
        raise AppError(f"{path.name} has no customer.", "Add a table [customer].")
    who = check(_Customer, customer, path=path, text=text, header="[customer]")
    scenario = Scenario(
        id=head.id,
        title=head.title,
        sector=Sector(head.sector),
        temper=Temper(head.temper),
        situation=head.situation,
        checklist=head.checklist,
        customer=who.build(),
        hidden=tuple(one.build() for one in hidden),
        options=tuple(head.options),
        jargon=tuple(Jargon(one.word, one.plain) for one in jargon),
        nouns=tuple(head.nouns),
        lines=tuple(one.build() for one in lines),
        good=tuple(one.build() for one in good),
        bad=tuple(one.build() for one in bad),
        write=head.write,
        small_talk=head.small_talk,
        built_in=built_in,
    )
    _agree(scenario, text, path)
    return scenario


def _tables(
    data: dict[str, object], key: str, model: type[ModelT], text: str, path: Path
) -> list[ModelT]:
    """Take the [[key]] tables out of the data and check each."""
    raw = data.pop(key, [])
    header = f"[[{key}]]"
    if not isinstance(raw, list) or any(not isinstance(one, dict) for one in raw):
        line = line_of(text, "", key)
        raise AppError(
            f"{path.name}, line {line}: {key} is not a list of tables.",
            f"Write each of them under a line {header}.",
        )
    return [
        check(model, table, path=path, text=text, header=header, at=at)
        for at, table in enumerate(raw)
    ]


def _agree(scenario: Scenario, text: str, path: Path) -> None:
    """Check what no table can say alone."""
    for wrong, header, at, what in mistakes(scenario):
        if wrong:
            raise AppError(
                f"{path.name}, line {line_of(text, header, at=at)}: {what}.",
                "Mend it and start again.",
            )


class _Table(BaseModel):
    """Nothing but the keys that are known, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Head(_Table):
    """What stands above the tables."""

    id: _Id
    title: str = Field(min_length=1, max_length=60, description="text of 1 to 60 letters")
    sector: Literal["hotel", "clinic", "bank", "school", "municipal", "shop"] = Field(
        description="hotel, clinic, bank, school, municipal or shop"
    )
    temper: Literal["routine", "complaint", "aggressive"] = Field(
        description="routine, complaint or aggressive"
    )
    situation: _Text
    checklist: _Id
    options: _Texts = Field(default_factory=list)
    nouns: _Texts
    write: _Text
    small_talk: _Text


class _Customer(_Table):
    """[customer]."""

    name: _Text
    age: int = Field(ge=5, le=110, description="years, 5 to 110")
    language: _Text
    needs: _Free = ""
    purpose: _Text
    history: _Texts
    knows: _Texts
    does_not_know: _Texts
    wants: _Text

    def build(self) -> Customer:
        """Make the customer's card of it."""
        return Customer(
            self.name, self.age, self.language, self.needs, self.purpose, tuple(self.history),
            tuple(self.knows), tuple(self.does_not_know), self.wants,
        )  # fmt: skip


class _Hidden(_Table):
    """[[hidden]]."""

    id: _Id
    fact: _Text
    asked_by: _Texts = Field(min_length=1)
    says: _Text

    def build(self) -> HiddenFact:
        """Make a hidden fact of it."""
        return HiddenFact(self.id, self.fact, tuple(self.asked_by), self.says)


class _Jargon(_Table):
    """[[jargon]]."""

    word: _Text
    plain: _Text


class _Line(_Table):
    """[[line]]."""

    id: _Id
    text: _Text
    manner: _Free = ""
    next: list[str] = Field(default_factory=list, max_length=12, description=_NEXT)
    rushed: bool = Field(default=False, description="true or false")
    small_talk: bool = Field(default=False, description="true or false")

    @field_validator("next")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        wrong = [one for one in value if _BRANCH.fullmatch(one) is None]
        if wrong:
            raise ValueError(f"“{wrong[0]}” is not one of {_NEXT}")
        return value

    def build(self) -> Line:
        """Make one of the customer's lines of it."""
        branches = tuple(_branch(one) for one in self.next)
        return Line(self.id, self.text, self.manner, branches, self.rushed, self.small_talk)


def _branch(text: str) -> Branch:
    match = _BRANCH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    found, practice, asked, fact, other, to = match.groups()
    condition = Condition(found or asked or other)
    return Branch(condition, practice or fact or "", "" if to == END else to)


class _Note(_Table):
    """One of a turn's notes."""

    practice: _Practice
    polarity: Literal["done", "wrong"] = Field("done", description='"done" or "wrong"')
    words: _Text
    why: _Text


class _Turn(_Table):
    """[[good]] or [[bad]]."""

    speaker: Literal["staff", "customer"] = Field(description='"staff" or "customer"')
    text: _Text
    notes: list[_Note] = Field(
        default_factory=list, description="a list of { practice, polarity, words, why }"
    )

    def build(self) -> BenchmarkTurn:
        """Make a turn of a benchmark answer of it."""
        notes = tuple(
            Note(note.practice, Polarity(note.polarity), note.words, note.why)
            for note in self.notes
        )
        return BenchmarkTurn(Speaking(self.speaker), self.text, notes)
