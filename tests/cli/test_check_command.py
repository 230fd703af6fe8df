"""`rapport check`: the window where there is one, else the same walk in the terminal."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import app.main
from app.cli import app as command
from app.cli.checking import check_in_terminal
from app.errors import AppError
from app.settings import Settings, save_settings, settings_file
from app.ui import no_window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.store.store import Store


def quick() -> Callable[[], float]:
    """A clock on which every look is a second after the one before."""
    seconds = itertools.count()
    return lambda: float(next(seconds))


def without_devices(person_id: str = "") -> None:
    save_settings(Settings(camera="none", microphone="none"), settings_file(person_id))


def test_with_a_display_the_window_opens_on_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    wanted: list[tuple[str, str | None]] = []

    def open_window(page: str = "home", person: str | None = None) -> int:
        wanted.append((page, person))
        return 5

    for words in (["check"], ["check", "--person", "Ana"]):
        assert CliRunner().invoke(command, words, obj=open_window).exit_code == 5
    assert wanted == [("check", None), ("check", "Ana")]


def test_the_window_says_who_is_not_there(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[AppError] = []
    monkeypatch.setattr(no_window, "show_fault", lambda error, _argv: shown.append(error))
    store.ensure_person("Ben")
    monkeypatch.setenv("DISPLAY", ":77")
    assert app.main.open_window("check", "Ana") == 1
    assert "no profile called Ana" in capsys.readouterr().err
    assert ["no profile called Ana" in error.what for error in shown] == [True]


def test_the_entrance_knows_it_without_reading_a_command_line() -> None:
    assert app.main.DIRECTLY[("check",)] == "check"
    assert app.main.DIRECTLY[()] == "home"


def test_without_a_display_it_walks_through_and_keeps_nothing(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    without_devices()
    assert check_in_terminal(None, clock=quick()) == 0
    said = capsys.readouterr().out
    order = ["Picture and sound", "Before you start", "And you?", "Seen and heard", "For today"]
    places = [said.index(title) for title in order]
    assert places == sorted(places)
    assert "There is no camera." in said
    assert "Nothing was recorded, and there is no mark." in said
    assert list(home.rglob("*.mkv*")) == []
    assert "score" not in said.lower()


def test_a_person_can_be_named_and_an_unknown_one_is_told(store: Store) -> None:
    for name in ("Ana", "Ben"):
        without_devices(store.ensure_person(name).id)
    assert check_in_terminal(" ana ", clock=quick()) == 0
    with pytest.raises(AppError, match="no profile called Cleo") as told:
        check_in_terminal("Cleo", clock=quick())
    assert "Ana, Ben" in told.value.remedy


def test_control_c_means_not_now(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    without_devices()
    times = itertools.count()

    def clock() -> float:
        if next(times) > 3:
            raise KeyboardInterrupt
        return 0.0

    assert check_in_terminal(None, clock=clock) == 0
    assert "Not now. Nothing was kept." in capsys.readouterr().out
