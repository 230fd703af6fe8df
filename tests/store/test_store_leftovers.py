"""What a kill leaves in the middle of an atomic write goes at the next start, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from store_cases import a_report, begun

from app.store.clips import FOLDER as CLIPS
from app.store.leftovers import part_name
from app.store.own_normals import FOLDER as OWN_NORMALS
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

KILLED = """
import os, sys
from pathlib import Path
from app.store.files import SessionFiles
os.fsync = lambda _: os._exit(9)
SessionFiles(Path(sys.argv[1])).write_atomic("practices.json", b"half of it")
"""
BEFORE_THIS_PROCESS = (1_000_000_000, 1_000_000_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a finished session."""
    with Store.open(tmp_path / "rapport.db") as store:
        record = begun(store)
        store.finish_session(record.id, duration_s=60.1, report=a_report())
        return store.files(record.id).folder


def started_again(tmp_path: Path) -> None:
    Store.open(tmp_path / "rapport.db").close()


def test_half_a_file_of_a_process_that_was_killed_goes(folder: Path, tmp_path: Path) -> None:
    before = sorted(folder.iterdir())
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert done.returncode == 9
    (left,) = set(folder.iterdir()) - set(before)
    assert left.read_bytes() == b"half of it"
    started_again(tmp_path)
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("where", [CLIPS, OWN_NORMALS])
def test_half_a_file_goes_from_every_folder(where: str, tmp_path: Path) -> None:
    part = tmp_path / where / "somebody" / part_name("baseline.json")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    os.utime(part, BEFORE_THIS_PROCESS)
    started_again(tmp_path)
    assert not part.exists()


COPYING = """
import os, sys
from pathlib import Path
import app.store.database as database
database.take_place = lambda *_: os._exit(9)
database.back_up(Path(sys.argv[1]))
"""


def test_half_a_copy_of_the_list_goes_with_all_names_in_it(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "rapport.db"
    (tmp_path / "rapport.db.backup").unlink()
    done = subprocess.run([sys.executable, "-c", COPYING, str(database)], check=False)
    assert done.returncode == 9
    (part,) = tmp_path.glob("rapport.db.backup.*")
    journal = part.with_name(f"{part.name}-journal")
    journal.write_bytes(b"pages")
    started_again(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("rapport.db*")) == [
        "rapport.db", "rapport.db.backup",
    ]  # fmt: skip
    assert folder.is_dir()


def test_what_a_running_process_writes_stays(folder: Path, tmp_path: Path) -> None:
    part = folder / part_name("report.json")
    part.write_bytes(b"half")
    started_again(tmp_path)
    assert part.exists()
    # Its number is that of one which began later: whoever wrote it is gone.
    os.utime(part, BEFORE_THIS_PROCESS)
    started_again(tmp_path)
    assert not part.exists()


@pytest.mark.parametrize(
    "name",
    ["recording.mkv.part", "speaking-5d1e0b52-0c1f-4f7e-9a55-1f2e3d4c5b6a.part", "notes.1-x.part"],
)
def test_what_will_be_made_whole_or_is_not_ours_stays(
    name: str, folder: Path, tmp_path: Path
) -> None:
    (folder / name).write_bytes(b"half")
    os.utime(folder / name, BEFORE_THIS_PROCESS)
    started_again(tmp_path)
    assert (folder / name).exists()
