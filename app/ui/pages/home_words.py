"""What Home says of the sessions that wait to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.types import SessionRecord


def review_words(
    records: Sequence[SessionRecord], waiting: Sequence[SessionRecord], reviewed: frozenset[str]
) -> str:
    """Say what waits: what was shared, else what came back from a trainer, else the rest."""

    def tr(text: str, number: int = -1) -> str:
        return QCoreApplication.translate("HomePage", text, "", number)

    back = sum(one.id in reviewed and not one.received for one in records)
    if waiting:
        return tr("{n} shared with you.", len(waiting)).format(n=len(waiting))
    if back == 1:
        return tr("1 reviewed by your trainer.")
    if back:
        return tr("{n} reviewed by your trainer.", back).format(n=back)
    if not records:
        return tr("What you have practised, to look at again.")
    if len(records) == 1:
        return tr("One session to look at again.")
    return tr("{n} sessions to look at again.", len(records)).format(n=len(records))
