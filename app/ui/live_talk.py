"""What is said in a running session: the customer's lines, whose turn it is, what was found."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.coach.phrase_evidence import with_phrases
from app.coach.practice_types import Speaking
from app.coach.session_turns import turns_of_words
from app.coach.types import MarkKind
from app.ui.scenario_talk import ScenarioTalk
from app.ui.waiting import Waiter
from audio.types import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.practice_types import Evidence, Turn
    from app.coach.scenario_types import Scenario
    from app.errors import AppError
    from app.session.plan import Snapshot
    from app.ui.customer_voice import CustomerVoice
    from app.ui.services import Live, Runner
    from audio.types import PhraseHit

    Find = Callable[[Sequence[Turn], Scenario | None], Sequence[Evidence]]

log = logging.getLogger(__name__)

BETWEEN_S: Final = 1.5
"""Shortest time between two looks at the words, seconds: they come by the sentence."""


class LiveTalk(QObject):
    """Steps a conversation with each look at the session; without a scenario it only listens."""

    line_shown = Signal(object)
    """The customer says this Line."""
    your_turn = Signal()
    over = Signal()
    """The customer has said everything."""
    found = Signal(object)
    """What was found in the words so far, a tuple of Evidence."""

    def __init__(
        self,
        live: Live,
        *,
        find: Find | None,
        scenario: Scenario | None = None,
        voice: CustomerVoice | None = None,
        by_hand: bool = False,
        background: Runner | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Prepare it for a session.

        Parameters
        ----------
        live
            The session: takes the marks.
        find
            Finds practices in turns; None where the words are not those of staff.
        scenario
            What is practised; None for a free talk.
        voice
            Says the customer's lines; None where a partner does.
        by_hand
            Whether a partner decides when and how the customer goes on.
        background
            Looks through the words beside the screen; None does it at once.
        parent
            Qt's owner.
        """
        super().__init__(parent)
        self._live = live
        self._find = find
        self._scenario = scenario
        self._background = background
        self._busy = False
        self._begun = False
        self._seen = 0
        self._phrases: tuple[PhraseHit, ...] = ()
        self._looked_s = 0.0
        self.talk: ScenarioTalk | None = None
        if scenario is not None:
            self.talk = ScenarioTalk(
                scenario,
                voice,
                mark=live.mark,
                find=self._in_talk,
                by_hand=by_hand,
                background=background,
                parent=self,
            )
            self.talk.line_shown.connect(self.line_shown)
            self.talk.your_turn.connect(self.your_turn)
            self.talk.over.connect(self.over)

    @property
    def customer_speaks(self) -> bool:
        """Whether the customer says a line now."""
        return self.talk is not None and self.talk.speaking

    def look(self, snapshot: Snapshot) -> None:
        """Take a look at the session; the first one that runs begins the conversation."""
        if snapshot.state != "running":
            return
        self._phrases = snapshot.phrases
        if self.talk is not None:
            self.talk.step(snapshot, snapshot.words, snapshot.words_until_s)
            if not self._begun:
                self.talk.begin()
        self._begun = True
        if self._busy or self._find is None:
            return
        said = len(snapshot.words) + len(snapshot.phrases)
        if said > self._seen and snapshot.t - self._looked_s >= BETWEEN_S:
            self._seen, self._looked_s = said, snapshot.t
            self._search(snapshot)

    def go_on(self, line: str | None = None) -> None:
        """Let the customer answer now; with the id of a line, this one, as a partner chose."""
        if self.talk is not None:
            self.talk.go_on(line)

    def partner_speaks(self, *, on: bool) -> None:
        """Take the partner's key: its release ends the line that is due, if there is one."""
        if self.talk is None:
            return
        if self.talk.speaking:
            if not on:
                self.talk.partner_done()
            return
        speaker = Speaker.CUSTOMER if on else Speaker.STAFF
        self._live.mark(MarkKind.SPEAKER, {"speaker": speaker.value})

    def felt(self, *, heard: bool) -> None:
        """Mark a moment in which the partner felt heard, as the customer, or not."""
        self._live.mark(MarkKind.FELT, {"heard": "true" if heard else "false"})

    def stop(self) -> None:
        """End the conversation where it stands."""
        if self.talk is not None:
            self.talk.stop()

    def _in_talk(self, turns: Sequence[Turn], scenario: Scenario) -> Sequence[Evidence]:
        find = self._find  # another thread asks: it may be taken away meanwhile
        if find is None:
            return ()
        return with_phrases(find(turns, scenario), self._phrases, turns)

    def _search(self, snapshot: Snapshot) -> None:
        """Look for practices in everything so far, also in an answer that goes on."""
        turns = list(self.talk.turns) if self.talk is not None else []
        staff = [turn.end_s for turn in turns if turn.speaker is Speaking.STAFF]
        known_s = max((end_s for end_s in staff if end_s is not None), default=0.0)
        later = [word for word in snapshot.words if word.start_s >= known_s]
        turns += turns_of_words(later)
        find, scenario, phrases = self._find, self._scenario, snapshot.phrases
        if find is None:
            return
        if self._background is None:
            self._on_found(with_phrases(find(turns, scenario), phrases, turns))
            return
        # Beside the screen: a long talk takes longer than the picture may stand still.
        self._busy = True
        future = self._background.run(lambda: with_phrases(find(turns, scenario), phrases, turns))
        Waiter(future, self._on_found, self._on_failed, self)

    def _on_found(self, found: tuple[Evidence, ...]) -> None:
        self._busy = False
        self.found.emit(found)

    def _on_failed(self, error: AppError) -> None:
        """Go on without suggestions: they are a help and not what the session is for."""
        log.warning("nothing is suggested: %s", error)
        self._find = None
        self._busy = False
