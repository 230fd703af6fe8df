"""What is typed after a command, where there is no terminal, and where output finds no room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_cases import begun
from typer.testing import CliRunner

from app.cli import app
from app.cli.passphrases import VARIABLE
from app.store.archive_restore import is_sealed

if TYPE_CHECKING:
    from app.store.store import Store

WORDS = "lamp river seven quiet boat"
MAIN = "import sys; sys.argv[0] = 'rapport'; from app.main import main; main()"


def run(*words: object, typed: str = "", **env: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words], input=typed, env=env)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout + result.stderr


def real(*words: str, stdout: int | None = subprocess.PIPE, **env: str) -> tuple[int, str, str]:
    """Run it as a program of its own, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *words],
        check=False, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2], env=os.environ | env, start_new_session=True,
    )  # fmt: skip
    return done.returncode, (done.stdout or b"").decode("latin-1"), done.stderr.decode()


@pytest.mark.parametrize(
    "words",
    [
        ("analyse", ""),
        ("analyse", "a.mp4", "--json", ""),
        ("practices", " "),
        ("import", "", "--person", "Ana"),
        ("import", ".", "--person", ""),
        ("backup", ""),
        ("restore", ""),
        ("export-me", ""),
        ("share", "last", "--to", "", "--out", "a.rapport"),
        ("share", "last", "--to", "Ben", "--out", ""),
        ("open", ""),
        ("withdraw", ""),
    ],
)
def test_an_empty_name_is_no_name_and_not_this_folder(words: tuple[str, ...]) -> None:
    code, told = run(*words)
    assert code == 2
    assert "It is empty" in told


@pytest.mark.parametrize("words", [("import", ".", "--person"), ("share", "last", "--to")])
def test_a_name_that_is_no_text_is_told(words: tuple[str, ...]) -> None:
    code, told = run(*words, "a\udcff")
    assert code == 2
    assert "no text" in told


@pytest.mark.parametrize("words", [("restore",), ("restore", "--replace"), ("open",)])
def test_a_file_that_is_not_there_is_told_as_that(words: tuple[str, ...], store: Store) -> None:
    begun(store)
    code, told = run(*words, "no.such.file")
    assert code == 1
    assert "There is no file no.such.file. Check its name and folder." in " ".join(told.split())


def test_a_backup_is_sealed_and_opened_without_a_terminal(tmp_path: Path, store: Store) -> None:
    begun(store, title="kept")
    store.close()
    target = tmp_path / "all"
    code, told = run("backup", target, "--passphrase-stdin", typed=f"{WORDS}\n")
    assert code == 0, told
    assert is_sealed(target)
    code, told = run("restore", target, "--replace", **{VARIABLE: "other words than these"})
    assert code == 1
    assert "do not open the backup" in told
    code, told = run("restore", target, "--replace", "--passphrase-stdin", typed=f"{WORDS}\r\n")
    assert code == 0, told


def test_without_a_terminal_one_hears_where_else_the_passphrase_may_come_from(
    tmp_path: Path,
) -> None:
    code, _, told = real("backup", str(tmp_path / "all"), "--passphrase")
    assert code == 1
    assert "There is no terminal" in told
    assert "--passphrase-stdin" in told
    assert "Warning: GetPassWarning" not in told
    assert list(tmp_path.glob("all*")) == []


def test_a_passphrase_that_is_no_text_is_told(tmp_path: Path) -> None:
    code, told = run("backup", tmp_path / "all", "--passphrase", **{VARIABLE: "a\udcff" * 9})
    assert code == 1
    assert "not text in UTF-8" in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write")
def test_output_that_finds_no_room_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, told = real("schema", stdout=full.fileno())
    assert code == 1
    assert told.startswith("The disk is full")
    assert "Traceback" not in told
    assert "Exception ignored" not in told


def test_an_encoding_without_our_signs_ends_nothing() -> None:
    code, said, told = real("models", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert code == 0, told
    assert "pocketsphinx" in said


def test_json_keeps_letters_that_the_output_lacks(tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text(
        "Staff: I am sorry that we booked your room twice, Zo\u00eb.\n", encoding="utf-8"
    )
    words = ("practices", str(talk), "--json", "-")
    code, said, told = real(*words, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert code == 0, told
    assert any("Zo\u00eb" in one["words"] for one in json.loads(said))
