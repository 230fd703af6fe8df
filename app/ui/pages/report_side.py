"""The right side of a report: moments, checklist, what was not measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.coach.intervals import total, union
from app.coach.practice_report import item_states
from app.coach.practice_types import Speaking
from app.coach.practice_verdicts import judged_evidence, standing
from app.coach.report import SILENCES
from app.coach.types import Sense
from app.ui.style import Space
from app.ui.widgets.after_cards import Reflection, TakeFiveCard, survey_card, was_hard
from app.ui.widgets.checklist_report import ChecklistReport
from app.ui.widgets.controls import card, clear, column, label
from app.ui.widgets.finding_card import (
    FindingCard,
    moments_heading,
    nothing_found,
    told_joined,
)
from app.ui.widgets.finding_gaps import gaps_card
from app.ui.widgets.settling import settle
from app.ui.widgets.talk_cards import order_card, talk_card
from app.ui.widgets.tone_card import tone_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QImage

    from app.coach.report_types import Checklist, Report
    from app.coach.types import CueRule
    from app.ui.pages.report_session import ShownSession
    from app.ui.widgets.after_cards import AfterCard
    from app.ui.widgets.talk_cards import PlayLines

NARROWEST_PX: Final = 320
WIDEST_PX: Final = 520
REFLECTION: Final = "reflection"
"""What the note on the question afterwards is about."""
SHARE: Final = 0.37
"""Of the page's width; the player and the timeline take what is left."""


class ReportSide(QScrollArea):
    """A column of cards that scrolls by itself, so that the player stays in sight."""

    moment_wanted = Signal(float)
    verdict_given = Signal(str, bool)
    item_ticked = Signal(str, bool)
    evidence_refused = Signal(str, bool)
    redo_wanted = Signal(str)
    noted = Signal(str)
    take_five_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[FindingCard] = []
        self._session_id = ""
        self._page_width = 0
        self.checklist: ChecklistReport | None = None
        self.order: PlayLines | None = None
        self.talk: PlayLines | None = None
        self.after: list[AfterCard] = []
        self._inner = inner = QWidget()
        inner.setObjectName("page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, Space.SNUG, 0)
        self._column.setSpacing(Space.SNUG)
        self.setWidget(inner)

    def fit(self, page_width: int) -> None:
        """Take a share of the page, and at least what the buttons of a card need."""
        self._page_width = page_width
        least = self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        wanted = max(page_width * SHARE, NARROWEST_PX, least)
        self.setFixedWidth(int(min(wanted, WIDEST_PX)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when the cards ask for another width: they do once they are shown."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._inner:
            self.fit(self._page_width)
        return super().eventFilter(watched, event)

    def clear(self) -> None:
        """Show nothing."""
        clear(self._column)
        self.cards = []
        self.after = []
        self.checklist = self.order = self.talk = None

    def fill(
        self, shown: ShownSession, rules: Sequence[CueRule], *, playable: bool, redo: bool
    ) -> None:
        """Show another session, or the same once more is known of it.

        Of the same session the place and a note that is being typed stay as they are.
        """
        same = bool(shown.record.id) and shown.record.id == self._session_id
        place = self.verticalScrollBar().value() if same else 0
        draft = self._draft() if same else None
        self._session_id = shown.record.id
        self.clear()
        report = shown.told
        if shown.record.role is Speaking.CUSTOMER:
            self._column.addWidget(self._of_whom(report))
            redo = False  # it was the colleague who said it
        if report is None:
            self._column.addWidget(self._no_report(lost=shown.lost))
        else:
            self._add_moments(shown, report, rules, playable=playable, redo=redo)
        self._add_words(shown)
        self._add_after(shown)
        if report is not None:
            for made in (tone_card(report), self._gaps(shown, report, rules)):
                if made is not None:
                    self._column.addWidget(made)
        self._column.addStretch(1)
        for one in self.after:
            if isinstance(one, Reflection) and draft is not None:
                one.field.setText(draft)
        settle(self)
        self.verticalScrollBar().setValue(place)

    def _draft(self) -> str | None:
        """Give what stands in the field of the question afterwards; None without one."""
        return next((one.field.text() for one in self.after if isinstance(one, Reflection)), None)

    def _add_words(self, shown: ShownSession) -> None:
        """Show what was said: order, checklist with its evidence, who talked when."""
        practice = shown.practice
        self.order = order_card(practice.order) if practice is not None else None
        self._add_lines(self.order)
        if shown.checklist is not None:
            self._column.addWidget(self._checklist_card(shown.checklist))
        self.talk = talk_card(practice.talk) if practice is not None else None
        self._add_lines(self.talk)

    def _add_lines(self, made: PlayLines | None) -> None:
        if made is not None:
            made.play_wanted.connect(self.moment_wanted)
            self._column.addWidget(made)

    def _add_after(self, shown: ShownSession) -> None:
        """Show what the customer said, a pause after a hard talk, a question to think about."""
        record, marks = shown.record, shown.log.now
        said = survey_card(marks, record.role)
        if said is not None:
            self.after.append(said)
        found = shown.practice.evidence if shown.practice is not None else ()
        evidence = standing(found, marks)
        if was_hard(shown.scenario, marks, evidence):
            pause = TakeFiveCard()
            pause.begun.connect(self.take_five_wanted)
            self.after.append(pause)
        if shown.scenario is not None:
            asked = Reflection(shown.scenario, shown.log.noted(REFLECTION))
            asked.noted.connect(self.noted)
            self.after.append(asked)
        for made in self.after:
            self._column.addWidget(made)

    def _of_whom(self, report: Report | None) -> QLabel:
        """Say who was measured where the roles were swapped, and against what."""
        whose = self.tr(
            "You played the customer. This is what was seen and heard of your colleague at the "
            "desk: “you” means them."
        )
        against = self.tr("Nobody's own normal is compared with it.")
        own = report.baseline if report is not None else None
        if own is not None and own.origin == "calibration":  # of an earlier version
            against = self.tr("It is compared with your own normal, not with theirs.")
        return label(f"{whose} {against}", "lead-quiet", wrap=True)

    def _no_report(self, *, lost: bool) -> QLabel:
        text = self.tr("There is no report of this session: it was not analysed to the end.")
        if lost:
            text = self.tr(
                "The folder of this session is not there any more; it was probably deleted by "
                "hand, and the report with it. What people said about it is still here. Put the "
                "folder back from a backup, or delete the session."
            )
        return label(text, "lead", wrap=True)

    def _add_moments(
        self,
        shown: ShownSession,
        report: Report,
        rules: Sequence[CueRule],
        *,
        playable: bool,
        redo: bool,
    ) -> None:
        by_id = {rule.id: rule for rule in rules}
        findings = [finding for finding in report.findings if finding.cue in by_id]
        if not findings:
            made = card()
            said = nothing_found(measured=was_measured(report, rules))
            made.setLayout(column(said, margin=Space.MEDIUM))
            self._column.addWidget(made)
            return
        self._column.addWidget(label(moments_heading(len(findings)), "section", wrap=True))
        joined = shown.joined
        for number, finding in enumerate(findings, 1):
            one = joined.get(finding.id)
            made_card = FindingCard(
                finding,
                by_id[finding.cue],
                number,
                playable=playable,
                joined_with=told_joined(one) if one is not None else None,
                redo=redo,
            )
            made_card.play_requested.connect(self.moment_wanted)
            made_card.verdict_given.connect(self.verdict_given)
            made_card.redo_wanted.connect(self.redo_wanted)
            self.cards.append(made_card)
            self._column.addWidget(made_card)

    def _checklist_card(self, checklist: Checklist) -> QFrame:
        self.checklist = ChecklistReport(checklist)
        self.checklist.item_ticked.connect(self.item_ticked)
        self.checklist.play_wanted.connect(self.moment_wanted)
        self.checklist.refused.connect(self.evidence_refused)
        made = card()
        content = column(self.checklist)
        content.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.SMALL, Space.SNUG)
        made.setLayout(content)
        return made

    def _gaps(self, shown: ShownSession, report: Report, rules: Sequence[CueRule]) -> QFrame | None:
        return gaps_card(report.not_measured, rules, self._notes(shown, report))

    def _notes(self, shown: ShownSession, report: Report) -> list[str]:
        notes = list(report.notes)
        voice = any(curve.sense is Sense.VOICE for curve in report.curves)
        if voice and not report.speakers_labelled and not any("one voice" in n for n in notes):
            notes.insert(0, "Nobody said who is speaking: all sound was measured as one voice.")
        if lost := len(shown.adrift):
            notes.append(
                self.tr(
                    "Words on moments that are not found any more: {n}. "
                    "They are kept; the desk lists them under “Seen and heard”."
                ).format(n=lost)
            )
        return notes

    def show_picture(self, finding: str, image: QImage) -> None:
        """Put a moment's picture on its card."""
        for shown in self.cards:
            if shown.finding.id == finding:
                shown.picture.show_image(image)

    def show_marks(self, shown: ShownSession) -> None:
        """Show what people said: ticks, own view, and what they disagree with."""
        self.show_disagreed(shown.log.disagreed, shown.log.refused_by_others)
        if self.checklist is None or shown.checklist is None:
            return
        practice = shown.practice
        found, marks = practice.evidence if practice is not None else (), shown.log.now
        self.checklist.show_state(
            judged_evidence(found, marks) if practice is not None and practice.looked else None,
            item_states(shown.checklist, found, marks),
            ticks=shown.log.evidence(shown.checklist),
            ratings=shown.log.ratings,
            disagreed=shown.log.disagreed,
            swapped=shown.record.role is Speaking.CUSTOMER,
        )

    def show_disagreed(self, ids: Iterable[str], by_others: Iterable[str] = ()) -> None:
        """Show which findings the person, or a trainer for them, disagrees with."""
        wanted, others = set(ids), set(by_others)
        for shown in self.cards:
            name = shown.finding.id
            shown.set_disagreed(on=name in wanted, by_other=name in others)


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
