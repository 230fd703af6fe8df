"""The checklist on a report: each item with what was found for it, in words that can be played."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.coach.practice_report import AVOIDED, ItemState
from app.coach.practice_types import Polarity
from app.coach.practice_verdicts import of_practice
from app.ui.style import Space
from app.ui.widgets.checklist_view import ChecklistView
from app.ui.widgets.controls import label
from app.ui.widgets.evidence import EvidenceList
from app.ui.widgets.self_rating import rating_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.practice_verdicts import JudgedEvidence
    from app.coach.report_types import Checklist, Item


class ChecklistReport(ChecklistView):
    """Adds evidence below each item; ticking stays the person's own."""

    play_wanted = Signal(float)
    refused = Signal(str, bool)

    def __init__(self, checklist: Checklist) -> None:
        super().__init__(checklist)
        self._checklist = checklist
        self.evidence: dict[str, EvidenceList] = {}
        self._foot = label("", "quiet", wrap=True)
        self._foot.setContentsMargins(Space.SMALL, Space.HAIR, Space.SMALL, 0)
        self._foot.hide()
        self.append(self._foot)

    def show_state(
        self,
        found: Sequence[JudgedEvidence] | None,
        states: Mapping[str, ItemState],
        *,
        ticks: Mapping[str, str],
        ratings: Mapping[str, str],
        disagreed: frozenset[str],
        swapped: bool = False,
    ) -> None:
        """Show how each item stands.

        Parameters
        ----------
        found
            Evidence of the whole talk; None where nothing was looked for.
        states
            State by item id.
        ticks
            When each item was ticked, in words, by item id.
        ratings
            The person's own view by item id: yes, partly or no.
        disagreed
            Ids of the evidence that the person disagrees with.
        swapped
            Whether the person played the customer.
        """
        self.set_ticked(key for key, state in states.items() if state is ItemState.TICKED)
        for item in self._checklist.items:
            line = self.row(item.id)
            state = states.get(item.id, ItemState.OPEN)
            line.set_suggested(on=state is ItemState.SUGGESTED)
            theirs = of_practice(item.practice, found or ())
            said = [
                ticks.get(item.id, ""),
                self._told(item, state, theirs, looked=found is not None),
            ]
            if item.id in ratings:
                view = self.tr("Your view: {view}")
                said.append(view.format(view=rating_text(ratings[item.id])))
            line.show_evidence(" · ".join(part for part in said if part))
            self._put(item, theirs, disagreed)
        self._foot.setText(self._foot_text(looked=found is not None, swapped=swapped))
        self._foot.show()

    def _foot_text(self, *, looked: bool, swapped: bool) -> str:
        if swapped:
            return self.tr("You played the customer. Tick what the person at the desk did.")
        if looked:
            return self.tr(
                "Not heard is not the same as not done: recognised words leave some out."
            )
        return self.tr("There were no words, so nothing was looked for. Tick what you did.")

    def _told(
        self, item: Item, state: ItemState, theirs: Sequence[JudgedEvidence], *, looked: bool
    ) -> str:
        """Say in a few words what was found."""
        holding = [one.holds for one in theirs if one.holds is not None]
        done = sum(one.polarity is Polarity.DONE for one in holding)
        if state is ItemState.TAKEN_BACK:
            return self.tr("You say: not this time")
        if item.ceiling is not None and done > item.ceiling:
            text = self.tr("Heard {n} times; at most {most} is enough")
            return text.format(n=done, most=item.ceiling)
        if item.practice in AVOIDED and looked:
            return "" if holding else self.tr("Nothing of the kind was heard")
        if state is ItemState.SUGGESTED:
            return self.tr("Heard. Did you? Press to tick it")
        if looked and done and done < item.floor:
            return self.tr("Heard {n} of {least}").format(n=done, least=item.floor)
        return self.tr("Not heard") if looked and not holding else ""

    def _put(self, item: Item, theirs: Sequence[JudgedEvidence], disagreed: frozenset[str]) -> None:
        old = self.evidence.pop(item.id, None)
        if old is not None:
            old.hide()
            old.deleteLater()
        if not theirs:
            return
        made = EvidenceList(tuple(theirs), disagreed)
        made.play_wanted.connect(self.play_wanted)
        made.refused.connect(self.refused)
        self.evidence[item.id] = made
        self.insert_below(item.id, made)
