"""That the disk has no room for a recording is said before it is begun."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from app.session.room import LITTLE_BYTES, little_room

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("free", "little"), [(LITTLE_BYTES, False), (LITTLE_BYTES - 1, True)])
def test_little_room_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, little: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert (little_room(tmp_path) is not None) is little


def test_a_folder_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert little_room(tmp_path / "gone") is None
