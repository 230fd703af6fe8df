"""Privacy: what is said to be measured is the catalogue; papers, receipts and connections show."""

from __future__ import annotations

import socket
import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from store_cases import a_baseline

from app.session.connections import Connection, Whose, open_connections
from app.store.consent import load_consent_text
from app.store.types import KeepPolicy
from app.ui.consenting import current_person, enter_consent
from app.ui.pages.privacy import PrivacyPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.store.types import Person


@pytest.fixture
def ana(stagehand: Stagehand) -> Person:
    enter_consent(stagehand.services, "Ana", KeepPolicy.REPORT_ONLY, 30)
    person = current_person(stagehand.services)
    assert person is not None
    return person


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, ana: Person) -> PrivacyPage:
    made = PrivacyPage(stagehand.services)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.refresh()
    made.show()
    return made


def texts(page: PrivacyPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def session_with(stagehand: Stagehand, ana: Person, partner: str | None) -> str:
    store = stagehand.store
    consent = store.consent_of(ana.id)
    assert consent is not None
    theirs = None
    if partner is not None:
        theirs = store.record_partner_consent(
            ana.id, partner, version="2", purpose="practice", retention_days=30, seen_by="Ana"
        )
    record = store.begin_session(
        person_id=ana.id, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
        title="Lost booking", focus=None, checklist=None,
        partner_consent_id=theirs.id if theirs is not None else None,
    )  # fmt: skip
    store.finish_session(record.id, duration_s=10.0, report=None)
    return record.id


def test_every_cue_of_the_catalogue_is_named(page: PrivacyPage, stagehand: Stagehand) -> None:
    said = texts(page)
    for rule in stagehand.services.catalogue.rules:
        assert rule.name in said
    for never in ("What you feel", "Nobody is recognised", "No score", "AI Act"):
        assert never in said


def test_agreements_show_with_version_and_day(page: PrivacyPage) -> None:
    assert "You, for your own sessions" in texts(page)
    assert f"Version {load_consent_text().version}" in texts(page)
    assert "kept for 30 days" in texts(page)


def test_a_partner_takes_it_back_and_their_sessions_go(
    page: PrivacyPage, stagehand: Stagehand, ana: Person, qtbot: QtBot
) -> None:
    mine, shared = session_with(stagehand, ana, None), session_with(stagehand, ana, "Jonas")
    page.refresh()
    take = next(
        one
        for one in page.agreements.findChildren(QPushButton)
        if one.accessibleName() == "Take back the agreement of Jonas"
    )
    take.click()
    assert "Jonas" in page.question.goes.text()
    page.question.no.click()
    assert len(stagehand.store.sessions(person_id=ana.id)) == 2
    take.click()
    page.question.yes.click()
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert [one.id for one in stagehand.store.sessions(person_id=ana.id)] == [mine]
    assert shared != mine
    assert "your partner took their agreement back" in texts(page)
    qtbot.waitUntil(lambda: "Taken back on" in texts(page))
    given = [one for one in stagehand.store.consents(ana.id) if one.given_by == "Jonas"]
    assert [one.withdrawn_at is not None for one in given] == [True]


def test_a_receipt_says_how_much_and_not_what(
    page: PrivacyPage, stagehand: Stagehand, ana: Person
) -> None:
    assert "When something is deleted" in texts(page)
    stagehand.store.delete_session(session_with(stagehand, ana, None))
    page.refresh()
    assert "you deleted it" in texts(page)
    assert "Lost booking" not in texts(page)


def test_without_a_connection_it_says_none(page: PrivacyPage) -> None:
    page.show_connections([])
    assert page.summary.text().startswith("None.")


def test_connections_are_told_apart(page: PrivacyPage) -> None:
    page.show_connections(
        [
            Connection(Whose.LOOPBACK, "127.0.0.1:5000", "127.0.0.1:6000", "python 1"),
            Connection(Whose.CAMERA, "10.0.0.2:40000", "10.0.0.9:8080", "python 1"),
        ]
    )
    assert "1 to the outside" in page.summary.text()
    assert "The network camera that you chose: 10.0.0.2:40000 → 10.0.0.9:8080" in texts(page)
    assert "Nothing leaves the machine" in texts(page)


def test_what_is_really_open_is_found_and_known_as_the_camera() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            found = open_connections()
            there = [one for one in found if one.there.endswith(f":{port}")]
            assert [one.whose for one in there] == [Whose.LOOPBACK]
            camera = f"http://127.0.0.1:{port}/video"
            known = [one for one in open_connections([camera]) if one.there.endswith(f":{port}")]
            assert [one.whose for one in known] == [Whose.CAMERA]
            listening = [one for one in found if one.here.endswith(f":{port}") and not one.there]
            assert [one.whose for one in listening] == [Whose.LOOPBACK]
    assert not [one for one in open_connections() if str(port) in one.here + one.there
                and one.whose is Whose.OTHER]  # fmt: skip


def test_everything_about_one_person_goes_into_one_file(
    page: PrivacyPage, stagehand: Stagehand, ana: Person, qtbot: QtBot, tmp_path: Path
) -> None:
    session_with(stagehand, ana, None)
    target = tmp_path / "about me.zip"
    page.export.make_file(target)
    qtbot.waitUntil(lambda: str(target) in page.export.told.text())
    assert page.export.make.isVisible()
    assert not page.export.bar.isVisible()
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist()


def test_it_can_be_stopped_and_nothing_is_left(
    page: PrivacyPage, stagehand: Stagehand, ana: Person, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    files = stagehand.store.files(session_with(stagehand, ana, None))
    files.write_atomic("session.json", b"{}" * 100_000)
    begin = page.export._progress

    def stopped(part: float) -> None:
        page.export.stop()
        begin(part)

    monkeypatch.setattr(page.export, "_progress", stopped)
    page.export.make_file(tmp_path / "me.zip")
    qtbot.waitUntil(lambda: "Stopped" in page.export.told.text())
    assert list(tmp_path.glob("*.zip*")) == []


def test_a_file_that_cannot_be_written_is_told(
    page: PrivacyPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.export.make_file(tmp_path / "no such folder" / "me.zip")
    qtbot.waitUntil(page.export.make.isVisible)
    assert "no such folder" in page.export.told.text()


def test_the_own_normal_is_deleted_here_and_leaves_a_receipt(
    page: PrivacyPage, stagehand: Stagehand, ana: Person, qtbot: QtBot
) -> None:
    assert "None is kept beside your sessions" in texts(page)
    assert page.normal.delete.isHidden()
    stagehand.store.own_normals.keep(ana.id, a_baseline())
    page.refresh()
    assert "Measured on 1 January 2026" in texts(page)
    page.normal.delete.click()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.normal.asking
    page.normal.delete.click()
    with qtbot.waitSignal(page.normal_deleted):
        page.normal.question.yes.click()
    assert stagehand.store.own_normals.of(ana.id) is None
    assert "Own normal deleted on" in texts(page)
    assert "Deleted, with a receipt: your own normal." in texts(page)


def test_the_page_on_consent_says_of_the_own_normal_what_is_done(stagehand: Stagehand) -> None:
    said = {one.heading: one.text for one in stagehand.services.consent.sections}
    assert "own normal" in said["What is kept, and where"]
    assert "delete under Privacy" in said["How long"]
    assert "your own normal are then deleted" in said["Taking it back"]
    for text in said.values():
        for direction in (" below", " above", " on the right", " on the left"):
            assert direction not in text
