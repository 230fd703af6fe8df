from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from app.errors import AppError
from app.paths import asset, cache_dir, config_dir, data_dir, log_dir

if TYPE_CHECKING:
    from pathlib import Path

ALL = (data_dir, config_dir, log_dir, cache_dir)


def test_one_variable_moves_all_folders(home: Path) -> None:
    assert [folder().parent for folder in ALL] == [home] * 4
    assert len({folder() for folder in ALL}) == 4
    assert all(folder().is_dir() for folder in ALL)


def test_without_it_they_lie_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("RAPPORT_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert data_dir() == tmp_path / "XDG_DATA_HOME" / "rapport"
    assert config_dir() == tmp_path / "XDG_CONFIG_HOME" / "rapport"


def test_a_new_folder_is_for_this_person_only(home: Path) -> None:
    assert stat.S_IMODE(data_dir().stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_told(home: Path) -> None:
    home.write_text("a file in the way")
    with pytest.raises(AppError, match="cannot be made") as told:
        data_dir()
    assert "RAPPORT_HOME" in told.value.remedy


def test_assets_are_found() -> None:
    assert asset("consent", "en.toml").is_file()
