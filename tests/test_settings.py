from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.catalogue import load_catalogue
from app.coach.content_kinds import ContentKind
from app.errors import AppError
from app.settings import (
    MachineSettings,
    Settings,
    forget_settings,
    load_machine,
    load_settings,
    machine_file,
    save_machine,
    save_settings,
    settings_file,
)
from app.settings_toml import dump_toml, toml_value
from app.store.consent import load_consent_text
from app.store.known_ids import checked_settings
from app.store.packs import content_dir

CHOSEN = Settings(
    person_name='Ana "Größe" \\ 東京\n\x7f',
    camera="http://127.0.0.1:8080/?a=b#c",
    focus="arms_crossed",
    switched_off=("smile", "nod"),
    hints=False,
    keep_policy="report_only",
    theme="dark",
    hint_way="both",
    limits={"loud": 0.85, "pace_fast": 1.25},
    text_size=130,
)


def test_what_was_chosen_comes_back() -> None:
    save_settings(CHOSEN)
    assert load_settings() == (CHOSEN, None)


def test_without_a_file_the_defaults_hold_and_nothing_is_said() -> None:
    assert load_settings() == (Settings(), None)


text = st.text(st.characters(exclude_categories=["Cs"]))
values = text | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.lists(text)


@given(st.dictionaries(st.from_regex(r"[A-Za-z0-9_-]+", fullmatch=True), values))
def test_the_writer_writes_what_the_reader_reads(document: dict[str, object]) -> None:
    assert tomllib.loads(dump_toml(document)) == document


def test_a_broken_line_is_named_and_the_file_kept_aside() -> None:
    path = settings_file()
    path.write_text('theme = "dark"\nfocus = arms\n')
    settings, told = load_settings()
    aside = path.with_name("settings.broken-1.toml")
    assert settings == Settings(keep_policy="report_only"), "nobody knows what was chosen"
    assert told is not None
    assert "line 2" in told
    assert '"report_only"' in told
    assert str(aside) in told
    assert aside.read_text() == 'theme = "dark"\nfocus = arms\n'
    assert load_settings() == (settings, None), "the next start keeps no more than this one"


def test_a_mistake_costs_its_own_line_only() -> None:
    path = settings_file()
    before = 'theme = "purple"\nhints = false\n\ncolour = 3\nfocus = "brow_drawn"\n'
    path.write_text(before)
    settings, told = load_settings()
    assert settings == Settings(hints=False, focus="brow_drawn")
    assert told is not None
    assert 'line 1: "theme" is "purple"; allowed: "system", "light" or "dark"' in told
    assert 'line 4: "colour" is not a setting' in told
    assert "keep_policy" in told, "what is allowed"
    assert path.with_name("settings.broken-1.toml").read_text() == before
    assert load_settings() == (settings, None), "the next start takes what was sound"


def test_a_second_broken_file_does_not_overwrite_the_first() -> None:
    for number in (1, 2):
        settings_file().write_text(f"broken {number}")
        load_settings()
    kept = sorted(path.read_text() for path in settings_file().parent.glob("*.broken-*"))
    assert kept == ["broken 1", "broken 2"]


def test_a_file_that_is_not_text_is_kept_aside() -> None:
    settings_file().write_bytes(b"\xff\xfe\x00")
    settings, told = load_settings()
    assert settings == Settings(keep_policy="report_only")
    assert told is not None
    assert "UTF-8" in told


def test_a_misspelt_policy_keeps_the_least(home: Path) -> None:
    settings_file().write_text('theme = "dark"\nkeep_policy = "report-only"\n')
    settings, told = load_settings()
    assert settings == Settings(theme="dark", keep_policy="report_only")
    assert told is not None
    assert 'line 2: "keep_policy" is "report-only"; allowed: "picture_and_sound", ' in told
    assert 'until then it is "report_only"' in told
    assert load_settings() == (settings, None)


def test_one_bad_item_leaves_the_rest_of_its_list_and_table() -> None:
    path = settings_file()
    path.write_text(
        'switched_off = [\n  "smile",\n  3,\n  "nod",\n]\n'
        "[limits]\nloud = 0.8\nnod = 9\nsmile = 1.1\n"
    )
    settings, told = load_settings()
    assert settings == Settings(switched_off=("smile", "nod"), limits={"loud": 0.8, "smile": 1.1})
    assert told is not None
    assert 'line 3: in "switched_off", one is 3; allowed: a text in quotes' in told
    assert 'line 8: "nod" in "limits" is 9; allowed: a number from 0.7 to 1.5' in told


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("hints = 3", '"hints" is 3; allowed: true or false'),
        ("person_name = 3", '"person_name" is 3; allowed: a text in quotes'),
        ("camera = 0", '"camera" is 0; allowed: a text in quotes'),
        ("breathing_minutes = 9", "allowed: a whole number from 1 to 5"),
        ("text_size = 110", "allowed: 100, 115 or 130"),
        ("limits = 3", "allowed: a table in braces"),
        ("switched_off = 3", "allowed: a list in square brackets"),
        ("theme = 1979-05-27", '"theme" is 1979-05-27; allowed: "system"'),
    ],
)
def test_what_is_allowed_is_said_in_plain_words(line: str, named: str) -> None:
    settings_file().write_text(f"{line}\n")
    settings, told = load_settings()
    assert settings == Settings()
    assert told is not None
    assert named in told
    assert "input should" not in told.lower()


def test_a_text_where_a_list_is_wanted_is_taken_as_its_one_item() -> None:
    settings_file().write_text('switched_off = "smile"\n')
    settings, told = load_settings()
    assert settings == Settings(switched_off=("smile",))
    assert told is not None
    assert 'line 1: "switched_off" is not a list; write switched_off = ["smile"]' in told


def test_ids_that_there_are_not_are_named_with_those_that_there_are() -> None:
    path = settings_file()
    path.write_text(
        'focus = "arms"\nswitched_off = ["smiles", "nod"]\nlimits = { loudness = 1, loud = 0.9 }\n'
        'checklist = "rutine"\n'
    )
    settings, told = checked_settings()
    assert settings == Settings(switched_off=("nod",), limits={"loud": 0.9})
    assert told is not None
    for line, wrong in enumerate(("arms", "smiles", "loudness", "rutine"), start=1):
        assert f"line {line}: " in told
        assert f'"{wrong}" is not known; there are ' in told
    assert "arms_crossed, " in told
    assert "routine, " in told
    assert checked_settings() == (settings, None)


def test_mistakes_far_on_in_a_long_list_take_nothing_sound_with_them() -> None:
    cues = load_catalogue().ids[:10]
    named = [*cues[:9], "unknown", "unheard", cues[9]]
    settings_file().write_text(f"switched_off = {toml_value(named)}\n")
    settings, mistake = checked_settings()
    assert settings.switched_off == tuple(cues)
    assert mistake is not None
    assert '"unknown" is not known' in mistake
    assert '"unheard" is not known' in mistake


def test_an_own_checklist_with_a_mistake_stays_chosen() -> None:
    own = content_dir(ContentKind.CHECKLISTS)
    (own / "mine.toml").write_text("broken")
    settings_file().write_text('checklist = "mine"\n')
    assert checked_settings() == (Settings(checklist="mine"), None)


def test_a_file_with_the_mark_of_windows_editor_is_read() -> None:
    settings_file().write_text('theme = "dark"\n', "utf-8-sig")
    assert load_settings() == (Settings(theme="dark"), None)


def test_who_cannot_tell_the_person_leaves_the_file_as_it_is() -> None:
    path = settings_file()
    for text in ('theme = "purple"\n', "theme = \n"):
        path.write_text(text)
        told = load_settings(mend=False)[1]
        assert told is not None
        assert str(path) in told
        assert path.read_text() == text
        assert list(path.parent.iterdir()) == [path]


def test_without_a_folder_the_safe_settings_hold_and_it_is_said(home: Path) -> None:
    home.write_text("a file in the way")
    settings, told = load_settings()
    assert settings == Settings(keep_policy="report_only")
    assert told is not None
    assert "cannot be made" in told


def test_a_full_disk_is_told_and_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(CHOSEN)
    monkeypatch.setattr("app.settings.os.getpid", lambda: 1)
    settings_file().with_name("settings.toml.1.part").symlink_to("/dev/full")
    with pytest.raises(AppError, match="could not be saved"):
        save_settings(Settings())
    assert load_settings() == (CHOSEN, None)
    assert list(settings_file().parent.glob("*.part")) == []


def test_each_person_has_a_file_and_the_last_one_is_read() -> None:
    ana, ben = Settings(person_id="a", theme="dark"), Settings(person_id="b", text_size=115)
    save_settings(ana)
    save_settings(ben)
    assert not settings_file().exists()
    save_machine(MachineSettings(last_person="a"))
    assert load_settings() == (ana, None)
    save_machine(MachineSettings(last_person="b"))
    assert load_settings() == (ben, None)


def test_where_the_folder_cannot_be_made_reading_gives_the_safe_and_saving_says_why() -> None:
    settings_file().with_name("people").write_text("a file in the way")
    assert load_settings(settings_file("a"))[0] == Settings(keep_policy="report_only")
    with pytest.raises(AppError, match="could not be saved") as told:
        save_settings(Settings(person_id="a"))
    assert told.value.remedy


def test_a_broken_file_of_one_person_leaves_the_others_alone() -> None:
    save_settings(Settings(person_id="a", theme="dark"))
    settings_file("b").write_text("limits = { loud = 9 }\ntext_size = 115\n")
    settings, told = load_settings(settings_file("b"))
    assert settings == Settings(text_size=115)
    assert told is not None
    assert "b.broken-1.toml" in told
    assert load_settings(settings_file("a"))[0].theme == "dark"
    assert forget_settings("b") == 2, "what was kept aside goes too"
    assert [one.name for one in settings_file("a").parent.iterdir()] == ["a.toml"]


def test_what_a_kill_left_half_written_goes_with_the_next_save_or_with_the_person() -> None:
    left, running = (settings_file("a").with_name(f"a.toml.{pid}.part") for pid in (11, 12))
    for part in (left, running):
        part.write_text('person_name = "Ana"')
    os.utime(left, (1_000_000_000, 1_000_000_000))
    save_settings(Settings(person_id="a"))
    assert not left.exists()
    assert running.exists(), "another window may be writing it"
    assert forget_settings("a") == 2
    assert list(settings_file("a").parent.iterdir()) == []


def test_a_number_of_thousands_of_digits_costs_the_file_and_not_the_start() -> None:
    settings_file().write_text("text_size = " + "9" * 5000)
    settings, told = load_settings()
    assert settings == Settings(keep_policy="report_only")
    assert told is not None
    assert "a number that is far too long" in told
    assert "settings.broken-1.toml" in told


def test_a_broken_machine_file_is_kept_aside() -> None:
    machine_file().write_text("ask_who = perhaps")
    machine, told = load_machine()
    assert machine == MachineSettings()
    assert told is not None
    assert "machine.broken-1.toml" in told


def test_a_broken_machine_file_is_told_with_the_settings_of_whoever_was_last() -> None:
    machine_file().write_text("last_person = 5\n")
    settings_file().write_text("hints = 3\n")
    _, mistake = load_settings()
    assert mistake is not None
    assert "last_person" in mistake
    assert "hints" in mistake
    assert load_settings()[1] is None


def test_the_page_on_consent_says_what_it_must() -> None:
    page = load_consent_text()
    words = " ".join(section.heading + section.text for section in page.sections).casefold()
    for must in ("never film real customers", "withdraw", "receipt", "this computer", "switch off"):
        assert must in words
    assert page.retention_days in page.retention_choices
    assert page.purpose
    assert page.seen_by


def test_a_broken_page_on_consent_is_told(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text("version = 1")
    with pytest.raises(AppError, match="page on consent"):
        load_consent_text(path)


def test_settings_that_cannot_be_deleted_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(Settings(person_id="c"))

    def held_open(_path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", held_open)
    with pytest.raises(AppError, match="could not be deleted: Permission denied"):
        forget_settings("c")
