from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from app.coach.content_kinds import KINDS, ContentKind
from app.errors import AppError
from app.paths import asset, data_dir
from app.store.packs import MOST_OF_ONE, content_dir, export_pack, import_pack

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = asset("scenarios", "hotel_charged_twice.toml")
CHECKLIST = asset("checklists", "complaint.toml")


def a_pack(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in members:
            pack.writestr(name, data)
    return path


def everything_kept() -> set[str]:
    root = data_dir()
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_a_pack_goes_out_and_comes_in_unchanged(tmp_path: Path) -> None:
    target = tmp_path / "desk.rapportpack"
    files = {ContentKind.SCENARIOS: [SCENARIO], ContentKind.CHECKLISTS: [CHECKLIST]}
    assert export_pack(target, files) == 2
    assert [path.name for path in tmp_path.glob("*.part")] == []

    done = import_pack(target)
    assert set(done.added) == {"scenarios/hotel_charged_twice", "checklists/complaint"}
    kept = content_dir(ContentKind.SCENARIOS) / SCENARIO.name
    assert kept.read_bytes() == SCENARIO.read_bytes()
    again = import_pack(target)
    assert (again.added, again.replaced, again.kept) == ((), (), ())


def test_what_a_person_wrote_is_replaced_only_when_asked_and_stays_beside_it(
    tmp_path: Path,
) -> None:
    pack = tmp_path / "p.rapportpack"
    export_pack(pack, {ContentKind.CHECKLISTS: [CHECKLIST]})
    own = content_dir(ContentKind.CHECKLISTS) / "complaint.toml"
    mine = CHECKLIST.read_text("utf-8").replace("A complaint", "Ours")
    own.write_text(mine, "utf-8")
    assert import_pack(pack).kept == ("checklists/complaint",)
    assert own.read_text("utf-8") == mine
    assert import_pack(pack, replace=True).replaced == ("checklists/complaint",)
    assert own.read_bytes() == CHECKLIST.read_bytes()
    assert own.with_name("complaint.toml.before").read_text("utf-8") == mine


@pytest.mark.parametrize(
    "name",
    [
        "../escaped.toml", "/etc/passwd", "scenarios/../../escaped.toml", "C:\\x.toml",
        "scenarios/run.py", "scenarios/.hidden.toml", "other/x.toml", "scenarios/a/b.toml",
        "scenarios\\x.toml", "x.toml", "scenarios/nul.toml", "checklists/com1.toml",
    ],
)  # fmt: skip
def test_a_path_that_climbs_out_or_has_no_place_is_refused(tmp_path: Path, name: str) -> None:
    before = everything_kept()
    pack = a_pack(tmp_path / "evil.zip", (name, SCENARIO.read_bytes()))
    with pytest.raises(AppError, match="no place in a pack"):
        import_pack(pack)
    assert everything_kept() == before
    assert not (tmp_path.parent / "escaped.toml").exists()


def test_one_mistake_refuses_the_whole_pack_and_names_file_and_line(tmp_path: Path) -> None:
    before = everything_kept()
    wrong = CHECKLIST.read_bytes().replace(b'"P19"', b'"P99"')
    pack = a_pack(
        tmp_path / "p.zip",
        ("scenarios/hotel_charged_twice.toml", SCENARIO.read_bytes()),
        ("checklists/ours.toml", wrong),
    )
    with pytest.raises(AppError, match=r"ours\.toml, line \d+: .*P01 to P32"):
        import_pack(pack)
    assert everything_kept() == before


def test_what_would_blow_up_is_not_unpacked(tmp_path: Path) -> None:
    bomb = a_pack(tmp_path / "b.zip", ("scenarios/b.toml", b"#" * (MOST_OF_ONE + 1)))
    with pytest.raises(AppError, match="too large"):
        import_pack(bomb)
    many = a_pack(
        tmp_path / "m.zip", *((f"scenarios/s{number}.toml", b"#") for number in range(501))
    )
    with pytest.raises(AppError, match="500 files"):
        import_pack(many)
    large = a_pack(tmp_path / "l.zip", *((f"scenarios/s{n}.toml", b"#" * 10**6) for n in range(17)))
    with pytest.raises(AppError, match="16 MB"):
        import_pack(large)


def test_what_is_no_pack_is_told_in_words(tmp_path: Path) -> None:
    text = tmp_path / "text.rapportpack"
    text.write_text("hello")
    whole = a_pack(tmp_path / "w.zip", ("scenarios/a.toml", SCENARIO.read_bytes()))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-40])
    flipped = tmp_path / "flipped.zip"
    data = bytearray(whole.read_bytes())
    data[200] ^= 0xFF
    flipped.write_bytes(data)
    # The flag beside the name says UTF-8, which it is not.
    unnamed = tmp_path / "unnamed.zip"
    named = a_pack(tmp_path / "n.zip", ("checklists/é.toml", b"#")).read_bytes()
    unnamed.write_bytes(named.replace("é".encode(), b"\xff\xff"))
    for broken in (text, cut, flipped, unnamed):
        with pytest.raises(AppError, match="is not a pack, or is damaged"):
            import_pack(broken)
    with pytest.raises(AppError, match="is empty"):
        import_pack(a_pack(tmp_path / "e.zip"))
    with pytest.raises(AppError, match="not there"):
        import_pack(tmp_path / "gone.zip")


def test_a_file_that_nests_without_end_is_told_in_words(tmp_path: Path) -> None:
    deep = a_pack(tmp_path / "d.zip", ("scenarios/deep.toml", b"a = " + b"[" * 100_000))
    with pytest.raises(AppError, match=r"deep\.toml holds lists in lists"):
        import_pack(deep)


def test_every_kind_has_its_reader() -> None:
    assert set(KINDS) == set(ContentKind)
