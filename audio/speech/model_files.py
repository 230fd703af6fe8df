"""What of a model lies in a folder: whole, in part, or nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audio.speech.types import Availability

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def missing(folder: Path, layouts: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """Say what a folder lacks of a model.

    Parameters
    ----------
    folder : Path
        What may be a model, or the beginning of one.
    layouts : sequence of sequence of str
        The files of a model, by each way in which it may be laid out.

    Returns
    -------
    tuple of str or None
        The missing files of the layout that is nearest; empty where it is whole, None where the
        folder has no file of any.
    """
    there = {part for parts in layouts for part in parts if _filled(folder / part)}
    if not there:
        return None
    nearest = max(layouts, key=lambda parts: len(there.intersection(parts)) / len(parts))
    return tuple(part for part in nearest if part not in there)


def is_whole(folder: Path, layouts: Sequence[Sequence[str]]) -> bool:
    """Tell whether a folder holds every file of a model."""
    return missing(folder, layouts) == ()


def availability(
    engine: str, model: Path | None, layouts: Sequence[Sequence[str]], get_one: str
) -> Availability:
    """Tell whether an engine whose library is there has a model.

    Parameters
    ----------
    engine : str
        Its name, as people know it.
    model : Path or None
        The folder that is to be its model.
    layouts : sequence of sequence of str
        As for `missing`.
    get_one : str
        How to get a model.
    """
    lacks = missing(model, layouts) if model is not None else None
    if model is None or lacks is None:
        return Availability(False, f"{engine} has no model.", get_one)
    if not lacks:
        return Availability(True, f"Model {model.name}.")
    return Availability(
        False,
        f"{engine} has only a part of the model {model.name}; missing are: {', '.join(lacks)}.",
        "Copy or unpack it once more, with everything that is in it.",
    )


def where_unpacked(folder: Path) -> tuple[Path, ...]:
    """Give a folder and, where it holds one folder alone, that one: so some programs unpack."""
    try:
        inside = [one for one in folder.iterdir() if not one.name.startswith(".")]
    except OSError:
        return (folder,)
    return (folder, *inside) if len(inside) == 1 and inside[0].is_dir() else (folder,)


def _filled(file: Path) -> bool:
    """Whether a file is there with something in it: a copy that broke off may leave it empty."""
    try:
        return file.is_file() and file.stat().st_size > 0
    except OSError:
        return False
