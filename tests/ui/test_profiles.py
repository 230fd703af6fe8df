"""Several people on one computer: each with their own, and nothing of one shows to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from ui.fake_live import Stagehand, agree

from app.settings import (
    MachineSettings,
    Settings,
    load_machine,
    load_settings,
    save_machine,
    save_settings,
    settings_file,
)
from app.store.types import KeepPolicy, PersonRole
from app.ui.consenting import current_person
from app.ui.frame_flow import FrameFlow
from app.ui.profiles import first_page, first_settings, save_choices
from app.ui.services import Choices
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store
    from app.store.types import Person


def practised(stagehand: Stagehand, person: Person, title: str) -> str:
    store = stagehand.store
    consent = store.consent_of(person.id)
    assert consent is not None
    record = store.begin_session(
        person_id=person.id, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
        title=title, focus=None, checklist=None,
    )  # fmt: skip
    store.finish_session(record.id, duration_s=100.0, report=None)
    return record.id


@pytest.fixture
def two(store: Store) -> tuple[Stagehand, Person, Person]:
    """Ana, who is here, and Ben; each with a session and a file of settings."""
    stagehand = Stagehand(store)
    ben = agree(stagehand.services, "Ben")
    ana = agree(stagehand.services, "Ana")
    practised(stagehand, ana, "Ana's lost booking")
    practised(stagehand, ben, "Ben's late check-out")
    save_settings(Settings(person_id=ben.id, person_name="Ben", theme="dark", focus="loud"))
    mine = Settings(person_id=ana.id, person_name="Ana", first_run_over=True)
    save_settings(mine)
    stagehand.services.choices.take(mine)
    save_machine(MachineSettings(last_person=ana.id))
    return stagehand, ana, ben


def window_of(qtbot: QtBot, stagehand: Stagehand) -> MainWindow:
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    return window


def frame_of(window: MainWindow) -> FrameFlow:
    return next(flow for flow in window.flows if isinstance(flow, FrameFlow))


def texts_of(window: MainWindow) -> str:
    """Every text in the window, on show or not."""
    labels = [one.text() for one in window.findChildren(QLabel)]
    fields = [one.text() for one in window.findChildren(QLineEdit)]
    notes = [one.toPlainText() for one in window.findChildren(QPlainTextEdit)]
    return "\n".join((*labels, *fields, *notes))


def test_a_settings_file_from_before_profiles_is_taken_over_once(store: Store) -> None:
    save_settings(Settings(person_name="Ana", theme="dark", keep_policy="report_only"))
    settings, mistake = first_settings(store)
    ana = store.persons()[0]
    assert mistake is None
    assert (settings.person_id, settings.theme, settings.keep_policy) == (
        ana.id, "dark", "report_only",
    )  # fmt: skip
    assert not settings_file().exists()
    assert load_machine()[0].last_person == ana.id
    assert first_settings(store)[0] == settings
    assert len(store.persons()) == 1


def test_a_broken_file_of_the_last_person_is_named_and_their_name_stays(store: Store) -> None:
    ana = store.ensure_person("Ana")
    save_machine(MachineSettings(last_person=ana.id))
    settings_file(ana.id).write_text("theme = purple\n")
    settings, mistake = first_settings(store)
    assert (settings.person_id, settings.person_name) == (ana.id, "Ana")
    assert mistake is not None
    assert ".broken-1.toml" in mistake


def test_who_is_named_comes_before_who_was_last(store: Store) -> None:
    ana, ben = store.ensure_person("Ana"), store.ensure_person("Ben")
    save_machine(MachineSettings(last_person=ana.id))
    assert first_settings(store, ben)[0].person_id == ben.id
    assert first_settings(store)[0].person_id == ana.id


def test_what_was_chosen_before_anybody_was_named_goes_with_the_first_person(store: Store) -> None:
    choices = Choices(Settings(), save_choices)
    choices.change(theme="dark")
    assert settings_file().exists()
    ana = store.ensure_person("Ana")
    choices.change(person_id=ana.id, person_name="Ana")
    assert not settings_file().exists()
    assert load_settings(settings_file(ana.id))[0].theme == "dark"


def test_changing_over_loads_the_others_settings_and_empties_every_page(
    qtbot: QtBot, dressed: QApplication, two: tuple[Stagehand, Person, Person]
) -> None:
    stagehand, _, ben = two
    window = window_of(qtbot, stagehand)
    window.go("sessions")
    window.sessions.search.setText("Ana")
    window.flow.choose(None)
    window.practise.choices.title.setText("Ana's secret title")
    window.go("home")
    assert "Ana's lost booking" in texts_of(window)
    frame_of(window).change_over(ben)
    assert window.page == "home"
    assert (stagehand.services.choices.now.theme, stagehand.services.choices.now.focus) == (
        "dark", "loud",
    )  # fmt: skip
    person = current_person(stagehand.services)
    assert person is not None
    assert person.id == ben.id
    for page in ("sessions", "home"):
        window.go(page)
        qtbot.waitUntil(lambda: "Ana" not in texts_of(window))  # what was let go of is gone
        assert "Ben's late check-out" in texts_of(window), page
    assert window.sessions.search.text() == ""
    assert load_machine()[0].last_person == ben.id


def test_several_people_are_asked_who_they_are(
    qtbot: QtBot, dressed: QApplication, two: tuple[Stagehand, Person, Person]
) -> None:
    stagehand, _, ben = two
    assert first_page(stagehand.services) == "who"
    window = window_of(qtbot, stagehand)
    window.show_page("who")
    page = window.stack.currentWidget()
    assert [one.person.name for one in page.cards] == ["Ana", "Ben"]
    assert not window.rail.isVisible()
    window.go("sessions")
    assert window.page == "who", "nothing of anybody before it is answered"
    qtbot.keyClick(page.cards[1], Qt.Key.Key_Return)
    assert (window.page, stagehand.services.choices.now.person_id) == ("home", ben.id)
    save_machine(load_machine()[0].model_copy(update={"ask_who": False}))
    assert first_page(stagehand.services) == "home"


def test_somebody_new_is_added_with_a_role_and_has_settings_of_their_own(
    qtbot: QtBot, dressed: QApplication, two: tuple[Stagehand, Person, Person]
) -> None:
    stagehand, _, _ = two
    window = window_of(qtbot, stagehand)
    window.show_page("who")
    page = window.stack.currentWidget()
    page.new.click()
    page.form.name.setText(" ben ")
    page.form.add.click()
    assert "already" in page.form.wrong.text()
    page.form.name.setText("Cleo")
    page.form.trainer.setChecked(True)
    page.form.add.click()
    person = current_person(stagehand.services)
    assert person is not None
    assert (person.name, person.role) == ("Cleo", PersonRole.TRAINER)
    assert stagehand.services.choices.now.theme == "system"
    assert window.page == "first", "somebody new begins with the first steps"
    window.close()


def test_a_broken_settings_file_is_told_on_home_after_changing_over(
    qtbot: QtBot, dressed: QApplication, two: tuple[Stagehand, Person, Person]
) -> None:
    stagehand, _, ben = two
    settings_file(ben.id).write_text('theme = "purple"\ntext_size = 115\n')
    window = window_of(qtbot, stagehand)
    frame_of(window).change_over(ben)
    assert "settings" in window.home.notice.text
    assert stagehand.services.choices.now.text_size == 115
