"""What is practised: scenarios, checklists and practices, those that ship and a person's own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from app.coach.cards import load_cards
from app.coach.checklist import read_checklists
from app.coach.content_kinds import ContentKind
from app.coach.desk.markers import read_marker_sets
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import read_practices
from app.coach.scenarios import load_scenarios
from app.store.packs import content_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.coach.card_types import Cards
    from app.coach.desk.markers import MarkerSet
    from app.coach.finder import Finder
    from app.coach.practice_types import Evidence
    from app.coach.practices import Practice
    from app.coach.report_types import Checklist
    from app.coach.scenario_types import Scenario
    from app.errors import AppError


class Library:
    """Reads files when they are first wanted, and again after `refresh`."""

    def __init__(self, folder: Callable[[ContentKind], Path] = content_dir) -> None:
        self.folder = folder
        """Gives the folder of own files of a kind."""

    def refresh(self) -> None:
        """Read again what a person may have changed."""
        for kept in (
            "_scenarios",
            "_checklists",
            "_practices",
            "names",
            "in_words",
            "_finder",
            "_markers",
        ):
            self.__dict__.pop(kept, None)

    @cached_property
    def _scenarios(self) -> tuple[tuple[Scenario, ...], tuple[AppError, ...]]:
        # A checklist with a mistake is told of by itself, and is no other file's mistake.
        own = {path.stem for path in self.folder(ContentKind.CHECKLISTS).glob("*.toml")}
        known = own | {one.id for one in self.checklists}
        return load_scenarios(self.folder(ContentKind.SCENARIOS), checklists=known)

    @cached_property
    def _checklists(self) -> tuple[tuple[Checklist, ...], tuple[AppError, ...]]:
        return read_checklists(self.folder(ContentKind.CHECKLISTS))

    @cached_property
    def _practices(self) -> tuple[tuple[Practice, ...], tuple[AppError, ...]]:
        return read_practices(self.folder(ContentKind.PRACTICES))

    @cached_property
    def _heads(self) -> tuple[tuple[Practice, ...], tuple[AppError, ...]]:
        return read_practices(self.folder(ContentKind.PRACTICES), heads=True)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """All that can be practised, by sector and title."""
        return self._scenarios[0]

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        """All checklists; an own one replaces the shipped one of its id."""
        return self._checklists[0]

    @property
    def practices(self) -> tuple[Practice, ...]:
        """All practices without their patterns; an own one replaces the shipped one of its id."""
        return self._heads[0]

    @cached_property
    def _markers(self) -> tuple[tuple[MarkerSet, ...], tuple[AppError, ...]]:
        return read_marker_sets(self.folder(ContentKind.MARKERS))

    @property
    def marker_sets(self) -> tuple[MarkerSet, ...]:
        """All marker sets of the desk; an own one replaces the shipped one of its id."""
        return self._markers[0]

    @property
    def faults(self) -> tuple[AppError, ...]:
        """A sentence for each own file that could not be read."""
        return self._scenarios[1] + self._checklists[1] + self._practices[1] + self._markers[1]

    def scenario(self, scenario_id: str) -> Scenario | None:
        """Find a scenario by its id."""
        return next((one for one in self.scenarios if one.id == scenario_id), None)

    def checklist(self, checklist_id: str | None) -> Checklist | None:
        """Find a checklist by its id; None for none."""
        return next((one for one in self.checklists if one.id == checklist_id), None)

    @cached_property
    def cards(self) -> Cards:
        """What stands on the cards before and after a conversation."""
        return load_cards()

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each practice, by its id."""
        return {practice.id: practice.name for practice in self.practices}

    def practice(self, practice_id: str) -> Practice | None:
        """Find a practice by its id."""
        return next((one for one in self.practices if one.id == practice_id), None)

    @cached_property
    def in_words(self) -> frozenset[str]:
        """Practices that words can show."""
        return frozenset(one.id for one in self.practices if "words" in one.lives_in)

    @cached_property
    def _finder(self) -> Finder:
        from app.coach.finder import Finder  # noqa: PLC0415 - not before words are looked through

        return Finder(self._practices[0])

    def prepare(self) -> None:
        """Load what it takes to look through words.

        A second of Python: with the first words of a live session it would cost looks.
        """
        self.find((Turn(Speaking.STAFF, "Good morning, how can I help you?"),))

    def find(
        self, turns: Sequence[Turn], scenario: Scenario | None = None, *, written: bool = False
    ) -> tuple[Evidence, ...]:
        """Find practices in what was said, or written."""
        return self._finder.find(turns, scenario=scenario, written=written)
