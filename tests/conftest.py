"""Every test: no screen, a home of its own, and nothing left behind."""

from __future__ import annotations

import functools
import gc
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.alone import machine
from tests.waiting import LONG_S

# Before anything imports Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.store.store import Store

ROOT = Path(__file__).resolve().parents[1]
FOOTAGE = ROOT.parent / "shared" / "footage"
NO_FOOTAGE = "../shared/footage is absent: accuracy on real footage is not measured here"

# The same examples in each run; `--hypothesis-profile search` looks for others.
for profile, same in (("same", True), ("search", False)):
    hypothesis.settings.register_profile(
        profile,
        derandomize=same,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.load_profile("same")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the hours to `make soak`; skip what needs footage where there is none."""
    if "soak" not in config.option.markexpr:
        soak = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=soak)
        items[:] = [item for item in items if item not in soak]
    if not FOOTAGE.is_dir():
        for item in items:
            if item.get_closest_marker("footage"):
                item.add_marker(pytest.mark.skip(reason=NO_FOOTAGE))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run what is marked `alone` while no other process runs a test, and before its time counts."""
    folder = _locks()
    if folder is None:
        return (yield)
    with machine(folder, alone=item.get_closest_marker("alone") is not None):
        return (yield)


def pytest_sessionfinish() -> None:
    """Leave no locks behind; a process that still runs makes its own anew."""
    folder = _locks()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _locks() -> Path | None:
    """Where the processes of one run lock the machine; None where there is one process."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    return None if run is None else Path(tempfile.gettempdir()) / f"rapport-tests-{run}"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the person's real folders out of it; child processes inherit it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("RAPPORT_HOME", str(folder))
    return folder


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Wait as long as a slow machine takes: only a test that fails waits so long."""
    for name in ("waitUntil", "waitSignal", "waitExposed"):
        patient = functools.partial(getattr(qtbot, name), timeout=int(LONG_S * 1000))
        monkeypatch.setattr(qtbot, name, patient)
    return qtbot


@pytest.fixture
def footage() -> Path:
    """Real pictures and sound, or a skip that says why."""
    if not FOOTAGE.is_dir():
        pytest.skip(NO_FOOTAGE)
    return FOOTAGE


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the first start leaves it; making one runs all migrations."""
    from app.store.store import Store  # noqa: PLC0415 -- half a second that few tests need

    path = tmp_path_factory.mktemp("new") / "rapport.db"
    Store.open(path).close()
    return path


@pytest.fixture
def store(home: Path, new_database: Path) -> Iterator[Store]:
    """A new, empty store in this test's home."""
    from app.paths import data_dir  # noqa: PLC0415 -- as above
    from app.store.database import DATABASE  # noqa: PLC0415 -- as above
    from app.store.store import Store  # noqa: PLC0415 -- as above

    assert data_dir().is_relative_to(home)
    data_dir().mkdir(parents=True, exist_ok=True)
    shutil.copyfile(new_database, data_dir() / DATABASE)
    with Store.open() as opened:
        yield opened


class ExpectedWarnings:
    """Patterns of log records at WARNING and above that a test expects."""

    def __init__(self) -> None:
        self._patterns: list[re.Pattern[str]] = []

    def __call__(self, pattern: str) -> None:
        """Expect records whose message matches anywhere."""
        self._patterns.append(re.compile(pattern))

    def has(self, record: logging.LogRecord) -> bool:
        """Whether one of the patterns matches."""
        return any(pattern.search(record.getMessage()) for pattern in self._patterns)


class _Collector(logging.Handler):
    """Keeps the records that a test has to answer for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def expected_warnings() -> Iterator[ExpectedWarnings]:
    """Call it with a pattern to expect a log record; any other at WARNING fails the test."""
    expected = ExpectedWarnings()
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield expected
    root.removeHandler(collector)
    unexpected = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in collector.records
        if not expected.has(record)
    ]
    if unexpected:
        pytest.fail("the log holds what was not expected:\n" + "\n".join(unexpected))


@pytest.fixture(autouse=True)
def _no_thread_outlives() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + LONG_S
    # A dummy stands for a thread of C++ that once called Python; nobody can see it end.
    left = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in left:
        thread.join(max(0.0, until - time.monotonic()))
    alive = [thread.name for thread in left if thread.is_alive()]
    if alive:
        pytest.fail(f"threads outlive the test: {', '.join(alive)}")


@pytest.fixture(autouse=True)
def _no_window_outlives() -> Iterator[None]:
    before = set(map(id, _windows()))
    yield
    left = [window for window in _windows() if id(window) not in before]
    names = [f"{type(window).__name__} {window.windowTitle()!r}" for window in left]
    for window in left:
        window.close()
        window.deleteLater()
    if left:
        pytest.fail(f"windows outlive the test: {', '.join(names)}")


def _windows() -> list[Any]:
    """Top-level widgets on the screen, after what was to be deleted is gone."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    core = sys.modules.get("PySide6.QtCore")
    if widgets is None or core is None or widgets.QApplication.instance() is None:
        return []
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    visible = [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
    if visible:
        gc.collect()
        visible = [one for one in widgets.QApplication.topLevelWidgets() if one.isVisible()]
    return visible
