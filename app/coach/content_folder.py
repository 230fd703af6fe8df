"""Folders of content files: what ships, and a person's own beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


class HasId(Protocol):
    """What a content file holds."""

    @property
    def id(self) -> str:
        """Stable id, by which an own file takes the place of a shipped one."""


ContentT = TypeVar("ContentT", bound=HasId)


def read_each(
    folder: Path | None, load: Callable[[Path], ContentT]
) -> Iterator[tuple[Path, ContentT | AppError]]:
    """Read the files of a folder, by name; without a folder there are none.

    Parameters
    ----------
    folder
        Where the files lie.
    load
        Reads one of them; its AppError tells what is wrong.

    Yields
    ------
    path, content
        Each file with what it holds, or with a sentence on why it cannot be used: a mistake in it,
        or an id that an earlier file of the folder has.
    """
    names: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")) if folder is not None else ():
        try:
            one = load(path)
        except AppError as fault:
            yield path, fault
            continue
        if one.id in names:
            what = f"{path.name} and {names[one.id]} both have the id “{one.id}”."
            yield path, AppError(what, "Give one of them another id.")
            continue
        names[one.id] = path.name
        yield path, one


def with_own(
    shipped: Iterable[ContentT], own: Path | None, load: Callable[[Path], ContentT]
) -> tuple[dict[str, ContentT], tuple[AppError, ...]]:
    """Put a person's own content beside what ships, or in its place where the ids are the same.

    Parameters
    ----------
    shipped
        What ships, in its order.
    own
        The folder with own and imported files; None where there is none.
    load
        Reads one of them.

    Returns
    -------
    content, faults
        By id; and a sentence for each own file that cannot be used.
    """
    found = {one.id: one for one in shipped}
    faults: list[AppError] = []
    for _, one in read_each(own, load):
        if isinstance(one, AppError):
            faults.append(one)
        else:
            found[one.id] = one
    return found, tuple(faults)
