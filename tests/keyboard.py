"""One hand on a keyboard: keys go where the focus is, and each of them is counted."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.waiting import LONG_S

if TYPE_CHECKING:
    from collections.abc import Callable

KEY_S: Final = 0.28
"""Seconds a keystroke takes an average typist: Card, Moran and Newell 1983."""
THINK_S: Final = 1.35
"""Seconds that getting ready for a command takes: as above."""
MOST_TABS: Final = 40
MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@dataclass
class Stage:
    """What one part of the way took."""

    name: str
    """What the person does in it."""
    keys: int = 0
    """Keystrokes; one that is held beside another counts for itself."""
    typed: int = 0
    """Those of them that write a text."""
    commands: int = 0
    """Times that the person gets ready for what comes: a command, a text, a look for the focus."""
    waited_s: float = 0.0
    """Seconds in which the person waits for the machine."""
    watched_s: float = 0.0
    """Seconds in which the recording plays."""
    tabs: list[tuple[str, int]] = field(default_factory=list)
    """What was gone to by Tab, and how many of them it took."""

    @property
    def hand_s(self) -> float:
        """Estimate of a person's own time, seconds: the keystroke-level model."""
        return self.keys * KEY_S + self.commands * THINK_S


class Keyboard:
    """Presses, types and waits; never a mouse, never a method of a page."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []

    @property
    def stage(self) -> Stage:
        """The part of the way that is being gone."""
        return self.stages[-1]

    def begin(self, name: str) -> None:
        """Begin another part of the way."""
        self.stages.append(Stage(name))

    @property
    def focus(self) -> QWidget:
        """Where the next key goes: into what popped up, else to the focus, else to the window."""
        front = QApplication.activePopupWidget() or QApplication.activeWindow()
        if front is None and QGuiApplication.platformName() == "offscreen":
            # The first video has Qt make the window anew; nobody there gives it the keys back.
            (front,) = (one for one in QApplication.topLevelWidgets() if one.isVisible())
            front.activateWindow()
            QTest.qWaitForWindowActive(front)
        assert front is not None, "no window is active: keys go nowhere"
        return front.focusWidget() or front

    @property
    def focus_name(self) -> str:
        """What a screen reader would call it."""
        here = self.focus
        return here.accessibleName() or type(here).__name__

    def press(self, *sequences: str) -> None:
        """Press keys, such as "Ctrl+O"; several are one command."""
        self.stage.commands += 1
        for keys in sequences:
            self._press(keys)

    def again(self, keys: str, times: int) -> None:
        """Press the same key so many times, as one command."""
        self.stage.commands += 1
        for _ in range(times):
            self._press(keys)

    def _press(self, keys: str) -> None:
        combination = QKeySequence(keys)[0]  # type: ignore[index]  # PySide6 does not tell it
        held = combination.keyboardModifiers()
        self.stage.keys += 1 + sum(bool(held & one) for one in MODIFIERS)
        QTest.keyClick(self.focus, combination.key(), held)
        self._settle()

    def type(self, text: str) -> None:
        """Type a text."""
        self.stage.commands += 1
        count = len(text) + sum(one.isupper() for one in text)
        self.stage.keys += count
        self.stage.typed += count
        for letter in text:
            QTest.keyClicks(self.focus, letter)
        self._settle()

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Go on by Tab until the focus is on what has this name, or begins with it."""
        self.stage.commands += 1
        seen = []
        for count in range(1, MOST_TABS + 1):
            self._press(key)
            seen.append(self.focus_name)
            if self.focus_name.startswith(name):
                self.stage.tabs.append((name, count))
                return
        raise AssertionError(f"Tab never comes to {name!r}; it stops at {seen}")

    def wait(self, true: Callable[[], object], limit_s: float = LONG_S, *, what: str = "") -> None:
        """Wait for the machine until something is true."""
        self.stage.waited_s += self._until(true, limit_s, what)

    def watch(self, true: Callable[[], object], limit_s: float = LONG_S) -> None:
        """Look at the recording until something is true."""
        self.stage.watched_s += self._until(true, limit_s, "the recording")

    def _until(self, true: Callable[[], object], limit_s: float, what: str) -> float:
        began = time.monotonic()
        while not true():
            if time.monotonic() - began > limit_s:
                raise AssertionError(
                    f"not within {limit_s:g} s: {what or true}; the focus is on {self.focus_name}"
                )
            QTest.qWait(5)
        return time.monotonic() - began

    @staticmethod
    def _settle() -> None:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
