"""A moment said again is listened to with the words of its scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from practice_material import SCENARIO
from ui.fake_live import Stagehand

from app.coach.catalogue import load_catalogue
from app.session import speech, take
from app.settings import Settings
from app.ui import late
from app.ui.pages.report_redo import TakeWish
from audio.speech.types import SpeechSetUp

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from app.coach.scenario_types import Scenario
    from app.coach.types import CueRule
    from app.store.store import Store


def wish(scenario: Scenario | None, rule: CueRule | None = None) -> TakeWish:
    return TakeWish(None, scenario, rule, {}, frozenset())


def test_a_take_knows_the_customers_name_and_the_nouns(
    store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard_with: list[SpeechSetUp] = []
    cameras: list[str | None] = []

    class FakeTake:
        def __init__(
            self, baseline: object, *, speech: SpeechSetUp, camera: str | None, **_: object
        ) -> None:
            heard_with.append(speech)
            cameras.append(camera)

    monkeypatch.setattr(take, "Take", FakeTake)
    plain = SpeechSetUp("pocketsphinx")
    monkeypatch.setattr(speech, "speech_set_up", lambda settings, after=False: plain)
    page = late.report_page(Stagehand(store, Settings(camera="1")).services)
    qtbot.addWidget(page)
    make = page.redo._make_take
    assert make is not None
    make(wish(SCENARIO))
    make(wish(None, load_catalogue().rule("arms_crossed")))
    told, free = heard_with
    assert {"mrs", "ray", "charge"} <= {word.text for word in told.extra}
    assert "Mrs Ray" in {phrase.text for phrase in told.phrases}
    assert free == plain
    assert cameras == [None, "1"], "the camera is opened for what the eyes found, and only then"
