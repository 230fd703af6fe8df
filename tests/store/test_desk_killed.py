"""A process that types at the desk is killed for real: what was acknowledged is there again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from store_cases import a_report, begun

from app.coach.desk.undo import History
from app.coach.types import Lane
from app.store.desk_draft import Draft, draft_name, drop_draft, keep_draft, read_draft
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("RAPPORT_SOAK_KILLS", "1000"))
AUTHOR = "tom"

TYPING = """
import itertools, sys
from pathlib import Path
from app.coach.desk.undo import History, new_id
from app.coach.types import Lane, Mark, MarkKind
from app.store.desk_draft import Draft, drop_draft, keep_draft, read_draft
from app.store.store import Store
path, session, author = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with Store.open(path) as store:
    files = store.files(session)
    log = store.marks(session, effective=False)
    history = History(log, author, Lane.TRAINER)
    left = read_draft(files, author, {mark.id for mark in log})
    print("left", left.text if left else "", flush=True)
    for number in itertools.count():
        draft = left or Draft(new_id(), author, float(number), "")
        left = None
        while len(draft.text) < 12:
            draft = Draft(draft.id, author, draft.t, draft.text + "abc xyz"[len(draft.text) % 7])
            keep_draft(files, draft)
            print("typed", draft.text.replace(" ", "_"), flush=True)
        mark = Mark(draft.t, Lane.TRAINER, MarkKind.NOTE, author, {"text": draft.text}, draft.id)
        store.append_marks(session, history.add(mark))
        drop_draft(files)
        print("saved", draft.id, flush=True)
        if number % 3 == 2:
            store.append_marks(session, history.undo())
            print("undone", draft.id, flush=True)
"""


def a_session(path: Path) -> str:
    with Store.open(path) as store:
        session = begun(store).id
        store.finish_session(session, duration_s=60.1, report=a_report())
    return session


def typed_until_killed(path: Path, session: str, lines: int) -> list[list[str]]:
    """Let a process type, and kill it in the middle; give what it had acknowledged by then."""
    child = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(path), session, AUTHOR],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(lines)]
    child.send_signal(signal.SIGKILL)
    said += child.stdout.read().splitlines(keepends=True)
    child.wait()
    child.stdout.close()
    return [line.decode().split() for line in said if line.endswith(b"\n")]


def check(path: Path, session: str, said: list[list[str]]) -> None:
    typed = ""
    for what, *word in said:
        typed = word[0].replace("_", " ") if what == "typed" else "" if what == "saved" else typed
    with Store.open(path) as store:
        log = store.marks(session, effective=False)
        ids = {mark.id for mark in log}
        assert {word[0] for what, *word in said if what == "saved"} <= ids
        held = {mark.id for mark in store.marks(session)}
        assert held.isdisjoint(word[0] for what, *word in said if what == "undone")
        draft = read_draft(store.files(session), AUTHOR, ids)
        if draft is not None:
            assert draft.text.startswith(typed), "a key more may have been on its way"
            assert draft.id not in held
        else:
            saved = store.marks(session, effective=False)[-1:]
            assert not typed or saved[0].data["text"].startswith(typed)
        assert History(log, AUTHOR, Lane.TRAINER).can_undo == bool(log)


@pytest.mark.parametrize("lines", [2, 9, 13, 14, 27, 41])
def test_killed_while_typing_the_line_comes_back(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "rapport.db"
    session = a_session(path)
    check(path, session, typed_until_killed(path, session, lines))
    again = typed_until_killed(path, session, 1)
    check(path, session, again)


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_killed_a_thousand_times_nothing_typed_is_lost(tmp_path: Path) -> None:
    chance = random.Random(6)
    path = tmp_path / "rapport.db"
    session = a_session(path)
    for _ in range(KILLS):
        check(path, session, typed_until_killed(path, session, chance.randrange(1, 60)))


def test_a_draft_is_its_author_s_and_ends_with_its_comment(store: Store) -> None:
    session = begun(store).id
    files = store.files(session)
    assert read_draft(files, AUTHOR) is None
    draft = Draft("id-1", AUTHOR, 1.5, "später", until=3.0, changes="id-0")
    keep_draft(files, draft)
    assert read_draft(files, AUTHOR) == draft
    assert read_draft(files, "ana") is None
    assert read_draft(files, AUTHOR, {"id-1"}) is None
    drop_draft(files)
    drop_draft(files)
    assert read_draft(files, AUTHOR) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 9}', '{"version": 1, "id": 3}'])
def test_a_broken_draft_is_left_out(store: Store, text: str) -> None:
    files = store.files(begun(store).id)
    files.write_atomic(draft_name(), text.encode())
    assert read_draft(files, AUTHOR) is None
