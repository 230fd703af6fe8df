"""Work that only one may be at: held by a thread or program that lives, and by no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from sqlalchemy import select
from store_cases import begun

from app.store.claims import MEASURES, WORDS
from app.store.store import Store
from app.store.tables import FactRow

if TYPE_CHECKING:
    from pathlib import Path

KILLED = """
import os, sys
from pathlib import Path
from app.store.store import Store
Store.open(Path(sys.argv[1])).claims.take(sys.argv[2], "words")
os.kill(os.getpid(), 9)
"""


def test_one_at_a_time_on_each_session_and_each_work(store: Store) -> None:
    one, other = begun(store).id, begun(store).id
    assert store.claims.take(one, WORDS)
    assert not store.claims.take(one, WORDS)
    assert store.claims.take(other, WORDS)
    assert store.claims.take(one, MEASURES)
    store.claims.give_back(one, WORDS)
    assert store.claims.take(one, WORDS)


def test_another_program_sees_it_and_one_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "rapport.db") as store, Store.open(store.path) as other:
        session = begun(store).id
        child = subprocess.run(
            [sys.executable, "-c", KILLED, str(store.path), session],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )
        assert child.returncode == -signal.SIGKILL
        assert other.claims.take(session, WORDS)
        assert not store.claims.take(session, WORDS)


def test_nothing_of_it_stays_behind_a_deleted_session(store: Store) -> None:
    session = begun(store).id
    store.finish_session(session, duration_s=1.0)
    assert store.claims.take(session, WORDS)
    store.delete_session(session)
    with store.access.read() as db:
        assert [key for key in db.scalars(select(FactRow.key)) if session in key] == []
