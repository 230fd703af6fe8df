"""Checklists of practices, read from `assets/checklists/*.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.coach.report_types import Checklist, Item
from app.coach.toml_file import check, line_of, read_toml
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES: Final = 64 * 1024
"""The largest that ships has about 4 kB."""
MOST_ITEMS: Final = 32
"""One for each practice; nobody looks at more while talking."""


def load_checklists(dir: Path | None = None) -> tuple[Checklist, ...]:  # noqa: A002 - agreed name
    """Read all checklists of a folder, by file name; the ones that ship without it.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    lists: list[Checklist] = []
    names: dict[str, str] = {}
    for path in sorted((dir if dir is not None else asset("checklists")).glob("*.toml")):
        lists.append(load_checklist(path))
        _unlike(lists[-1], path, names)
    return tuple(lists)


def read_checklists(
    own: Path | None = None,
) -> tuple[tuple[Checklist, ...], tuple[AppError, ...]]:
    """Read the checklists that ship and those of a person's folder.

    Parameters
    ----------
    own
        The folder with own and imported checklists; one with the id of a shipped one takes its
        place.

    Returns
    -------
    checklists, faults
        The shipped ones by file name, then the own ones; and a sentence for each own file that
        could not be read.
    """
    found = {one.id: one for one in load_checklists()}
    faults: list[AppError] = []
    names: dict[str, str] = {}
    for path in sorted(own.glob("*.toml")) if own is not None else ():
        try:
            mine = load_checklist(path)
            _unlike(mine, path, names)
        except AppError as fault:
            faults.append(fault)
            continue
        found[mine.id] = mine
    return tuple(found.values()), tuple(faults)


def _unlike(checklist: Checklist, path: Path, names: dict[str, str]) -> None:
    """Refuse a second file with one id in the same folder."""
    if checklist.id in names:
        raise AppError(
            f"{path.name} and {names[checklist.id]} both have the id “{checklist.id}”.",
            "Give one of them another id.",
        )
    names[checklist.id] = path.name


def load_checklist(path: Path) -> Checklist:
    """Read one checklist; an AppError names file, line and what is allowed."""
    size = path.stat().st_size if path.is_file() else 0
    if size > MOST_BYTES:
        raise AppError(
            f"{path.name} has {size // 1024} kB; a checklist may have {MOST_BYTES // 1024} kB.",
            "Divide it into several checklists, each with a file and an id of its own.",
        )
    data, text = read_toml(path)
    raw = data.pop("item", [])
    head = check(_Head, data, path=path, text=text, header="")
    if not isinstance(raw, list) or not raw:
        raise AppError(f"{path.name} has no items.", "Add at least one table [[item]].")
    items = [
        check(_Item, table, path=path, text=text, header="[[item]]", at=at)
        for at, table in enumerate(raw)
    ]
    if len(items) > MOST_ITEMS:
        raise AppError(
            f"{path.name}, line {line_of(text, '[[item]]', at=MOST_ITEMS)}: more than"
            f" {MOST_ITEMS} items.",
            "Leave some out; a list of nine still has a number key for each.",
        )
    for at, item in enumerate(items):
        if item.id in {earlier.id for earlier in items[:at]}:
            line = line_of(text, "[[item]]", "id", at)
            raise AppError(
                f"{path.name}, line {line}: the id {item.id} stands there a second time.",
                "Give each item its own id.",
            )
    return Checklist(head.id, head.name, tuple(Item(**item.model_dump()) for item in items))


class _Head(BaseModel):
    """What stands above the items."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="small letters, digits and _")
    name: str = Field(min_length=1, description="text, not empty")


class _Item(BaseModel):
    """One [[item]] of the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="small letters, digits and _")
    practice: str = Field(pattern=r"^P(0[1-9]|[12]\d|3[0-2])$", description="P01 to P32")
    text: str = Field(min_length=1, description="text, not empty")
    why: str = Field(min_length=1, description="text, not empty")
    floor: int = Field(ge=0, le=20, description="a whole number from 0 to 20")
    ceiling: int | None = Field(None, ge=0, le=20, description="a whole number, at least floor")
    attention: int = Field(1, ge=1, le=3, description="1, 2 or 3: what comes first to the eye")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.ceiling is not None and self.ceiling < self.floor:
            raise ValueError(f"ceiling of {self.id} must be floor ({self.floor}) or more")
        return self
