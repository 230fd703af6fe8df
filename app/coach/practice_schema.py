"""The shape of a practice's TOML file; documented in `assets/practices/README.md`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from app.coach.practice_types import Phase
from app.coach.toml_fault import Fault, Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_BYTES: Final = 128 * 1024
"""The largest that ships has about 45 kB."""
MOST_PATTERNS: Final = 200
"""Tables [[pattern]] in one file."""
PATTERN_LISTS: Final = ("say", "unless", "unless_turn", "with_turn", "after_customer")
"""Keys of a pattern whose texts are in the pattern language."""

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


class Table(BaseModel):
    """Nothing but the keys that are known, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Counted(Table):
    """What is to be done a number of times."""

    floor: int = Field(
        ge=0, le=20, title="How often at least", description="a whole number from 0 to 20"
    )
    ceiling: int | None = Field(
        None, ge=0, le=20, title="How often at most",
        description="a whole number, at least floor, to 20",
    )  # fmt: skip

    @field_validator("ceiling")
    @classmethod
    def _ordered(cls, value: int | None, info: ValidationInfo) -> int | None:
        floor = info.data.get("floor")
        if value is not None and floor is not None and value < floor:
            raise ValueError(f"ceiling must be floor ({floor}) or more")
        return value


class PracticeHead(Counted):
    """What stands above the patterns."""

    id: str = Field(pattern=r"^P(0[1-9]|[12]\d|3[0-2])$", description="P01 to P32")
    name: str = Field(
        min_length=1, max_length=60, title="Name", description="text of 1 to 60 letters"
    )
    rule: _Text = Field(title="The rule, in one sentence")
    why: _Text = Field(title="Why it works")
    source: _Text = Field(title="Where that is known from")
    good: _Texts = Field(title="Words that do it")
    bad: _Texts = Field(title="Words that do the opposite, or only look like it")
    phase: Literal[
        "before", "opening", "listening", "apology", "recap", "questions", "options",
        "commitment", "closing", "throughout", "after",
    ] = Field(title="Where in a talk it belongs", description=", ".join(Phase))  # fmt: skip
    lives_in: list[_Place] = Field(
        min_length=1, title="Where it has its place in Rapport", description=", ".join(PLACES)
    )


class PatternTable(Table):
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


class PracticeFile(PracticeHead):
    """The whole file."""

    pattern: list[PatternTable] = Field(
        default_factory=list, max_length=MOST_PATTERNS, title="patterns"
    )


def tables_of(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """Give a file's tables of one name, also where the file is not right yet."""
    raw = data.get(key)
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def texts_of(table: Mapping[str, object], key: str) -> list[str]:
    """Give a table's texts of one name, also where the file is not right yet."""
    raw = table.get(key)
    return [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []


def _agree(data: Mapping[str, object]) -> Iterable[Fault]:
    """Read each pattern."""
    # Only now: names and rules are read without them, at the start of the program.
    from app.coach.finder.language import PatternFault  # noqa: PLC0415
    from app.coach.finder.reading import node_of  # noqa: PLC0415

    for at, table in enumerate(tables_of(data, "pattern")):
        for key in PATTERN_LISTS:
            for number, text in enumerate(texts_of(table, key)):
                try:
                    node_of(text)
                except PatternFault as fault:
                    where = ("pattern", at, key, number)
                    yield Fault(where, "pattern", f"[[pattern]] {key}: {fault}")


PRACTICE: Final = Schema(
    PracticeFile,
    _agree,
    MOST_BYTES,
    "a practice",
    "Leave out patterns that others cover already.",
)
