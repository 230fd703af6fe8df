"""Form -> file -> form gives the same, for everything that ships."""

from __future__ import annotations

import copy
import tomllib
from typing import TYPE_CHECKING

import pytest
from ui.forms_stage import Stage, enter_again

from app.coach.content_kinds import KINDS, ContentKind
from app.paths import asset
from app.ui.forms.lines import LinesEditor
from app.ui.forms.table import TableEditor

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

SHIPPED = [
    (kind, path.stem)
    for kind in ContentKind
    for path in sorted(asset(kind.value).glob("*.toml"))
    if path.stem not in ("classes", "rules")
]


@pytest.fixture
def stage(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Stage:
    return Stage(qtbot, tmp_path)


def enter_everything(form: QWidget) -> int:
    """Enter each field again, with each row of each list chosen once."""
    touched = enter_again(form)
    for table in form.findChildren(TableEditor):
        for at in range(1, table.list.count()):
            table.choose(at)
            touched += enter_again(table)
    for lines in form.findChildren(LinesEditor):
        for at in range(1, len(lines.model.rows(("line",)))):
            lines.choose(at)
            touched += enter_again(lines)
    return touched


@pytest.mark.parametrize(("kind", "name"), SHIPPED, ids=[name for _, name in SHIPPED])
def test_what_the_form_shows_is_what_the_file_holds(
    stage: Stage, kind: ContentKind, name: str
) -> None:
    form = stage.open(kind, name)
    before = copy.deepcopy(stage.data)
    assert enter_everything(form) > 1
    assert stage.data == before
    assert stage.editor.views.current_text == stage.path.read_text("utf-8")
    assert not stage.kinds_told()
    key = "title" if kind is ContentKind.SCENARIOS else "name"
    assert stage.editor.views.model is not None
    stage.editor.views.model.put((key,), "Another name")
    stage.editor.save.click()
    assert "Saved" in stage.editor.state.text()
    KINDS[kind](stage.path)
    assert tomllib.loads(stage.path.read_text("utf-8")) == {**before, key: "Another name"}
    stage.editor.open(kind, stage.path)
    assert stage.data == {**before, key: "Another name"}
