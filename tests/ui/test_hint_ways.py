"""Hints on the screen, by a soft tone, or both; the tone never reaches the measured voice."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from ui.fake_live import FakeLive, blank_snapshot

from app.coach.catalogue import load_catalogue
from app.coach.hints import Hint
from app.coach.types import Lane, MarkKind
from app.errors import AppError
from app.paths import cache_dir
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.hint_giver import MASK_S, HintGiver
from app.ui.icons import icon
from app.ui.soft_tone import FILE_NAME, TONE_S, tone_file, tone_wave
from app.ui.widgets.live_parts import HintBubble
from audio.types import Speaker, VoiceReading

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HINT = Hint("loud", "softer voice", "loudness", good=False, shown_s=10.0)


class FakeTone:
    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.played = 0

    def play(self) -> bool:
        self.played += 1
        return self.works


def plan_of(way: str) -> LivePlan:
    return LivePlan(
        camera=None, microphone="", baseline=None, focus="loud", switched_off=frozenset(),
        keep=KeepPolicy.NOTHING, checklist="", title="", hint_way=way,
    )  # fmt: skip


def snapshot_of(t: float, *, talks: bool | None) -> object:
    return blank_snapshot(t=t, voice=VoiceReading(t=t, speaker=Speaker.STAFF, speech=talks))


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_on_the_screen_nothing_sounds(page: QWidget) -> None:
    tone, live = FakeTone(), FakeLive(plan_of("screen"))
    giver = HintGiver(page, tone)
    giver.begin(live.plan)
    assert giver.give(HINT, snapshot_of(10.0, talks=False), live) is HINT
    assert (tone.played, live.marks) == (0, [])


@pytest.mark.parametrize(("way", "shown"), [("tone", None), ("both", HINT)])
def test_the_tone_waits_for_a_breath_sounds_once_and_is_marked(
    page: QWidget, way: str, shown: Hint | None
) -> None:
    tone, live = FakeTone(), FakeLive(plan_of(way))
    giver = HintGiver(page, tone)
    giver.begin(live.plan)
    for t in (10.0, 10.5, 11.0):
        assert giver.give(HINT, snapshot_of(t, talks=True), live) is shown
    assert tone.played == 0
    for t in (11.2, 11.3):
        giver.give(HINT, snapshot_of(t, talks=False), live)
    assert tone.played == 1
    (mark,) = live.marks
    assert (mark.kind, mark.lane) == (MarkKind.TONE, Lane.MACHINE)
    assert float(mark.data["until"]) == pytest.approx(11.2 + MASK_S)


def test_the_quiet_good_never_sounds(page: QWidget) -> None:
    tone, live = FakeTone(), FakeLive(plan_of("both"))
    giver = HintGiver(page, tone)
    giver.begin(live.plan)
    good = Hint("loud", "good", "good", good=True, shown_s=12.0)
    assert giver.give(good, snapshot_of(12.0, talks=False), live) is good
    assert tone.played == 0


def test_without_a_loudspeaker_the_screen_shows_what_was_to_be_heard(page: QWidget) -> None:
    tone, live = FakeTone(works=False), FakeLive(plan_of("tone"))
    giver = HintGiver(page, tone)
    giver.begin(live.plan)
    assert giver.give(HINT, snapshot_of(10.0, talks=False), live) is HINT


def test_the_tone_is_soft_short_and_has_no_edges() -> None:
    with wave.open(io.BytesIO(tone_wave())) as file:
        rate, frames = file.getframerate(), file.readframes(file.getnframes())
    samples = np.frombuffer(frames, "<i2") / 32768
    assert len(samples) / rate == pytest.approx(TONE_S, abs=0.001)
    assert np.abs(samples).max() < 0.13
    assert np.abs(samples[[0, -1]]).max() < 0.001


def test_without_room_for_the_tone_it_is_told_and_nothing_half_is_left() -> None:
    (cache_dir() / f"{FILE_NAME}.part").symlink_to("/dev/full")
    with pytest.raises(AppError, match="disk is full") as told:
        tone_file()
    assert told.value.remedy
    assert list(cache_dir().iterdir()) == []
    assert tone_file().read_bytes() == tone_wave()


def test_a_hint_has_words_and_a_picture_and_needs_no_colour(page: QWidget) -> None:
    for rule in load_catalogue().rules:
        if rule.focus:
            assert 1 <= len(rule.hint.split()) <= 3, rule.id
            assert not icon(rule.icon).isNull(), rule.id
    bubble = HintBubble(page)
    bubble.show_hint(HINT)
    said = [one.text().casefold() for one in bubble.findChildren(QLabel)]
    assert HINT.text in said
    assert any(not one.pixmap().isNull() for one in bubble.findChildren(QLabel))
