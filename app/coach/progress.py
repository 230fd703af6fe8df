"""Progress over one person's own sessions: which rules are steady, which is next.

For that person alone. A pattern is claimed only after three sessions (EVIDENCE, section 3), and
nothing here compares people or adds up to a mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SESSIONS: Final = 3
"""Fewer sessions make no pattern (EVIDENCE, section 3)."""
MOST_NEXT: Final = 2
"""More than two things at a time nobody works on."""
FADED_AFTER: Final = 2 * SESSIONS
"""With this many steady sessions a hint is hardly shown any more: a starting value."""


@dataclass(frozen=True, slots=True)
class Practised:
    """What one session showed of the rules that belonged to it."""

    wanted: tuple[str, ...]
    """Practices of the session's checklist, in its order."""
    done: frozenset[str]
    """Practices that were done: found in the words, or ticked by a person, who outranks them."""
    wrong: frozenset[str]
    """Practices whose opposite was found and that no person took back."""
    looked: bool
    """Whether anything could find them: without words and without a tick it says nothing."""
    cues: frozenset[str] = frozenset()
    """Cues that lasted long enough to be named in this session."""
    unmeasured: frozenset[str] = frozenset()
    """Cues that were not measured for most of it, or hardly had the time to show."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person stands with their own rules."""

    sessions: int
    """How many sessions could be looked at."""
    steady: tuple[str, ...]
    """Done, and not done wrongly, in each of the last three sessions that wanted them."""
    coming: tuple[str, ...]
    """Practices that were done in some of the last three."""
    next: tuple[str, ...]
    """At most two that were missing or done wrongly most, in the order of the checklist."""

    @property
    def enough(self) -> bool:
        """Whether there are enough sessions for a pattern."""
        return self.sessions >= SESSIONS


def progress(history: Sequence[Practised]) -> Progress:
    """Look for patterns in a person's sessions.

    Parameters
    ----------
    history
        The person's sessions, newest first.
    """
    looked = [one for one in history if one.looked]
    steady, coming = [], []
    missed: dict[str, int] = {}
    for practice in _wanted(looked):
        theirs = [one for one in looked if practice in one.wanted][:SESSIONS]
        if len(theirs) < SESSIONS:
            continue
        good = sum(practice in one.done and practice not in one.wrong for one in theirs)
        if good == SESSIONS:
            steady.append(practice)
            continue
        missed[practice] = SESSIONS - good
        if good:
            coming.append(practice)
    order = sorted(missed, key=lambda practice: -missed[practice])
    return Progress(len(looked), tuple(steady), tuple(coming), tuple(order[:MOST_NEXT]))


def steady_sessions(history: Iterable[Practised], cue: str) -> int:
    """Count the newest sessions in a row in which a cue was measured and not named."""
    count = 0
    for one in history:
        if cue in one.cues:
            break
        count += cue not in one.unmeasured
    return count


def fade(sessions: int) -> float | None:
    """Tell how much rarer a hint is shown the longer its rule has been kept.

    Parameters
    ----------
    sessions
        How many sessions in a row the cue was not named.

    Returns
    -------
    float or None
        What the time between two hints is multiplied with: 1 until there is a pattern, then
        growing; None where the hint is not shown any more unless the cue comes back.
    """
    if sessions < SESSIONS:
        return 1.0
    return 1.0 + (sessions - SESSIONS + 1) if sessions < FADED_AFTER else None


def counted(found: Mapping[str, tuple[int, int]] | None) -> tuple[frozenset[str], frozenset[str]]:
    """Split what the store keeps of a session into done and done wrongly."""
    found = found or {}
    return (
        frozenset(practice for practice, (done, _) in found.items() if done),
        frozenset(practice for practice, (_, wrong) in found.items() if wrong),
    )


def _wanted(history: Sequence[Practised]) -> list[str]:
    """Practices of all checklists, each once, those of the newest first."""
    return list(dict.fromkeys(practice for one in history for practice in one.wanted))
