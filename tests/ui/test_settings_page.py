"""Settings: found by any of their names, counting at once, and each of them doing something."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.coach.catalogue import adjusted
from app.errors import AppError
from app.settings import Settings, save_settings, settings_file
from app.store.types import KeepPolicy, PersonRole
from app.ui.consenting import current_person, enter_consent, standing_consent
from app.ui.pages.settings import SettingsPage
from app.ui.pages.settings_cues import CuesSection
from app.ui.pages.settings_kept import KeepSection
from app.ui.pages.settings_people import PeopleSection
from app.ui.pages.settings_sections import DevicesSection, HintsSection, LookSection
from app.ui.pages.settings_words import WordsSection
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand


Kind = TypeVar("Kind")


@pytest.fixture
def person(stagehand: Stagehand) -> str:
    """Ana, who agreed and whose settings are hers."""
    text = stagehand.services.consent
    enter_consent(stagehand.services, "Ana", KeepPolicy.REPORT_ONLY, text.retention_days)
    found = current_person(stagehand.services)
    assert found is not None
    return found.id


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, person: str) -> SettingsPage:
    """The settings in the real window."""
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    window.go("settings")
    made = window.stack.currentWidget()
    assert isinstance(made, SettingsPage)
    qtbot.waitUntil(lambda: section(made, DevicesSection).camera.box.count() > 2)
    return made


def section(page: SettingsPage, kind: type[Kind]) -> Kind:
    return next(one for one in page.sections if isinstance(one, kind))


def found(page: SettingsPage, text: str) -> list[tuple[str, str]]:
    page.search.setText(text)
    return [
        (one.name, row.name)
        for one in page.sections
        if one.isVisible()
        for row in one.rows
        if row.isVisible()
    ]


def pick(box: QComboBox, value: object) -> None:
    """Choose as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("microphone", ("Picture and sound", "Microphone")),
        ("webcam", ("Picture and sound", "Camera")),
        ("sound mic", ("Picture and sound", "Microphone")),
        ("DARK", ("Appearance", "Colours")),
        ("font", ("Appearance", "Size of texts")),
        ("animation", ("Appearance", "Movement")),
        ("beep", ("Hints", "How a hint is given")),
        ("stick", ("What is kept", "Of a session")),
        ("retention", ("What is kept", "How long")),
        ("withdraw", ("What is kept", "What you agreed to")),
        ("transcript", ("Words", "Engine")),
        ("rename", ("People", "Your name")),
        ("arms", ("What is looked for", "Arms crossed")),
        ("receipts", ("Privacy", "What is measured, and what never is")),
        ("tutorial", ("Backup and first steps", "First steps")),
    ],
)
def test_a_setting_is_found_by_what_one_may_call_it(
    page: SettingsPage, text: str, expected: tuple[str, str]
) -> None:
    assert expected in found(page, text)


def test_what_nothing_is_called_says_so_and_leads_back(page: SettingsPage, qtbot: QtBot) -> None:
    assert found(page, "zzz") == []
    assert "zzz" in page.none.text()
    page.all.click()
    assert [one.name for one in page.sections if one.isVisible()] == ["Picture and sound"]


def test_appearance_counts_at_once_and_is_kept(page: SettingsPage, stagehand: Stagehand) -> None:
    looks = section(page, LookSection)
    pick(looks.theme, "dark")
    pick(looks.text_size, 130)
    pick(looks.movement, "reduced")
    looks.checklist.click()
    now = stagehand.services.choices.now
    assert (now.theme, now.text_size, now.movement, now.checklist_hidden) == (
        "dark", 130, "reduced", True,
    )  # fmt: skip
    assert stagehand.saved[-1] == now


def test_a_cue_that_is_off_or_moved_reaches_the_plan_and_there_is_a_way_back(
    page: SettingsPage, stagehand: Stagehand
) -> None:
    cues = section(page, CuesSection)
    cues.boxes["smile"].click()
    pick(cues.limits["loud"], 0.7)
    now = stagehand.services.choices.now
    assert (now.switched_off, now.limits) == (("smile",), {"loud": 0.7})
    assert not cues.limits["smile"].isEnabled()
    row = next(one for one in cues.rows if one.name == "Raised voice")
    assert "4.2 dB" in row.why.text()
    window = page.window()
    assert isinstance(window, MainWindow)
    plan = window.practise.plan(preview=False)
    assert (plan.limits, plan.switched_off) == ({"loud": 0.7}, frozenset({"smile"}))
    assert adjusted(stagehand.services.catalogue, plan.limits).rule("loud").enter < 6.0
    cues.reset.click()
    now = stagehand.services.choices.now
    assert (now.switched_off, now.limits) == ((), {})
    assert not cues.reset.isEnabled()


def test_hints_their_way_and_their_pauses_reach_the_plan(
    page: SettingsPage, stagehand: Stagehand
) -> None:
    hints = section(page, HintsSection)
    assert not hints.way.isEnabled(), "nothing to hint at yet"
    assert "What I may hint at" in hints.way.accessibleDescription(), "and it says why"
    pick(hints.focus, "loud")
    assert hints.way.isEnabled()
    assert "tone waits" in hints.way.accessibleDescription()
    pick(hints.way, "both")
    pick(hints.pause, "longest")
    window = page.window()
    assert isinstance(window, MainWindow)
    window.practise.choices.refresh()
    plan = window.practise.plan(preview=False)
    assert (plan.focus, plan.hint_way, plan.rarer) == ("loud", "both", 4.0)
    pick(hints.focus, "")
    window.practise.choices.refresh()
    assert window.practise.plan(preview=False).focus is None


def test_what_is_kept_and_how_long_is_a_new_agreement(
    page: SettingsPage, stagehand: Stagehand, person: str
) -> None:
    keep = section(page, KeepSection)
    pick(keep.policy, KeepPolicy.VOICE_AND_STICK.value)
    pick(keep.days, 7)
    consent = standing_consent(stagehand.services)
    assert consent is not None
    assert consent.retention_days == 7
    assert len(stagehand.store.consents(person)) == 2, "the old one is kept as it was given"
    assert stagehand.services.choices.now.keep_policy == "voice_and_stick_figure"


def test_an_agreement_to_an_earlier_page_keeps_its_days_until_one_is_asked_again(
    page: SettingsPage, stagehand: Stagehand, person: str
) -> None:
    stagehand.store.record_consent(person, "1", "an earlier page", 7, "nobody")
    keep = section(page, KeepSection)
    keep.refresh()
    assert (keep.days.currentData(), keep.days.isEnabled()) == (7, False)
    assert keep._days_row.why.text() == "You are asked before the next recording."


def test_a_name_is_changed_where_it_is_written_and_never_to_somebody_elses(
    page: SettingsPage, stagehand: Stagehand
) -> None:
    stagehand.store.ensure_person("Ben")
    people = section(page, PeopleSection)
    people.field.setText("Ana Berg")
    people.field.editingFinished.emit()
    assert stagehand.services.choices.now.person_name == "Ana Berg"
    people.field.setText("ben")
    people.field.editingFinished.emit()
    assert "already" in page.notice.text
    assert people.field.text() == "Ana Berg"


def test_where_nobody_has_a_profile_each_greyed_row_says_why(
    page: SettingsPage, stagehand: Stagehand
) -> None:
    people = section(page, PeopleSection)
    usual = [row.why.text() for row in people.rows]
    stagehand.services.choices.take(Settings())
    page.refresh()
    for row, why in zip(people.rows, usual, strict=True):
        greyed = any(not one.isEnabled() for one in row.findChildren(QWidget))
        assert ("Somebody new" in row.why.text()) is greyed, why


def test_the_role_is_changed(page: SettingsPage, stagehand: Stagehand, person: str) -> None:
    pick(section(page, PeopleSection).role, PersonRole.TRAINER.value)
    found_person = current_person(stagehand.services)
    assert found_person is not None
    assert found_person.role is PersonRole.TRAINER


def test_removing_a_profile_asks_once_and_takes_settings_and_sessions(
    page: SettingsPage, stagehand: Stagehand, person: str, qtbot: QtBot
) -> None:
    consent = stagehand.store.consent_of(person)
    assert consent is not None
    record = stagehand.store.begin_session(
        person_id=person, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
        title="Late", focus=None, checklist=None,
    )  # fmt: skip
    stagehand.store.finish_session(record.id, duration_s=10.0, report=None)
    save_settings(stagehand.services.choices.now)
    page.refresh()
    people = section(page, PeopleSection)
    people.remove.click()
    assert "your one session" in people.question.goes.text()
    people.question.no.click()
    assert [one.name for one in stagehand.store.persons()] == ["Ana"]
    people.remove.click()
    people.question.yes.click()
    qtbot.waitUntil(lambda: stagehand.store.persons() == [])
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: window.page == "home")
    assert not settings_file(person).exists()
    assert stagehand.services.choices.now == Settings()
    assert len(stagehand.store.receipts(person)) == 1


def test_settings_that_cannot_be_saved_are_told_and_count_all_the_same(
    page: SettingsPage, stagehand: Stagehand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Settings) -> None:
        raise AppError("The settings could not be saved.", "Free some space.")

    monkeypatch.setattr(stagehand.services.choices, "_save", full)
    pick(section(page, LookSection).theme, "dark")
    assert "could not be saved" in page.notice.text
    assert stagehand.services.choices.now.theme == "dark"


def test_every_switch_and_list_of_the_settings_changes_something(
    page: SettingsPage, stagehand: Stagehand
) -> None:
    """No option that does nothing: each control, turned, changes settings, store or machine."""
    hints = section(page, HintsSection)
    pick(hints.focus, "loud")

    def state() -> object:
        return (
            stagehand.services.choices.now, stagehand.store.persons(),
            standing_consent(stagehand.services), section(page, PeopleSection)._profiles.machine,
        )  # fmt: skip

    for one in page.sections:
        page.open_section(one.name)
        for control in [*one.findChildren(QCheckBox), *one.findChildren(QComboBox)]:
            if not control.isEnabled() or control.accessibleName() == "":
                continue
            before = state()
            if isinstance(control, QCheckBox):
                control.click()
            else:
                other = (control.currentIndex() + 1) % control.count()
                if control.itemData(other) == "network":
                    other += 1
                control.setCurrentIndex(other)
                control.activated.emit(other)
            assert state() != before, control.accessibleName()


def test_an_engine_that_is_not_there_is_told_first_of_all(page: SettingsPage, qtbot: QtBot) -> None:
    words = section(page, WordsSection)
    pick(words.engine, "vosk")
    qtbot.waitUntil(lambda: "The settings ask for vosk" in words._found.why.text())
    said = words._found.why.text()
    assert said.index("The settings ask for vosk") == 0
    assert "Meanwhile pocketsphinx finds the words." in said
