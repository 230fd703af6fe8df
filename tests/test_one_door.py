"""The folder of a session has one door, so that encryption at rest can be put behind it.

By reading the program: nobody but app.store makes a SessionFiles or asks one for its folder, names
a file of it, or does to a path from it what SessionFiles does. And by running it: whatever Python
opens in a session's folder, app/store/files.py opens.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from live_cases import plan, run_for, session

from app.coach.take_facts import TakeFacts
from app.session.recover import replay_saved
from app.store.about_me import export_about_me
from app.store.takes import add_take, read_takes
from app.store.words import NO_ENGINE, SavedWords, read_words, write_words

if TYPE_CHECKING:
    from app.store.store import Store

ROOT = Path(__file__).parents[1]
OUTSIDE = [
    path
    for path in sorted((ROOT / "app").rglob("*.py"))
    if not path.relative_to(ROOT).as_posix().startswith("app/store/")
]
FILES = re.compile(r"(^|\.)_?(session_)?files(\(.*\))?$", re.DOTALL)
"""What a SessionFiles is called."""
NAMES = {"recording.mkv", "readings.rrd", "words.json", "practices.json", "takes.json"}
PATHS = re.compile(r"\.(recording|recording_part|source\(.*\)|sink\(.*\)|recording_or_tell\(\))$")
TOUCHES = {
    "open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "rename", "replace",
    "touch", "symlink_to", "hardlink_to", "chmod",
}  # fmt: skip
"""What a player or PyAV does not need: they open the path, and that is all."""
RENAMES = ROOT / "app" / "windows.py"
"""It gives a file its name for whoever calls it: that one counts."""


def offences(source: str) -> list[str]:
    """Tell where a module goes round the door."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            value = ast.unparse(node.value)
            if node.attr == "folder" and FILES.search(value):
                found.append(f"{node.lineno}: {value}.folder")
            if node.attr in TOUCHES and PATHS.search(value):
                found.append(f"{node.lineno}: {value}.{node.attr}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "SessionFiles":
            found.append(f"{node.lineno}: makes a SessionFiles")
        elif isinstance(node, ast.Constant) and node.value in NAMES:
            found.append(f"{node.lineno}: {node.value}")
    return found


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_goes_round_the_door(path: Path) -> None:
    assert offences(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "x = store.files(record.id).folder / 'a'",
        "self._files.folder.iterdir()",
        "files.recording.read_bytes()",
        "store.files(one).source('take-1.wav').open('rb')",
        "SessionFiles(Path('x'))",
        "folder / 'readings.rrd'",
        "files.sink().replace(files.recording)",
    ],
)
def test_the_reader_of_the_program_sees_it(line: str) -> None:
    assert len(offences(line)) == 1


class Opened:
    """Who opens what in the folders of sessions, while it is on."""

    def __init__(self) -> None:
        self.by: set[str] = set()
        self.names: set[str] = set()
        self.on = False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take an audit event of Python."""
        if not self.on or event not in {"open", "os.rename", "os.remove"}:
            return
        path = str(arguments[0])
        if "/sessions/" not in path.replace("\\", "/"):
            return
        frame = sys._getframe(1)
        while frame is not None:
            name = Path(frame.f_code.co_filename)
            if ROOT / "app" in name.parents and name != RENAMES:
                self.by.add(name.relative_to(ROOT).as_posix())
                self.names.add(Path(path).name)
                return
            frame = frame.f_back  # type: ignore[assignment]


def test_what_opens_a_file_of_a_session_is_the_door(store: Store, tmp_path: Path) -> None:
    opened = Opened()
    sys.addaudithook(opened)
    opened.on = True
    try:
        session_id = run_for(session(store, plan()), 1.0)
        assert session_id is not None
        files = store.files(session_id)
        write_words(files, SavedWords((), NO_ENGINE, False))
        add_take(files, "loud-1000", TakeFacts("sorry", 1.0, None, None, None), b"RIFF")
        assert read_words(files) is not None
        assert len(read_takes(files)) == 1
        record = store.session(session_id)
        assert replay_saved(store, record) is not None
        export_about_me(store, record.person_id or "", tmp_path / "me.zip")
        store.delete_session(session_id)
    finally:
        opened.on = False
    assert {"readings.rrd", "report.json", "words.json", "take-1.wav"} <= {
        re.sub(r"(\.[0-9a-f]{8})?\.part$", "", name) for name in opened.names
    }
    assert opened.by == {"app/store/files.py"}
