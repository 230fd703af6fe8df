from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from store_cases import begun
from waiting import LONG_S

from app.coach.types import Lane, Mark, MarkKind
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

APPEND = """
import sys
from pathlib import Path
from app.coach.types import Lane, Mark, MarkKind
from app.store.store import Store
path, author, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Store.open(path) as store:
    session = store.sessions()[0].id
    for number in range(count):
        mark = Mark(number, Lane.SELF, MarkKind.NOTE, author, {"text": str(number)})
        store.append_marks(session, [mark])
"""

MIGRATE = """
import sys
from pathlib import Path
from app.store.store import Store
print("ready", flush=True)
sys.stdin.readline()
with Store.open(Path(sys.argv[1])) as store:
    store.ensure_person(sys.argv[2])
"""

RUN = """
import sys
from pathlib import Path
from store_cases import begun
from app.store.store import Store
from app.coach.types import Lane, Mark, MarkKind
store = Store.open(Path(sys.argv[1]))
record = begun(store)
store.append_marks(record.id, [Mark(1.0, Lane.SELF, MarkKind.NOTE, "a", {"text": "said"})])
print(record.id, flush=True)
sys.stdin.readline()
"""


def start(script: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def line(child: subprocess.Popen[bytes]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().decode().strip()


def go_on(child: subprocess.Popen[bytes]) -> None:
    child.communicate(b"\n", timeout=LONG_S)
    assert child.returncode == 0


def test_two_programs_append_to_one_log_and_none_of_it_is_lost(store: Store) -> None:
    session = begun(store).id
    both = [start(APPEND, store.path, author, 60) for author in ("left", "right")]
    for child in both:
        go_on(child)
    log = store.marks(session, effective=False)
    for author in ("left", "right"):
        assert [mark.t for mark in log if mark.author == author] == list(range(60))


def test_two_programs_may_make_the_database_at_once(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    both = [start(MIGRATE, path, name) for name in ("Ana", "Ben")]
    for child in both:
        assert line(child) == "ready"
    for child in both:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.flush()
    for child in both:
        go_on(child)
    with Store.open(path) as store:
        assert [person.name for person in store.persons()] == ["Ana", "Ben"]


def test_a_session_that_another_program_runs_is_not_unfinished(store: Store) -> None:
    child = start(RUN, store.path)
    session = line(child)
    assert [record.id for record in store.sessions()] == [session]
    assert store.unfinished() == []
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=LONG_S)
    assert [record.id for record in store.unfinished()] == [session]
    assert [mark.data["text"] for mark in store.marks(session)] == ["said"]
    assert store.files(session).folder.is_dir()


def test_the_own_running_session_is_unfinished_until_it_ends(store: Store) -> None:
    record = begun(store)
    assert store.unfinished() == [record]
    store.finish_session(record.id, duration_s=1.0)
    assert store.unfinished() == []


def test_threads_share_one_store(store: Store) -> None:
    session = begun(store).id
    start_together = threading.Barrier(4)
    faults: list[Exception] = []

    def work(author: str) -> None:
        start_together.wait(LONG_S)
        try:
            for number in range(25):
                mark = Mark(number, Lane.SELF, MarkKind.TICK, author, {"item": str(number)})
                store.append_marks(session, [mark])
                store.sessions()
        except Exception as error:  # noqa: BLE001 -- carried to the test
            faults.append(error)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_S)
    assert faults == []
    assert len(store.marks(session)) == 100
