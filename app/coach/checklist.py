"""Checklists of practices, read from `assets/checklists/*.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import Field

from app.coach.content_folder import read_each, with_own
from app.coach.practice_schema import Counted, Table, tables_of
from app.coach.report_types import Checklist, Item
from app.coach.toml_fault import Fault, Schema
from app.coach.toml_file import read_checked
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MOST_BYTES: Final = 64 * 1024
"""The largest that ships has about 4 kB."""
MOST_ITEMS: Final = 32
"""One for each practice; nobody looks at more while talking."""


def load_checklists(folder: Path | None = None) -> tuple[Checklist, ...]:
    """Read all checklists of a folder, by file name; the ones that ship without it.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    lists: list[Checklist] = []
    for _, one in read_each(folder or asset("checklists"), load_checklist):
        if isinstance(one, AppError):
            raise one
        lists.append(one)
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
    found, faults = with_own(load_checklists(), own, load_checklist)
    return tuple(found.values()), faults


def load_checklist(path: Path) -> Checklist:
    """Read one checklist; an AppError names file, line and what is allowed."""
    read = ChecklistFile.model_validate(read_checked(CHECKLIST, path))
    return Checklist(read.id, read.name, tuple(Item(**one.model_dump()) for one in read.item))


class ItemTable(Counted):
    """One [[item]] of the file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="small letters, digits and _")
    practice: str = Field(
        pattern=r"^P(0[1-9]|[12]\d|3[0-2])$", title="Practice", description="P01 to P32"
    )
    text: str = Field(min_length=1, title="What to do", description="text, not empty")
    why: str = Field(min_length=1, title="Why it helps", description="text, not empty")
    attention: int = Field(
        1, ge=1, le=3, title="How much it catches the eye",
        description="1, 2 or 3: what comes first to the eye",
    )  # fmt: skip


class ChecklistFile(Table):
    """The whole file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="small letters, digits and _")
    name: str = Field(min_length=1, title="Name of the checklist", description="text, not empty")
    item: list[ItemTable] = Field(min_length=1, max_length=MOST_ITEMS, title="items")


def _agree(data: Mapping[str, object]) -> Iterable[Fault]:
    """Refuse two items of one id."""
    ids = [one.get("id") for one in tables_of(data, "item")]
    for at, one in enumerate(ids):
        if one and one in ids[:at]:
            where = ("item", at, "id")
            yield Fault(where, "twice", f"the id {one} stands there a second time")


CHECKLIST: Final = Schema(
    ChecklistFile,
    _agree,
    MOST_BYTES,
    "a checklist",
    "Divide it into several checklists, each with a file and an id of its own.",
)
