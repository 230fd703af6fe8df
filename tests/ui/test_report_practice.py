"""The report after a session with words: own view, example, evidence, saying it again."""

from __future__ import annotations

import io
import wave
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from practice_material import APOLOGY, MARKS, SCENARIO, SPOKEN, WORDS, FakeLibrary, spoken_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from report_material import mark
from ui.fake_live import blank_snapshot
from ui.pseudo_locale import PseudoTranslator

from app.coach.catalogue import load_catalogue
from app.coach.practice_types import Speaking
from app.coach.take_facts import TakeFacts
from app.coach.types import MarkKind
from app.store.takes import read_takes
from app.store.types import KeepPolicy
from app.store.words import NO_ENGINE, SavedWords
from app.ui.pages.report import ReportPage
from app.ui.pages.report_steps import Step
from app.ui.style import apply_theme
from app.ui.widgets.after_cards import Reflection
from app.ui.widgets.checklist_view import ChecklistRow
from audio.types import PhraseHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.coach.scenario_types import Scenario
    from app.session.plan import Snapshot
    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.ui.pages.report_redo import TakeWish
    from vision.types import Frame

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PICTURE = KeepPolicy.PICTURE_AND_SOUND
FACTS = TakeFacts("i'm sorry for the second charge", 2.0, 0.1, -3.0, None)


def silence() -> bytes:
    """Half a second of it, as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 16000, 0, "NONE", "not compressed"))
        out.writeframes(bytes(16000))
    return file.getvalue()


class FakeTake:
    """Hears what a test puts in."""

    sees = False

    def __init__(self, *, hears: bool = True) -> None:
        self.wav = b""
        self.film = b""
        self.facts: TakeFacts | None = None
        self.hears = hears
        self.running = False

    def start(self) -> None:
        self.running = True

    def picture(self) -> Frame | None:
        return None

    def snapshot(self) -> Snapshot:
        return blank_snapshot(t=2.0)

    def stop(self) -> None:
        self.running = False
        if self.hears:
            self.wav, self.facts = silence(), FACTS


class Desk:
    """A page with a library, and takes that are at hand."""

    def __init__(self, store: Store, qtbot: QtBot) -> None:
        self.store = store
        self.takes: list[FakeTake] = []
        self.practised: list[Scenario | None] = []
        self.hears = True
        self.page = ReportPage(
            store,
            load_catalogue(),
            checklists=(SPOKEN,),
            now=lambda: NOW,
            library=FakeLibrary(),  # type: ignore[arg-type]
            make_take=self._take,
            who=lambda: next((one.id for one in store.persons()), None),
        )
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()

    def _take(self, wish: TakeWish) -> FakeTake:
        self.practised.append(wish.scenario)
        self.takes.append(FakeTake(hears=self.hears))
        return self.takes[-1]

    def open(self, record: SessionRecord, *, fresh: bool = False) -> ReportPage:
        self.page.open(record.id, fresh=fresh)
        QApplication.processEvents()
        return self.page

    def said(self, record: SessionRecord, kind: MarkKind) -> list[dict[str, str]]:
        return [dict(m.data) for m in self.store.marks(record.id) if m.kind is kind]


@pytest.fixture
def desk(store: Store, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(store, qtbot)
    yield made
    made.page.close_files()
    made.page.close()


def texts(page: ReportPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def press(qtbot: QtBot, page: ReportPage, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Press a key where the focus is, as hands do."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    there = QApplication.focusWidget()
    assert there is not None
    assert page.isAncestorOf(there)
    qtbot.keyClick(there, key, modifier)


# Own view, example, what was found


def test_a_fresh_session_asks_for_the_own_view_first(qtbot: QtBot, desk: Desk) -> None:
    record = spoken_session(desk.store, policy=PICTURE)
    page = desk.open(record, fresh=True)
    assert page.steps.step is Step.VIEW
    assert page.steps.rating is not None
    qtbot.mouseClick(page.steps.rating.rows[0].answers["yes"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.steps.rating.rows[0].answers["partly"], Qt.MouseButton.LeftButton)
    assert page.steps.rating.told.text() == "1 of 3 answered"
    assert desk.said(record, MarkKind.RATING) == [{"item": "sorry", "value": "partly"}]
    page.steps.rating.next.click()
    assert page.steps.step is Step.EXAMPLE
    assert page.steps.example is not None
    page.steps.example.next.click()
    assert page.steps.step is Step.FOUND
    assert page.side.checklist is not None
    assert "Your view: Partly" in page.side.checklist.row("sorry").evidence
    page = desk.open(record)
    assert page.steps.step is Step.FOUND  # an old session is open everywhere at once
    assert not page.steps.buttons[Step.VIEW].isHidden()


def test_skipping_is_one_key_and_is_remembered(qtbot: QtBot, desk: Desk) -> None:
    record = spoken_session(desk.store, policy=PICTURE)
    page = desk.open(record, fresh=True)
    press(qtbot, page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert page.steps.step is Step.EXAMPLE
    assert desk.said(record, MarkKind.RATING) == [{"item": "", "value": "skipped"}]
    assert desk.open(record, fresh=True).steps.step is Step.FOUND


def test_a_person_may_jump_by_key(qtbot: QtBot, desk: Desk) -> None:
    page = desk.open(spoken_session(desk.store, policy=PICTURE), fresh=True)
    for key in (Qt.Key.Key_3, Qt.Key.Key_1):
        press(qtbot, page, key, Qt.KeyboardModifier.AltModifier)
        assert page.steps.step is (Step.FOUND if key == Qt.Key.Key_3 else Step.VIEW)


def test_with_swapped_roles_nobody_is_asked_and_the_page_says_so(desk: Desk) -> None:
    record = spoken_session(desk.store, policy=PICTURE, role=Speaking.CUSTOMER)
    page = desk.open(record, fresh=True)
    assert page.steps.step is Step.EXAMPLE
    assert page.steps.rating is None
    page.steps.go_to_number(2)
    assert any("“you” means them" in text for text in texts(page))
    assert not any(card.redo_button.isVisible() for card in page.side.cards)


# Evidence and order


def test_words_and_body_together_lead(desk: Desk) -> None:
    page = desk.open(spoken_session(desk.store, policy=PICTURE))
    assert [card.finding.id for card in page.side.cards] == [
        "P19-arms_crossed-5000",
        "brow_drawn-40000",
    ]
    assert page.side.cards[0].sentence.text() == "You apologised at 0:05, with your arms crossed."
    page.side.cards[0].disagree_button.click()
    assert desk.store.marks(desk.page.record.id)[-1].data  # type: ignore[union-attr]


def test_an_item_shows_its_words_and_plays_them(qtbot: QtBot, desk: Desk) -> None:
    page = desk.open(spoken_session(desk.store, policy=PICTURE))
    assert page.side.checklist is not None
    assert page.side.checklist.row("sorry").suggested
    assert not page.side.checklist.row("sorry").isChecked()
    assert page.side.checklist.row("no_empty").evidence == "Nothing of the kind was heard"
    quote = page.side.checklist.evidence["sorry"].quotes[0]
    assert APOLOGY in quote.accessibleName()
    qtbot.mouseClick(quote, Qt.MouseButton.LeftButton)
    assert page.playhead_s == 5.0


def test_a_person_ticks_takes_back_and_refuses(desk: Desk) -> None:
    record = spoken_session(desk.store, policy=PICTURE)
    page = desk.open(record)
    assert page.side.checklist is not None
    line = page.side.checklist.row("sorry")
    line.click()
    assert line.isChecked()
    line.click()
    assert not line.isChecked()
    assert not line.suggested
    assert "You say: not this time" in line.evidence
    assert desk.said(record, MarkKind.TICK)[-1]["on"] == "false"
    refusal = page.side.checklist.evidence["recap"].refusals["P23-done-15000"]
    assert isinstance(refusal, QAbstractButton)
    refusal.click()
    assert not page.side.checklist.row("recap").suggested
    assert desk.store.session(record.id).practices == {"P19": (1, 0)}


def test_without_words_the_page_says_that_nothing_was_looked_for(desk: Desk) -> None:
    page = desk.open(spoken_session(desk.store, policy=PICTURE, words=None))
    assert any("nothing was looked for" in text for text in texts(page))
    assert page.side.checklist is not None
    assert page.side.checklist.evidence == {}
    page.side.checklist.row("sorry").click()
    assert page.side.checklist.ticked == ("sorry",)


def test_what_the_partner_said_and_a_pause_after_a_hard_talk(desk: Desk) -> None:
    marks = (
        *MARKS,
        *(mark(t, MarkKind.FELT, heard="false") for t in (6.0, 16.0)),
        mark(60.0, MarkKind.SURVEY, question="heard", answer="no"),
        mark(60.0, MarkKind.SURVEY, question="next", answer="yes", text="a mail by noon"),
        mark(60.0, MarkKind.SURVEY, question="of_tomorrow", answer="often"),
    )
    record = spoken_session(desk.store, policy=PICTURE, marks=marks)
    page = desk.open(record)
    said = " ".join(texts(page))
    assert "What your partner said as the customer" in said
    assert "Did you feel heard? No." in said
    # As it stands on the card, so that the report does not say less than was answered.
    assert "Did you know what happens next? Yes, and by when. “a mail by noon”" in said
    assert "of_tomorrow often." in said
    assert "not heard 2 ×" in said
    assert "Take five" in said
    page.side.noted.emit("I should ask what she fears")
    assert desk.said(record, MarkKind.NOTE)[0]["text"] == "I should ask what she fears"


def test_better_words_leave_what_is_being_typed(desk: Desk) -> None:
    page = desk.open(spoken_session(desk.store, policy=PICTURE))
    (asked,) = [one for one in page.side.after if isinstance(one, Reflection)]
    asked.field.setText("half a tho")
    page.words.found.emit(SavedWords(WORDS[:7], "pocketsphinx", thorough=True))
    (asked,) = [one for one in page.side.after if isinstance(one, Reflection)]
    assert asked.field.text() == "half a tho"
    assert page.side.checklist is not None
    assert not page.side.checklist.row("recap").suggested  # the new words do not hold it


def test_phrases_of_the_second_pass_show_at_once(desk: Desk) -> None:
    page = desk.open(spoken_session(desk.store, policy=PICTURE, words=None))
    assert page.side.checklist is not None
    assert page.side.checklist.evidence == {}
    hit = PhraseHit("if I understand correctly", 20.0, 21.0, 0.95, 3.0, "P23")
    page.words.found.emit(SavedWords((), NO_ENGINE, thorough=True, phrases=(hit,)))
    assert page.side.checklist.row("recap").suggested
    assert page._shown is not None
    assert page._shown.report is not None
    assert page._shown.report.words is None, "no engine listened for words"


# Saying it again


def test_a_moment_is_said_again_and_kept_with_the_session(qtbot: QtBot, desk: Desk) -> None:
    record = spoken_session(desk.store, policy=PICTURE)
    page = desk.open(record)
    page.side.cards[0].redo_button.click()
    assert page.steps.step is Step.REDO
    panel = page.redo.panel
    assert panel is not None
    assert panel.moment.by_customer
    assert panel.moment.before == "I was charged twice!"
    assert panel.moment.first.facts.words == APOLOGY
    panel.say.click()
    assert panel.say.text() == "Stop"
    assert "Speak now" in panel.state.text()
    panel.say.click()
    assert [card.accessibleName() for card in panel.cards] == ["In the session", "Said again"]
    assert ("pace", "10 % faster than you usually speak") in panel.cards[1].values
    assert any("not measured" in text for _, text in panel.cards[1].values)
    (kept,) = read_takes(desk.store.files(record.id))
    assert (kept.moment, kept.facts) == ("P19-arms_crossed-5000", FACTS)
    assert desk.store.files(record.id).read(kept.file) == silence()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.steps.step is Step.FOUND
    page.side.cards[0].redo_button.click()
    assert page.redo.panel is not None
    assert len(page.redo.panel.cards) == 2  # the take of before is there again


def test_where_no_sound_is_kept_a_take_lives_in_memory(desk: Desk) -> None:
    record = spoken_session(desk.store, policy=KeepPolicy.REPORT_ONLY)
    page = desk.open(record)
    before = desk.store.files(record.id).count()
    page.side.cards[0].redo_button.click()
    panel = page.redo.panel
    assert panel is not None
    assert any("not kept" in text for text in texts(page))
    page.redo.toggle()
    page.redo.toggle()
    assert len(panel.cards) == 2
    assert desk.store.files(record.id).count() == before


def test_leaving_ends_a_take_that_runs(desk: Desk) -> None:
    page = desk.open(spoken_session(desk.store, policy=PICTURE))
    page.side.cards[0].redo_button.click()
    page.redo.toggle()
    assert desk.takes[0].running
    assert desk.practised == [SCENARIO]
    page.steps.go(Step.FOUND)
    assert not desk.takes[0].running
    assert page.redo.panel is None


def test_a_take_in_which_nothing_was_heard_says_so(desk: Desk) -> None:
    desk.hears = False
    page = desk.open(spoken_session(desk.store, policy=PICTURE))
    page.side.cards[0].redo_button.click()
    page.redo.toggle()
    page.redo.toggle()
    assert page.redo.panel is not None
    assert "Nothing was heard" in page.redo.panel.state.text()
    assert len(page.redo.panel.cards) == 1


# Every size, longer words


@pytest.fixture
def longer_words(qapp: QApplication) -> Iterator[None]:
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("longer_words")
@pytest.mark.parametrize("size", [(936, 700), (1192, 800), (2472, 1440)])
@pytest.mark.parametrize("step", [*Step])
def test_longer_words_fit_and_everything_has_a_name(
    qapp: QApplication, qtbot: QtBot, desk: Desk, size: tuple[int, int], step: Step
) -> None:
    apply_theme(qapp, "light")
    page = desk.open(spoken_session(desk.store, policy=PICTURE, words=WORDS))
    page.resize(*size)
    if step is Step.REDO:
        page.side.cards[0].redo_button.click()
        page.redo.toggle()
        page.redo.toggle()
    page.steps.go(step)
    QApplication.processEvents()
    assert (page.width(), page.height()) == size
    for one in page.findChildren(QAbstractButton):
        if not one.isVisibleTo(page) or isinstance(one, ChecklistRow):
            continue
        assert one.accessibleName(), one
        if one.text():
            assert one.width() >= min(one.sizeHint().width(), one.maximumWidth()), one.text()
    qtbot.waitUntil(lambda: not cut_off(page))


def cut_off(page: ReportPage) -> list[str]:
    return [
        label.text()
        for label in page.steps.findChildren(QLabel)
        if label.isVisibleTo(page)
        and label.wordWrap()
        and label.height() < label.heightForWidth(label.width())
    ]
