"""The right side of a report: moments, checklist, what was not measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.coach.intervals import total, union
from app.coach.report import SILENCES
from app.coach.types import Sense
from app.ui.style import Space
from app.ui.widgets.checklist_view import ChecklistView
from app.ui.widgets.controls import card, clear, column, label
from app.ui.widgets.finding_card import FindingCard, moments_heading, nothing_found
from app.ui.widgets.finding_gaps import gaps_card
from app.ui.widgets.tone_card import tone_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QImage

    from app.coach.report_types import Checklist, Report
    from app.coach.types import CueRule

NARROWEST_PX: Final = 320
WIDEST_PX: Final = 520
SHARE: Final = 0.37
"""Of the page's width; the player and the timeline take what is left."""


class ReportSide(QScrollArea):
    """A column of cards that scrolls by itself, so that the player stays in sight."""

    moment_wanted = Signal(float)
    verdict_given = Signal(str, bool)
    item_ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[FindingCard] = []
        self.checklist: ChecklistView | None = None
        inner = QWidget()
        inner.setObjectName("page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, Space.SNUG, 0)
        self._column.setSpacing(Space.SNUG)
        self.setWidget(inner)

    def fit(self, page_width: int) -> None:
        """Take a share of the page."""
        self.setFixedWidth(int(min(max(page_width * SHARE, NARROWEST_PX), WIDEST_PX)))

    def clear(self) -> None:
        """Show nothing."""
        clear(self._column)
        self.cards = []
        self.checklist = None

    def fill(
        self,
        report: Report | None,
        rules: Sequence[CueRule],
        checklist: Checklist | None,
        *,
        playable: bool,
    ) -> None:
        """Show another session."""
        self.clear()
        if report is None:
            self._column.addWidget(self._no_report())
        else:
            self._add_moments(report, rules, playable=playable)
        if checklist is not None:
            self._column.addWidget(self._checklist_card(checklist))
        voice = tone_card(report) if report is not None else None
        if voice is not None:
            self._column.addWidget(voice)
        if report is not None:
            gaps = gaps_card(report.not_measured, rules, self._notes(report))
            if gaps is not None:
                self._column.addWidget(gaps)
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def _no_report(self) -> QLabel:
        text = self.tr("There is no report of this session: it was not analysed to the end.")
        return label(text, "lead", wrap=True)

    def _add_moments(self, report: Report, rules: Sequence[CueRule], *, playable: bool) -> None:
        by_id = {rule.id: rule for rule in rules}
        findings = [finding for finding in report.findings if finding.cue in by_id]
        if not findings:
            made = card()
            said = nothing_found(measured=was_measured(report, rules))
            made.setLayout(column(said, margin=Space.MEDIUM))
            self._column.addWidget(made)
            return
        self._column.addWidget(label(moments_heading(len(findings)), "section", wrap=True))
        for number, finding in enumerate(findings, 1):
            shown = FindingCard(finding, by_id[finding.cue], number, playable=playable)
            shown.play_requested.connect(self.moment_wanted)
            shown.verdict_given.connect(self.verdict_given)
            self.cards.append(shown)
            self._column.addWidget(shown)

    def _checklist_card(self, checklist: Checklist) -> QFrame:
        self.checklist = ChecklistView(checklist)
        self.checklist.item_ticked.connect(self.item_ticked)
        made = card()
        content = column(self.checklist)
        content.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.SMALL, Space.SNUG)
        made.setLayout(content)
        return made

    def _notes(self, report: Report) -> list[str]:
        notes = list(report.notes)
        voice = any(curve.sense is Sense.VOICE for curve in report.curves)
        if voice and not report.speakers_labelled and not any("one voice" in n for n in notes):
            notes.insert(0, "Nobody said who is speaking: all sound was measured as one voice.")
        return notes

    def show_picture(self, finding: str, image: QImage) -> None:
        """Put a moment's picture on its card."""
        for shown in self.cards:
            if shown.finding.id == finding:
                shown.picture.show_image(image)

    def show_ticked(self, ids: Iterable[str], evidence: Mapping[str, str]) -> None:
        """Show which items are ticked, and when they were."""
        if self.checklist is not None:
            self.checklist.set_ticked(ids)
            self.checklist.show_evidence(evidence)

    def show_disagreed(self, ids: Iterable[str]) -> None:
        """Show which findings the person disagrees with."""
        wanted = set(ids)
        for shown in self.cards:
            shown.set_disagreed(on=shown.finding.id in wanted)


def was_measured(report: Report, rules: Sequence[CueRule]) -> bool:
    """Whether any cue was measured for at least a second."""
    if report.events:
        return True
    for rule in rules:
        gaps = [
            (g.start_s, g.end_s)
            for g in report.gaps
            if g.sense is rule.sense and g.cue in {None, rule.id} and g.reason not in SILENCES
        ]
        if report.duration_s - total(union(gaps)) >= 1.0:
            return True
    return False
