"""Where the log cannot be written, the program says so once and goes on."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.session.logs import CRASHES, NAME, _SharedLog, stderr_to_log

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def rapport(*words: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.argv = {['rapport', *words]!r}\nfrom app.main import main\nmain()"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )


@pytest.mark.parametrize("words", [("--help",), ("schema",), ("analyse", "--help")])
def test_what_asks_about_the_program_needs_no_folder(home: Path, words: tuple[str, ...]) -> None:
    home.write_text("a file in the way")
    done = rapport(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_what_asks_about_the_program_leaves_nothing(home: Path) -> None:
    assert rapport("--version").returncode == 0
    assert not home.exists()


def test_without_a_folder_the_rest_says_so_in_one_line_and_goes_on(home: Path) -> None:
    home.write_text("a file in the way")
    done = rapport("analyse", "gone.mp4")
    assert done.returncode == 1
    no_log, *rest = done.stderr.splitlines()
    assert no_log.startswith("There is no log. The folder")
    assert "RAPPORT_HOME" in no_log
    assert "gone.mp4" in " ".join(rest)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", [CRASHES, NAME])
def test_a_log_that_cannot_be_written_is_no_traceback(home: Path, name: str) -> None:
    (home / "log" / name).mkdir(parents=True)
    done = rapport("analyse", "gone.mp4")
    assert done.returncode == 1
    assert done.stderr.startswith(f"There is no log. Nothing can be written in {home / 'log'}")
    assert "Traceback" not in done.stderr


@pytest.fixture
def kept_stderr() -> Iterator[None]:
    kept = os.dup(2)
    yield
    os.dup2(kept, 2)
    os.close(kept)


@pytest.mark.usefixtures("kept_stderr")
def test_what_libraries_say_goes_nowhere_where_there_is_no_log(home: Path) -> None:
    home.write_text("a file in the way")
    stderr_to_log()
    assert os.path.samestat(os.fstat(2), Path(os.devnull).stat())


def test_a_log_that_another_process_holds_open_is_written_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(source: str, dest: str) -> None:
        raise PermissionError(13, "used by another process", source)

    path = tmp_path / NAME
    log = _SharedLog(path, maxBytes=60, backupCount=2, encoding="utf-8")
    line = logging.LogRecord("a", logging.INFO, "", 1, "x" * 40, None, None)
    faults: list[logging.LogRecord] = []
    monkeypatch.setattr(log, "handleError", faults.append)
    log.emit(line)
    with monkeypatch.context() as windows:
        windows.setattr(os, "rename", held)
        log.emit(line)
    assert path.read_text().count("\n") == 2
    log.emit(line)
    log.close()
    assert faults == []
    assert [one.read_text().count("\n") for one in (path, tmp_path / f"{NAME}.1")] == [1, 2]
