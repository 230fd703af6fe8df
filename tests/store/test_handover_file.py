"""One sealed file: what goes in comes out, and nothing else ever opens."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import struct
import uuid
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import AppError
from app.store.handover import header as head
from app.store.handover import opening, refusals
from app.store.handover.chunks import CHUNK, TAG, opened_chunks, plain_size, sealed_size
from app.store.handover.keys import own_key
from app.store.handover.letter_json import dump_letter, load_letter
from app.store.handover.opening import asks_passphrase, open_sealed
from app.store.handover.sealing import seal
from app.store.handover.types import Content, Entry, Kind, Letter, Sender

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "apple river lamp tiger"  # noqa: S105 - opens made-up files only
CHEAP = 14
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
REPORT = b'{"title": "charged twice"}'
DATA = {
    "session.json": b"{}",
    "marks.json": b"[]",
    "report.json": REPORT,
    "recording.mkv": bytes(range(256)) * 900,
}


def sealed(
    folder: Path,
    data: dict[str, bytes] | None = None,
    *,
    kind: Kind = Kind.SHARE,
    secret: str | None = SECRET,
    signer: str = "ana",
    claimed: str = "ana",
) -> Path:
    """Write a file from `signer` that says it is from `claimed`."""
    data = DATA if data is None else data
    public = own_key(folder, claimed).public_key
    name = "" if kind is Kind.WITHDRAWAL else "Ana Begum"
    letter = Letter(
        kind,
        str(uuid.UUID(int=5)),
        Sender(name, str(uuid.UUID(int=7)), public),
        "" if kind is Kind.WITHDRAWAL else "Ben",
        NOW,
        NOW + dt.timedelta(days=30) if kind is Kind.SHARE else None,
    )
    contents = [
        Content(key, len(value), lambda v=value: io.BytesIO(v)) for key, value in data.items()
    ]
    path = folder / "file.rapport"
    seal(path, letter, contents, passphrase=secret, key=own_key(folder, signer), log2_n=CHEAP)
    return path


def taken(path: Path, secret: str | None = SECRET) -> dict[str, bytes]:
    """Open a file and give all that is in it."""
    found: dict[str, bytes] = {}

    def take(entry: Entry, pieces: Iterator[bytes]) -> None:
        found[entry.name] = b"".join(pieces)

    open_sealed(path, secret).pour(take)
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return sealed(tmp_path_factory.mktemp("whole")).read_bytes()


@pytest.mark.parametrize("extra", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_goes_in_comes_out(tmp_path: Path, extra: int) -> None:
    data = DATA | {"recording.mkv": b"x" * extra}
    assert taken(sealed(tmp_path, data)) == data


def test_every_length_near_a_chunk_is_sealed_and_measured_alike() -> None:
    for plain in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7):
        assert plain_size(sealed_size(plain)) == plain
    for impossible in (0, TAG - 1, CHUNK + TAG + 1, CHUNK + 2 * TAG - 1):
        with pytest.raises(refusals.Damaged):
            plain_size(impossible)


def test_it_says_from_whom_and_that_is_proven(tmp_path: Path) -> None:
    letter = open_sealed(sealed(tmp_path), SECRET).letter
    assert letter.kind is Kind.SHARE
    assert letter.sender.name == "Ana Begum"
    assert letter.sender.public_key == own_key(tmp_path, "ana").public_key
    assert [entry.name for entry in letter.entries] == list(DATA)


def test_a_lost_stick_shows_nothing(whole: bytes) -> None:
    for readable in ("Ana Begum", "charged", "session.json", "recording", "marks", SECRET):
        assert readable.encode() not in whole


def test_two_files_of_the_same_have_nothing_in_common(tmp_path: Path) -> None:
    one, other = sealed(tmp_path).read_bytes(), sealed(tmp_path).read_bytes()
    assert one[head.SIZE : head.SIZE + CHUNK] != other[head.SIZE : head.SIZE + CHUNK]


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    assert sealed(tmp_path).stat().st_mode & 0o077 == 0


class TestRefused:
    """Each fault has its own sentence and remedy."""

    def refused(self, path: Path, content: bytes, secret: str | None = SECRET) -> type[AppError]:
        path.write_bytes(content)
        with pytest.raises(refusals.Refused) as told:
            taken(path, secret)
        assert told.value.what.endswith(".")
        assert told.value.remedy.endswith(".")
        return type(told.value)

    def test_another_passphrase(self, tmp_path: Path, whole: bytes) -> None:
        for wrong in ("apple river lamp lion", "", None):
            assert self.refused(tmp_path / "f", whole, wrong) is refusals.WrongPassphrase

    def test_a_cut_file(self, tmp_path: Path, whole: bytes) -> None:
        for length in (len(whole) - 1, len(whole) // 2, head.SIZE + 1, head.SIZE - 1, 9, 3):
            assert self.refused(tmp_path / "f", whole[:length]) is refusals.CutOff

    def test_something_added(self, tmp_path: Path, whole: bytes) -> None:
        assert self.refused(tmp_path / "f", whole + b"x") is refusals.Damaged

    def test_not_one_of_ours(self, tmp_path: Path) -> None:
        for other in (b"", b"hello", b"\x1aE\xdf\xa3" + bytes(500), b"PK\x03\x04" + bytes(500)):
            assert self.refused(tmp_path / "f", other) is refusals.NotOurs

    def test_a_newer_version(self, tmp_path: Path, whole: bytes) -> None:
        newer = whole[:8] + struct.pack(">H", 2) + whole[10:]
        assert self.refused(tmp_path / "f", newer) is refusals.TooNew

    @pytest.mark.parametrize("log2_n", [0, 13, 20, 40, 255])
    def test_more_work_than_ours_ask_for(self, tmp_path: Path, whole: bytes, log2_n: int) -> None:
        raw = bytearray(whole[: head.SIZE - head.SUM_BYTES])
        raw[11] = log2_n
        changed = bytes(raw) + hashlib.sha256(raw).digest()[: head.SUM_BYTES]
        content = changed + whole[head.SIZE :]
        assert self.refused(tmp_path / "f", content) is refusals.TooCostly

    def test_swapped_and_doubled_chunks(self, tmp_path: Path, whole: bytes) -> None:
        size = CHUNK + TAG
        body = whole[head.SIZE :]
        one, two, rest = body[:size], body[size : 2 * size], body[2 * size :]
        assert len(rest) > size
        for wrong in (two + one + rest, one + one + rest):
            changed = whole[: head.SIZE] + wrong
            assert self.refused(tmp_path / "f", changed) is refusals.Damaged

    def test_a_chunk_left_out_with_the_length_put_right(self, tmp_path: Path, whole: bytes) -> None:
        size = CHUNK + TAG
        body = whole[head.SIZE + size :]
        raw = whole[: head.SIZE - head.SUM_BYTES - 8] + struct.pack(">Q", len(body))
        content = raw + hashlib.sha256(raw).digest()[: head.SUM_BYTES] + body
        assert self.refused(tmp_path / "f", content) is refusals.Damaged

    def test_somebody_elses_signature(self, tmp_path: Path) -> None:
        path = sealed(tmp_path, signer="mallory", claimed="ana")
        with pytest.raises(refusals.BadSignature, match="Ana Begum"):
            taken(path)

    def test_a_share_that_is_not_sealed(self, tmp_path: Path) -> None:
        path = sealed(tmp_path, secret=None)
        with pytest.raises(refusals.Damaged):
            open_sealed(path, None)

    def test_a_file_that_is_gone(self, tmp_path: Path) -> None:
        with pytest.raises(AppError, match="not there"):
            asks_passphrase(tmp_path / "gone.rapport")

    def test_a_file_exchanged_after_it_was_proven(self, tmp_path: Path) -> None:
        path = sealed(tmp_path)
        opened = open_sealed(path, SECRET)
        other = bytearray(path.read_bytes())
        other[-1] ^= 1
        path.write_bytes(other)
        with pytest.raises(refusals.Damaged):
            opened.pour(lambda entry, pieces: [*pieces] and None)


def test_a_withdrawal_needs_no_passphrase_and_names_nobody(tmp_path: Path) -> None:
    path = sealed(tmp_path, {}, kind=Kind.WITHDRAWAL, secret=None)
    assert not asks_passphrase(path)
    assert open_sealed(path, None).letter.kind is Kind.WITHDRAWAL
    assert b"Ana" not in path.read_bytes()


NAMES = st.sampled_from(
    ["../../etc/passwd", "report.json/..", "C:\\x", "/abs", "evil.exe", "", "spoken-1.exe",
     "spoken-../x.wav", "recording.mkv\x00", "Report.json", "spoken-9999.wav"]
)  # fmt: skip


@given(NAMES)
def test_no_name_but_the_fixed_ones_is_read(name: str) -> None:
    letter = a_letter((Entry("session.json", 2), Entry("marks.json", 2), Entry(name, 3)))
    with pytest.raises(refusals.Damaged):
        load_letter(dump_letter(letter))


@pytest.mark.parametrize(
    "entries",
    [
        (Entry("marks.json", 2),),
        (Entry("session.json", 2), Entry("marks.json", 2), Entry("marks.json", 2)),
        (Entry("session.json", 2 << 20), Entry("marks.json", 2)),
        (Entry("session.json", 2), Entry("marks.json", 1 << 40)),
        (Entry("session.json", 2), Entry("marks.json", -1)),
        (
            Entry("session.json", 2),
            Entry("marks.json", 2),
            *tuple(Entry(f"spoken-{n}.wav", 1) for n in range(1000)),
            *tuple(Entry(f"spoken-{n}.ogg", 1) for n in range(100)),
        ),
    ],
)
def test_missing_doubled_and_giant_files_are_refused(entries: tuple[Entry, ...]) -> None:
    with pytest.raises(refusals.Damaged):
        load_letter(dump_letter(a_letter(entries)))


def a_letter(entries: tuple[Entry, ...]) -> Letter:
    ids = [str(uuid.UUID(int=n)) for n in (1, 2)]
    return Letter(Kind.SHARE, ids[0], Sender("Ana", ids[1], "ab" * 32), "Ben", NOW, NOW, entries)


def test_a_name_cannot_turn_the_text_around_it_about() -> None:
    entries = (Entry("session.json", 2), Entry("marks.json", 2))
    letter = a_letter(entries)
    tricky = dataclasses.replace(
        letter, sender=dataclasses.replace(letter.sender, name="A\u202eb\nc")
    )
    assert load_letter(dump_letter(tricky)).sender.name == "A b c"


def test_a_source_that_changes_while_it_is_sealed_leaves_no_file(tmp_path: Path) -> None:
    key = own_key(tmp_path, "ana")
    for wrong in (b"too long", b"sh"):
        contents = [Content("marks.json", 4, lambda w=wrong: io.BytesIO(w))]
        with pytest.raises(AppError, match="changed"):
            seal(tmp_path / "x.rapport", a_letter(()), contents, passphrase=SECRET, key=key,
                 log2_n=CHEAP)  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


@pytest.fixture(scope="module")
def secret_key(whole: bytes) -> bytes:
    """Derived once: the property below is about every byte, not about scrypt."""
    return head.key_for(head.read_header(whole[: head.SIZE], len(whole)), SECRET)


@settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_flipped_bit_and_no_cut_ever_opens(
    tmp_path: Path,
    whole: bytes,
    secret_key: bytes,
    monkeypatch: pytest.MonkeyPatch,
    data: st.DataObject,
) -> None:
    if data.draw(st.booleans(), label="cut"):
        changed = whole[: data.draw(st.integers(0, len(whole) - 1))]
    else:
        # The open part and the last bytes are few, and every one of them matters most.
        place = data.draw(
            st.integers(0, len(whole) - 1) | st.integers(0, head.SIZE) | st.integers(-200, -1)
        )
        content = bytearray(whole)
        content[place] ^= 1 << data.draw(st.integers(0, 7))
        changed = bytes(content)
    path = tmp_path / "changed.rapport"
    path.write_bytes(changed)
    monkeypatch.setattr(opening, "key_for", lambda _header, _secret: secret_key)
    used: list[str] = []
    with pytest.raises(refusals.Refused):
        open_sealed(path, SECRET).pour(lambda entry, _pieces: used.append(entry.name))
    assert used == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["changed.rapport"]


@pytest.mark.parametrize("place", range(0, head.SIZE, 7))
def test_no_flipped_bit_of_the_open_part_opens_with_the_real_work(
    tmp_path: Path, whole: bytes, place: int
) -> None:
    content = bytearray(whole)
    content[place] ^= 0x10
    path = tmp_path / "changed.rapport"
    path.write_bytes(content)
    with pytest.raises(refusals.Refused):
        open_sealed(path, SECRET)


def test_memory_stays_constant(tmp_path: Path) -> None:
    """A chunk at a time: neither side ever asks for more than that."""

    class Endless(io.RawIOBase):
        def __init__(self, left: int) -> None:
            self.left, self.most = left, 0

        def read(self, size: int = -1) -> bytes:
            assert 0 <= size <= CHUNK + TAG
            self.most = max(self.most, size)
            given = min(size, self.left)
            self.left -= given
            return bytes(given)

    big = 40 * CHUNK
    contents = [
        Content("session.json", 2, lambda: io.BytesIO(b"{}")),
        Content("marks.json", 2, lambda: io.BytesIO(b"[]")),
        Content("recording.mkv", big, lambda: Endless(big)),  # type: ignore[arg-type,return-value]
    ]
    path = tmp_path / "big.rapport"
    letter = dataclasses.replace(
        a_letter(()),
        sender=Sender("Ana", str(uuid.UUID(int=2)), own_key(tmp_path, "ana").public_key),
    )
    key = own_key(tmp_path, "ana")
    seal(path, letter, contents, passphrase=SECRET, key=key, log2_n=CHEAP)
    header = head.read_header(path.read_bytes()[: head.SIZE], path.stat().st_size)
    with path.open("rb") as file:
        raw = file.read(head.SIZE)
        sizes = {
            len(piece)
            for piece in opened_chunks(file, head.key_for(header, SECRET), raw, header.body_bytes)
        }
    assert max(sizes) == CHUNK
