"""In *voice and stick figure* and in *nothing* no picture reaches the disk.

A session with the real eyes and ears runs in a process of its own, and every write of it and of
its child processes is watched: Python's own by an audit hook, which also keeps a copy of whatever
is deleted or replaced; where there is strace, those of all libraries as well. Then every byte that
was written is searched for pictures.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from watched_session import TILE, WATCHED

from app.store.files import SessionFiles
from app.store.readings import read_readings

TESTS = Path(__file__).parents[1]
HOOK = "import watched_session\nwatched_session.watch()\n"
PICTURE = re.compile(
    rb"\xff\xd8\xff[\xe0\xe1\xee]..(JFIF|Exif|Adobe)|\x89PNG\r\n\x1a\n|RIFF....WEBPVP8|GIF8[79]a"
    rb"|V_MPEG4/ISO/AVC|V_MPEGH|V_VP[89]|V_AV1|V_MJPEG|avc1|avcC|x264 - core"
    rb"|\x00\x00\x00\x01[\x67\x65]",
    re.DOTALL,
)
"""JPEG, PNG, WebP and GIF; H.264 and the other coders' names in a container, and its own words."""
MEMORY = ("/dev/", "/proc/", "pipe:", "socket:")
"""Not a disk."""
BY_SQLITE = re.compile(
    r"rapport\.db(\.backup|\.before-\w+)?(\.\d+-[0-9a-f]+\.part)?(-wal|-shm|-journal)?"
)
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD|\d+[^,]*), "([^"]+)", ([A-Z_|]+)')
GONE = re.compile(r'unlink(?:at)?\((?:AT_FDCWD[^,]*, )?"([^"]+)".*= 0$', re.MULTILINE)


@dataclass(frozen=True)
class Watched:
    """What a session wrote."""

    said: str
    written: set[str]
    """Paths that were opened for writing, by whatever part of it."""
    files: list[Path]
    """All files that are there afterwards, and copies of those that are not."""
    sessions: list[Path]
    """Folders of sessions."""


def run(tmp_path: Path, *words: str) -> Watched:
    """Run it with every folder that it may write to under a folder of the test."""
    home, log, hook = tmp_path / "home", tmp_path / "log", tmp_path / "hook"
    for folder in (home, log, hook):
        folder.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK)
    own = {name: str(home) for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME")}
    env = os.environ | own | {
        "RAPPORT_HOME": str(home / "rapport"),
        "PYTHONPATH": os.pathsep.join([str(hook), str(TESTS), *sys.path]),
        "PYTHONDONTWRITEBYTECODE": "1",
        WATCHED: str(log),
    }  # fmt: skip
    command = [sys.executable, str(TESTS / "watched_session.py"), *words]
    trace = tmp_path / "trace"
    if shutil.which("strace"):
        traced = "open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,memfd_create"
        command = [
            "strace", "-f", "--seccomp-bpf", "-qq", "-s", "400", "-e", f"trace={traced}",
            "-o", str(trace), *command,
        ]  # fmt: skip
    done = subprocess.run(
        command, cwd=home, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    written = {
        line for file in log.glob("opened-*") for line in file.read_text("utf-8").splitlines()
    }
    if trace.exists():
        text = "\n".join(calls(trace))
        written |= {
            path for path, flags in OPENED.findall(text) if re.search("WRONLY|RDWR|CREAT", flags)
        }
        lost = {path for path in GONE.findall(text) if Path(path).is_absolute()}
        kept = {path.name.split("-", 3)[-1] for path in log.glob("gone-*")}
        unseen = {
            path for path in lost
            if str(home) in path and Path(path).name not in kept and not Path(path).exists()
            and not BY_SQLITE.fullmatch(Path(path).name)
        }  # fmt: skip
        assert unseen == set(), "deleted before anybody could look at it"
    files = [path for top in (home, log) for path in top.rglob("*") if path.is_file()]
    sessions = list((home / "rapport").rglob("sessions/*"))
    return Watched(done.stdout, written, files, sessions)


def calls(trace: Path) -> list[str]:
    """Give the calls that strace noted, those whole that another thread's came between."""
    whole, begun = [], {}
    for line in trace.read_text("utf-8", "replace").splitlines():
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>")
            continue
        if call.startswith("<..."):
            call = begun.pop(thread, "") + call.partition("resumed>")[2]
        whole.append(call)
    return whole


def pictures(path: Path) -> list[str]:
    """Tell what in a file is a picture, or holds one."""
    content = path.read_bytes()
    found = [f"{path.name}: {hit.group()[:12]!r}" for hit in PICTURE.finditer(content)]
    rows = [TILE[0].tobytes(), TILE[0, :, ::-1].tobytes(), TILE[0].astype(np.float32).tobytes()]
    if any(row in content for row in rows):
        found.append(f"{path.name}: the camera's picture as it is")
    parts = blobs(path) if content.startswith(b"SQLite format 3\0") else [content]
    return found + [f"{path.name}: {name}" for part in parts for name in coders(part)]


def coders(content: bytes) -> list[str]:
    """Name the coders of the pictures in bytes that a player would play."""
    try:
        with av.open(io.BytesIO(content)) as container:
            return [stream.codec.name for stream in container.streams.video]
    except (av.FFmpegError, OSError):
        return []


def blobs(path: Path) -> list[bytes]:
    """Give the bytes that a database keeps; a player takes the pages themselves for raw H.263."""
    as_it_lies = f"{path.as_uri()}?immutable=1"
    with contextlib.closing(sqlite3.connect(as_it_lies, uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return [
            cell
            for (table,) in tables
            for row in database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - its own names
            for cell in row
            if isinstance(cell, bytes)
        ]


def unpacked(content: bytes) -> bytes:
    """Give what a file of readings holds, without its compression."""
    parts = []
    for hit in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        try:
            parts.append(zlib.decompressobj().decompress(content[hit.start() :]))
        except zlib.error:
            continue
    return b"".join(parts)


def must_be_pictureless(watched: Watched, tmp_path: Path) -> None:
    """Look at everything that was written."""
    assert [hit for path in watched.files for hit in pictures(path)] == []
    strays = {
        path for path in watched.written
        if path.startswith("/") and not path.startswith((str(tmp_path), *MEMORY))
    }  # fmt: skip
    assert strays == set(), "written where nobody looks"
    for session in watched.sessions:
        files = SessionFiles(session)
        if not files.has("readings.rrd"):
            continue
        whole = unpacked(files.read("readings.rrd"))
        assert TILE[0].tobytes() not in whole
        for reading in read_readings(files):
            for name in type(reading).__dataclass_fields__:
                value = getattr(reading, name)
                if isinstance(value, np.ndarray):
                    assert (name, value.shape) == ("joints", (33, 3)), "no face mesh either"


def test_the_search_finds_every_kind_of_picture(tmp_path: Path) -> None:
    watched = run(tmp_path, "live", "picture_and_sound")
    assert "kept=True" in watched.said
    found = [hit for path in watched.files for hit in pictures(path)]
    assert any("recording.mkv: h264" in hit for hit in found), found
    with pytest.raises(AssertionError):
        must_be_pictureless(watched, tmp_path)


def test_a_film_within_a_database_is_found(tmp_path: Path) -> None:
    film = io.BytesIO()
    with av.open(film, "w", format="avi") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8), format="rgb24")
        container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    path = tmp_path / "rapport.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE kept (id INTEGER, content BLOB)")
        database.execute("INSERT INTO kept VALUES (1, ?)", (film.getvalue(),))
        database.commit()
    assert pictures(path) == ["rapport.db: mpeg4"]


def test_what_is_deleted_at_once_is_seen_too(tmp_path: Path) -> None:
    code = (
        "import watched_session as w, os, pathlib, sys\n"
        "w.watch()\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.write_bytes(b'..' + w.TILE[0].tobytes()); path.unlink()\n"
        "path.write_bytes(b'\\x89PNG\\r\\n\\x1a\\n'); path.write_bytes(b'')\n"
    )
    log = tmp_path / "log"
    log.mkdir()
    env = os.environ | {WATCHED: str(log), "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "short")], env=env, check=True)
    found = {path.name.rpartition("-")[0] for path in log.iterdir() if pictures(path)}
    assert len(found) == 2, found
    opened = "".join(path.read_text() for path in log.glob("opened-*"))
    assert opened.count("short") == 3


def test_voice_and_stick_figure_writes_no_picture(tmp_path: Path) -> None:
    watched = run(tmp_path, "live", "voice_and_stick_figure")
    assert "kept=True" in watched.said
    (session,) = watched.sessions
    names = set(SessionFiles(session).names())
    assert {"recording.mkv", "readings.rrd", "report.json"} <= names, "the rest is kept"
    readings = list(read_readings(SessionFiles(session)))
    assert any(getattr(one, "joints", None) is not None for one in readings), "the stick figure"
    must_be_pictureless(watched, tmp_path)


def test_nothing_writes_nothing_of_the_session(tmp_path: Path) -> None:
    watched = run(tmp_path, "live", "nothing")
    assert "kept=False" in watched.said
    assert watched.sessions == []
    must_be_pictureless(watched, tmp_path)


def test_a_video_whose_picture_is_not_kept_leaves_none(tmp_path: Path) -> None:
    source = tmp_path / "phone.mp4"
    with av.open(str(source), "w") as container:
        video = container.add_stream("libx264", rate=15, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 640, 480, "yuv420p"
        sound = container.add_stream("aac", rate=48000)
        image = np.full((480, 640, 3), 90, np.uint8)
        image[:16, :64] = TILE
        for number in range(45):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts = number
            container.mux(video.encode(frame))
        block = np.random.default_rng(1).uniform(-0.1, 0.1, (1, 3 * 48000)).astype(np.float32)
        heard = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        heard.sample_rate = 48000
        container.mux(sound.encode(heard))
        container.mux(sound.encode(None))
        container.mux(video.encode(None))
    assert pictures(source), "the video itself has one"
    watched = run(tmp_path, "file", str(source))
    assert "kept=True" in watched.said
    (session,) = watched.sessions
    assert "recording.mkv" in SessionFiles(session).names(), "its sound"
    must_be_pictureless(watched, tmp_path)
