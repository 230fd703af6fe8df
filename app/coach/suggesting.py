"""Which items of a checklist the words so far speak for: a suggestion that a person may take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Polarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.practice_types import Evidence
    from app.coach.report_types import Checklist

LEAST_SURE: Final = 0.5
"""What the finder is less sure of is not suggested while a session runs: a starting value."""


def suggested(checklist: Checklist, found: Sequence[Evidence]) -> dict[str, Evidence]:
    """Choose the items that are done as often as they ask for; gives the evidence for each.

    What was done wrongly suggests nothing, and an item that nothing was found for stays open:
    not heard is not the same as not done.
    """
    chosen: dict[str, Evidence] = {}
    for item in checklist.items:
        of_it = [
            one
            for one in found
            if one.practice == item.practice
            and one.polarity is Polarity.DONE
            and one.confidence >= LEAST_SURE
        ]
        too_often = item.ceiling is not None and len(of_it) > item.ceiling
        if of_it and len(of_it) >= item.floor and not too_often:
            chosen[item.id] = of_it[-1]
    return chosen
