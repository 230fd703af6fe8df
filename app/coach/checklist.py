"""Checklists of practices, read from `assets/checklists/*.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.coach.report_types import Checklist, Item
from app.coach.toml_file import check, line_of, read_toml
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path


def load_checklists(dir: Path | None = None) -> tuple[Checklist, ...]:  # noqa: A002 - agreed name
    """Read all checklists of a folder, by file name; the ones that ship without it.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    folder = dir if dir is not None else asset("checklists")
    lists = [load_checklist(path) for path in sorted(folder.glob("*.toml"))]
    seen: dict[str, str] = {}
    for one, path in zip(lists, sorted(folder.glob("*.toml")), strict=True):
        if one.id in seen:
            raise AppError(
                f"{path.name} and {seen[one.id]} both have the id “{one.id}”.",
                "Give one of them another id.",
            )
        seen[one.id] = path.name
    return tuple(lists)


def load_checklist(path: Path) -> Checklist:
    """Read one checklist; an AppError names file, line and what is allowed."""
    data, text = read_toml(path)
    raw = data.pop("item", [])
    head = check(_Head, data, path=path, text=text, header="")
    if not isinstance(raw, list) or not raw:
        raise AppError(f"{path.name} has no items.", "Add at least one table [[item]].")
    items = [
        check(_Item, table, path=path, text=text, header="[[item]]", at=at)
        for at, table in enumerate(raw)
    ]
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

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.ceiling is not None and self.ceiling < self.floor:
            raise ValueError(f"ceiling of {self.id} must be floor ({self.floor}) or more")
        return self
