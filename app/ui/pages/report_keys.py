"""The keys of the report page, and the words by which they are told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.keys import show_keys

if TYPE_CHECKING:
    from app.ui.keys import KeyMap
    from app.ui.pages.report_header import ReportHeader
    from app.ui.pages.report_redo import Redo
    from app.ui.pages.report_steps import ReportSteps
    from app.ui.pages.report_words import ReportWords


def bind_keys(
    keys: KeyMap, header: ReportHeader, steps: ReportSteps, redo: Redo, words: ReportWords
) -> None:
    """Give the buttons their keys, and note those that the page itself takes."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("ReportPage", text)

    keys.add("Ctrl+R", tr("Rehearse again"), header.rehearse.click, button=header.rehearse)
    keys.add("Ctrl+E", tr("Export report"), header.export.click, button=header.export)
    keys.add("F2", header.rename.accessibleName(), header.rename.click, button=header.rename)
    keys.add("Ctrl+Z", header.unname.accessibleName(), header.unname.click, button=header.unname)
    keys.add("Ctrl+Shift+V", words.paste.text(), words.paste.click, button=words.paste)
    show_keys(header.back, tr("Back"), "Esc")
    for at in range(1, len(steps.buttons) + 1):
        keys.bind(f"Alt+{at}", partial(steps.go_to_number, at))
    keys.note("Alt+1, 2, 3", tr("To the step with this number"))
    keys.add("Ctrl+Return", tr("Go on to the next step"), steps.press_next)
    keys.add("Ctrl+K", tr("Skip your own view"), steps.press_skip)
    keys.add("Ctrl+H", tr("Hear what came before the moment"), redo.press_hear)
    keys.add("Ctrl+Space", tr("Say the moment again, and stop"), redo.press_say)
    for pressed, does in (
        (tr("Esc"), tr("Back")),
        (tr("Space"), tr("Play or pause")),
        (tr("Left, Right"), tr("One second back or ahead, with Shift five")),
        (tr("Ctrl+Left, Ctrl+Right"), tr("To the moment before or after")),
        ("1, 2, 3", tr("Play that moment; in your view: yes, partly, no")),
        (tr(", ."), tr("One frame back or ahead")),
        ("J, K, L", tr("Run back, stand still, run on; again for faster")),
        ("[, ]", tr("Slower, faster")),
        ("M", tr("Sound off or on")),
        ("+, −, 0", tr("Zoom the timeline in, out, all")),
        (tr("Enter"), tr("On the timeline: show every line")),
    ):
        keys.note(pressed, does)
