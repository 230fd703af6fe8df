"""The minute before a shift: the self-check, and a pause whenever it is wanted."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from app.ui.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.coach.types import Baseline
    from app.ui.flow import Doors, Stage
    from app.ui.pages.check import CheckPage
    from app.ui.pages.take_five import TakeFivePage
    from app.ui.services import Services

CHECK: Final = "check"
TAKE_FIVE: Final = "take_five"


class CheckFlow(Flow):
    """Makes both pages when they are first wanted, and leads back from the pause."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType({TAKE_FIVE: CHECK})
    alone: ClassVar[frozenset[str]] = frozenset({TAKE_FIVE})

    def __init__(self, services: Services, doors: Doors, stage: Stage) -> None:
        super().__init__(services, doors, stage)
        self._check: CheckPage | None = None
        self._pause: TakeFivePage | None = None
        self._from = "home"
        self._measured: tuple[str, Baseline] | None = None
        doors.take_five_wanted.connect(self._on_take_five)
        doors.person_changed.connect(self._forget)
        doors.normal_measured.connect(self._on_normal)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page and what makes it."""
        return {CHECK: self._make_check, TAKE_FIVE: self._make_pause}

    def enter(self, name: str) -> None:
        """Begin the check, or the pause."""
        if name == CHECK and self._check is not None:
            self._check.enter()
        elif name == TAKE_FIVE and self._pause is not None:
            self._pause.enter()

    def leave(self, name: str) -> None:
        """Let camera and microphone go, or the music."""
        if name == CHECK and self._check is not None:
            self._check.leave()
        elif name == TAKE_FIVE and self._pause is not None:
            self._pause.rest()

    def close(self) -> None:
        """Stop both."""
        if self._check is not None:
            self._check.close_devices()
        if self._pause is not None:
            self._pause.rest()

    def _make_check(self) -> QWidget:
        from app.ui.pages.check import CheckPage  # noqa: PLC0415 - made when first wanted

        self._check = page = CheckPage(self.services, self.doors)
        page.room.measured = self._measured
        page.left.connect(lambda: self.show_wanted.emit("home"))
        return page

    def _make_pause(self) -> QWidget:
        from app.ui.pages.take_five import TakeFivePage  # noqa: PLC0415 - Qt Multimedia is slow

        self._pause = page = TakeFivePage(self.services)
        page.left.connect(lambda: self.show_wanted.emit(self._from))
        return page

    def _on_take_five(self) -> None:
        if self.stage.page != TAKE_FIVE:
            self._from = self.stage.page
        self.show_wanted.emit(TAKE_FIVE)

    def _on_normal(self, baseline: Baseline | None) -> None:
        """Hold the next checks against what was just measured."""
        if baseline is None or not (baseline.vision or baseline.voice):
            return
        self._measured = (self.services.choices.now.person_id, baseline)
        if self._check is not None:
            self._check.room.measured = self._measured

    def _forget(self) -> None:
        """Let nothing of the last person's check stay."""
        if self._check is not None:
            self._check.forget()
