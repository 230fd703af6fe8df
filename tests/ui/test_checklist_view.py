import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.coach.report_types import Checklist, Item
from app.ui.widgets.checklist_view import ChecklistRow, ChecklistView

ITEMS = tuple(
    Item(id=f"i{n}", practice="P19", text=text, why=f"because {n}", floor=1, ceiling=None)
    for n, text in enumerate(
        ["Let them finish", "Say sorry for the specific thing", "Say it back in their own words"], 1
    )
)
LIST = Checklist(id="spine", name="An apology that helps", items=ITEMS)


@pytest.fixture
def view(qtbot: QtBot) -> ChecklistView:
    view = ChecklistView(LIST)
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show()
    return view


def rows(view: ChecklistView) -> list[ChecklistRow]:
    return list(view._rows.values())


def test_a_click_ticks_and_says_so(qtbot: QtBot, view: ChecklistView) -> None:
    with qtbot.waitSignal(view.item_ticked) as said:
        qtbot.mouseClick(rows(view)[1], Qt.MouseButton.LeftButton)
    assert said.args == ["i2", True]
    assert view.ticked == ("i2",)


def test_a_second_press_takes_it_back(qtbot: QtBot, view: ChecklistView) -> None:
    heard: list[tuple[str, bool]] = []
    view.item_ticked.connect(lambda *what: heard.append(what))
    row = rows(view)[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert heard == [("i1", True), ("i1", False)]
    assert view.ticked == ()


def test_set_ticked_shows_exactly_these_and_stays_silent(view: ChecklistView) -> None:
    heard: list[tuple[str, bool]] = []
    view.item_ticked.connect(lambda *what: heard.append(what))
    view.set_ticked(["i1", "i3", "not an item"])
    view.set_ticked(["i3"])
    assert view.ticked == ("i3",)
    assert heard == []


def test_number_keys_press_the_items_in_order(qtbot: QtBot, view: ChecklistView) -> None:
    heard: list[tuple[str, bool]] = []
    view.item_ticked.connect(lambda *what: heard.append(what))
    assert view.toggle(3)
    assert not view.toggle(4)
    assert not view.toggle(0)
    assert heard == [("i3", True)]


def test_a_long_text_wraps_instead_of_being_cut(view: ChecklistView) -> None:
    row = rows(view)[1]
    assert row.heightForWidth(160) > row.heightForWidth(600)


def test_large_is_larger_and_every_row_has_a_name(qtbot: QtBot) -> None:
    small, large = ChecklistView(LIST), ChecklistView(LIST, large=True)
    qtbot.addWidget(small)
    qtbot.addWidget(large)
    for one, other in zip(rows(small), rows(large), strict=True):
        assert other.heightForWidth(400) > one.heightForWidth(400)
        assert one.accessibleName() == one.item.text
        assert one.accessibleDescription() == one.item.why


def test_evidence_stands_below_its_item_and_takes_room(view: ChecklistView) -> None:
    row = rows(view)[0]
    before = row.heightForWidth(300)
    view.show_evidence({"i1": "At 0:09"})
    assert row.heightForWidth(300) > before
    assert "At 0:09" in row.accessibleDescription()
    view.show_evidence({})
    assert row.heightForWidth(300) == before
    assert row.evidence == ""
