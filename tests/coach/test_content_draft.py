"""A content file that is changed by hand: written as it was, undone, and judged in every field."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.content_draft import MOST_BACK, ContentDraft, id_of
from app.coach.content_kinds import KINDS, ContentKind
from app.coach.toml_text import notes_in
from app.coach.toml_write import rewritten
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = [
    (kind, path)
    for kind in ContentKind
    for path in sorted(asset(kind.value).glob("*.toml"))
    if path.stem not in ("classes", "rules")
]
IDS = [path.stem for _, path in SHIPPED]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = st.one_of(
    TEXTS, st.integers(-9, 99), st.booleans(), st.lists(TEXTS, max_size=4),
    st.lists(st.dictionaries(st.sampled_from(["words", "why"]), TEXTS, min_size=1), max_size=3),
)  # fmt: skip


def draft_of(kind: ContentKind, path: Path) -> ContentDraft:
    return ContentDraft(kind, path.read_text("utf-8"), path.name)


def key_of(kind: ContentKind) -> str:
    return "title" if kind is ContentKind.SCENARIOS else "name"


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=IDS)
def test_what_ships_has_no_mistake_and_is_written_back_as_it_was(
    kind: ContentKind, path: Path
) -> None:
    draft = draft_of(kind, path)
    assert draft.faults == ()
    assert draft.text == path.read_text("utf-8")
    new = rewritten(draft.data, "")
    assert tomllib.loads(new) == draft.data


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=IDS)
def test_one_changed_word_changes_one_line_and_keeps_every_note(
    kind: ContentKind, path: Path, tmp_path: Path
) -> None:
    draft = draft_of(kind, path)
    draft.put((key_of(kind),), "Another name")
    before = [line for line in path.read_text("utf-8").splitlines() if line]
    after = [line for line in draft.text.splitlines() if line]
    assert len(before) == len(after)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [f'{key_of(kind)} = "Another name"']
    assert draft.lost_notes == ()
    target = tmp_path / path.name
    target.write_text(draft.text, "utf-8")
    KINDS[kind](target)


NOTED = """# A list of ours.
id = "mine"
name = "Mine"   # as the team says it

# Always first.
[[item]]
id = "one"
practice = "P19"
# Not more than this.
text = "Say sorry"
why = "#1 of all (articles A4)"
floor = 1

# Then this.
[[item]]
id = "two"
practice = "P22"
text = "Their name"
why = "A name helps"
floor = 2
# The end.
"""


def noted() -> ContentDraft:
    return ContentDraft(ContentKind.CHECKLISTS, NOTED, "mine.toml")


def test_notes_are_found_and_a_sign_within_a_text_is_none() -> None:
    assert notes_in(NOTED) == (
        "# A list of ours.", "# as the team says it", "# Always first.", "# Not more than this.",
        "# Then this.", "# The end.",
    )  # fmt: skip


def test_notes_go_along_with_what_they_stand_before() -> None:
    draft = noted()
    assert draft.move(("item",), 0, 1)
    draft.put(("item", 1, "text"), "Say sorry once")
    text = draft.text
    assert text.index("# Then this.") < text.index("# Always first.") < text.index("# Not more")
    assert 'text = "Say sorry once"' in text
    assert draft.lost_notes == ()


def test_notes_that_would_be_lost_are_told_before() -> None:
    draft = noted()
    draft.put(("name",), "Ours")
    assert draft.lost_notes == ("# as the team says it",)
    draft.remove(("item",), 1)
    assert draft.lost_notes == ("# as the team says it", "# Then this.")
    while draft.undo() is not None:
        pass
    assert (draft.lost_notes, draft.text) == ((), NOTED)


def test_typing_is_one_step_back_and_each_row_is_one() -> None:
    draft = noted()
    for word in ("O", "Ou", "Ours"):
        draft.put(("name",), word)
    draft.insert(("item",), 0, {"id": "new"})
    draft.put(("item", 0, "text"), "New")
    assert draft.undo() == ("item", 0, "text")
    assert draft.at(("item", 0)) == {"id": "new"}
    assert draft.undo() == ("item",)
    assert draft.undo() == ("name",)
    assert draft.undo() is None
    assert (draft.text, draft.changed) == (NOTED, False)


def test_what_is_too_long_ago_to_be_undone_is_written_all_the_same() -> None:
    draft = noted()
    draft.put(("name",), "Ours")
    for step in range(MOST_BACK):
        draft.put(("item", step % 2, "text"), f"Step {step}")
    assert draft.can_undo
    while draft.undo() is not None:
        pass
    assert (draft.can_undo, draft.changed) == (False, True)
    assert tomllib.loads(draft.text) == draft.data == tomllib.loads(NOTED) | {"name": "Ours"}


def test_each_mistake_is_told_where_it_is() -> None:
    draft = noted()
    draft.put(("item", 0, "text"), "")
    draft.put(("item", 1, "ceiling"), 1)
    draft.put(("item", 1, "practice"), None)
    draft.put(("item", 1, "id"), "one")
    assert {(fault.where, fault.kind) for fault in draft.faults} == {
        (("item", 0, "text"), "string_too_short"),
        (("item", 1, "ceiling"), "value_error"),
        (("item", 1, "practice"), "missing"),
        (("item", 1, "id"), "twice"),
    }
    assert not any(fault.of_shape for fault in draft.faults)
    draft.put(("item", 0, "colour"), "red")
    draft.put(("item", 0, "floor"), "many")
    assert [fault.where for fault in draft.faults if fault.of_shape] == [
        ("item", 0, "floor"), ("item", 0, "colour"),
    ]  # fmt: skip


def test_what_the_lines_disagree_on_is_told_while_a_text_is_still_missing() -> None:
    path = asset("scenarios", "hotel_charged_twice.toml")
    draft = draft_of(ContentKind.SCENARIOS, path)
    draft.put(("situation",), "")
    ids = [line["id"] for line in draft.rows(("line",))]
    gone = ids.index("thanks")
    draft.remove(("line",), gone)
    draft.put(("line", 0, "next"), ["else -> " + ids[0]])
    kinds = {fault.kind for fault in draft.faults}
    assert {"string_too_short", "lost", "unreached", "circle"} <= kinds


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(AppError, match="line 1"):
        ContentDraft(ContentKind.CHECKLISTS, "id = 1x\n", "mine.toml")


def test_ids_are_made_of_words_and_never_twice() -> None:
    assert id_of("Say sorry, once!", (), fallback="item") == "say_sorry_once"
    assert id_of("Ärger", ("rger",), fallback="item") == "rger_2"
    assert id_of("24", (), fallback="item") == "item"


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), VALUES),
    st.dictionaries(st.sampled_from(["a", "b", "c", "e"]), VALUES),
)
def test_whatever_is_written_is_read_the_same(
    old: dict[str, object], new: dict[str, object]
) -> None:
    first = rewritten(old, "")
    assert tomllib.loads(first) == old
    assert tomllib.loads(rewritten(new, first)) == new
