"""A person's own content files: edited as text, checked before they are kept, never lost."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.coach.content_draft import BLANK, ContentDraft, as_new, id_of
from app.coach.content_kinds import KINDS
from app.paths import asset
from app.store.faults import told
from app.store.packs import MOST_OF_ONE
from app.windows import take_place

if TYPE_CHECKING:
    from app.coach.content_kinds import ContentKind


DRAFT: Final = ".draft"
"""What the name of a draft ends in."""


def draft_of(path: Path) -> Path:
    """Name the draft of a file; loading does not see it."""
    return path.with_name(f"{path.name}{DRAFT}")


def own_files(folder: Path) -> list[Path]:
    """List a folder's files by name; also those of which there is only a draft yet."""
    drafts = (one.with_name(one.name.removesuffix(DRAFT)) for one in folder.glob(f"*.toml{DRAFT}"))
    return sorted({*folder.glob("*.toml"), *drafts})


def read_text(path: Path) -> tuple[str, bool]:
    """Read a file as text, or its draft where one was left; tells whether it was the draft."""
    draft = draft_of(path)
    source = draft if draft.is_file() else path
    with told(source):
        data = source.read_bytes()[: MOST_OF_ONE + 1] if source.is_file() else b""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows' letters: read and saved once, the file is what TOML wants, and no letter is lost.
        text = data.decode("cp1252", "replace")
    return text, source is draft


def keep_draft(path: Path, text: str) -> None:
    """Keep what is typed, right or wrong, beside the file."""
    draft = draft_of(path)
    with told(draft):
        draft.write_text(text, "utf-8", newline="\n")


def drop_draft(path: Path) -> None:
    """Let go of what was typed and not saved."""
    with told(draft_of(path)):
        draft_of(path).unlink(missing_ok=True)


def try_text(kind: ContentKind, name: str, text: str) -> None:
    """Read a text as a file of this name would be read; an AppError names what is wrong in it."""
    with tempfile.TemporaryDirectory() as made:
        trial = Path(made) / name
        with told(trial):
            trial.write_text(text, "utf-8", newline="\n")
        KINDS[kind](trial)


def save_checked(kind: ContentKind, path: Path, text: str) -> None:
    """Check a text and keep it as the file; the draft goes.

    Raises
    ------
    AppError
        Naming file, line and what is allowed. The file is as it was then, and the text is kept
        as a draft.
    """
    keep_draft(path, text)
    try_text(kind, path.name, text)
    with told(path):
        take_place(draft_of(path), path)


def put_away(path: Path) -> Path:
    """Take a file out of use without losing it; gives where it is now."""
    aside = _free(path)
    with told(path):
        if not path.is_file():  # never saved yet
            return draft_of(path).replace(aside)
        path.replace(aside)
        draft_of(path).unlink(missing_ok=True)
    return aside


def keep_aside(path: Path) -> Path | None:
    """Keep a copy of a file as it is; gives where, None where there is no file yet."""
    if not path.is_file():
        return None
    aside = _free(path)
    with told(aside):
        shutil.copy2(path, aside)
    return aside


def _free(path: Path) -> Path:
    """Find a name for a file that is not used any more; loading does not see it."""
    names = (f"{path.name}.before{number or ''}" for number in itertools.count())
    return next(one for one in map(path.with_name, names) if not one.exists())


def new_file(kind: ContentKind, source: Path | None, folder: Path, title: str) -> Path:
    """Make a new file of one's own.

    Parameters
    ----------
    kind
        What it holds.
    source
        What it is made from, and stays as it is; None for an empty one, which is a draft until it
        is filled in.
    folder
        Where own files of the kind are.
    title
        What the new one calls itself, with {title} for that of the source.
    """
    shipped = asset(kind.value)
    taken = {one.stem for one in (*own_files(folder), *shipped.glob("*.toml"))}
    if source is None:
        made = id_of(kind.value.removesuffix("s"), taken, fallback="own")
        path = folder / f"{made}.toml"
        keep_draft(path, BLANK[kind].format(id=made))
        return path
    text, _ = read_text(source)
    named = title.format(title=ContentDraft(kind, text, source.name).title)
    made, text = as_new(kind, text, named, taken)
    path = folder / f"{made}.toml"
    save_checked(kind, path, text)
    return path
