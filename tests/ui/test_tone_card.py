from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from report_material import report

from app.coach.report_types import Curve
from app.coach.types import Baseline, Sense
from app.ui.widgets.reception import HOLD_LOOKS, ReceptionLine, reception_text
from app.ui.widgets.tone_card import ToneBar, said, tone_card
from audio.types import Reception, VoiceBaseline

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

OWN = VoiceBaseline(2, -60.0, -30.0, 120.0, 90.0, 180.0, 2.0, 4.0, 0.4, 300.0, 50.0, 30.0)
TIMES = tuple(k * 0.1 for k in range(40))


def voice(name: str, value: float) -> Curve:
    return Curve(name, Sense.VOICE, "", TIMES, (value,) * len(TIMES))


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_card_shows_six_scales_and_says_what_stood_out(qtbot: QtBot) -> None:
    curves = (voice("level_dbfs", -24.0), voice("level_over_db", 7.0), voice("run_syl_s", 4.0))
    own = Baseline("2026-01-01T00:00:00Z", "calibration", None, OWN)
    card = tone_card(replace(report(), curves=curves, baseline=own))
    assert card is not None
    qtbot.addWidget(card)
    bars = {bar.scale.id: bar for bar in card.findChildren(ToneBar)}
    assert len(bars) == 6
    assert "Louder: 7 dB above your usual level" in texts(card)
    assert "Hatched: not measured" in texts(card)
    assert said(bars["onsets"].scale) == "not measured"
    assert bars["onsets"].accessibleDescription() == "not measured"
    assert bars["pace"].accessibleDescription().startswith("as usual")
    card.resize(360, 300)
    card.show()
    for bar in bars.values():
        # A dot and hatching are painted differently, and both without complaint.
        assert not bar.grab().isNull()


def test_without_a_voice_there_is_no_card() -> None:
    assert tone_card(replace(report(), curves=())) is None


def test_without_an_own_normal_nothing_is_placed(qtbot: QtBot) -> None:
    card = tone_card(replace(report(), curves=(voice("level_dbfs", -24.0),), baseline=None))
    assert card is not None
    qtbot.addWidget(card)
    assert all(bar.scale.position is None for bar in card.findChildren(ToneBar))


@pytest.mark.parametrize("wrong", list(Reception))
def test_each_fault_of_the_microphone_has_a_sentence_and_a_remedy(
    qtbot: QtBot, wrong: Reception
) -> None:
    line = ReceptionLine()
    qtbot.addWidget(line)
    line.show_reception(wrong)
    assert line.text == " ".join(reception_text(wrong))
    assert not line.isHidden()
    for _ in range(HOLD_LOOKS - 1):
        line.show_reception(None)
    assert line.text
    line.show_reception(None)
    assert line.text == ""
    assert line.isHidden()
