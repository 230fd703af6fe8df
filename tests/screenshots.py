"""Pictures of every page for the README: the real window on a real X server, with the sample clip.

Run by `make screenshots`. The session in the pictures is a real one: the sample clip goes through
the real pipeline in real time, so this takes some minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

INSIDE: Final = "RAPPORT_SCREENSHOTS_INSIDE"
ROOT: Final = Path(__file__).resolve().parents[1]


def main() -> int:
    """Start an X server of our own where we are not in one yet."""
    from tests.screenshots_round import SIZE  # noqa: PLC0415 - Qt reads the environment first

    if os.environ.get(INSIDE):
        return photograph()
    runner = shutil.which("xvfb-run")
    if runner is None:
        sys.stderr.write("xvfb-run is missing. Install Debian's xvfb and try again.\n")
        return 1
    with tempfile.TemporaryDirectory() as home:
        screen = f"-screen 0 {SIZE[0]}x{SIZE[1]}x24"
        environment = os.environ | {
            INSIDE: "1",
            "RAPPORT_HOME": home,
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
        }
        command = [runner, "-a", "-s", screen, sys.executable, "-m", "tests.screenshots"]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def photograph() -> int:
    """Drive the window from page to page and keep a picture of each, light and dark."""
    from app.session.sample import make_sample  # noqa: PLC0415 - only inside the X server
    from app.settings import Settings  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.ui.application import build_application, build_services, build_window  # noqa: PLC0415
    from tests import screenshots_pages, screenshots_stage, screenshots_trainer  # noqa: PLC0415
    from tests.screenshots_round import Photographer  # noqa: PLC0415
    from tests.screenshots_talk import go_through_a_talk  # noqa: PLC0415

    app = build_application(["rapport"], "light")
    clip = make_sample(ROOT / "out")
    pictures = screenshots_stage.pictures_of(clip)
    screenshots_stage.earlier_sessions()
    screenshots_stage.warm_up()
    devices = [screenshots_stage.SampleDevice("sample", "Sample clip")]
    with Store.open() as store, tempfile.TemporaryDirectory() as folder:
        settings = Settings(theme="light", focus="arms_crossed", customer="text")
        services = replace(
            build_services(store, settings),
            cameras=lambda: devices,
            microphones=lambda: devices,
            make_live=lambda plan, person, consent: screenshots_stage.sample_session(
                clip, pictures, plan, store, (person, consent)
            ),
        )
        camera = Photographer(app, build_window(services))
        try:
            go_through_a_talk(camera)
            cleo = screenshots_pages.go_round(camera, Path(folder), clip)
            screenshots_trainer.go_round(camera, cleo)
        finally:
            camera.close()
            services.background.close()
    camera.tell_missing()
    return 0


if __name__ == "__main__":
    sys.exit(main())
