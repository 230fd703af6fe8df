"""The way from choosing a conversation to its set-up, and the exercises beside it."""

from __future__ import annotations

from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.content_kinds import ContentKind
from app.coach.practice_types import Speaking
from app.errors import AppError
from app.paths import asset
from app.store.own_content import new_file, save_checked
from app.ui.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.coach.scenario_types import Scenario
    from app.store.types import SessionRecord
    from app.ui.flow import Doors, Stage
    from app.ui.pages.content import ContentPage
    from app.ui.pages.content_editor import EditorPage
    from app.ui.pages.exercise import ExercisePage
    from app.ui.pages.practise import PractisePage
    from app.ui.pages.scenario_prepare import PreparePage
    from app.ui.pages.scenarios import ScenariosPage
    from app.ui.pages.survey import SurveyPage
    from app.ui.services import Services
    from app.ui.widgets.notice import Notice

# ruff: noqa: PLC0415 - Home needs none of these pages

PAGES: Final = ("survey", "exercise", "content", "editor", "scenarios", "prepare")
"""Each is an attribute of the flow, made when it is first wanted."""
FREE: Final = "voice"
"""How the customer of a free talk speaks."""


class PracticeFlow(Flow):
    """Holds the pages before the set-up and what was chosen on them."""

    behind = MappingProxyType(dict.fromkeys(PAGES, "practise"))
    alone = frozenset({"survey"})

    def __init__(
        self, services: Services, doors: Doors, stage: Stage, practise: PractisePage
    ) -> None:
        super().__init__(services, doors, stage)
        self._library = services.library
        self._practise = practise
        self._scenario: Scenario | None = None
        doors.scenario_wanted.connect(self.choose_again)
        doors.rehearse_wanted.connect(self.rehearse)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page -> what makes it."""
        return {name: partial(getattr, self, name) for name in PAGES}

    @cached_property
    def scenarios(self) -> ScenariosPage:
        """The conversations to choose from."""
        from app.ui.pages.exercise import SMALL_TALK, WRITTEN
        from app.ui.pages.scenarios import ScenariosPage

        made = ScenariosPage(self.services, self._library)
        made.prepare_wanted.connect(self.choose)
        made.back_wanted.connect(lambda: self.show_wanted.emit("home"))
        made.written_wanted.connect(lambda one: self._practise_one(one, WRITTEN))
        made.small_talk_wanted.connect(lambda one: self._practise_one(one, SMALL_TALK))
        made.own_wanted.connect(lambda: self.show_wanted.emit("content"))
        made.copy_wanted.connect(self._on_copy)
        made.new_wanted.connect(self._on_new)
        made.cases_wanted.connect(lambda: self.doors.library_wanted.emit("scenarios"))
        return made

    @cached_property
    def prepare(self) -> PreparePage:
        """What is to be known before the chosen conversation."""
        from app.ui.pages.scenario_prepare import PreparePage

        made = PreparePage(self.services, self._library.cards)
        made.back_wanted.connect(lambda: self.show_wanted.emit("scenarios"))
        made.guests_wanted.connect(lambda: self.doors.guests_wanted.emit("prepare"))
        made.set_up_wanted.connect(self._on_set_up)
        return made

    @cached_property
    def exercise(self) -> ExercisePage:
        """Exercises in writing."""
        from app.ui.pages.exercise import ExercisePage

        made = ExercisePage(self.services, self._library)
        made.closed.connect(lambda: self.show_wanted.emit("scenarios"))
        return made

    @cached_property
    def content(self) -> ContentPage:
        """One's own files."""
        from app.ui.pages.content import ContentPage

        made = ContentPage(self._library)
        made.closed.connect(lambda: self.show_wanted.emit("scenarios"))
        made.edit_wanted.connect(self._edit)
        made.new_wanted.connect(lambda kind, path: self._make_new(kind, path, made.notice))
        made.copies.wanted.connect(lambda kind, name: self._make_own(kind, name, made.notice))
        made.copies.new_wanted.connect(
            lambda kind, name: self._make_new(kind, self._source(kind, name), made.notice)
        )
        return made

    @cached_property
    def editor(self) -> EditorPage:
        """One of one's own files, as text."""
        from app.ui.pages.content_editor import EditorPage

        made = EditorPage(self._library)
        made.closed.connect(lambda: self.show_wanted.emit("content"))
        return made

    @cached_property
    def survey(self) -> SurveyPage:
        """What the customer is asked afterwards."""
        from app.ui.pages.survey import SurveyPage

        return SurveyPage(self._library.cards.survey)

    @property
    def scenario(self) -> Scenario | None:
        """What is practised; None for a free talk."""
        return self._scenario

    @property
    def way(self) -> str:
        """How the customer speaks: "voice", "partner" or "text"."""
        return self.prepare.way if self._scenario is not None else FREE

    def choose(self, scenario: Scenario | None) -> None:
        """Take a conversation and show what comes next."""
        self._scenario = scenario
        if scenario is None:
            self._practise.take_scenario(None, Speaking.STAFF)
            self.show_wanted.emit("practise")
            return
        # In front first: a page that is not shown yet would not keep the focus that it sets.
        self.show_wanted.emit("prepare")
        self.prepare.enter(scenario)

    def choose_again(self, scenario_id: str) -> bool:
        """Take the conversation of an earlier session; False where it is not there any more."""
        scenario = self._library.scenario(scenario_id)
        if scenario is not None:
            self.choose(scenario)
        return scenario is not None

    def rehearse(self, record: SessionRecord, focus: str = "") -> None:
        """Set up what a session practised once more, with its focus or another one."""
        if wanted := focus or record.focus:
            self.services.choices.change(focus=wanted, hints=True)
        if record.checklist:
            self.services.choices.change(checklist=record.checklist)
        if not record.scenario or not self.choose_again(record.scenario):
            self.choose(None)
            self._practise.choices.title.setText(record.title)

    def forget(self) -> None:
        """Let go of what the last person chose and wrote."""
        self._scenario = None
        self.editor.leave()
        self.exercise.forget()
        self.scenarios.search.clear()
        self.scenarios.list.clear()

    def enter(self, name: str) -> None:
        """Bring a page that comes to the front up to date."""
        if name == "scenarios":
            self.scenarios.refresh()
        elif name == "content":
            self.content.refresh()

    def leave(self, name: str) -> None:
        """Keep what was being written."""
        if name == "editor":
            self.editor.leave()

    def back(self) -> str:
        """Name of the page before the set-up."""
        return "prepare" if self._scenario is not None else "scenarios"

    def _practise_one(self, scenario: Scenario | None, kind: str) -> None:
        if scenario is not None:
            self.show_wanted.emit("exercise")
            self.exercise.enter(scenario, kind)

    def _edit(self, kind: ContentKind, path: Path) -> None:
        self.show_wanted.emit("editor")
        self.editor.open(kind, path)

    def _on_copy(self, scenario: Scenario | None) -> None:
        """Open the person's own file of a scenario."""
        if scenario is not None:
            self._make_own(ContentKind.SCENARIOS, scenario.id, self.scenarios.notice)

    def _make_own(self, kind: ContentKind, name: str, notice: Notice) -> None:
        """Open the person's own file of something; a copy where there is none yet."""
        own = self._library.folder(kind) / f"{name}.toml"
        shipped = asset(kind.value, own.name)
        if not own.exists() and shipped.is_file():
            try:
                save_checked(kind, own, shipped.read_text("utf-8"))
            except AppError as error:
                notice.tell_error(error)
                return
        self._edit(kind, own)

    def _on_new(self, scenario: Scenario | None) -> None:
        """Open a new conversation that begins as a copy of another one."""
        if scenario is not None:
            kind = ContentKind.SCENARIOS
            self._make_new(kind, self._source(kind, scenario.id), self.scenarios.notice)

    def _source(self, kind: ContentKind, name: str) -> Path | None:
        """Find the file of something, one's own before the one that ships; None for no name."""
        if not name:
            return None
        own = self._library.folder(kind) / f"{name}.toml"
        return own if own.is_file() else asset(kind.value, own.name)

    def _make_new(self, kind: ContentKind, source: Path | None, notice: Notice) -> None:
        """Open a new file of one's own: a copy of another one, or an empty one."""
        try:
            path = new_file(kind, source, self._library.folder(kind), self.tr("{title} (new)"))
        except AppError as error:
            notice.tell_error(error)
            return
        self._edit(kind, path)

    def _on_set_up(self) -> None:
        self._practise.take_scenario(self._scenario, self.prepare.role)
        self.show_wanted.emit("practise")
