"""A store whose calendar the test turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_cases import Calendar

from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def dated(calendar: Calendar, tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "rapport.db", now=calendar) as store:
        yield store
