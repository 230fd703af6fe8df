"""Importing while things are killed: the child, and the whole program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from session.import_cases import ana, make_film, plan_of
from waiting import until

from app.session.importing import ImportQueue
from app.session.importing_files import add_videos
from app.store.imports import ImportState
from app.store.store import Store
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from app.store.types import Person

__all__ = ["ana"]

IMPORT = """
import sys
from pathlib import Path
from app.session.importing import ImportQueue
from app.session.importing_files import add_videos
from app.session.importing_work import ImportPlan
from app.store.store import Store
from app.store.types import KeepPolicy
if __name__ == "__main__":
    store = Store.open()
    add_videos(store, sys.argv[1], [Path(sys.argv[2])], KeepPolicy.PICTURE_AND_SOUND)
    queue = ImportQueue(store, lambda item: ImportPlan(item.keep))
    def began(pid):
        print(pid, flush=True)
        sys.stdin.read()
    queue._on_began = began
    queue.work_off()
"""


class FirstKilled(ImportQueue):
    """Somebody kills the first child as soon as it has begun."""

    begun = 0

    def _on_began(self, pid: int) -> None:
        super()._on_began(pid)
        self.begun += 1
        if self.begun == 1:
            psutil.Process(pid).kill()


def test_a_child_that_is_killed_costs_its_video_only(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    for name in ("1 killed", "2 good"):
        make_film(tmp_path / "films" / f"{name}.mkv", 2.0)
    add_videos(store, ana.id, [tmp_path / "films"], KeepPolicy.REPORT_ONLY)
    queue = FirstKilled(store, plan_of)
    queue.start()
    until(lambda: store.imports.listed(ana.id)[0].state is ImportState.FAILED)
    until(lambda: store.imports.listed(ana.id)[1].state is ImportState.DONE)
    queue.stop()
    failed = store.imports.listed(ana.id)[0]
    assert "broke off" in failed.what
    assert "leave this file out" in failed.remedy
    assert [one.title for one in store.sessions()] == ["2 good"]


def test_a_program_that_is_killed_goes_on_with_its_videos_at_the_next_start(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    film = make_film(tmp_path / "talk.mkv", 2.0)
    script = tmp_path / "importing.py"
    script.write_text(IMPORT, "utf-8")
    program = subprocess.Popen(
        [sys.executable, str(script), ana.id, str(film)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(Path.cwd())}, cwd=Path.cwd(),
    )  # fmt: skip
    assert program.stdout is not None
    child = int(program.stdout.readline())
    program.kill()
    assert program.wait() == -signal.SIGKILL
    until(lambda: not psutil.pid_exists(child) or _is_over(child))
    program.communicate()
    assert store.imports.listed(ana.id)[0].state is ImportState.RUNNING
    with Store.open(store.path) as again:
        assert again.imports.listed(ana.id)[0].state is ImportState.WAITING
        assert again.unfinished() == []
        ImportQueue(again, plan_of).work_off()
        assert [one.title for one in again.sessions()] == ["talk"]


def _is_over(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
