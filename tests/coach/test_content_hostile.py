"""Own content as an editor, another system or a slip leaves it: a sentence with file and line."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from app.coach.checklist import load_checklist, read_checklists
from app.coach.content_kinds import KINDS, ContentKind
from app.coach.scenarios import load_scenarios
from app.coach.transcript import parse_transcript
from app.errors import AppError
from app.paths import asset
from app.store.own_content import read_text
from app.store.packs import import_pack

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = asset("scenarios", "hotel_charged_twice.toml").read_text("utf-8")
CHECKLIST = asset("checklists", "complaint.toml").read_text("utf-8")
HUGE = ["9" * 5000, "-" + "9" * 5000, "0x" + "f" * 5000, "1_" + "0" * 30]


def kept(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding)
    return path


@pytest.mark.parametrize("number", HUGE)
def test_a_number_of_thousands_of_digits_is_told_with_its_line(tmp_path: Path, number: str) -> None:
    path = kept(tmp_path, f'id = "mine"\n# 12345678901234567890\nname = "Mine"\nfloor = {number}\n')
    with pytest.raises(AppError, match=r"mine\.toml, line 4: a whole number is far too long"):
        load_checklist(path)
    lists, faults = read_checklists(tmp_path)
    assert lists
    assert len(faults) == 1


def test_a_pack_with_such_a_number_is_refused_in_words(tmp_path: Path) -> None:
    pack = tmp_path / "theirs.rapportpack"
    with zipfile.ZipFile(pack, "w") as made:
        made.writestr("checklists/theirs.toml", "items = [\n" + HUGE[0] + "\n]\n")
    with pytest.raises(AppError, match=r"theirs\.toml, line 2"):
        import_pack(pack)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_letters_of_windows_are_told_with_their_line(tmp_path: Path, encoding: str) -> None:
    path = kept(tmp_path, 'id = "mine"\nname = "Café"\n', encoding)
    with pytest.raises(AppError) as raised:
        load_checklist(path)
    line = 2 if encoding == "cp1252" else 1
    assert raised.value.what.startswith(f"mine.toml, line {line}: ")
    assert "UTF-8" in raised.value.remedy
    assert "install" not in raised.value.remedy


def test_the_editor_shows_letters_of_windows_as_they_were_typed(tmp_path: Path) -> None:
    text = 'name = "Café – “here”"\n'
    assert read_text(kept(tmp_path, text, "cp1252")) == (text, False)


@pytest.mark.parametrize("kind", ContentKind)
def test_an_empty_file_says_what_it_lacks(tmp_path: Path, kind: ContentKind) -> None:
    with pytest.raises(AppError) as raised:
        KINDS[kind](kept(tmp_path, ""))
    assert "None" not in raised.value.what
    assert "id is missing" in raised.value.what


def test_a_checklist_with_a_head_alone_lacks_items(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"mine\.toml, line 1: the file has no items: add at least"):
        load_checklist(kept(tmp_path, 'id = "mine"\nname = "Mine"\n'))


def test_a_scenario_without_its_customer_says_so(tmp_path: Path) -> None:
    before, _, rest = SCENARIO.partition("[customer]")
    with pytest.raises(AppError, match=r"the table \[customer\] is missing"):
        KINDS[ContentKind.SCENARIOS](kept(tmp_path, before + rest.partition("\n\n")[2]))


def test_a_checklist_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    (line,) = [one for one in SCENARIO.splitlines() if one.startswith("checklist = ")]
    at = SCENARIO.splitlines().index(line) + 1
    kept(tmp_path, SCENARIO.replace(line, 'checklist = "nope"'))
    scenarios, faults = load_scenarios(tmp_path, checklists={"complaint", "mine"})
    (fault,) = [one for one in faults if "mine.toml" in one.what]
    assert fault.what.startswith(f"mine.toml, line {at}: there is no checklist nope")
    assert "allowed: complaint, mine" in fault.what
    # The rest of it can be practised all the same.
    assert any(one.checklist == "nope" for one in scenarios)


@pytest.mark.parametrize("text", ["[1,2", "[1:12", "{", "nothing"])
def test_what_is_called_json_is_read_as_json(text: str) -> None:
    with pytest.raises(AppError, match=r"x\.json, line 1, is not valid JSON"):
        parse_transcript(text, "x.json")


@pytest.mark.parametrize("value", [[1, 2], 12, "staff: hello", {"turns": 3}])
def test_json_that_holds_no_talk_says_what_it_needs(value: object) -> None:
    with pytest.raises(AppError, match=r"is not as expected|neither turns nor words") as raised:
        parse_transcript(json.dumps(value), "x.json")
    assert "speaker" in raised.value.remedy


def test_json_with_a_number_of_thousands_of_digits_is_told() -> None:
    with pytest.raises(AppError, match="thousands of digits"):
        parse_transcript(f'{{"turns": [{"9" * 5000}]}}', "x.json")
