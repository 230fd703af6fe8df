"""What goes wrong on real machines: each told in the right words, nothing lost, nothing leaked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from pace import cpu_s, slowness
from sqlalchemy import insert
from store_cases import a_report, begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.session.upkeep import Upkeep
from app.store.readings import read_readings
from app.store.tables import MarkRow, SessionRow
from app.store.types import DeletionReason

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store

MOUNTED = 'mount -t tmpfs -o size={size} tmpfs {disk} && exec {python} -c "$CODE" {disk}'
"""A disk of its own, which goes with the process that sees it."""

FULL = """
import json, os, sys
from pathlib import Path
from store_cases import a_report, begun, stream
from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.session.upkeep import Upkeep
from app.store.about_me import export_about_me
from app.store.readings import ReadingsWriter
from app.store.store import Store

disk = Path(sys.argv[1])
note = Mark(1.0, Lane.SELF, MarkKind.NOTE, "a", {"text": "kept"})
told = {}

def attempt(name, action):
    try:
        action()
        told[name] = "done"
    except AppError as error:
        told[name] = f"{error.what} {error.remedy}"

def readings():
    with ReadingsWriter(store.files(other.id), {}) as writer:
        for one in stream(30.0):
            writer.write(one)

def fill():
    with (disk / "ballast").open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass

store = Store.open(disk / "rapport.db")
done, other = begun(store), begun(store)
store.files(done.id).write_atomic("recording.mkv", bytes(3000))
store.append_marks(done.id, [note])
store.finish_session(done.id, duration_s=1.0, report=a_report())
fill()
big = Mark(2.0, Lane.SELF, MarkKind.NOTE, "a", {"text": "x" * 200_000})
attempt("mark", lambda: store.append_marks(done.id, [big]))
attempt("begin", lambda: begun(store, title="y" * 200_000))
attempt("report", lambda: store.files(done.id).write_report(a_report()))
attempt("readings", readings)
attempt("export", lambda: export_about_me(store, store.ensure_person("Ana").id, disk / "me.zip"))
attempt("retention", lambda: Upkeep(store).ask())
told["left"] = sorted(path.name for path in disk.rglob("*.part")) + [
    path.name for path in disk.glob("me*")
]
store.close()
attempt("open", lambda: Store.open(disk / "rapport.db").close())
(disk / "ballast").unlink()
with Store.open(disk / "rapport.db") as store:
    told["notes"] = [mark.data["text"] for mark in store.marks(done.id)]
    told["titles"] = [record.title for record in store.sessions()]
    told["report"] = told["report"], store.report(done.id) == a_report()
    told["film"] = len(store.files(done.id).read("recording.mkv"))
    attempt("again", lambda: store.append_marks(done.id, [big]))
print(json.dumps(told))
"""


def on_a_small_disk(code: str, disk: Path, size: str) -> dict[str, object]:
    """Run a program that sees a disk of this size; skips where nobody may make one."""
    disk.mkdir()
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if shutil.which("unshare") is None or sys.platform != "linux":
        pytest.skip("no disk of one's own can be made on this system")
    space = ["unshare", "-m"] if root else ["unshare", "-rm"]
    tried = subprocess.run(
        [*space, "mount", "-t", "tmpfs", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if tried.returncode != 0:
        pytest.skip(f"this user may not make a disk: {tried.stderr.decode().strip()}")
    line = MOUNTED.format(size=size, disk=disk, python=sys.executable)
    child = subprocess.run(
        [*space, "sh", "-c", line],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "CODE": code},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert child.returncode == 0, child.stderr.decode()
    told: dict[str, object] = json.loads(child.stdout)
    return told


def test_a_full_disk_is_told_whatever_is_written_and_loses_nothing(tmp_path: Path) -> None:
    told = on_a_small_disk(FULL, tmp_path / "disk", "2m")
    for name in ("mark", "begin", "readings", "export"):
        assert "disk is full" in str(told[name]), (name, told[name])
        assert "Free some space" in str(told[name]), name
    assert told["retention"] == "done", "the program goes on without it"
    assert told["notes"] == ["kept"]
    assert told["titles"] == ["Late check-out", "Late check-out"]
    words, same = told["report"]  # type: ignore[misc]
    assert "disk is full" in words
    assert same, "the report that was there is whole"
    assert told["film"] == 3000
    assert told["left"] == [], "no half file stays"
    assert told["again"] == "done"


def test_a_limit_on_the_size_of_files_is_told_as_a_full_disk(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from app.errors import AppError\n"
        "from app.store.files import SessionFiles\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "files = SessionFiles(Path(sys.argv[1]))\n"
        "files.write_atomic('report.json', b'before')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    files.write_atomic('report.json', bytes(5000))\n"
        "except AppError as error:\n"
        "    print(error.what)\n"
        "print(files.read('report.json'), files.names())\n"
    )
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    child = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "one")],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    first, second = child.stdout.splitlines()
    assert "disk is full" in first
    assert second == "b'before' ['report.json']"


def test_a_folder_deleted_by_hand_costs_what_was_in_it_and_nothing_else(store: Store) -> None:
    gone, other = begun(store), begun(store, title="Another")
    note = Mark(1.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "still said"})
    for record in (gone, other):
        store.append_marks(record.id, [note])
        store.files(record.id).write_atomic("recording.mkv", b"film")
        store.finish_session(record.id, duration_s=60.1, report=a_report())
    shutil.rmtree(store.files(gone.id).folder)

    assert {one.id for one in store.sessions()} == {gone.id, other.id}
    assert [mark.data["text"] for mark in store.marks(gone.id)] == ["still said"]
    assert len(store.events(gone.id)) == len(a_report().events)
    assert store.report(gone.id) is None
    files = store.files(gone.id)
    assert files.read_baseline() is None
    with pytest.raises(AppError, match="recording of this session is missing"):
        files.recording_or_tell()
    with pytest.raises(AppError, match="curves of this session are missing"):
        list(read_readings(files))
    with pytest.raises(AppError) as told:
        files.write_atomic("practices.json", b"{}")
    assert "not there any more" in told.value.what
    assert "deleted by hand" in told.value.remedy
    store.append_marks(gone.id, [note])
    receipt = store.delete_session(gone.id)
    assert (receipt.files, receipt.marks) == (0, 2)
    assert store.files(other.id).read("recording.mkv") == b"film"


def test_a_folder_deleted_while_the_session_runs_does_not_cost_its_report(store: Store) -> None:
    running = begun(store)
    shutil.rmtree(store.files(running.id).folder)
    store.finish_session(running.id, duration_s=60.1, report=a_report())
    assert store.report(running.id) == a_report()


RETIRE = """
import sys
from pathlib import Path
from app.store.store import Store
from app.session.upkeep import Upkeep
import datetime as dt
later = dt.datetime.now(dt.UTC) + dt.timedelta(days=40)
print("ready", flush=True)
sys.stdin.readline()
with Store.open(Path(sys.argv[1]), now=lambda: later) as store:
    Upkeep(store, now=lambda: later).ask()
    print(len(store.sessions()), flush=True)
"""


def test_two_programs_started_at_once_share_the_deleting(store: Store) -> None:
    sessions = []
    for _ in range(30):
        record = begun(store)
        store.files(record.id).write_atomic("recording.mkv", bytes(1000))
        store.finish_session(record.id, duration_s=60.1, report=a_report())
        sessions.append(record.id)
    young = begun(store, name="Ben", days=365)
    with ExitStack() as stack:
        both = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", RETIRE, str(store.path)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                )
            )
            for _ in range(2)
        ]
        for child in both:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"ready"
        for child in both:
            assert child.stdin is not None
            child.stdin.write(b"\n")
            child.stdin.flush()
        for child in both:
            out, err = child.communicate(timeout=120)
            assert (child.returncode, out.strip()) == (0, b"1"), err.decode()
    receipts = store.receipts()
    assert sorted(one.session_id for one in receipts) == sorted(sessions), "one receipt each"
    assert {one.reason for one in receipts} == {DeletionReason.RETENTION}
    assert [one.id for one in store.sessions()] == [young.id]
    left = [path.name for path in (store.path.parent / "sessions").iterdir()]
    assert left == [young.id]


def many(store: Store, name: str, count: int) -> str:
    """Enter a profile with many sessions, each with notes and ticks; gives the person's id."""
    first = begun(store, name=name)
    with store._access.write() as db:
        row = db.get_one(SessionRow, first.id)
        base = {one.key: getattr(row, one.key) for one in SessionRow.__table__.columns}
        found = {"findings": '["loud"]', "practices": '{"P01": [1, 0], "P20": [0, 1]}'}
        ids = [f"{name}-{number}" for number in range(count)]
        db.execute(
            insert(SessionRow),
            [
                base | found | {"id": one, "status": "finished", "title": f"Talk {one}"}
                for one in ids
            ],
        )
        mark = {
            "author": name, "lane": "self", "t": 1.0, "revises": "", "tombstone": False,
            "created_at": row.started_at,
        }  # fmt: skip
        text = json.dumps({"text": f"{name} and the blue suitcase"})
        kinds = ["note", "note", *["tick"] * 18]
        db.execute(
            insert(MarkRow),
            [
                mark | {"id": f"{one}-{at}", "session_id": one, "kind": kind, "data": text}
                for one in ids
                for at, kind in enumerate(kinds)
            ],
        )
    assert first.person_id is not None
    return first.person_id


def test_two_thousand_sessions_are_listed_and_searched_at_once(store: Store) -> None:
    ana, ben = many(store, "Ana", 2000), many(store, "Ben", 2000)
    assert len(store.sessions(person_id=ana)) == 2001
    found = store.sessions("suitcase ben-77", person_id=ben)
    assert {one.title for one in found} >= {"Talk Ben-77", "Talk Ben-770"}
    assert store.sessions("ben", person_id=ana) == [], "not in another's notes and titles"
    assert store.sessions("ana blue", person_id=ben) == []
    listing = cpu_s(lambda: store.sessions(person_id=ana))
    search = cpu_s(lambda: store.sessions("no such words", person_id=ana))
    told = f"{listing * 1e3:.0f} + {search * 1e3:.0f} ms"
    assert listing + search < 0.4 * slowness(), told


def test_a_profile_with_many_sessions_can_be_removed(store: Store) -> None:
    ana, ben = many(store, "Ana", 300), many(store, "Ben", 3)
    receipts = store.remove_person(ana)
    assert len(receipts) == 301
    assert {one.person_id for one in receipts} == {ana}
    assert len(store.sessions()) == 4
    assert {one.person_id for one in store.sessions()} == {ben}
    assert Upkeep(store).ask() == []
