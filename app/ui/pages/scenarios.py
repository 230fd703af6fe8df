"""Practise begins here: choose a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.coach.scenario_types import Temper
from app.ui.forms.wrap import WrapLayout
from app.ui.keys import KeyMap
from app.ui.own_sessions import own_sessions
from app.ui.practice_texts import sector_text, temper_text
from app.ui.style import COLUMN_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, card, centred, column, label, page_column, row
from app.ui.widgets.notice import Notice
from app.ui.widgets.scenario_list import FREE, ScenarioList
from app.ui.widgets.scenario_sheet import ScenarioSheet

if TYPE_CHECKING:
    from app.coach.scenario_types import Scenario
    from app.ui.library import Library
    from app.ui.services import Services

LIST_PX: Final = 340


class ScenariosPage(QWidget):
    """The list on the left, what may be known before on the right, one button."""

    prepare_wanted = Signal(object)
    """The Scenario to practise; None for a free talk."""
    written_wanted = Signal(object)
    small_talk_wanted = Signal(object)
    own_wanted = Signal()
    new_wanted = Signal(object)
    """The scenario from which a new one is to be made."""
    copy_wanted = Signal(object)
    cases_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, services: Services, library: Library) -> None:
        super().__init__()
        self._services = services
        self._library = library
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice(self.tr("Mend it"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search conversations"))
        self.search.setClearButtonEnabled(True)
        self.temper = QComboBox()
        self.temper.setAccessibleName(self.tr("Which kind of conversation"))
        self.temper.addItem(self.tr("All"), "")
        for temper in Temper:
            self.temper.addItem(temper_text(temper).capitalize(), temper.value)
        self.list = ScenarioList()
        self.none = label(self.tr("No conversation has these words."), "lead-quiet", wrap=True)
        self.sheet = ScenarioSheet()
        self.prepare = button(self.tr("Prepare"), kind="primary", icon="next")
        self.written = button(self.tr("Written reply"), icon="ph.envelope-simple")
        self.small_talk = button(self.tr("Small talk"), icon="talk")
        self.copy = button(self.tr("Make it your own"), kind="link")
        self.new = button(self.tr("New from this one"), kind="link")
        self.own = button(self.tr("Your own conversations"), kind="link")
        self.cases = button(self.tr("Best and worst cases"), icon="ph.books")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        links = WrapLayout(Space.SMALL)
        links.addWidget(self.copy)
        links.addWidget(self.new)
        left = column(
            row(self.search, self.temper),
            self.none,
            self.list,
            links,
            self.own,
            space=Space.SMALL,
        )
        left.setStretch(2, 1)
        left.setAlignment(self.own, Qt.AlignmentFlag.AlignLeft)
        side = QWidget()
        side.setFixedWidth(LIST_PX)
        side.setLayout(left)
        sheet = column(self.sheet)
        area = page_column(sheet)
        sheet.setContentsMargins(0, 0, Space.SMALL, 0)
        foot = column(
            row(self.written, self.small_talk, None),
            row(None, self.prepare),
            space=Space.SMALL,
        )
        frame = card()
        inside = column(area, foot, space=Space.MEDIUM)
        inside.setStretch(0, 1)
        inside.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        frame.setLayout(inside)
        both = row(side, frame, space=Space.LARGE)
        both.setStretch(1, 1)
        head = row(label(self.tr("Practise"), "page", wrap=True), self.cases)
        head.setStretch(0, 1)
        whole = column(
            head,
            label(self.tr("Choose a conversation, or just talk."), "lead-quiet", wrap=True),
            Space.SMALL,
            self.notice,
            both,
        )
        whole.setStretch(4, 1)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        self.setLayout(centred(whole, COLUMN_PX))

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._fill(self.list.current or FREE))
        self.temper.activated.connect(lambda _: self._fill(self.list.current or FREE))
        self.list.chosen.connect(self._show)
        self.list.opened.connect(lambda _: self._on_prepare())
        self.prepare.clicked.connect(self._on_prepare)
        self.written.clicked.connect(lambda: self.written_wanted.emit(self.scenario))
        self.small_talk.clicked.connect(lambda: self.small_talk_wanted.emit(self.scenario))
        self.own.clicked.connect(self.own_wanted)
        self.cases.clicked.connect(self.cases_wanted)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.scenario))
        self.new.clicked.connect(lambda: self.new_wanted.emit(self.scenario))
        self.notice.acted.connect(self.own_wanted)
        add = self.keys.add
        add("Ctrl+Return", self.tr("Prepare"), self._on_prepare, button=self.prepare)
        add("/", self.tr("Search"), self.search.setFocus)
        add("W", self.tr("Written reply"), self.written.click, button=self.written)
        add("T", self.tr("Small talk"), self.small_talk.click, button=self.small_talk)
        add("O", self.tr("Your own conversations"), self.own.click, button=self.own)
        add("M", self.tr("Make it your own"), self.copy.click, button=self.copy)
        add("N", self.new.text(), self.new.click, button=self.new)
        add("Ctrl+B", self.tr("Best and worst cases"), self.cases.click, button=self.cases)
        add("Escape", self.tr("Back"), self._on_escape)

    def refresh(self) -> None:
        """Read the files again and show what is wrong with one's own."""
        self._library.refresh()
        faults = self._library.faults
        if faults:
            left = len(faults) - 1
            more = self.tr(" And {n} more of your files.", "", left).format(n=left)
            rest = more if left else ""
            self.notice.tell(told(faults[0].what) + rest, faults[0].remedy)
        else:
            self.notice.hide()
        before = self.list.current
        last = self._services.choices.now.scenario or self._first()
        self._fill(last if before is None else before)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first(self) -> str:
        """Start somebody who never practised with a conversation."""
        scenarios = self._library.scenarios
        never = not own_sessions(self._services)
        return scenarios[0].id if scenarios and never else FREE

    @property
    def scenario(self) -> Scenario | None:
        """What is chosen; None for the free talk."""
        return self._library.scenario(self.list.current or FREE)

    def _fill(self, current: str) -> None:
        words = self.search.text().casefold().split()
        temper = self.temper.currentData()
        shown = [
            one
            for one in self._library.scenarios
            if (not temper or one.temper == temper)
            and all(word in _searched(one) for word in words)
        ]
        free = not words and not temper
        self.list.show_scenarios(shown, free=free, current=current)
        empty = not shown and not free
        self.none.setVisible(empty)
        self.list.setVisible(not empty)
        for control in (self.prepare, self.sheet):
            control.setEnabled(not empty)
        if empty:
            self.written.hide()
            self.copy.hide()
            self.new.hide()
            self.small_talk.hide()

    def _show(self, scenario_id: str) -> None:
        scenario = self._library.scenario(scenario_id)
        self.written.setVisible(scenario is not None)
        self.small_talk.setVisible(scenario is not None)
        self.copy.setVisible(scenario is not None)
        self.new.setVisible(scenario is not None)
        if scenario is not None:
            own = not scenario.built_in
            self.copy.setText(self.tr("Change it") if own else self.tr("Make it your own"))
            self.copy.setAccessibleName(self.copy.text())
        if scenario is None:
            self.sheet.show_free()
            return
        checklist = self._services.library.checklist(scenario.checklist)
        self.sheet.show_scenario(scenario, told(checklist.name) if checklist else "")

    def _on_prepare(self) -> None:
        if self.list.current is not None and self.prepare.isEnabled():
            self._services.choices.change(scenario=self.list.current or None)
            self.prepare_wanted.emit(self.scenario)

    def _on_escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.back_wanted.emit()


def _searched(scenario: Scenario) -> str:
    """All words that a search looks into."""
    customer = scenario.customer
    parts = (
        scenario.title,
        scenario.situation,
        customer.name,
        customer.language,
        customer.needs,
        customer.purpose,
        sector_text(scenario.sector),
        temper_text(scenario.temper),
    )
    return " ".join(told(part) for part in parts).casefold()
