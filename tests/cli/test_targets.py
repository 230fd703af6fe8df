"""Results never take the place of somebody else's file, and that is known before the work."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.cli.targets import are_findings, is_analysis, is_own_normal, is_page, make_ready
from app.errors import AppError
from app.store.store import Store


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(b"my only picture of it")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("analyse", "gone.mp4", "--html"),
        ("analyse", "gone.mp4", "--json"),
        ("analyse", "gone.mp4", "--save-baseline"),
        ("practices", "gone.txt", "--json"),
        ("backup",),
        ("export-me",),
        ("share", "last", "--to", "Ben", "--out"),
    ],
)
def test_no_command_replaces_a_file_unasked(photo: Path, words: tuple[str, ...]) -> None:
    with Store.open() as store:
        store.ensure_person("Ana")
    before = photo.read_bytes()
    code, said = run(*words, photo)
    assert code == 1
    assert f"There is a file {photo} already." in said
    assert "--force" in said
    assert photo.read_bytes() == before


def test_with_force_it_is_replaced(photo: Path) -> None:
    with Store.open() as store:
        store.ensure_person("Ana")
    code, said = run("backup", photo, "--force")
    assert code == 0, said
    assert "1 profile, 0 sessions, 0 clips" in said
    assert b"my only" not in photo.read_bytes()


def test_a_share_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "ana.rapport"
    share.write_bytes(b"sealed")
    monkeypatch.setattr("app.store.handover.opening.asks_passphrase", lambda path: path == share)
    with pytest.raises(AppError, match="handed over"):
        make_ready(share, force=True, ours=lambda _path: True)


@pytest.mark.parametrize("where", ["/proc/x.json", "/proc/new/x.json", "file/x.json"])
def test_what_cannot_be_written_is_known_before_the_work(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / where
    code, said = run("analyse", "gone.mp4", "--json", path)
    assert code == 1
    assert f"{path} could not be written: " in said
    assert "gone.mp4" not in said, "the work has not begun"


def test_a_transcript_that_is_not_there_or_a_folder_is_said_plainly(tmp_path: Path) -> None:
    for path, what in ((tmp_path / "gone.txt", "There is no file"), (tmp_path, "is a folder")):
        code, said = run("practices", path)
        assert code == 1
        assert what in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes on this system")
@pytest.mark.parametrize(
    "words",
    [
        ("analyse", "gone.mp4", "--baseline"),
        ("practices",),
        ("restore",),
        ("open",),
        ("import",),
    ],
)
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Store.open() as store:
        store.record_consent(store.ensure_person("Ana").id, "1", "own training", 30, "me")
    os.mkfifo(tmp_path / "pipe")
    replace = ("--replace",) if words == ("restore",) else ()
    code, said = run(*words, tmp_path / "pipe", *replace)
    assert code in {1, 2}
    assert "is not a file" in said or "not a file that Rapport made" in said


def test_a_device_and_a_folder_are_no_files(tmp_path: Path) -> None:
    for path, what in ((Path("/dev/null"), "is not a file"), (tmp_path, "is a folder")):
        with pytest.raises(AppError, match=what):
            make_ready(path, force=True)


def test_earlier_results_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    path = tmp_path / "x"
    results = {
        is_analysis: json.dumps({"rapport_version": "1", "duration_s": 1.0, "events": []}),
        is_own_normal: json.dumps({"origin": "first_pass", "vision": None, "voice": None}),
        are_findings: json.dumps([{"practice": "a", "turn": 1, "polarity": "done"}]),
        is_page: "<!doctype html><title>talk.mp4 – Rapport</title>",
    }
    for text in (*results.values(), "[1]", "{}", "not one", "<title>Rapport</title>"):
        path.write_text(text, "utf-8")
        assert [known for known, own in results.items() if own == text] == [
            known for known in results if known(path)
        ]
