"""The texts of a review, in one column that scrolls by itself."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.keys import show_keys
from app.ui.pages.feedback_cards import (
    MomentCard,
    StepCard,
    StrengthCard,
    ViewsCard,
    sentences_card,
)
from app.ui.style import Space
from app.ui.widgets.controls import button, clear, column, label, picture_label, row
from app.ui.widgets.settling import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from app.coach.review_types import Review
    from app.coach.review_words import Sheet

EMPTY_ICON_PX: Final = 48


class FeedbackColumn(QScrollArea):
    """Three strengths first, one next step, the moments, then how both see it."""

    play_wanted = Signal(float)
    hear_wanted = Signal(str)
    rehearse_wanted = Signal()
    chosen = Signal(int)
    """Which of several reviews is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.step: StepCard | None = None
        self.cards: list[MomentCard] = []
        inner = QWidget()
        inner.setObjectName("page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, Space.SNUG, 0)
        self._column.setSpacing(Space.SNUG)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_nothing(self) -> None:
        """Say what will be here."""
        self._clear()
        sign = picture_label("talk", "quiet", EMPTY_ICON_PX)
        what = label(self.tr("What a trainer writes about this session will be here"), "lead")
        how = label(
            self.tr("Share the session, and read the review that comes back as a file."),
            "quiet",
        )
        for words in (what, how):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        content = column(sign, what, how, space=Space.SNUG, margin=Space.HUGE)
        content.setAlignment(sign, Qt.AlignmentFlag.AlignHCenter)
        self._column.addLayout(content)
        self._column.addStretch(1)

    def show_review(
        self,
        sheet: Sheet,
        reviews: Sequence[Review],
        at: int,
        *,
        own: bool,
        playable: bool,
        seen: bool,
    ) -> None:
        """Show a review.

        Parameters
        ----------
        sheet
            The review in words.
        reviews, at
            All reviews of the session, and which one it is.
        own
            Whether it is the reader's own session, which they may rehearse.
        playable, seen
            Whether there is a recording, and whether it has a picture.
        """
        self._clear()
        self._add_reviewers(reviews, at)
        self._add_texts(sheet, own=own, playable=playable)
        self._add_moments(sheet, playable=playable, seen=seen)
        self._add_views(sheet)
        self._column.addWidget(label(sheet.foot, "quiet", wrap=True))
        self._column.addStretch(1)
        settle(self)

    def _clear(self) -> None:
        clear(self._column)
        self.step, self.cards = None, []
        self.verticalScrollBar().setValue(0)

    def _add_reviewers(self, reviews: Sequence[Review], here: int) -> None:
        """Offer the reviews of others, where several people wrote one."""
        if len(reviews) < 2:
            return
        line, group = row(space=Space.HAIR), QButtonGroup(self)
        for at, review in enumerate(reviews):
            made = button(review.name or self.tr("A trainer"), kind="step")
            made.setCheckable(True)
            made.setChecked(at == here)
            made.clicked.connect(lambda _, wanted=at: self.chosen.emit(wanted))
            keys = f"Alt+{at + 1}"
            show_keys(made, self.tr("The review of {who}").format(who=made.text()), keys)
            made.setShortcut(keys)
            group.addButton(made)
            line.addWidget(made)
        line.addStretch(1)
        self._column.addLayout(line)

    def _add_texts(self, sheet: Sheet, *, own: bool, playable: bool) -> None:
        if sheet.strengths:
            self._head(sheet.strengths_heading)
            times = sheet.strengths_at if playable else ()
            for text, t in zip_longest(sheet.strengths, times):
                made = StrengthCard(text, t)
                made.play_wanted.connect(self.play_wanted)
                self._column.addWidget(made)
        if sheet.step:
            self._head(sheet.step_heading)
            self.step = StepCard(sheet.step_heading, sheet.step, sheet.practise, own=own)
            self.step.rehearse_wanted.connect(self.rehearse_wanted)
            self._column.addWidget(self.step)

    def _head(self, text: str) -> None:
        if self._column.count():
            self._column.addSpacing(Space.SMALL)
        self._column.addWidget(label(text, "section", wrap=True))

    def _add_moments(self, sheet: Sheet, *, playable: bool, seen: bool) -> None:
        if sheet.moments:
            self._head(sheet.moments_heading)
        for number, moment in enumerate(sheet.moments, 1):
            made = MomentCard(moment, number, playable=playable, seen=seen)
            made.play_wanted.connect(self.play_wanted)
            made.hear_wanted.connect(self.hear_wanted)
            self.cards.append(made)
            self._column.addWidget(made)

    def _add_views(self, sheet: Sheet) -> None:
        made: list[QFrame] = [
            ViewsCard(heading, views)
            for heading, views in (
                (sheet.same_heading, sheet.same),
                (sheet.differ_heading, sheet.differ),
            )
            if views
        ]
        if sheet.judged:
            made.append(sentences_card(sheet.judged_heading, sheet.judged))
        if made:
            self._column.addSpacing(Space.SMALL)
        for one in made:
            self._column.addWidget(one)

    def show_picture(self, moment: str, image: QImage) -> None:
        """Put a moment's picture on its card."""
        for one in self.cards:
            if one.moment.id == moment:
                one.picture.show_image(image)

    def show_hearing(self, name: str) -> None:
        """Say which spoken comment plays; an empty name says none."""
        for one in self.cards:
            one.show_hearing(on=bool(name) and one.moment.sound == name)
