"""A live session's conversation: says the customer's lines, waits for answers, sets the marks.

Joins the scenario's branches, the customer's voice and the turn taking; holds no widgets. What the
page shows follows from its signals, and what is kept from the marks it asks for.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.coach.conversation import Conversation
from app.coach.practice_types import Speaking, Turn
from app.coach.turn_taking import TurnTaking
from app.coach.types import MarkKind
from app.ui.customer_voice import manner_of
from app.ui.waiting import Waiter
from audio.types import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.practice_types import Evidence
    from app.coach.scenario_types import Line, Scenario
    from app.errors import AppError
    from app.session.plan import Snapshot
    from app.ui.customer_voice import CustomerVoice
    from app.ui.services import Runner
    from audio.types import Word

    Mark = Callable[[MarkKind, dict[str, str]], object]
    Find = Callable[[Sequence[Turn], Scenario], Sequence[Evidence]]

log = logging.getLogger(__name__)


class ScenarioTalk(QObject):
    """One conversation. Begin it once the session runs; step it with each look at the session."""

    line_shown = Signal(object)
    """The customer says this Line from now on."""
    your_turn = Signal()
    """The customer has finished: it is the staff member's turn."""
    found = Signal(object)
    """Practices found so far, a tuple of Evidence over the turns so far."""
    over = Signal()
    """The conversation has come to its end."""

    def __init__(
        self,
        scenario: Scenario,
        voice: CustomerVoice | None,
        *,
        mark: Mark,
        find: Find,
        by_hand: bool = False,
        background: Runner | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Prepare a conversation.

        Parameters
        ----------
        scenario
            What is practised.
        voice
            Says the lines; None where a partner does, who ends each with `partner_done`.
        mark
            Takes down a mark at this moment.
        find
            Finds practices in the turns so far.
        by_hand
            Whether only `go_on` lets the customer answer, as a partner decides, and no silence.
        background
            Looks through the answer beside the screen; None does it at once.
        """
        super().__init__(parent)
        self.talk = Conversation(scenario)
        self.turns: list[Turn] = []
        """The turns so far; an answer is entered when the customer goes on."""
        self._voice = voice
        self._mark = mark
        self._find = find
        self._by_hand = by_hand
        self._background = background
        self._looking: Waiter[tuple[Evidence, ...]] | None = None
        self._turn = TurnTaking()
        self._words: Sequence[Word] = ()
        self._t = 0.0
        self._ended = False
        self._line: Line | None = None
        self._said_from_s = 0.0
        self._saying = False
        if voice is not None:
            voice.began.connect(self._on_began)
            voice.ended.connect(self._on_ended)

    @property
    def waiting(self) -> bool:
        """Whether it is the staff member's turn."""
        return self._turn.waiting

    @property
    def speaking(self) -> bool:
        """Whether the customer says a line now."""
        return self._line is not None and not self._turn.waiting and not self._ended

    @property
    def line(self) -> Line | None:
        """The line that is said, or was said last; None before the first."""
        return self._line

    def begin(self) -> None:
        """Let the customer open the conversation."""
        self._go_on(self.talk.line)

    def step(self, snapshot: Snapshot, words: Sequence[Word], words_until_s: float | None) -> None:
        """Take a look at the session; the customer goes on once the answer is over.

        Parameters
        ----------
        snapshot
            The session now.
        words
            The staff member's words so far.
        words_until_s
            Up to when they are known, seconds on the session clock; None where none come.
        """
        self._t, self._words = snapshot.t, words
        voice = snapshot.voice
        speech = voice.speech if voice is not None else None
        over = self._turn.take(snapshot.t, speech, words_until_s)
        if over and not self._by_hand:
            self.go_on()

    def go_on(self, line: str | None = None) -> None:
        """Let the customer answer now; with the id of a line, this one, as a partner chose."""
        if not self._turn.waiting or self._ended:
            return
        if self._looking is not None:
            if line is None:
                return  # the customer is about to go on already
            self._leave_looking()
        else:
            self._answer()
        if line is not None:
            # Nothing has to be found where the partner has chosen.
            self._go_on(self.talk.go_to(line))
            return
        find, turns, scenario = self._find, tuple(self.turns), self.talk.scenario
        if self._background is None:
            self._on_found(tuple(find(turns, scenario)))
            return
        # Beside the screen: the picture may not stand still before the customer speaks.
        future = self._background.run(lambda: tuple(find(turns, scenario)))
        self._looking = Waiter(future, self._on_found, self._on_not_found, self)

    def _on_found(self, evidence: tuple[Evidence, ...]) -> None:
        """Go on as the answer deserves: its evidence stands in the last turn."""
        self._looking = None
        self.found.emit(evidence)
        last = len(self.turns) - 1
        here = [one for one in evidence if one.turn >= last]
        self._go_on(self.talk.answer(self.turns[last].text, here))

    def _on_not_found(self, error: AppError) -> None:
        log.warning("the customer goes on without what was found: %s", error)
        self._on_found(())

    def _leave_looking(self) -> None:
        if self._looking is not None:
            self._looking.drop()
            self._looking = None

    def partner_done(self) -> None:
        """Take it that the partner has said the line."""
        if self._line is not None and self._voice is None:
            self._on_ended(self._line.id)

    def stop(self) -> None:
        """End the conversation where it stands."""
        if self._ended:
            return
        self._leave_looking()
        if self._voice is not None:
            self._voice.stop()
        if self._line is not None:
            # A line that a partner still says: else nobody would be measured from here on.
            self._on_ended(self._line.id)
        self._ended = True
        self._turn.end()
        if self._voice is not None:
            self._voice.began.disconnect(self._on_began)
            self._voice.ended.disconnect(self._on_ended)

    def _answer(self) -> None:
        """Enter the staff member's answer as a turn."""
        begin_s = self._turn.begin_s or 0.0
        words = tuple(word for word in self._words if word.end_s > begin_s)
        text = " ".join(word.text for word in words)
        end_s = words[-1].end_s if words else self._t
        self.turns.append(Turn(Speaking.STAFF, text, begin_s, max(begin_s, end_s), words))

    def _go_on(self, line: Line | None) -> None:
        self._turn.end()
        if line is None:
            self.stop()
            self.over.emit()
            return
        self._line = line
        if self._voice is None:
            self._on_began(line.id)
        else:
            age = self.talk.scenario.customer.age
            self._voice.say(line.id, line.text, manner_of(age, rushed=line.rushed))

    def _on_began(self, line: str) -> None:
        if self._line is None or line != self._line.id or self._ended:
            return
        self._said_from_s = self._t
        self._saying = True
        self._mark(MarkKind.SPEAKER, {"speaker": Speaker.CUSTOMER.value})
        self._mark(MarkKind.LINE, {"line": line, "end": "false"})
        self.line_shown.emit(self._line)

    def _on_ended(self, line: str) -> None:
        if self._line is None or line != self._line.id or self._ended or not self._saying:
            return
        self._saying = False
        self._mark(MarkKind.LINE, {"line": line, "end": "true"})
        self._mark(MarkKind.SPEAKER, {"speaker": Speaker.STAFF.value})
        self.turns.append(Turn(Speaking.CUSTOMER, self._line.text, self._said_from_s, self._t))
        if self._line.branches:
            self._turn.begin(self._t)
            self.your_turn.emit()
        else:
            # The last word is the customer's; the staff member may still close.
            self.stop()
            self.over.emit()
