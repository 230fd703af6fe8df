from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from report_material import CHECKLIST, event, finding, report, rule

from app.coach.catalogue import load_catalogue
from app.coach.report_types import Curve, NotMeasured
from app.coach.types import Gap, Lane, Mark, MarkKind, Sense
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.pages.report_fleeting import fleeting_session
from app.ui.pages.report_side import ReportSide, was_measured
from app.ui.widgets.finding_card import FindingCard, joined
from app.ui.widgets.finding_gaps import gap_lines

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.coach.report_types import Report
    from app.ui.pages.report_session import ShownSession

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

ARMS = rule("arms_crossed", name="arms crossed")
BROW = rule("brow_drawn", name="brows drawn", lane="brow")
LOUD = rule("loud", Sense.VOICE, name="raised voice", lane="loudness")
RULES = (ARMS, BROW, LOUD)


@pytest.fixture
def shown(qtbot: QtBot) -> FindingCard:
    made = FindingCard(finding("arms_crossed", 12.0, 24.5), ARMS, 1, playable=True)
    qtbot.addWidget(made)
    made.resize(360, 300)
    made.show()
    return made


def texts(widget: ReportSide | FindingCard) -> list[str]:
    QApplication.processEvents()  # what was added to a layout shows, what was let go is gone
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_a_card_says_what_when_how_much_and_what_to_try(shown: FindingCard) -> None:
    said = " ".join(texts(shown)).replace("\u00a0", " ")
    for part in ("0:12", "12 s of it.", "clearly seen", ARMS.advice):
        assert part in said


def test_play_asks_for_the_moment(qtbot: QtBot, shown: FindingCard) -> None:
    with qtbot.waitSignal(shown.play_requested) as asked:
        qtbot.mouseClick(shown.play_button, Qt.MouseButton.LeftButton)
    assert asked.args == [12.0]


def test_disagree_is_said_and_taken_back(qtbot: QtBot, shown: FindingCard) -> None:
    heard: list[tuple[str, bool]] = []
    shown.verdict_given.connect(lambda *what: heard.append(what))
    shown.disagree_button.setFocus()
    qtbot.keyClick(shown.disagree_button, Qt.Key.Key_Space)
    assert any("Your word stands above" in text for text in texts(shown))
    assert ARMS.advice not in texts(shown)
    qtbot.keyClick(shown.disagree_button, Qt.Key.Key_Space)
    assert heard == [("arms_crossed-12000", True), ("arms_crossed-12000", False)]
    assert ARMS.advice in texts(shown)


def test_a_score_is_in_the_details_only(shown: FindingCard) -> None:
    assert not any("0 to 1" in text or "0.5" in text for text in texts(shown))
    assert "It counts from 0.5 on." in shown.measured.toolTip()
    assert shown.measured.accessibleDescription() == shown.measured.toolTip()


def test_showing_a_verdict_says_nothing(shown: FindingCard) -> None:
    heard: list[object] = []
    shown.verdict_given.connect(lambda *what: heard.append(what))
    shown.set_disagreed(on=True)
    assert shown.disagreed
    assert heard == []


def test_the_picture_comes_later_and_everything_has_a_name(shown: FindingCard) -> None:
    assert not shown.picture.has_image
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    shown.picture.show_image(image)
    assert shown.picture.has_image
    drawn = shown.picture.grab().toImage()
    assert drawn.pixelColor(drawn.width() // 2, drawn.height() // 2).red() > 200
    assert shown.accessibleName().startswith("Moment 1: ")
    assert shown.play_button.accessibleName() == "Play moment 1"
    assert shown.disagree_button.accessibleName() == "Disagree with moment 1"


def test_without_a_recording_a_moment_is_shown_on_the_timeline(qtbot: QtBot) -> None:
    made = FindingCard(finding("arms_crossed", 12.0, 24.5), ARMS, 2, playable=False)
    qtbot.addWidget(made)
    assert made.play_button.text() == "Show"


def test_a_number_stays_with_its_unit() -> None:
    assert joined("Crossed for 2.2 s, 39 % faster") == "Crossed for 2.2\u00a0s, 39\u00a0% faster"


@pytest.fixture
def side(qtbot: QtBot) -> ReportSide:
    made = ReportSide()
    qtbot.addWidget(made)
    made.resize(360, 700)
    made.show()
    return made


def session(content: Report | None) -> ShownSession:
    plan = LivePlan(
        camera=None,
        microphone="",
        baseline=None,
        focus=None,
        switched_off=frozenset(),
        keep=KeepPolicy.NOTHING,
        checklist=CHECKLIST.id,
        title="Charged twice",
    )
    made = fleeting_session(plan, content or report(), (), (CHECKLIST,), NOW)
    return replace(made, report=content)


def filled(side: ReportSide, content: Report | None) -> list[str]:
    side.fill(session(content), RULES, playable=True, redo=False)
    return texts(side)


def test_no_findings_is_said_honestly(side: ReportSide) -> None:
    assert "Nothing stood out in what was measured." in filled(side, report())
    gone = tuple(Gap(sense, None, "sensor_gone", 0.0, 60.0) for sense in Sense)
    said = filled(side, report(gaps=gone))
    assert "Nothing was measured in this session, so there is nothing to say." in said
    assert any("There is no report" in text for text in filled(side, None))


def test_words_on_what_measuring_again_did_not_find_are_told(side: ReportSide) -> None:
    gone = {"finding": "brow_drawn-20000", "verdict": "disagree"}
    here = {"finding": "loud-1000", "verdict": "disagree"}
    said = [Mark(1.0, Lane.SELF, MarkKind.VERDICT, "ana", data) for data in (gone, here)]
    found = report(events=(event("loud", 1, 2),), findings=())
    assert not any("are kept" in text for text in filled(side, found))
    made = session(found)
    made.log.now = tuple(said)
    side.fill(made, RULES, playable=True, redo=False)
    assert any("not found any more: 1. They are kept" in text for text in texts(side))


def test_what_counts_as_measured() -> None:
    vision = Gap(Sense.VISION, None, "no_person", 0.0, 60.0)
    hidden = Gap(Sense.VOICE, "loud", "no_signal", 0.0, 59.5)
    assert not was_measured(report(gaps=(vision, hidden)), RULES)
    assert was_measured(report(gaps=(vision,)), RULES)
    assert was_measured(report(gaps=(vision, hidden), events=(event("loud", 1, 2),)), RULES)


def test_findings_are_numbered_and_headed(side: ReportSide) -> None:
    found = (finding("arms_crossed", 12, 20), finding("brow_drawn", 31, 33))
    assert "Two moments to look at" in filled(side, report(findings=found))
    assert [one.finding.cue for one in side.cards] == ["arms_crossed", "brow_drawn"]
    side.show_disagreed(["brow_drawn-31000"])
    assert [one.disagreed for one in side.cards] == [False, True]


def test_one_voice_is_noted_once(side: ReportSide) -> None:
    curve = Curve("pitch_st", Sense.VOICE, "", (0.0,), (1.0,))
    plain = report(labelled=False, curves=(curve,))
    noted = report(
        labelled=False,
        curves=(curve,),
        notes=("Nobody said who is speaking: all sound was measured as one voice.",),
    )
    for content in (plain, noted):
        assert sum("as one voice" in text for text in filled(side, content)) == 1
    assert not any("as one voice" in text for text in filled(side, report(curves=(curve,))))


def test_what_was_not_measured_is_grouped_with_reason_and_length() -> None:
    rows = (
        NotMeasured("arms_crossed", "hidden", 80.2),
        NotMeasured("brow_drawn", "hidden", 80.0),
        NotMeasured("loud", "sensor_gone", 9.0),
        NotMeasured("loud", "no_signal", 0.2),
        NotMeasured("of another version", "hidden", 9.0),
    )
    lines = gap_lines(rows, RULES)
    assert lines == [
        (
            "Arms crossed, brows drawn",
            "Out of sight, behind something or outside the picture",
            "1 min 20 s",
        ),
        ("Raised voice", "There was no sound", "9 s"),
    ]


def test_where_a_whole_sense_was_missed_its_cues_are_not_listed() -> None:
    rules = load_catalogue().rules
    off = NotMeasured("smile", "switched_off", 60.0)
    heard = [rule.id for rule in rules if rule.sense is Sense.VOICE]
    seen = [rule.id for rule in rules if rule.sense is Sense.VISION and rule.id != off.cue]
    silent = [NotMeasured(cue, "no_signal", 14.0) for cue in heard]
    slow = [NotMeasured(cue, "too_few_looks", 25.0) for cue in seen]
    assert [line[0] for line in gap_lines([*silent, *slow, off], rules)] == [
        "All that is heard in the voice",
        "All that is seen",
        "Smile",
    ]
    assert len(gap_lines(silent[1:], rules)[0][0].split(", ")) == len(heard) - 1
    switched_off = [NotMeasured(cue, "switched_off", 60.0) for cue in heard[4:]]
    named = gap_lines(switched_off, rules)[0][0].split(", ")
    assert len(named) == len(heard) - 4, "the others were measured"
