"""What is another thing on Windows and macOS, shown here by what stands in for those systems."""

from __future__ import annotations

import ctypes
import io
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import platformdirs
import pytest
from platformdirs import macos, windows

from app import windows as ours
from app.errors import AppError
from app.paths import cache_dir, config_dir, data_dir, log_dir
from app.store import files as files_module
from app.store.archive_stage import stage_folder
from app.store.files import SessionFiles
from app.windows import TRIES, find_runtime, name_in_taskbar, speak_utf8, take_place

FOLDERS = (data_dir, config_dir, log_dir, cache_dir)


@pytest.fixture(params=["win32", "darwin"])
def usual_folders(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Let the folders lie where platformdirs puts them on the other system."""
    monkeypatch.delenv("RAPPORT_HOME")
    monkeypatch.setattr(sys, "platform", request.param)
    monkeypatch.setenv("HOME", str(tmp_path))
    if request.param == "darwin":
        monkeypatch.setattr(platformdirs, "PlatformDirs", macos.MacOS)
        return
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    # What platformdirs itself falls back to where the registry cannot be asked.
    monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)
    monkeypatch.setattr(platformdirs, "PlatformDirs", windows.Windows)


@pytest.mark.usefixtures("usual_folders")
def test_no_folder_lies_in_another_one(tmp_path: Path) -> None:
    made = [folder() for folder in FOLDERS]
    assert all(one.is_relative_to(tmp_path) and one.is_dir() for one in made)
    for one in made:
        assert [other for other in made if other.is_relative_to(one)] == [one]
    # A restore takes the place of the data folder: nothing that is open may be in it.
    assert not any(stage_folder().is_relative_to(one) for one in made)


def test_windows_finds_the_runtime_that_comes_with_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[str] = []
    monkeypatch.setattr(os, "add_dll_directory", added.append, raising=False)
    find_runtime()
    assert added == [], "only Windows looks for libraries so"
    monkeypatch.setattr(sys, "platform", "win32")
    find_runtime()
    assert [Path(folder).name for folder in added] == ["shiboken6"]
    assert Path(added[0]).is_dir()


def test_the_window_is_no_python_in_the_taskbar(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[str] = []
    shell = SimpleNamespace(SetCurrentProcessExplicitAppUserModelID=named.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    name_in_taskbar("Rapport")
    assert named == [], "only Windows groups windows so"
    monkeypatch.setattr(sys, "platform", "win32")
    name_in_taskbar("Rapport")
    assert named == ["Rapport"]


class Console(io.TextIOWrapper):
    """Standard output as Windows gives it: its code page in files, UTF-8 in a console."""

    def __init__(self, *, console: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8" if console else "cp1252")
        self.console = console

    def isatty(self) -> bool:
        return self.console


def test_a_name_from_poland_goes_into_a_file_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    before = Console(console=False)
    with pytest.raises(UnicodeEncodeError):
        before.write("Michał")
    monkeypatch.setattr(sys, "platform", "win32")
    out = Console(console=False)
    speak_utf8(out)
    out.write("Michał")
    out.flush()
    assert out.buffer.getvalue() == "Michał".encode()  # type: ignore[attr-defined]
    speak_utf8(None)  # a program without a console has no standard output


def test_an_encoding_that_was_asked_for_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    out = Console(console=False)
    speak_utf8(out)
    assert out.encoding == "cp1252"


@pytest.mark.parametrize(("winerror", "said"), [(5, "whatever has it"), (32, "in use by another")])
def test_a_file_that_somebody_has_open_is_named_as_that(
    winerror: int, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Windows neither replaces nor deletes it, and Python calls that a missing right."""

    def held(path: Path, target: Path) -> Path:
        error = PermissionError(13, "refused", str(target))
        error.winerror = winerror  # type: ignore[attr-defined]
        raise error

    files = SessionFiles(tmp_path / "session")
    files.write_atomic("report.json", b"as it was")
    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(ours, "LET_GO_S", 0.0)
    with pytest.raises(AppError, match=said) as told:
        files.write_atomic("report.json", b"as it would be")
    assert "Close" in told.value.remedy
    assert files.read("report.json") == b"as it was"
    assert files.names() == ["report.json"]


@pytest.mark.parametrize("holds", [3, TRIES])
def test_what_was_just_written_takes_its_place_once_a_virus_scanner_has_let_go(
    holds: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real, tries = Path.replace, []

    def scanned(path: Path, target: Path) -> Path:
        tries.append(path)
        if len(tries) <= holds:
            error = PermissionError(13, "refused", str(target))
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        return real(path, target)

    part, target = tmp_path / "settings.toml.part", tmp_path / "settings.toml"
    part.write_text("new")
    target.write_text("old")
    monkeypatch.setattr(Path, "replace", scanned)
    monkeypatch.setattr(ours, "LET_GO_S", 0.0)
    if holds < TRIES:
        take_place(part, target)
    else:
        with pytest.raises(PermissionError):
            take_place(part, target)
    assert len(tries) == min(holds + 1, TRIES)
    assert target.read_text() == ("old" if holds == TRIES else "new")


def test_a_missing_right_elsewhere_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tries: list[Path] = []

    def refused(path: Path, target: Path) -> Path:
        tries.append(path)
        raise PermissionError(13, "refused", str(target))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PermissionError):
        take_place(tmp_path / "a", tmp_path / "b")
    assert len(tries) == 1


@pytest.mark.parametrize("holds", [3, TRIES])
def test_a_recording_is_deleted_once_its_player_has_let_go(
    holds: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = SessionFiles(tmp_path / "session")
    files.write_atomic("recording.mkv", b"film")
    real, tries = shutil.rmtree, []

    def rmtree(folder: Path) -> None:
        tries.append(folder)
        if len(tries) <= holds:
            error = PermissionError(13, "in use", str(folder))
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        real(folder)

    monkeypatch.setattr(files_module, "LET_GO_S", 0.0)
    monkeypatch.setattr(shutil, "rmtree", rmtree)
    if holds < TRIES:
        files.delete()
    else:
        with pytest.raises(AppError, match="in use by another program"):
            files.delete()
    assert len(tries) == min(holds + 1, TRIES)
    assert files.folder.exists() is (holds == TRIES)
