"""The word classes of `assets/practices/classes.toml`, and patterns that rules in code use."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from app.coach.finder.language import PatternFault, class_of, parse
from app.coach.toml_file import check, line_of, read_toml
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.finder.leaves import Node

FILE: Final = "classes.toml"
RULES: Final = "rules.toml"


class _Class(BaseModel):
    """One word class."""

    model_config = ConfigDict(extra="forbid", strict=True)

    entries: list[str] = Field(min_length=1, max_length=600, description="a list of patterns")


class _Lists(BaseModel):
    """The lists of all rules."""

    model_config = ConfigDict(extra="forbid", strict=True)

    tables: dict[str, dict[str, list[str]]] = Field(description="tables of lists of patterns")


@functools.cache
def word_classes() -> Mapping[str, Node]:
    """Read the word classes that patterns may use.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    path = asset("practices") / FILE
    data, text = read_toml(path)
    classes: dict[str, Node] = {}
    for name, entries in data.items():
        table = check(_Class, {"entries": entries}, path=path, text=text, header="")
        try:
            classes[name] = class_of(name, table.entries, classes)
        except PatternFault as fault:
            raise AppError(
                f"{path.name}, line {line_of(text, '', name)}: {fault}.",
                "Mend it and start again.",
            ) from fault
    return MappingProxyType(classes)


@functools.cache
def listed(*names: str) -> tuple[Node, ...]:
    """Read lists of patterns that a rule in code looks for: "options.offer", …."""
    found: list[Node] = []
    for name in names:
        table, _, key = name.partition(".")
        found += (parse(text, word_classes()) for text in _lists()[table][key])
    return tuple(found)


@functools.cache
def listed_words(name: str) -> frozenset[str]:
    """Read a list of single words that a rule in code looks for."""
    table, _, key = name.partition(".")
    return frozenset(_lists()[table][key])


@functools.cache
def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    path = asset("practices") / RULES
    data, text = read_toml(path)
    read = check(_Lists, {"tables": data}, path=path, text=text, header="")
    return MappingProxyType(read.tables)
