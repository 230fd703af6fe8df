"""The keys of the report page, and the words by which they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.keys import show_keys

if TYPE_CHECKING:
    from app.ui.keys import KeyMap
    from app.ui.pages.report_header import ReportHeader


def bind_keys(keys: KeyMap, header: ReportHeader) -> None:
    """Give the buttons of the head their keys, and note those that the page itself takes."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("ReportPage", text)

    keys.add("Ctrl+R", tr("Rehearse again"), header.rehearse.click, button=header.rehearse)
    keys.add("Ctrl+E", tr("Export report"), header.export.click, button=header.export)
    show_keys(header.back, tr("Back"), "Esc")
    for pressed, does in (
        (tr("Esc"), tr("Back")),
        (tr("Space"), tr("Play or pause")),
        (tr("Left, Right"), tr("One second back or ahead, with Shift five")),
        (tr("Ctrl+Left, Ctrl+Right"), tr("To the moment before or after")),
        ("1, 2, 3", tr("Play that moment")),
        ("[, ]", tr("Slower, faster")),
        ("M", tr("Sound off or on")),
        ("+, −, 0", tr("Zoom the timeline in, out, all")),
        (tr("Enter"), tr("On the timeline: show every line")),
    ):
        keys.note(pressed, does)
