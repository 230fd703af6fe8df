"""The kinds of content that people write, and how a file of each is checked."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.checklist import CHECKLIST, load_checklist
from app.coach.desk.markers import MARKERS, load_marker_set
from app.coach.practice_schema import PRACTICE
from app.coach.practices import load_practice
from app.coach.scenario_schema import SCENARIO
from app.coach.scenarios import load_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.coach.toml_fault import Schema


class ContentKind(StrEnum):
    """What a file holds. The values are stable: folders and packs carry them."""

    SCENARIOS = "scenarios"
    CHECKLISTS = "checklists"
    PRACTICES = "practices"
    MARKERS = "markers"


KINDS: Final[Mapping[ContentKind, Callable[[Path], object]]] = MappingProxyType(
    {
        ContentKind.SCENARIOS: load_scenario,
        ContentKind.CHECKLISTS: load_checklist,
        ContentKind.PRACTICES: load_practice,
        ContentKind.MARKERS: load_marker_set,
    }
)
"""Reads a file of a kind, or tells the mistake in it as an AppError."""

SCHEMAS: Final[Mapping[ContentKind, Schema]] = MappingProxyType(
    {
        ContentKind.SCENARIOS: SCENARIO,
        ContentKind.CHECKLISTS: CHECKLIST,
        ContentKind.PRACTICES: PRACTICE,
        ContentKind.MARKERS: MARKERS,
    }
)
"""What a file of a kind must look like, for those who write one."""
