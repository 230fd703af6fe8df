"""What belongs to one profile is not shown to another, whichever page asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from report_material import kept_session, report
from ui.fake_live import Stagehand, agree

from app.errors import AppError
from app.store.types import KeepPolicy
from app.ui import late
from app.ui.pages.clip import ClipPage
from app.ui.pages.compare import ComparePage
from app.ui.pages.feedback import FeedbackPage
from app.ui.pages.report_session import load_session
from app.ui.pages.share_review import SendReviewPage
from app.ui.pages.speakers import SpeakersPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store
    from app.ui.services import Services

PAGES: dict[str, Callable[[Services], Any]] = {
    "report": late.report_page,
    "feedback": FeedbackPage,
    "compare": ComparePage,
    "speakers": SpeakersPage,
    "clip": ClipPage,
    "share_review": SendReviewPage,
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_opens_what_belongs_to_another_profile(
    name: str, qtbot: QtBot, dressed: QApplication, store: Store
) -> None:
    hand = Stagehand(store)
    theirs = kept_session(store, report()).id
    agree(hand.services, "Bea")
    page = PAGES[name](hand.services)
    qtbot.addWidget(page)
    page.open(theirs, *((1.0, 5.0) if name == "clip" else ()))
    assert "another profile" in page.notice.text
    if name == "report":
        assert page.record is None


def test_a_sample_is_everybodys_also_before_anybody_has_a_name(store: Store) -> None:
    sample = store.begin_session(
        person_id=None, consent_id=None, keep_policy=KeepPolicy.REPORT_ONLY, title="A", sample=True
    ).id
    for person in (None, store.ensure_person("Bea").id):
        assert load_session(store, sample, (), person_id=person).record.sample


def test_nobody_opens_what_is_somebodys(store: Store) -> None:
    with pytest.raises(AppError, match="another profile"):
        load_session(store, kept_session(store, report()).id, (), person_id=None)
