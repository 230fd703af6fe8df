"""One content file while it is being changed: its data, what is wrong in it, and the way back."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, Final

from app.coach.content_kinds import SCHEMAS, ContentKind
from app.coach.toml_file import parse_toml
from app.coach.toml_write import lost_notes, rewritten

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.coach.toml_fault import Fault, Where

MOST_BACK: Final = 200
"""Steps that can be undone."""
MOST_ID: Final = 40
"""Letters of an id that is made of words."""
MOST_TITLE: Final = 60
"""Letters that what a file calls itself may have."""
BLANK: Final = {
    ContentKind.CHECKLISTS: 'id = "{id}"\nname = ""\n',
    ContentKind.SCENARIOS: 'id = "{id}"\ntitle = ""\n\n[[line]]\nid = "opens"\ntext = ""\n',
}
"""What a new file holds that is not made from another one; `{id}` is to be filled in."""
DEVICES: Final = frozenset({"con", "prn", "aux", "nul"})
"""Names that no file may have on Windows."""
TITLE: Final = {ContentKind.SCENARIOS: "title"}
"""Key of what a file calls itself, where it is not name."""


class ContentDraft:
    """Data of a file; a way ("line", 3, "text") leads to each value."""

    def __init__(self, kind: ContentKind, text: str, name: str) -> None:
        """Read a text; an AppError names the line where it is not TOML."""
        self.kind = kind
        self.data: dict[str, Any] = parse_toml(text, name)
        self._before = text
        self._first = copy.deepcopy(self.data)
        self._back: list[tuple[Where, dict[str, Any]]] = []
        self._last: Where = ()

    @property
    def text(self) -> str:
        """The file as it would be written now; what did not change is as it was typed."""
        return rewritten(self.data, self._before) if self.changed else self._before

    @property
    def changed(self) -> bool:
        """Whether it holds something else than the text that was read."""
        return self.data != self._first

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back; the oldest ones are forgotten."""
        return bool(self._back)

    @property
    def lost_notes(self) -> tuple[str, ...]:
        """Notes of the file that its new text would not hold."""
        return lost_notes(self._before, self.text) if self.changed else ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All mistakes."""
        return SCHEMAS[self.kind].faults(self.data)

    @property
    def title(self) -> str:
        """What the file calls itself."""
        return str(self.data.get(TITLE.get(self.kind, "name"), ""))

    def at(self, where: Where) -> Any:  # noqa: ANN401 - whatever the file holds
        """Give what stands there; None where nothing does."""
        found: Any = self.data
        for step in where:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def rows(self, where: Where) -> list[Any]:
        """Give a list; an empty one where there is none."""
        found = self.at(where)
        return found if isinstance(found, list) else []

    def put(self, where: Where, value: object) -> bool:
        """Set a value, None takes it away; False where it stood so. Typing is one step back."""
        if self.at(where) == value:
            return False
        if where != self._last:
            self._keep(where)
        self._last = where
        holder, key = self._holder(where)
        if value is None:
            holder.pop(key, None)
        else:
            holder[key] = value
        return True

    def insert(self, where: Where, at: int, value: object) -> None:
        """Put something into a list."""
        self._keep(where)
        holder, key = self._holder(where)
        holder.setdefault(key, []).insert(at, value)

    def remove(self, where: Where, at: int) -> None:
        """Take something out of a list; an empty list goes as a whole where it may be left out."""
        self._keep(where)
        rows = self.rows(where)
        del rows[at]
        if not rows and len(where) == 1:
            self.data.pop(str(where[0]))

    def move(self, where: Where, at: int, to: int) -> bool:
        """Move something within a list; False where there is no such place."""
        rows = self.rows(where)
        if not (0 <= at < len(rows) and 0 <= to < len(rows)) or at == to:
            return False
        self._keep(where)
        rows.insert(to, rows.pop(at))
        return True

    def undo(self) -> Where | None:
        """Take the last step back; gives where it was, None where there is none."""
        if not self._back:
            return None
        where, self.data = self._back.pop()
        self._last = ()
        return where

    def _keep(self, where: Where) -> None:
        self._last = ()
        self._back = [*self._back[1 - MOST_BACK :], (where, copy.deepcopy(self.data))]

    def _holder(self, where: Where) -> tuple[Any, Any]:
        """Give what holds a value, made where it is missing, and the key in it."""
        found: Any = self.data
        for step in where[:-1]:
            found = found.setdefault(step, {}) if isinstance(found, dict) else found[step]
        return found, where[-1]


def id_of(words: str, taken: Collection[str], *, fallback: str) -> str:
    """Make an id out of words that nothing else has."""
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:MOST_ID].strip("_")
    made = plain if re.match(r"[a-z]", plain) else fallback
    number, found = 2, made
    while found in taken:
        found, number = f"{made}_{number}", number + 1
    return found


def as_new(kind: ContentKind, text: str, title: str, taken: Collection[str]) -> tuple[str, str]:
    """Make a file of its own out of the text of another one.

    Parameters
    ----------
    kind, text
        What it is made from.
    title
        What the new one calls itself.
    taken
        Ids that others have.

    Returns
    -------
    id, text
        The new one's id, which is its file's name too, and its text.
    """
    draft = ContentDraft(kind, text, kind.value)
    title = title[:MOST_TITLE].strip()
    made = id_of(title, {*taken, *DEVICES}, fallback="own")
    draft.put(("id",), made)
    draft.put((TITLE.get(kind, "name"),), title)
    return made, draft.text
