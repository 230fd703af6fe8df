"""The pages round the talk: settings, privacy, exercises, own content, handing over, comparing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QScrollArea

from app.coach.content_kinds import ContentKind
from app.coach.practice_types import Speaking
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.widgets.partner_card import PartnerCard
from tests.screenshots_round import SIZE
from tests.screenshots_stage import (
    PASSPHRASE,
    another_take,
    clips_of,
    own_normal_of,
    reviewed_by_cleo,
)
from tests.screenshots_talk import SCENARIO

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.types import SessionRecord
    from tests.screenshots_round import Photographer
    from tests.screenshots_stage import Trainer

REST_MS: Final = 1500
REPLY: Final = (
    "Dear Mrs Okafor,\n\nI am sorry for the second charge on your card. It was our mistake. I have "
    "asked the bank to return it today; it will be on your account by Thursday, and I will write "
    "to you myself when it is.\n\nAna, front desk"
)
SMALL_TALK: Final = "It is calm today, after the wedding. How did you sleep through all of it?"
GUESTS: Final = (
    "Families at the weekend. Engineers of the trade fair from Monday on.",
    "Of the families the mother; for the engineers their office, by mail.",
    "“That we are expected.” “That I can sleep before my talk.”",
    "Families: an early room. Engineers: the bill, right the first time.",
)
PLAN: Final = LivePlan(
    None, "", None, None, frozenset(), KeepPolicy.PICTURE_AND_SOUND, "complaint", "Charged twice",
    scenario=SCENARIO,
)  # fmt: skip


def go_round(camera: Photographer, folder: Path, clip: Path) -> Trainer:
    """Photograph what Ana sees; gives the trainer's side of it."""
    store = camera.window._services.store
    record = store.sessions()[0]
    clips_of(store, record)
    cleo = reviewed_by_cleo(store, record, folder)
    _practice(camera)
    _content(camera)
    _frame(camera)
    _videos(camera, record, clip, folder)
    _handing_over(camera, record, cleo)
    second = another_take(store, record)
    camera.window.doors.compare_wanted.emit(record.id, second.id)
    _rest(camera, "compare")
    camera.window.show_page("home")
    camera.shoot("home")
    camera.window.show_page("who")
    camera.shoot("who")
    return cleo


def _rest(camera: Photographer, name: str, milliseconds: int = REST_MS) -> None:
    camera.settle(milliseconds)
    camera.shoot(name)


def _here(camera: Photographer) -> Any:  # noqa: ANN401 - each page has its own kind
    """The page in front."""
    return camera.window.stack.currentWidget()


def _practice(camera: Photographer) -> None:
    """What belongs to practising: survey, partner, exercises."""
    window, flow = camera.window, camera.window.flow
    assert flow is not None
    library = window._services.library
    scenario = library.scenario(SCENARIO)
    assert scenario is not None
    window.show_page("survey")
    flow.survey.enter(Speaking.STAFF)
    camera.shoot("survey")
    window.doors.partner_wanted.emit(PLAN)
    camera.shoot("partner-agrees")
    card = PartnerCard(scenario, library.names)
    card.resize(*SIZE)
    card.show_line(scenario.lines[0])
    card.show_turn()
    card.show()
    camera.shoot("partner-card", card)
    card.close()
    for emit, name, text in (
        (flow.scenarios.written_wanted, "written-reply", REPLY),
        (flow.scenarios.small_talk_wanted, "small-talk", SMALL_TALK),
    ):
        emit.emit(scenario)
        flow.exercise.text.setPlainText(text)
        flow.exercise.look.click()
        camera.shoot(name)


def _content(camera: Photographer) -> None:
    """Own content as forms, then the list of it."""
    window, flow = camera.window, camera.window.flow
    assert flow is not None
    window.show_page("content")
    for kind, what, name in (
        (ContentKind.SCENARIOS, SCENARIO, "form-scenario"),
        (ContentKind.PRACTICES, "P19", "form-practice"),
        (ContentKind.CHECKLISTS, "complaint", "form-checklist"),
    ):
        flow.content.copies.wanted.emit(kind, what)
        _rest(camera, name)
        window.show_page("content")
    camera.shoot("content")


def _frame(camera: Photographer) -> None:
    """The frame round the work: settings, privacy, the check before a shift, a pause."""
    window, store = camera.window, camera.window._services.store
    window.go("settings")
    page = _here(camera)
    page.names.setCurrentRow(1)
    camera.shoot("settings")
    page.search.setText("sound")
    camera.shoot("settings-search")
    page.search.clear()
    window.show_page("privacy")
    page = _here(camera)
    page.look.click()
    camera.shoot("privacy")
    own_normal_of(store, store.sessions()[0].person_id or "")
    page.refresh()
    area = page.findChild(QScrollArea)
    area.verticalScrollBar().setValue(page.normal.y() - SIZE[1] // 3)
    camera.shoot("own-normal")
    window.show_page("check")
    page = _here(camera)
    page.stage.video.set_mirrored(mirrored=False)
    camera.hope(lambda: page.walk is not None and page.stage.first.text != "", 20)
    _rest(camera, "check")
    window.doors.take_five_wanted.emit()
    _rest(camera, "take-five", 2500)
    window.show_page("home")


def _videos(camera: Photographer, record: SessionRecord, clip: Path, folder: Path) -> None:
    """Imported videos, who speaks in one, and the library of cases."""
    window = camera.window
    store, person = window._services.store, record.person_id or ""
    videos = [folder / f"{name}.mkv" for name in ("Monday desk", "Tuesday desk")]
    for one in videos:
        shutil.copy(clip, one)
    store.imports.add(person, [(one, None) for one in videos], KeepPolicy.PICTURE_AND_SOUND)
    store.imports.pause(person)
    window.show_page("imports")
    _rest(camera, "imports")
    window.doors.speakers_wanted.emit(record.id)
    _rest(camera, "speakers")
    window.doors.clip_wanted.emit(record.id, 15.0, 20.0)
    _here(camera).worst.setChecked(True)
    _here(camera).title.setText("Arms crossed while she explains")
    _rest(camera, "clip")
    window.doors.library_wanted.emit("sessions")
    _rest(camera, "library")
    window.show_page("watch")
    camera.shoot("watch")
    window.doors.guests_wanted.emit("library")
    for field, text in zip(_here(camera).fields.values(), GUESTS, strict=True):
        field.setPlainText(text)
    camera.settle(REST_MS)
    camera.shoot("guests")
    window.show_page("backup")
    camera.shoot("backup")


def _handing_over(camera: Photographer, record: SessionRecord, cleo: Trainer) -> None:
    """Share, see what is shared, open the trainer's review and read it."""
    window = camera.window
    window.doors.share_wanted.emit(record.id)
    _rest(camera, "share")
    window.show_page("shared")
    camera.shoot("shared")
    window.doors.open_file_wanted.emit(str(cleo.review))
    page = _here(camera)
    page.passphrase.line.setText(PASSPHRASE)
    page.open_it.click()
    camera.until(page.match.isVisible, 60)
    camera.shoot("received")
    page.match.click()
    camera.until(lambda: window.page == "feedback", 60)
    _rest(camera, "feedback", 2500)
