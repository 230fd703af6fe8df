"""What is chosen before a session is handed over: the span of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from report_material import kept_session, report

from app.ui.pages.share_choices import ShareChoices, seconds_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1:20", 80.0), ("0:05", 5.0), ("1:02:05", 3725.0), ("75", 75.0), (" 2:00 ", 120.0),
     ("x", None), ("1:2", None), ("", None), ("1:2:3:4", None)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds


def test_a_span_to_the_last_whole_second_loses_nothing(
    qtbot: QtBot, dressed: QApplication, store: Store
) -> None:
    choices = ShareChoices()
    qtbot.addWidget(choices)
    record = replace(kept_session(store, report()), duration_s=61.3)
    now = dt.datetime.now(dt.UTC)
    choices.show_session(record, store.files(record.id), now, now + dt.timedelta(days=9))
    choices.span.setChecked(True)
    assert choices.end.text() == "1:01"
    assert choices.plan("ana").end_s == 61.3
    choices.end.setText("0:40")
    assert choices.plan("ana").end_s == 40.0
