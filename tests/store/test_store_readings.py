from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import tracemalloc
from dataclasses import fields, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_cases import stream
from waiting import LONG_S

from app.errors import AppError
from app.store.columns import pack, unpack
from app.store.files import READINGS, SessionFiles
from app.store.readings import ReadingsWriter, read_readings, read_versions
from audio.types import VoiceReading
from vision.types import VisionReading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from app.coach.senses import Reading

VERSIONS = {"app": "1.2.3", "rules": "4", "models": "mediapipe 0.10.21"}


def bits(value: object) -> object:
    """What has to come back: floats by their bits, arrays by type, shape and bytes."""
    if isinstance(value, float):
        return struct.pack("<d", value)
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    if hasattr(value, "items"):
        return dict(value.items())
    return value


def same(one: Reading, other: Reading) -> bool:
    return type(one) is type(other) and all(
        bits(getattr(one, field.name)) == bits(getattr(other, field.name)) for field in fields(one)
    )


def assert_same(given_: Iterable[Reading], wanted: Iterable[Reading]) -> None:
    for one, other in zip_longest(given_, wanted):
        assert same(one, other), (one, other)


@pytest.fixture
def files(tmp_path: Path) -> SessionFiles:
    return SessionFiles(tmp_path / "session")


def written(files: SessionFiles, readings: Iterable[Reading]) -> bytes:
    with ReadingsWriter(files, VERSIONS) as writer:
        for reading in readings:
            writer.write(reading)
    return files.read(READINGS)


def test_a_stream_comes_back_bit_for_bit_in_its_order(files: SessionFiles) -> None:
    written(files, stream(20.0))
    assert_same(read_readings(files), stream(20.0))
    assert read_versions(files) == VERSIONS


numbers = st.floats(allow_nan=True, width=64)


@given(st.lists(st.tuples(numbers, st.none() | numbers, st.none() | st.booleans()), max_size=40))
def test_any_number_survives(rows: list[tuple[float, float | None, bool | None]]) -> None:
    readings: list[Reading] = []
    for t, number, flag in rows:
        readings.append(VisionReading(t=t, brow=number, yaw_deg=number, face_looked=bool(flag)))
        readings.append(VoiceReading(t=t, pitch_st=number, speech=flag))
    assert_same(unpack(pack(readings)), readings)


def test_none_is_not_zero(files: SessionFiles) -> None:
    written(files, [VisionReading(t=0.0, brow=0.0), VisionReading(t=0.1)])
    first, second = read_readings(files)
    assert isinstance(first, VisionReading)
    assert isinstance(second, VisionReading)
    assert (first.brow, second.brow) == (0.0, None)


def test_joints_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="float32"):
        pack([VisionReading(t=0.0, joints=np.zeros((33, 3)))])


def test_memory_does_not_grow_with_the_session(files: SessionFiles) -> None:
    def peak(seconds: float) -> int:
        tracemalloc.start()
        written(files, stream(seconds))
        assert sum(1 for _ in read_readings(files)) == seconds * 30
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(5.0)  # what is made once does not count
    assert peak(40.0) < 1.2 * peak(10.0)


def test_an_hour_of_readings_stays_under_forty_megabytes(files: SessionFiles) -> None:
    written(files, stream(20.0))
    assert files.size_bytes() / 20.0 * 3600 < 40_000_000


def test_cut_anywhere_it_reads_up_to_the_last_whole_chunk(files: SessionFiles) -> None:
    content, whole = written(files, stream(3.0)), list(stream(3.0))
    lengths = set()
    for length in {*range(0, len(content), 401), len(content) - 1, len(content)}:
        files.write_atomic(READINGS, content[:length])
        got = list(read_readings(files))
        assert_same(got, whole[: len(got)])
        lengths.add(len(got))
    assert len(lengths) >= 4, "nothing, one second, two seconds, all"
    assert max(lengths) == len(whole)


def test_a_cut_costs_one_chunk(files: SessionFiles) -> None:
    content = written(files, stream(10.0))
    files.write_atomic(READINGS, content[:-1])
    last = list(read_readings(files))[-1]
    assert last.t >= 10.0 - 2.0


def test_a_flipped_byte_inside_is_damage_and_not_an_end(files: SessionFiles) -> None:
    content = bytearray(written(files, stream(10.0)))
    content[len(content) // 2] ^= 0xFF
    files.write_atomic(READINGS, bytes(content))
    with pytest.raises(AppError, match="damaged"):
        list(read_readings(files))


def test_a_tail_of_zeros_as_a_power_cut_leaves_it_is_an_end(files: SessionFiles) -> None:
    content = written(files, stream(3.0))
    files.write_atomic(READINGS, content + bytes(4096))
    assert_same(read_readings(files), stream(3.0))


def test_an_absurd_length_is_not_reserved(files: SessionFiles) -> None:
    content = written(files, stream(3.0))
    files.write_atomic(READINGS, content + b"\xff\xff\xff\xff\x01\x02\x03\x04rest")
    with pytest.raises(AppError, match="damaged"):
        list(read_readings(files))


def test_missing_and_foreign_files_are_told(files: SessionFiles) -> None:
    with pytest.raises(AppError, match="curves of this session are missing"):
        list(read_readings(files))
    files.write_atomic(READINGS, b"something else entirely, longer than the first line")
    with pytest.raises(AppError, match="newer Rapport"):
        list(read_readings(files))
    with pytest.raises(AppError, match="newer Rapport"):
        read_versions(files)


@pytest.mark.parametrize("length", [0, 3, 12])
def test_killed_before_its_first_line_was_whole_nothing_is_known_of_it(
    files: SessionFiles, length: int
) -> None:
    files.write_atomic(READINGS, written(files, stream(1.0))[:length])
    assert read_versions(files) == {}
    assert list(read_readings(files)) == []


def test_words_of_a_newer_program_are_told(files: SessionFiles) -> None:
    odd = replace(VisionReading(t=0.0), missing={"brow": "mist"})  # type: ignore[dict-item]
    written(files, [odd])
    with pytest.raises(AppError, match="newer Rapport"):
        list(read_readings(files))


KILLED = """
import sys
from pathlib import Path
from store_cases import stream
from app.store.files import SessionFiles
from app.store.readings import ReadingsWriter
writer = ReadingsWriter(SessionFiles(Path(sys.argv[1])), {})
for reading in stream(1000.0):
    writer.write(reading)
    if reading.t >= 7.3:
        print("written", flush=True)
        sys.stdin.read()
"""


def test_killed_while_writing_loses_less_than_two_seconds(files: SessionFiles) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(files.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"written\n"
        child.send_signal(signal.SIGKILL)
        child.wait(LONG_S)
    got = list(read_readings(files))
    assert got[-1].t >= 7.3 - 2.0
    whole = list(stream(7.4))
    assert_same(got, whole[: len(got)])


def test_a_full_disk_is_told(files: SessionFiles) -> None:
    files.folder.mkdir()
    (files.folder / READINGS).symlink_to("/dev/full")
    with pytest.raises(AppError, match="disk is full"):
        ReadingsWriter(files, VERSIONS)
