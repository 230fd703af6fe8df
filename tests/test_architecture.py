"""The laws of DESIGN that a reader would otherwise have to watch over."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tokenize
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("app", "vision", "audio")
TOP_LEVEL = {
    "pyproject.toml", "app", "vision", "audio", "assets", "tests", "README.md", "CHANGELOG.md",
    "CONTRIBUTING.md", "DECISIONS.md", "LICENSE", "Makefile", "requirements.txt",
    "requirements-dev.txt", "MANIFEST.in", ".ci", ".gitignore", ".gitattributes",
}  # fmt: skip
LONGEST = {"app": 300, "vision": 300, "audio": 300, "tests": 400}
"""Lines of a file; a test's truth and its tables stand beside it, so it may take more."""
LEFT_OUT = {"jax", "jaxlib", "sentencepiece", "opencv-contrib-python"}

# Device sources wait for hardware on threads of their own; app.main leads threading.excepthook to
# the log; audio.microphones starts none, but keeps the list from those who open; else threads are
# app.session's.
MAY_USE_THREADS = (
    "app/main.py", "app/session/", "vision/camera.py", "vision/video_file.py", "vision/sources.py",
    "audio/sources.py", "audio/recording.py", "audio/microphones.py",
)  # fmt: skip
THREADS = {"threading", "_thread", "concurrent", "multiprocessing", "asyncio"}
ONLY_IN = {
    "mediapipe": ("vision/landmarks.py",),
    "sounddevice": ("audio/sources.py", "audio/microphones.py"),
    "cv2": ("vision/opencv.py",),
    "sqlite3": ("app/store/",),
    "sqlalchemy": ("app/store/",),
    "alembic": ("app/store/",),
    "PySide6": ("app/ui/",),
    "qtawesome": ("app/ui/",),
}


def sources(*folders: str) -> list[str]:
    """Paths of Python files, as they are written in the repository."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


@cache
def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"), path)


@cache
def imported(path: str) -> set[str]:
    """Top-level names of what a file imports anywhere, but for what only a type checker reads."""
    module = tree(path)
    unread = {
        inner
        for node in ast.walk(module)
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
        for line in node.body
        for inner in ast.walk(line)
    }
    names: set[str] = set()
    for node in ast.walk(module):
        if node in unread:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def tracked() -> list[str]:
    """Paths of the files that git holds."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout: what is tracked cannot be known")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def test_who_may_import_whom() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_library_has_its_one_place(library: str) -> None:
    allowed = ONLY_IN[library]
    elsewhere = [
        path
        for path in sources(*PACKAGES)
        if library in imported(path) and not path.startswith(allowed)
    ]
    assert elsewhere == []


def test_threads_live_in_the_session_and_the_device_sources() -> None:
    elsewhere = [
        path
        for path in sources(*PACKAGES)
        if imported(path) & THREADS and not path.startswith(MAY_USE_THREADS)
    ]
    assert elsewhere == []


def test_nothing_starts_a_thread_where_it_may_only_be_watched() -> None:
    called = {ast.unparse(node) for node in ast.walk(tree("app/main.py"))}
    assert {name for name in called if re.fullmatch(r"(threading\.)?(Thread|Timer)", name)} == set()


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{path}:{node.lineno}"
        for path in sources(*PACKAGES)
        if not path.startswith("app/cli/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printing == []


def test_nothing_is_caught_that_is_not_known() -> None:
    broad = [
        f"{path}:{node.lineno}"
        for path in sources("app/coach", "app/store", "vision", "audio")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert broad == []


def test_no_file_is_longer_than_a_reader_holds() -> None:
    lengths = {
        path: len((ROOT / path).read_text("utf-8").splitlines())
        for path in sources(*PACKAGES, "tests")
    }
    too_long = {
        path: length for path, length in lengths.items() if length > LONGEST[path.split("/")[0]]
    }
    assert too_long == {}


def test_file_names_are_unique_among_the_tests_and_none_is_a_package() -> None:
    names = [Path(path).name for path in sources("tests")]
    assert "__init__.py" not in names
    tests = [name for name in names if name.startswith("test_")]
    assert sorted(set(tests)) == sorted(tests)


def test_the_top_level_is_as_prescribed() -> None:
    assert {path.split("/")[0] for path in tracked()} <= TOP_LEVEL


def test_no_tracked_file_names_this_machine_or_an_index() -> None:
    machine = re.compile(r"(?<![\w.$}~/])/(?:root|work|tmp|farm|home/\w|Users/\w)[/\w]")
    index = re.compile(r"--(?:extra-)?index-url|pythonhosted\.|pypi\.\w|/simple/?\b", re.IGNORECASE)
    found = []
    for path in tracked():
        if path == "tests/test_architecture.py":
            continue  # it has to name what it looks for
        try:
            lines = (ROOT / path).read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(lines, start=1)
            if machine.search(line) or index.search(line)
        ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_leaves_out_what_is_never_called(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    names = {
        one.name.lower()
        for one in wanted
        # The overrides in pyproject leave a line behind that holds on no machine.
        if one.marker is None or "'never'" not in str(one.marker).replace('"', "'")
    }
    assert "mediapipe" in names
    assert names & LEFT_OUT == set()
    assert all(len(one.specifier) == 1 and "==" in str(one.specifier) for one in wanted)


def test_every_noqa_and_ignore_names_what_it_ignores() -> None:
    bare = []
    names_nothing = re.compile(r"#\s*(noqa(?!:)|type: ignore(?!\[))")
    for path in sources(*PACKAGES, "tests"):
        if not names_nothing.search((ROOT / path).read_text("utf-8")):
            continue  # token by token takes fifty times as long
        with tokenize.open(ROOT / path) as file:
            comments = [
                (token.start[0], token.string)
                for token in tokenize.generate_tokens(file.readline)
                if token.type == tokenize.COMMENT
            ]
        bare += [f"{path}:{line}" for line, text in comments if names_nothing.search(text)]
    assert bare == []
