"""What the set-up says about packages of the system, on systems that nobody here has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "app" / "bootstrap.sh"
NOTHING_THERE = "ldconfig() { :; }; compgen() { return 1; }; as_root() { return 1; };"
NO_APT = 'command() { [ "$2" != apt-get ] && builtin command "$@"; };'
APT = "apt-get() { return 1; };"


def packages(folder: Path, system: str, more: str) -> str:
    """Give what the step says that installs packages, on a system of this name."""
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    whole = SCRIPT.read_text("utf-8")
    steps, called, _ = whole.rpartition("\nmain\n")
    assert called, "the script ends with its one call"
    (folder / "app").mkdir()
    (folder / "app" / "steps.sh").write_text(steps, "utf-8")
    code = f"source app/steps.sh run; uname() {{ echo {system}; }}; {NOTHING_THERE} {more}"
    done = subprocess.run(
        ["bash", "-c", f"{code} install_packages"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stderr


def test_macos_is_not_sent_to_debian(tmp_path: Path) -> None:
    assert packages(tmp_path, "Darwin", NO_APT) == ""


def test_another_linux_hears_the_names_and_no_command_that_it_lacks(tmp_path: Path) -> None:
    said = packages(tmp_path, "Linux", NO_APT)
    assert "libportaudio2" in said
    assert "apt install" not in said


def test_debian_without_rights_hears_what_to_ask_for(tmp_path: Path) -> None:
    assert "apt install" in packages(tmp_path, "Linux", APT)
