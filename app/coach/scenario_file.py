"""Makes a scenario of the data of its TOML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.practice_types import Polarity, Speaking
from app.coach.scenario_schema import BRANCH, END, ScenarioFile
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
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.scenario_schema import CustomerTable, LineTable, TurnTable


def scenario_of(data: Mapping[str, object], *, built_in: bool) -> Scenario:
    """Make a scenario of data without mistakes.

    Parameters
    ----------
    data
        The file's data.
    built_in
        Whether it ships with the program.
    """
    read = ScenarioFile.model_validate(data)
    return Scenario(
        id=read.id,
        title=read.title,
        sector=Sector(read.sector),
        temper=Temper(read.temper),
        situation=read.situation,
        checklist=read.checklist,
        customer=_customer(read.customer),
        hidden=tuple(
            HiddenFact(one.id, one.fact, tuple(one.asked_by), one.says) for one in read.hidden
        ),
        options=tuple(read.options),
        jargon=tuple(Jargon(one.word, one.plain) for one in read.jargon),
        nouns=tuple(read.nouns),
        lines=tuple(_line(one) for one in read.line),
        good=_turns(read.good),
        bad=_turns(read.bad),
        write=read.write,
        small_talk=read.small_talk,
        built_in=built_in,
    )


def _customer(who: CustomerTable) -> Customer:
    return Customer(
        who.name, who.age, who.language, who.needs, who.purpose, tuple(who.history),
        tuple(who.knows), tuple(who.does_not_know), who.wants,
    )  # fmt: skip


def _line(read: LineTable) -> Line:
    branches = tuple(_branch(one) for one in read.next)
    return Line(read.id, read.text, read.manner, branches, read.rushed, read.small_talk)


def _branch(text: str) -> Branch:
    match = BRANCH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    found, practice, asked, fact, other, to = match.groups()
    condition = Condition(found or asked or other)
    return Branch(condition, practice or fact or "", "" if to == END else to)


def _turns(read: Sequence[TurnTable]) -> tuple[BenchmarkTurn, ...]:
    return tuple(
        BenchmarkTurn(
            Speaking(turn.speaker),
            turn.text,
            tuple(
                Note(note.practice, Polarity(note.polarity), note.words, note.why)
                for note in turn.notes
            ),
        )
        for turn in read
    )
