"""Own scenarios, checklists and practices, and packs of them: one file that another desk can open.

A pack is a ZIP file of TOML files in folders named for their kind, and nothing else. It is read
member by member into memory within limits, never unpacked by name, and each file is checked like
one that a person wrote before anything of it is kept.
"""

from __future__ import annotations

import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.coach.content_kinds import KINDS, ContentKind
from app.errors import AppError
from app.paths import data_dir
from app.store.faults import told
from app.windows import take_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SUFFIX: Final = ".rapportpack"
MOST_FILES: Final = 500
"""Files in one pack; a sector with all its conversations has some 50."""
MOST_BYTES: Final = 16 * 1024 * 1024
"""All files of a pack together, unpacked."""
MOST_OF_ONE: Final = 256 * 1024
"""One file of a pack, unpacked; the limit of a scenario."""

_NAME: Final = re.compile(r"([a-z]+)/([a-z][a-z0-9_]{0,59})\.toml", re.ASCII)
_PLAIN: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_RESERVED: Final = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Names that mean a device on Windows, whatever stands behind the dot."""
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    IndexError, OverflowError, ValueError,
)  # fmt: skip
"""What zipfile raises for damaged files; it says so of some damage only."""
_NOT_OURS: Final = "Ask whoever made it to export it from Rapport again."


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of opening a pack."""

    added: tuple[str, ...]
    """New files, as "scenarios/charged_twice"."""
    replaced: tuple[str, ...]
    """Files that stood there and were replaced."""
    kept: tuple[str, ...]
    """Files that stood there with other words and were left as they are."""


def content_dir(kind: ContentKind) -> Path:
    """Folder of a person's own files of a kind; made where it is missing."""
    folder = data_dir() / "content" / kind.value
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def export_pack(target: Path, files: Mapping[ContentKind, Iterable[Path]]) -> int:
    """Write files into one pack; gives how many.

    An older pack of this name is replaced only once the new one is whole.
    """
    part = target.with_name(f"{target.name}.part")
    count = 0
    try:
        with told(target), zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
            for kind, paths in files.items():
                for path in sorted(paths):
                    pack.write(path, f"{kind.value}/{path.stem}.toml")
                    count += 1
        with told(target):
            take_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    return count


def import_pack(source: Path, *, replace: bool = False) -> Imported:
    """Take the files of a pack among one's own.

    Parameters
    ----------
    source
        The pack.
    replace
        Whether a file of one's own with the same name and other words is replaced.

    Raises
    ------
    AppError
        It is no pack, is damaged or too large, or one of its files has a mistake. Nothing was
        kept then.
    """
    members = _read(source)
    added: list[str] = []
    replaced: list[str] = []
    kept: list[str] = []
    with told(data_dir()), tempfile.TemporaryDirectory(dir=data_dir(), prefix="pack-") as made:
        checked = _checked(members, Path(made))
        for (kind, stem), path in checked.items():
            target, name = content_dir(kind) / path.name, f"{kind.value}/{stem}"
            if not target.exists():
                added.append(name)
            elif target.read_bytes() == path.read_bytes():
                continue
            elif replace:
                replaced.append(name)
                shutil.copy2(target, target.with_name(f"{target.name}.before"))
            else:
                kept.append(name)
                continue
            take_place(path, target)
    return Imported(tuple(added), tuple(replaced), tuple(kept))


def _checked(
    members: Mapping[tuple[ContentKind, str], bytes], folder: Path
) -> dict[tuple[ContentKind, str], Path]:
    """Write each file aside and read it as its kind; the first mistake refuses the whole pack."""
    paths: dict[tuple[ContentKind, str], Path] = {}
    for (kind, stem), data in members.items():
        path = folder / kind.value / f"{stem}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        KINDS[kind](path)
        paths[kind, stem] = path
    return paths


def _read(source: Path) -> dict[tuple[ContentKind, str], bytes]:
    """Read a pack's files into memory, within the limits."""
    try:
        with told(source), zipfile.ZipFile(source) as pack:
            return _members(pack, source.name)
    except _UNREADABLE as error:
        raise AppError(f"{source.name} is not a pack, or is damaged.", _NOT_OURS) from error


def _members(pack: zipfile.ZipFile, name: str) -> dict[tuple[ContentKind, str], bytes]:
    infos = [info for info in pack.infolist() if not info.is_dir()]
    _limit(infos, name)
    members: dict[tuple[ContentKind, str], bytes] = {}
    for info in infos:
        match = _NAME.fullmatch(info.filename)
        if match is None or not _has_a_place(match[1], match[2], info):
            allowed = ", ".join(f"{kind.value}/name.toml" for kind in ContentKind)
            raise AppError(
                f"{name} holds “{info.filename[:80]}”, which has no place in a pack.",
                f"A pack holds {allowed}, and nothing else. {_NOT_OURS}",
            )
        key = (ContentKind(match[1]), match[2])
        with pack.open(info) as file:
            data = file.read(MOST_OF_ONE + 1)
        if len(data) > MOST_OF_ONE or key in members:
            raise AppError(f"{name} holds “{info.filename}” twice or far too large.", _NOT_OURS)
        members[key] = data
    if not members:
        raise AppError(f"{name} is empty.", _NOT_OURS)
    return members


def _has_a_place(kind: str, stem: str, info: zipfile.ZipInfo) -> bool:
    """Whether a member is of a known kind, can be a file on every system, and can be read."""
    plain = info.compress_type in _PLAIN
    return kind in set(ContentKind) and _RESERVED.fullmatch(stem) is None and plain


def _limit(infos: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Refuse what would blow up, by what the pack says of itself; reading checks again."""
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        raise AppError(
            f"{name} is too large: a pack holds {MOST_FILES} files and"
            f" {MOST_BYTES // 1024**2} MB at most.",
            "Ask for it in several parts.",
        )
