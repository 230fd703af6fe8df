"""What goes from the pages when another person takes over: nothing of the last one's stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.practice_flow import PracticeFlow
    from app.ui.window import MainWindow


def forget_person(window: MainWindow) -> None:
    """Empty every page that the window holds itself; flows empty theirs on their own."""
    window.reports.leave()
    window.runner.stop()
    window.room.release()
    window.reports.drop()
    window.home.forget()
    window.sessions.search.clear()
    window.consent.forget()
    window.practise.take_scenario(None, window.practise.role)
    window.practise.choices.title.clear()
    window.practise.normal.forget()
    if window.flow is not None:
        _forget_practice(window.flow)


def _forget_practice(flow: PracticeFlow) -> None:
    flow.editor.leave()
    flow.forget()
    flow.exercise.forget()
    flow.scenarios.search.clear()
    flow.scenarios.list.clear()
