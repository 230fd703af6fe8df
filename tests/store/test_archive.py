"""A backup of everything: put back on an empty machine, damaged, hostile, killed, cut off."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from store_cases import a_report, begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.folders import cache_dir, config_dir, data_dir
from app.store import archive_restore
from app.store.archive import back_up
from app.store.archive_layout import ABOUT, MAGIC, SUMS, is_safe
from app.store.archive_restore import is_sealed, unpack, what_is_here
from app.store.archive_stage import approve, discard, finish_restore, stage_folder
from app.store.store import Store

WORDS = "lamp river seven quiet boat"


def filled(sessions: int = 3) -> None:
    """Fill this machine with what a person would miss."""
    with Store.open() as store:
        for number in range(sessions):
            record = begun(store, name="Ana" if number % 2 else "Ben", title=f"Talk {number}")
            files = store.files(record.id)
            files.write_atomic("recording.mkv", os.urandom(50_000 + number))
            marks = [
                Mark(float(t), Lane.SELF, MarkKind.NOTE, "ana", {"text": f"note {t} ä"}, "")
                for t in range(5)
            ]
            store.append_marks(record.id, marks)
            store.finish_session(record.id, duration_s=60.0, report=a_report())
    for name, text in (("content/guests.toml", "x = 1\n"), ("keys/ana.key", "secret")):
        path = data_dir() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (config_dir() / "settings.toml").write_text('theme = "dark"\n', "utf-8")
    (data_dir() / "models").mkdir(exist_ok=True)
    (data_dir() / "models" / "big.bin").write_bytes(b"0" * 1000)


def told() -> dict[str, object]:
    """Everything that is kept, as one value."""
    with Store.open() as store:
        sessions = {
            one.id: (
                one,
                store.marks(one.id, effective=False),
                store.events(one.id),
                store.report(one.id),
                store.files(one.id).read("recording.mkv"),
            )
            for one in store.sessions()
        }
        persons = store.persons()
    content = {
        name: (data_dir() / name).read_text("utf-8")
        for name in ("content/guests.toml", "keys/ana.key")
    }
    settings = (config_dir() / "settings.toml").read_text("utf-8")
    return {"sessions": sessions, "persons": persons, "content": content, "settings": settings}


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str = "other") -> None:
    """Sit down at another, empty machine."""
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / name))


@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_everything_is_there_again_on_an_empty_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    filled()
    before, target, seen = told(), tmp_path / "all.rapportbackup", list[float]()
    about = back_up(target, passphrase=passphrase, progress=seen.append)
    assert (about.sessions, about.persons, about.sealed) == (3, 2, passphrase is not None)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    elsewhere(monkeypatch, tmp_path)
    assert what_is_here() is None
    assert is_sealed(target) is (passphrase is not None)
    assert unpack(target, passphrase=passphrase) == about
    assert what_is_here() is None
    approve()
    assert finish_restore()
    assert told() == before
    assert not finish_restore()
    assert not stage_folder().exists()
    here = what_is_here()
    assert here is not None
    assert here["sessions"] == 3


def test_an_open_backup_is_a_plain_tar_archive_and_a_sealed_one_shows_nothing(
    tmp_path: Path,
) -> None:
    filled(1)
    back_up(tmp_path / "open.tar")
    with tarfile.open(tmp_path / "open.tar") as archive:
        names = archive.getnames()
    assert (names[0], names[-1]) == (ABOUT, SUMS)
    assert "data/keys/ana.key" in names
    assert not [name for name in names if "models" in name]
    back_up(tmp_path / "sealed", passphrase=WORDS)
    raw = (tmp_path / "sealed").read_bytes()
    assert raw.startswith(MAGIC)
    for words in (b"Talk 0", b"secret", b"recording.mkv", b"Ben"):
        assert words not in raw


def test_what_stands_here_stays_until_the_restore_is_approved(tmp_path: Path) -> None:
    filled()
    target = tmp_path / "all"
    back_up(target)
    with Store.open() as store:
        newer = begun(store, name="Cem", title="After the backup")
        store.finish_session(newer.id, duration_s=1.0)
    unpack(target)
    assert not finish_restore()
    discard()
    with Store.open() as store:
        assert newer.id in {one.id for one in store.sessions()}
    unpack(target)
    approve()
    assert finish_restore()
    with Store.open() as store:
        assert newer.id not in {one.id for one in store.sessions()}
        assert len(store.sessions()) == 3
    # The speech models of this machine are in no backup, and stay.
    assert (data_dir() / "models" / "big.bin").exists()


@pytest.mark.parametrize("passphrase", [None, WORDS])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_one_that_is_cut_off_or_changed_is_refused_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None, part: float
) -> None:
    filled(2)
    target = tmp_path / "all"
    back_up(target, passphrase=passphrase)
    raw = bytearray(target.read_bytes())
    elsewhere(monkeypatch, tmp_path)
    at = int(len(raw) * part)
    for bad in (bytes(raw[:at]), bytes(raw[:at]) + bytes([raw[at] ^ 1]) + bytes(raw[at + 1 :])):
        target.write_bytes(bad)
        if part > 0.99 and passphrase is None:
            continue  # the zeros after the last entry of a tar archive carry nothing
        with pytest.raises(AppError, match=r"damaged|not a backup"):
            unpack(target, passphrase=passphrase)
        assert what_is_here() is None
        assert not stage_folder().exists()


@pytest.mark.parametrize("content", [b"", b"x", os.urandom(5000), b"PK\x03\x04" + bytes(600)])
def test_something_else_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "holiday.zip"
    target.write_bytes(content)
    with pytest.raises(AppError, match=r"holiday\.zip is not a backup"):
        unpack(target)


def test_another_passphrase_is_told(tmp_path: Path) -> None:
    filled(1)
    back_up(tmp_path / "all", passphrase=WORDS)
    for words in (None, "lamp river seven quiet bout"):
        with pytest.raises(AppError, match=r"do not open|sealed with a passphrase"):
            unpack(tmp_path / "all", passphrase=words)


def forged(path: Path, *entries: tarfile.TarInfo, data: bytes = b"evil") -> Path:
    """Make an archive that says it is ours and holds what it must not."""
    about = {
        "version": 1, "made_at": "", "app_version": "1", "persons": 0, "sessions": 0,
        "clips": 0, "files": 1, "size_bytes": 10_000,
    }  # fmt: skip
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, text in ((ABOUT, json.dumps(about).encode()), *((one, data) for one in entries)):
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            if info.isreg():
                info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
    return path


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.mark.parametrize(
    "hostile",
    [
        entry("../evil"),
        entry("data/../../evil"),
        entry("/etc/evil"),
        entry("data//evil"),
        entry("data/sessions/../../../evil"),
        entry("data\\evil"),
        entry("C:/evil"),
        entry("data/con.txt"),
        entry("data/evil."),
        entry("elsewhere/evil"),
        entry("data/models/evil"),
        entry("data/link", tarfile.SYMTYPE, "/etc"),
        entry("data/link", tarfile.LNKTYPE, "data/rapport.db"),
        entry("data/pipe", tarfile.FIFOTYPE),
        entry("data/folder", tarfile.DIRTYPE),
    ],
)
def test_nothing_can_leave_the_folders(tmp_path: Path, hostile: tarfile.TarInfo) -> None:
    data_dir()
    config_dir()
    before = sorted(tmp_path.rglob("*"))
    archive = forged(tmp_path / "all", hostile)
    with pytest.raises(AppError, match="damaged"):
        unpack(archive)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, archive])


def test_names_of_every_file_that_is_backed_up_are_safe() -> None:
    filled(1)
    for folder, root in ((data_dir(), "data"), (config_dir(), "config")):
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.json")]
        assert all(is_safe(f"{root}/{name}") for name in names)


def test_a_full_disk_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(1)

    def full(part: float) -> None:
        if part > 0.5:
            raise OSError(28, "No space left on device")

    with pytest.raises(AppError, match="disk is full"):
        back_up(tmp_path / "all", progress=full)
    assert not list(tmp_path.glob("all*"))
    back_up(tmp_path / "all")
    monkeypatch.setattr(
        archive_restore.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})
    )
    with pytest.raises(AppError, match="no room"):
        unpack(tmp_path / "all")


KILLED = """
import os, signal, sys
from pathlib import Path
from app.store.archive_restore import unpack
from app.store.archive_stage import approve, finish_restore
step = sys.argv[2]
def die(part):
    if part > 0.5:
        os.kill(os.getpid(), signal.SIGKILL)
unpack(Path(sys.argv[1]), progress=die if step == "unpacking" else None)
approve()
if step == "approved":
    os.kill(os.getpid(), signal.SIGKILL)
moves, real = 0, Path.replace
def replace(self, target):
    global moves
    moves += 1
    if f"move {moves}" == step:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)
Path.replace = replace
finish_restore()
os.kill(os.getpid(), signal.SIGKILL)
"""


WRITING = """
import os, sys
from pathlib import Path
from app.store.archive import back_up
back_up(Path(sys.argv[1]), progress=lambda _: os._exit(9))
"""


def test_the_names_in_a_backup_that_was_killed_do_not_stay_in_a_hidden_copy(
    tmp_path: Path,
) -> None:
    filled(1)
    done = subprocess.run(
        [sys.executable, "-c", WRITING, str(tmp_path / "all")], check=False, cwd=Path.cwd()
    )
    assert done.returncode == 9
    assert list(cache_dir().glob("*/rapport.db"))
    Store.open().close()
    assert list(cache_dir().iterdir()) == []


@pytest.mark.parametrize("step", ["unpacking", "approved", "move 1", "move 2", "move 3", "done"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_kill_half_way_leaves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, empty: bool
) -> None:
    filled(2)
    before, target = told(), tmp_path / "all"
    back_up(target)
    elsewhere(monkeypatch, tmp_path)
    old = None
    if not empty:
        filled(1)
        old = told()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(target), step], check=False, cwd=Path.cwd()
    )
    assert done.returncode == -signal.SIGKILL
    finish_restore()
    if step == "unpacking":
        assert what_is_here() is None if empty else told() == old
    else:
        assert told() == before


def test_a_restore_waits_until_the_window_that_approved_it_is_closed(tmp_path: Path) -> None:
    filled(1)
    back_up(tmp_path / "all")
    code = "from app.store.archive_stage import approve; approve(); input()"
    unpack(tmp_path / "all")
    window = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, cwd=Path.cwd())
    try:
        mark = stage_folder() / "whole"
        while not (mark.exists() and mark.stat().st_size):
            assert window.poll() is None
        assert not finish_restore()
    finally:
        window.communicate(b"\n")
    assert finish_restore()
