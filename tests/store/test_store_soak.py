from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from store_cases import stream

from app.store.readings import read_readings
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("RAPPORT_SOAK_KILLS", "1000"))

LIVE = """
import sys
from pathlib import Path
from store_cases import a_report, begun, stream
from app.coach.types import CueEvent, Lane, Mark, MarkKind
from app.store.readings import ReadingsWriter
from app.store.store import Store
with Store.open(Path(sys.argv[1])) as store:
    print("open", flush=True)
    while True:
        record = begun(store)
        with ReadingsWriter(store.files(record.id), {}) as writer:
            for number, reading in enumerate(stream(12.0)):
                writer.write(reading)
                if number % 30 == 0:
                    mark = Mark(number, Lane.SELF, MarkKind.NOTE, "a", {"text": str(number)})
                    store.append_marks(record.id, [mark])
                    print(record.id, number, reading.t, flush=True)
        store.finish_session(record.id, duration_s=12.0, report=a_report())
        if len(store.sessions()) > 5:
            store.delete_session(store.sessions()[-1].id)
"""


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_killed_at_any_moment_nothing_that_was_said_is_lost(tmp_path: Path) -> None:
    chance = random.Random(11)
    path = tmp_path / "rapport.db"
    wanted = [reading.t for reading in stream(12.0)]
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", LIVE, str(path)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert child.stdout is not None
        said = [child.stdout.readline().decode().split() for _ in range(chance.randrange(1, 60))]
        child.send_signal(signal.SIGKILL)
        said += [line.split() for line in child.stdout.read().decode().splitlines()]
        child.wait()
        child.stdout.close()
        with Store.open(path) as store:
            there = {record.id for record in store.sessions()}
            assert len(said[-1]) != 3 or said[-1][0] in there, "only the oldest are deleted"
            for words in said:
                if len(words) != 3 or words[0] not in there:
                    continue
                session, number, t = words
                marks = {mark.data["text"] for mark in store.marks(session)}
                assert number in marks
                kept = [reading.t for reading in read_readings(store.files(session))]
                assert kept == wanted[: len(kept)]
                assert kept[-1:] >= [float(t) - 2.0] or float(t) <= 2.0
            for record in store.unfinished():
                store.finish_session(record.id, duration_s=1.0)
