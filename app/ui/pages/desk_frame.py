"""The frame of the desk: player left, lists right, timeline over the full width, the line below."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QScrollArea, QStackedWidget, QWidget

from app.ui.keys import show_keys
from app.ui.pages.desk_header import DeskHeader
from app.ui.style import Space
from app.ui.widgets.controls import button, card, column, label, row, scrolling
from app.ui.widgets.desk_agreement import AgreementView
from app.ui.widgets.desk_comments import CommentList
from app.ui.widgets.desk_correct import CorrectLine
from app.ui.widgets.desk_first import OwnViewFirst
from app.ui.widgets.desk_line import CommentLine
from app.ui.widgets.desk_machine import MachineList
from app.ui.widgets.desk_markers import MarkerBar
from app.ui.widgets.desk_summary import Summary
from app.ui.widgets.notice import Notice
from app.ui.widgets.player import Player
from app.ui.widgets.timeline_grips import DeskTimeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.coach.types import CueRule
    from app.ui.widgets.controls import Button

NARROWEST_PX: Final = 336
WIDEST_PX: Final = 560
SIDE_SHARE: Final = 0.36
TIMELINE_SHARE: Final = 0.4
LOW_PX: Final = 860
LOW_SHARE: Final = 0.3
"""Of a low page the timeline takes less, so that the person stays the largest thing."""


class Tab(StrEnum):
    """What the right side shows."""

    COMMENTS = "comments"
    MACHINE = "machine"
    SUMMARY = "summary"
    TOGETHER = "together"


class DeskFrame(QWidget):
    """Where everything lies, at every size of the window."""

    def __init__(self, rules: Sequence[CueRule]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.header = DeskHeader()
        self.notice = Notice()
        self.player = Player()
        self.player.bar.speeds.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.timeline = DeskTimeline()
        self.timeline.snap = self.player.snapped
        self.timeline.allow_selection(on=True)
        self.timeline.show_thumbs(self.player.thumbs)
        self.player.bar.offer_frames(on=True)
        self.comments = CommentList()
        self.machine = MachineList()
        self.summary = Summary(rules)
        self.agreement = AgreementView(rules)
        self.first = OwnViewFirst()
        self.line = CommentLine()
        self.markers = MarkerBar()
        self.correct = CorrectLine(rules)
        self.hidden_told = label(
            self.tr(
                "The machine's findings are out of sight until your own review is done. "
                "H shows them now."
            ),
            "quiet",
            wrap=True,
        )
        self.tabs: dict[Tab, Button] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        upper = row(self.player, self._make_side(), space=Space.MEDIUM)
        upper.setStretch(0, 1)
        self.foot = QStackedWidget()
        typing = QWidget()
        line = row(self.line, self.markers.choice, self.markers.own, space=Space.HAIR)
        line.setStretch(0, 1)
        typing.setLayout(column(line, self.markers, space=Space.HAIR))
        self.foot.addWidget(typing)
        self.foot.addWidget(self.correct)
        desk = QWidget()
        body = column(upper, self.timeline, self.foot, space=Space.SMALL)
        body.setStretch(0, 1)
        desk.setLayout(body)
        self.stack = QStackedWidget()
        self.stack.addWidget(desk)
        self.stack.addWidget(self.first)
        content = column(self.header, self.notice, self.stack, space=Space.SMALL)
        content.setStretch(2, 1)
        content.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        self.setLayout(content)

    def _make_side(self) -> QWidget:
        names = {
            Tab.COMMENTS: self.tr("Comments"),
            Tab.MACHINE: self.tr("Seen and heard"),
            Tab.SUMMARY: self.tr("Summary"),
            Tab.TOGETHER: self.tr("Together"),
        }
        machine = QWidget()
        content = column(self.hidden_told, self.machine, None, space=Space.HAIR)
        content.setStretch(1, 1000)
        machine.setLayout(content)
        pages = {
            Tab.COMMENTS: scrolling(self.comments),
            Tab.MACHINE: machine,
            Tab.SUMMARY: scrolling(self.summary),
            Tab.TOGETHER: scrolling(self.agreement),
        }
        self.pages = pages
        self.shown = QStackedWidget()
        group = QButtonGroup(self)
        self._bar = QGridLayout()
        self._bar.setSpacing(0)
        for at, (tab, name) in enumerate(names.items(), 1):
            made = button(name, kind="step")
            made.setCheckable(True)
            show_keys(made, name, f"Alt+{at}")
            made.clicked.connect(lambda _, wanted=tab: self.show_tab(wanted))
            group.addButton(made)
            self.tabs[tab] = made
            self.shown.addWidget(pages[tab])
        self.side = card()
        inner = column(self._bar, self.shown, space=Space.HAIR)
        inner.setStretch(1, 1)
        inner.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        self.side.setLayout(inner)
        self._place_tabs(len(self.tabs))
        self.show_tab(Tab.COMMENTS)
        return self.side

    def _place_tabs(self, columns: int) -> None:
        """Lay the names of the lists in one line, or in two where it is narrow."""
        for at, made in enumerate(self.tabs.values()):
            self._bar.addWidget(made, at // columns, at % columns, Qt.AlignmentFlag.AlignLeft)
        for at in range(len(self.tabs) + 1):
            self._bar.setColumnStretch(at, int(at == columns))

    @property
    def tab(self) -> Tab:
        """What the right side shows."""
        here = self.shown.currentWidget()
        return next(tab for tab, page in self.pages.items() if page is here)

    def show_tab(self, tab: Tab) -> None:
        """Show one of the lists."""
        self.tabs[tab].setChecked(True)
        self.shown.setCurrentWidget(self.pages[tab])

    def show_row(self, shown: QWidget) -> None:
        """Bring a line of the comments into sight."""
        area = self.pages[Tab.COMMENTS]
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(shown, 0, Space.SMALL)

    def show_place(self, top: int, bottom: int) -> None:
        """Bring a stretch of the comments into sight, pixels from their top."""
        area, half = self.pages[Tab.COMMENTS], (bottom - top) // 2
        if isinstance(area, QScrollArea):
            area.ensureVisible(0, top + half, 0, half + Space.SMALL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Share the room out between player, lists and timeline."""
        side = int(min(max(self.width() * SIDE_SHARE, NARROWEST_PX), WIDEST_PX))
        self.side.setFixedWidth(side)
        wide = sum(made.sizeHint().width() for made in self.tabs.values())
        fits = wide <= side - 2 * Space.MEDIUM
        self._place_tabs(len(self.tabs) if fits else (len(self.tabs) + 1) // 2)
        share = TIMELINE_SHARE if self.height() >= LOW_PX else LOW_SHARE
        self.timeline.setMaximumHeight(int(self.height() * share))
