"""`make screenshots` photographs every page that the window has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ui.practice_pages import folder, stagehand

from app.ui.window import MainWindow
from tests.screenshots_list import SHOTS, WITHOUT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

__all__ = ["folder", "stagehand"]

ROOT: Final = Path(__file__).resolve().parents[2]


def test_every_page_has_a_picture_or_a_reason(stagehand: Stagehand, qtbot: QtBot) -> None:
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    pages = {name for flow in window.flows for name in flow.pages}
    pages |= {"home", "consent", "practise", "live", "report", "sessions"}
    assert set(window._pages) <= pages, "a page of the window's own that this test does not know"
    shown = set(SHOTS.values())
    assert (pages - shown - set(WITHOUT), shown & set(WITHOUT)) == (set(), set())
    assert all(WITHOUT.values())
    window.runner.close()


def test_every_picture_that_is_kept_is_of_the_round() -> None:
    """A picture whose page went would stay in the repository and say what is not so."""
    kept = {path.stem.rpartition("-")[0] for path in (ROOT / "assets/screenshots").glob("*.png")}
    assert kept <= set(SHOTS)


def test_the_readme_shows_every_picture_and_no_other() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    shown = {part.split(")")[0] for part in text.split("(assets/screenshots/")[1:]}
    made = {f"{name}-{theme}.png" for name in SHOTS for theme in ("light", "dark")}
    assert shown <= made
    assert {name.rpartition("-")[0] for name in shown} == set(SHOTS)
    assert all((ROOT / "assets/screenshots" / name).is_file() for name in shown)
