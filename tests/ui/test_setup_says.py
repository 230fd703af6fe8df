"""What the set-up says before the start: somebody talks, the disk is nearly full."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

from ui.fake_live import FakeLive, Stagehand, agree

from app.coach.calibration import CalibrationStep
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.pages.practise import PractisePage
from app.ui.widgets.calibration_panel import CalibrationPanel
from audio.types import VoiceReading

if TYPE_CHECKING:
    import pytest
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_the_room_step_waits_for_quiet_and_says_so(qtbot: QtBot, dressed: QApplication) -> None:
    panel = CalibrationPanel(lead_in_ms=0)
    qtbot.addWidget(panel)
    panel.begin()
    panel.measure()
    live = FakeLive(LivePlan(None, "", None, None, frozenset(), KeepPolicy.NOTHING, "", ""))
    live.progress(CalibrationStep.ROOM, 0.2)
    live.show(voice=VoiceReading(1.0, speech=True))
    panel.show_state(live.snapshot())
    assert "once it is quiet" in panel._state.text()


def test_little_room_is_said_before_the_start_and_not_where_nothing_is_recorded(
    qtbot: QtBot,
    dressed: QApplication,
    stagehand: Stagehand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = SimpleNamespace(free=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    agree(stagehand.services)
    page = PractisePage(stagehand.services)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.preview_wanted):
        page.enter()
    assert "nearly full" in page.notice.text
    policy = page.choices.policy
    for kept, told in ((KeepPolicy.REPORT_ONLY, False), (KeepPolicy.VOICE_AND_STICK, True)):
        policy.setCurrentIndex(policy.findData(kept.value))
        policy.activated.emit(policy.currentIndex())
        assert ("nearly full" in page.notice.text) is told
    disk.free = 10**12
    page.notice.acted.emit()
    assert page.notice.text == "", "tried again, there is room"
