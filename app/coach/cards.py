"""The cards before, beside and after a conversation, read from `assets/cards/en.toml`.

The schema is documented in `assets/scenarios/README.md`. A mistake names file, line and what is
allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.coach.card_types import (
    Answer,
    Cards,
    Guide,
    Prompt,
    SheetQuestion,
    SurveyQuestion,
)
from app.coach.toml_file import check, line_of, read_toml
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SURVEY_IDS: Final = ("heard", "next", "back")
"""The three questions of P32; sessions keep these ids."""


def load_cards(path: Path | None = None) -> Cards:
    """Read the cards; those that ship without a path.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    file = _File(path if path is not None else asset("cards", "en.toml"))
    cards = Cards(
        reminders=tuple(Prompt(one.id, one.text) for one in file.tables("reminder", _Prompt)),
        reflections=tuple(Prompt(one.id, one.text) for one in file.tables("reflection", _Prompt)),
        reflection_note=file.table("reflection_note", _Note).text,
        survey=tuple(one.build() for one in file.tables("survey", _Survey)),
        guests=tuple(
            SheetQuestion(one.id, one.text, one.hint) for one in file.tables("guests", _Sheet)
        ),
        other_side=tuple(one.build() for one in file.tables("other_side", _Guide)),
        exercises=tuple(one.build() for one in file.tables("exercise", _Guide)),
        # Last: whatever is left in the file then is not known here.
        language=file.head().language,
    )
    file.want_survey([one.id for one in cards.survey])
    return cards


class _Table(BaseModel):
    """Nothing but the keys that are known, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


_Id = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60, description="small letters, digits and _"),
]
_Text = Annotated[str, Field(min_length=1, max_length=400, description="text of 1 to 400 letters")]


class _Head(_Table):
    """What stands above the tables."""

    language: str = Field(pattern=r"^[a-z]{2}$", description='two small letters, such as "en"')


class _Note(_Table):
    """[reflection_note]."""

    text: _Text


class _Prompt(_Table):
    """[[reminder]] or [[reflection]]."""

    id: _Id
    text: _Text


class _Sheet(_Prompt):
    """[[guests]]."""

    hint: _Text


class _Answer(_Table):
    """One of a question's answers."""

    id: Literal["yes", "partly", "no"]
    text: _Text


class _Survey(_Table):
    """[[survey]]."""

    id: Literal["heard", "next", "back"] = Field(description="heard, next or back")
    text: _Text
    more: _Text
    answers: list[_Answer] = Field(
        min_length=2, max_length=3, description='a list of { id = "yes", "partly" or "no", text }'
    )

    def build(self) -> SurveyQuestion:
        """Make a question of it."""
        answers = tuple(Answer(one.id, one.text) for one in self.answers)
        return SurveyQuestion(self.id, self.text, self.more, answers)


class _Guide(_Table):
    """[[other_side]] or [[exercise]]."""

    id: _Id
    checklist: Annotated[str, Field(max_length=60, description="id of a checklist")] = ""
    title: _Text
    text: _Text
    steps: list[_Text] = Field(min_length=1, max_length=12, description="a list of 1 to 12 texts")

    def build(self) -> Guide:
        """Make a guide of it."""
        return Guide(self.id, self.title, self.text, tuple(self.steps), self.checklist)


ModelT = TypeVar("ModelT", bound=_Table)


class _File:
    """A cards file, of which one kind of table after the other is taken."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data, self._text = read_toml(path)

    def tables(self, key: str, model: type[ModelT]) -> list[ModelT]:
        """Take the [[key]] tables, at least one, each with an id of its own."""
        raw, header = self._data.pop(key, []), f"[[{key}]]"
        if not isinstance(raw, list) or not raw or any(not isinstance(one, dict) for one in raw):
            raise AppError(
                f"{self._path.name}, line {line_of(self._text, header)}: there is no {header}.",
                f"Write at least one table {header}.",
            )
        found = [
            check(model, one, path=self._path, text=self._text, header=header, at=at)
            for at, one in enumerate(raw)
        ]
        self._own_ids(header, [str(one["id"]) for one in raw])
        return found

    def table(self, key: str, model: type[ModelT]) -> ModelT:
        """Take the table [key]."""
        raw = self._data.pop(key, None)
        if not isinstance(raw, dict):
            raise AppError(f"{self._path.name} has no [{key}].", f"Add a table [{key}].")
        return check(model, raw, path=self._path, text=self._text, header=f"[{key}]")

    def head(self) -> _Head:
        """Take what is left."""
        return check(_Head, self._data, path=self._path, text=self._text, header="")

    def want_survey(self, ids: Sequence[str]) -> None:
        """Refuse a survey without one of its three questions."""
        missing = [one for one in SURVEY_IDS if one not in ids]
        if missing:
            raise AppError(
                f"{self._path.name}, line {line_of(self._text, '[[survey]]')}: the survey has no"
                f" question {', '.join(missing)}.",
                f"Write one [[survey]] each for {', '.join(SURVEY_IDS)}.",
            )

    def _own_ids(self, header: str, ids: Sequence[str]) -> None:
        for at, id_ in enumerate(ids):
            if id_ in ids[:at]:
                raise AppError(
                    f"{self._path.name}, line {line_of(self._text, header, 'id', at)}:"
                    f" the id {id_} stands there a second time.",
                    "Give each its own id.",
                )
