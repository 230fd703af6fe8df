"""TOML that a person saved with Windows' editor begins with a mark; it is read like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.checklist import load_checklist
from app.coach.content_kinds import ContentKind
from app.coach.practices import load_practice, read_practices
from app.paths import asset
from app.store.guest_sheet import read_sheet, sheet_path, write_sheet
from app.store.own_content import read_text, save_checked
from app.store.packs import content_dir

if TYPE_CHECKING:
    from pathlib import Path


def marked(path: Path, target: Path) -> Path:
    target.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    return target


def test_own_content_is_read_with_it(tmp_path: Path) -> None:
    shipped = asset("checklists", "routine.toml")
    mine = marked(shipped, tmp_path / "routine.toml")
    assert load_checklist(mine).items == load_checklist(shipped).items
    own = content_dir(ContentKind.PRACTICES)
    practice = min(asset("practices").glob("*.toml"))
    marked(practice, own / practice.name)
    found, faults = read_practices(own, heads=True)
    assert not faults
    assert load_practice(practice).id in {one.id for one in found}


def test_the_editor_shows_and_saves_it_without(tmp_path: Path) -> None:
    mine = marked(asset("checklists", "routine.toml"), tmp_path / "routine.toml")
    text, _ = read_text(mine)
    assert not text.startswith("\ufeff")
    save_checked(ContentKind.CHECKLISTS, mine, text)
    assert not mine.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_page_on_the_guests_is_read_with_it() -> None:
    write_sheet({"who": "Travellers"})
    marked(sheet_path(), sheet_path())
    assert read_sheet() == {"who": "Travellers"}
