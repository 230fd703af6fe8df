"""A program in whose comment line somebody types is killed: the line comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from report_material import event, kept_session, report
from ui.fake_live import Stagehand, agree

from app.store.store import Store
from app.ui.library import Library
from app.ui.pages.desk import DeskPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TYPING = """
import sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.store.store import Store
from app.ui.library import Library
from app.ui.pages.desk import DeskPage
from ui.fake_live import Stagehand, agree
app = QApplication(["desk"])
with Store.open(Path(sys.argv[1])) as store:
    services = replace(Stagehand(store).services, library=Library(lambda kind: Path(sys.argv[3])))
    agree(services)
    page = DeskPage(services)
    page.open(sys.argv[2], 7.0)
    page.show()
    QTest.keyClick(page, Qt.Key.Key_1)
    QTest.keyClick(page, Qt.Key.Key_Return)
    print("open", flush=True)
    for letter in "you let her finish, and then you waited" * 9:
        QTest.keyClicks(page.line.field, letter)
        print(page.line.field.text(), flush=True)
"""


@pytest.mark.parametrize("letters", [1, 17])
def test_killed_while_typing_the_line_comes_back(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path, letters: int
) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        session = kept_session(store, report(events=(event("arms_crossed", 5, 9),))).id
    child = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(path), session, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    said = [child.stdout.readline().decode() for _ in range(letters + 1)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert len(said[-1].rstrip("\n")) == letters
    with Store.open(path) as store:
        services = Stagehand(store).services
        services = replace(services, library=Library(lambda _: tmp_path))
        agree(services)
        page = DeskPage(services)
        qtbot.addWidget(page)
        page.open(session)
        assert page.line.field.text().startswith(said[-1].rstrip("\n"))
        assert page.line.about.text() == "At 0:07"
        assert [mark.t for mark in store.marks(session) if mark.kind.value == "marker"] == [7.0]
        page.forget()
