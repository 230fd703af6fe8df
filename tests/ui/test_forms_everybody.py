"""The forms for everybody: names, roles, keyboard, larger and longer texts, a small window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ui.everybody import (
    controls_of,
    longer,
    name_of,
    nothing_is_cut,
    outside,
    reached_by_tab,
    role_of,
)
from ui.forms_stage import Stage

from app.coach.content_kinds import ContentKind
from app.ui.style import apply_theme
from app.ui.tokens import RAIL_PX
from app.ui.window import SMALLEST

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

__all__ = ["longer"]

FORMS = [
    (ContentKind.CHECKLISTS, "complaint"),
    (ContentKind.PRACTICES, "P19"),
    (ContentKind.SCENARIOS, "hotel_charged_twice"),
    (ContentKind.MARKERS, "front_desk"),
]
IDS = [kind.value for kind, _ in FORMS]


@pytest.fixture
def stage(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Stage:
    made = Stage(qtbot, tmp_path)
    made.editor.resize(SMALLEST[0] - 2 * RAIL_PX, SMALLEST[1])
    return made


def parts(form: Any) -> list[Any]:  # noqa: ANN401 - of four kinds
    """Give what shows one part after the other."""
    sections = getattr(form, "sections", None)
    if sections is None:
        return [lambda: None]
    return [lambda at=at: sections.go(at) for at in range(sections.stack.count())]


def nothingoutside(page: QWidget) -> None:
    window: Any = page
    assert outside(window, page) == []


@pytest.mark.parametrize(("kind", "name"), FORMS, ids=IDS)
def test_every_control_has_a_name_and_a_role_and_tab_reaches_it(
    stage: Stage, kind: ContentKind, name: str
) -> None:
    form = stage.open(kind, name)
    for show in parts(form):
        show()
        controls = controls_of(stage.editor)
        assert [type(one).__name__ for one in controls if not name_of(one)] == []
        assert [type(one).__name__ for one in controls if not role_of(one)] == []
        reached = reached_by_tab(stage.editor)
        enabled = [one for one in controls if one.isEnabled()]
        assert [name_of(one) for one in enabled if one not in reached] == []


@pytest.mark.parametrize(("kind", "name"), FORMS, ids=IDS)
def test_the_largest_texts_fit_the_smallest_window(
    qtbot: QtBot, dressed: QApplication, stage: Stage, kind: ContentKind, name: str
) -> None:
    apply_theme(dressed, "light", 130)
    try:
        form = stage.open(kind, name)
        for show in parts(form):
            show()
            nothing_is_cut(qtbot, stage.editor)
            nothingoutside(stage.editor)
            width = SMALLEST[0] - 2 * RAIL_PX
            assert stage.editor.width() == width
    finally:
        apply_theme(dressed, "light", 100)


@pytest.mark.parametrize(("kind", "name"), FORMS, ids=IDS)
def test_longer_texts_are_not_cut(
    qtbot: QtBot, longer: None, stage: Stage, kind: ContentKind, name: str
) -> None:
    form = stage.open(kind, name)
    for show in parts(form):
        show()
        nothing_is_cut(qtbot, stage.editor)
        nothingoutside(stage.editor)


def chain(page: QWidget) -> list[QWidget]:
    """What Tab leads through."""
    order: list[QWidget] = []
    widget = page.nextInFocusChain()
    while widget is not page:
        order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def test_the_focus_goes_through_a_form_from_top_to_bottom(stage: Stage) -> None:
    form = stage.open(ContentKind.SCENARIOS, "hotel_charged_twice")
    form.sections.go(1)
    order = chain(stage.editor)
    keys = ["name", "language", "age", "purpose", "needs", "wants"]
    fields = [form.fields["customer", key].focusProxy() for key in keys]
    places = [order.index(one) for one in fields]
    assert places == sorted(places)
    history = form.fields["customer", "history"]
    rows = [order.index(one) for one in history.texts]
    assert places[-1] < rows[0] < rows[1] < order.index(history.add)


def test_the_focus_goes_through_the_ways_on_from_top_to_bottom(stage: Stage) -> None:
    form = stage.open(ContentKind.SCENARIOS, "hotel_charged_twice")
    form.sections.go(3)
    branches = form.lines.branches
    order = chain(stage.editor)
    wanted = [one for card in branches.cards for one in (card.condition, card.about, card.to)]
    places = [order.index(one) for one in [*wanted, branches.add]]
    assert len(places) > 6
    assert places == sorted(places)
