"""What Home does not need is not loaded before it is there: the start stays within its seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "alembic", "av", "cryptography", "cv2", "jinja2", "librosa", "matplotlib", "mediapipe",
    "numpy", "pyqtgraph", "rich", "scipy", "sounddevice", "typer",
    "PySide6.QtMultimedia", "PySide6.QtPdf", "app.coach.finder", "app.session.live",
    "app.session.offline", "app.ui.pages.report",
}  # fmt: skip
"""Each takes a tenth of a second or more to load."""
START = """
import json, sys
sys.path.insert(0, {root!r})
import app.main
from app.store.store import Store
from app.ui.application import build_application, build_services, build_window, open_on
from app.ui.profiles import first_page, first_settings
with Store.open() as store:
    settings, _ = first_settings(store)
    app = build_application(["rapport"])
    services = build_services(store, settings)
    window = build_window(services)
    open_on(window, first_page(services), {page!r})
    window.show()
    app.processEvents()
    loaded = sorted(set({heavy!r}) & set(sys.modules))
    page = window.page
    window.close()
    services.background.close()
print(json.dumps([page, loaded]))
"""


def started(page: str, heavy: set[str]) -> tuple[str, list[str]]:
    """Start the program in a process of its own; the page in front and what was loaded."""
    from app.settings import Settings, save_settings, settings_file  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415

    with Store.open() as store:  # a first start makes the database, which takes its tools
        person = store.ensure_person("Ana")
    settings = Settings(person_id=person.id, person_name=person.name, first_run_over=True)
    save_settings(settings, settings_file(person.id))
    code = START.format(root=str(ROOT), page=page, heavy=sorted(heavy))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    front, loaded = json.loads(done.stdout.splitlines()[-1])
    return front, loaded


def test_home_is_there_before_anything_heavy_is_loaded(home: Path) -> None:
    front, loaded = started("home", HEAVY)
    assert front == "home"
    assert loaded == []


@pytest.mark.parametrize("library", ["PySide6.QtMultimedia", "jinja2", "matplotlib", "mediapipe"])
def test_the_self_check_needs_no_player_and_no_report(home: Path, library: str) -> None:
    front, loaded = started("check", {library})
    assert front == "check"
    assert loaded == []
