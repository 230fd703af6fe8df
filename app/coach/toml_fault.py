"""What is wrong in a content file, and where: for the form beside the field, for a file by line."""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

Where = tuple[str | int, ...]
"""The way to a value in a file's data: ("line", 3, "text")."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake."""

    where: Where
    """The way to the value; to its table, where a key is missing at all."""
    kind: str
    """Pydantic's name of the error, or one of our own for what no field can say alone."""
    what: str
    """What is wrong and what is allowed, for somebody who reads the file as text."""
    about: Mapping[str, object] = field(default_factory=dict)
    """What the limit is: max_length, le, and so on."""

    @property
    def of_shape(self) -> bool:
        """Whether a form cannot show the value: not known, or of another type."""
        return self.kind == "extra_forbidden" or self.kind.endswith("_type")


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file of a kind must look like."""

    model: type[BaseModel]
    """The whole file, its tables as lists of models."""
    agree: Callable[[Mapping[str, object]], Iterable[Fault]]
    """What no field can say alone; is also given data that the model refuses."""
    most_bytes: int
    """How large a file may be."""
    a_file: str
    """What one file holds, with its article: "a scenario"."""
    too_large: str
    """What to do about one that is larger."""

    def faults(self, data: Mapping[str, object]) -> tuple[Fault, ...]:
        """Give all mistakes; none means that the file can be used."""
        found: list[Fault] = []
        try:
            self.model.model_validate(data)
        except ValidationError as error:
            found = [_fault(self.model, one) for one in error.errors()]
        return (*found, *self.agree(data))


def _fault(model: type[BaseModel], error: ErrorDetails) -> Fault:
    table, key = place(model, error["loc"])
    kind, limits = error["type"], dict(error.get("ctx", {}))
    what = told(model_at(model, table), key, error)
    if len(error["loc"]) == 1 and is_tables(model, str(error["loc"][0])):
        what = _of_tables(model, str(error["loc"][0]), kind, limits)
    elif kind == "missing" and key is None:
        what = f"the table [{table[0]}] is missing"
    elif kind in ("model_type", "dict_type"):
        what = f"{table[0] if table else key} is not a list of tables"
    return Fault(error["loc"], kind, what, limits)


def _of_tables(model: type[BaseModel], key: str, kind: str, limits: Mapping[str, object]) -> str:
    named = model.model_fields[key].title or key
    if kind in ("missing", "too_short"):
        return f"the file has no {named}: add at least one table [[{key}]]"
    if kind == "too_long":
        return f"more than {limits['max_length']} {named}"
    return f"{key} is not a list of tables"


def told(model: type[BaseModel], key: str | None, error: ErrorDetails) -> str:
    """Put one mistake into words, without where it is."""
    if key is None:
        return error["msg"].removeprefix("Value error, ")
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"is not known here; allowed: {', '.join(model.model_fields)}"
    known = model.model_fields.get(key)
    allowed = f"; allowed: {known.description}" if known and known.description else ""
    if kind == "missing":
        return f"is missing{allowed}"
    return f"is {error['input']!r}{allowed}"


def place(model: type[BaseModel], where: Sequence[str | int]) -> tuple[Where, str | None]:
    """Divide a way into that to the table that stands in the file, and the key in it."""
    first = str(where[0]) if where else ""
    tables = is_tables(model, first) and len(where) > 1
    deep = 2 if tables else int(inner(model, first) is not None)
    key = str(where[deep]) if len(where) > deep else None
    return tuple(where[:deep]), key


def header_of(model: type[BaseModel], table: Where) -> tuple[str, int]:
    """Give a table's header as written, and which of several it is."""
    if not table:
        return "", 0
    if is_tables(model, str(table[0])):
        return f"[[{table[0]}]]", int(table[1]) if len(table) > 1 else 0
    return f"[{table[0]}]", 0


def model_at(model: type[BaseModel], table: Where) -> type[BaseModel]:
    """Give the model of a table."""
    return inner(model, str(table[0])) or model if table else model


def is_tables(model: type[BaseModel], key: str) -> bool:
    """Whether a key is a list of tables at the top of the file."""
    known = model.model_fields.get(key)
    listed = known is not None and typing.get_origin(known.annotation) is list
    return listed and inner(model, key) is not None


def inner(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """Give the model of a table, or of each of a list of tables; None for a plain value."""
    known = model.model_fields.get(key)
    if known is None:
        return None
    kinds = typing.get_args(known.annotation) or (known.annotation,)
    return next(
        (one for one in kinds if isinstance(one, type) and issubclass(one, BaseModel)), None
    )
