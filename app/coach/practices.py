"""The practices, read from `assets/practices/P01.toml` to `P32.toml`.

The schema and the pattern language are documented in `assets/practices/README.md`. A mistake names
file, line and what is allowed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.coach.practice_types import Phase
from app.coach.toml_file import check, line_of, read_toml
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.coach.finder.leaves import Node
    from app.coach.finder.pattern import Pattern

MOST_BYTES: Final = 128 * 1024
"""The largest that ships has about 10 kB."""
MOST_PATTERNS: Final = 200
"""Tables [[pattern]] in one file."""

PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "words": "found in the words",
        "voice": "measured in the voice",
        "body": "seen in face and body",
        "partner": "marked by the partner",
        "scenario": "the scenarios",
        "exercise": "an exercise of its own",
        "card": "a card to read",
        "prompt": "a question to think about before the session",
        "notes": "the notes pad",
        "take_five": "the pause after a hard session",
        "self_check": "the self-check before a shift",
        "survey": "the customer's three questions",
    }
)
"""Where a practice can have its place in the product, each with its words in the table."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing that front-desk staff train."""

    id: str
    """P01 to P32."""
    name: str
    """Two to six words."""
    rule: str
    """What to do, one sentence."""
    why: str
    """Why it works, one or two sentences."""
    source: str
    """Where that is known from."""
    good: tuple[str, ...]
    """Words that do it."""
    bad: tuple[str, ...]
    """Words that do the opposite, or only look like it."""
    floor: int
    """How often in a talk at least; 0 where none is asked for."""
    ceiling: int | None
    """How often at most; None where more does no harm."""
    phase: Phase
    """Where in a talk it has its place."""
    lives_in: tuple[str, ...]
    """Where in the product it has its place: keys of PLACES."""
    patterns: tuple[Pattern, ...]
    """What finds it in words; empty where words do not show it, or rules in code find it."""


def load_practices(*, heads: bool = False) -> tuple[Practice, ...]:
    """Read the practices that ship, P01 to P32; `heads` leaves their patterns out.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    load = load_head if heads else load_practice
    return tuple(load(path) for path in sorted(asset("practices").glob("P*.toml")))


def read_practices(
    own: Path | None, *, heads: bool = False
) -> tuple[tuple[Practice, ...], tuple[AppError, ...]]:
    """Read the practices that ship and those of a person's folder.

    Parameters
    ----------
    own
        The folder with changed and imported practices; one replaces the shipped one of its id.
    heads
        Whether to leave the patterns out, which take ten times as long as all the rest.

    Returns
    -------
    practices, faults
        By id; and a sentence for each own file that could not be read.
    """
    load = load_head if heads else load_practice
    found = {practice.id: practice for practice in load_practices(heads=heads)}
    faults: list[AppError] = []
    names: dict[str, str] = {}
    for path in sorted(own.glob("*.toml")) if own is not None else ():
        try:
            practice = load(path)
            _unlike(practice, path, names)
        except AppError as fault:
            faults.append(fault)
            continue
        found[practice.id] = practice
    return tuple(found[id_] for id_ in sorted(found)), tuple(faults)


def _unlike(practice: Practice, path: Path, names: dict[str, str]) -> None:
    """Refuse a second file with one id in the same folder."""
    if practice.id in names:
        raise AppError(
            f"{path.name} and {names[practice.id]} both have the id “{practice.id}”.",
            "Give one of them another id.",
        )
    names[practice.id] = path.name


def load_head(path: Path) -> Practice:
    """Read a practice without its patterns: names and rules are there at once."""
    try:
        data = tomllib.loads(path.read_text("utf-8").partition("\n[[")[0] + "\n")
        head = _Head.model_validate(data)
    except (OSError, ValueError):
        return load_practice(path)  # says what is wrong, and where
    return _practice(head, ())


def load_practice(path: Path) -> Practice:
    """Read one practice; an AppError names file, line and what is allowed."""
    size = path.stat().st_size if path.is_file() else 0
    if size > MOST_BYTES:
        raise AppError(
            f"{path.name} has {size // 1024} kB; a practice may have {MOST_BYTES // 1024} kB.",
            "Leave out patterns that others cover already.",
        )
    data, text = read_toml(path)
    raw = data.pop("pattern", [])
    head = check(_Head, data, path=path, text=text, header="")
    if not isinstance(raw, list) or any(not isinstance(one, dict) for one in raw):
        raise AppError(
            f"{path.name}: pattern is not a list of tables.", "Write each under a line [[pattern]]."
        )
    if len(raw) > MOST_PATTERNS:
        raise AppError(
            f"{path.name} has {len(raw)} patterns; {MOST_PATTERNS} are allowed.",
            "Join some of them: one pattern may have several ways to say it.",
        )
    return _practice(head, [_pattern(table, at, text, path) for at, table in enumerate(raw)])


def _practice(head: _Head, patterns: Sequence[Pattern]) -> Practice:
    return Practice(
        head.id, head.name, head.rule, head.why, head.source, tuple(head.good), tuple(head.bad),
        head.floor, head.ceiling, Phase(head.phase), tuple(head.lives_in), tuple(patterns),
    )  # fmt: skip


def _pattern(table: dict[str, object], at: int, text: str, path: Path) -> Pattern:
    # Only now: names and rules are read without them, at the start of the program.
    from app.coach.finder.classes import word_classes  # noqa: PLC0415
    from app.coach.finder.language import PatternFault, parse  # noqa: PLC0415
    from app.coach.finder.pattern import Pattern  # noqa: PLC0415

    header = "[[pattern]]"
    read = check(_Pattern, table, path=path, text=text, header=header, at=at)
    lists: dict[str, tuple[Node, ...]] = {}
    for key in ("say", "unless", "unless_turn", "with_turn", "after_customer"):
        try:
            lists[key] = tuple(parse(one, word_classes()) for one in getattr(read, key))
        except PatternFault as fault:
            line = line_of(text, header, key, at)
            raise AppError(
                f"{path.name}, line {line}: {header} {key}: {fault}.", "Mend it and start again."
            ) from fault
    return Pattern(
        **lists,
        wrong=read.polarity == "wrong",
        detail=read.detail,
        confidence=read.confidence,
        kind=read.kind,
        place=read.place,
        channel=read.channel,
    )


_Text = Annotated[str, Field(min_length=1, max_length=600, description="text, not empty")]
_Texts = Annotated[list[_Text], Field(max_length=20, description="a list of texts")]
_Says = Annotated[
    list[Annotated[str, Field(min_length=1)]],
    Field(max_length=200, description="a list of patterns, 200 at most"),
]
_Place = Literal[
    "words", "voice", "body", "partner", "scenario", "exercise", "card", "prompt", "notes",
    "take_five", "self_check", "survey",
]  # fmt: skip


class _Table(BaseModel):
    """Nothing but the keys that are known, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Head(_Table):
    """What stands above the patterns."""

    id: str = Field(pattern=r"^P(0[1-9]|[12]\d|3[0-2])$", description="P01 to P32")
    name: str = Field(min_length=1, max_length=60, description="text of 1 to 60 letters")
    rule: _Text
    why: _Text
    source: _Text
    good: _Texts
    bad: _Texts
    floor: int = Field(ge=0, le=20, description="a whole number from 0 to 20")
    ceiling: int | None = Field(None, ge=0, le=20, description="a whole number, at least floor")
    phase: Literal[
        "before", "opening", "listening", "apology", "recap", "questions", "options",
        "commitment", "closing", "throughout", "after",
    ] = Field(description=", ".join(Phase))  # fmt: skip
    lives_in: list[_Place] = Field(min_length=1, description=", ".join(PLACES))

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.ceiling is not None and self.ceiling < self.floor:
            raise ValueError(f"ceiling must be floor ({self.floor}) or more")
        return self


class _Pattern(_Table):
    """One [[pattern]]."""

    say: _Says = Field(min_length=1)
    polarity: Literal["done", "wrong"] = Field("done", description='"done" or "wrong"')
    detail: str = Field("", max_length=40, description="a short word")
    confidence: float = Field(0.8, gt=0, le=1, description="above 0, to 1")
    kind: Literal["any", "question", "statement"] = Field(
        "any", description="any, question or statement"
    )
    place: Literal["any", "first", "last", "ends"] = Field(
        "any", description="any, first, last or ends"
    )
    channel: Literal["any", "spoken", "written"] = Field(
        "any", description="any, spoken or written"
    )
    unless: _Says = Field(default_factory=list)
    unless_turn: _Says = Field(default_factory=list)
    with_turn: _Says = Field(default_factory=list)
    after_customer: _Says = Field(default_factory=list)
