"""Scenarios, read from `assets/scenarios/*.toml` and from the person's own folder.

The schema is documented in `assets/scenarios/README.md`. A mistake names file, line and what is
allowed; one wrong file does not keep the others from loading.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.coach.content_folder import read_each
from app.coach.scenario_file import scenario_of
from app.coach.scenario_schema import SCENARIO
from app.coach.toml_file import line_of, read_checked
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from app.coach.scenario_types import Scenario


def load_scenario(path: Path, *, built_in: bool = True) -> Scenario:
    """Read one scenario.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    return scenario_of(read_checked(SCENARIO, path), built_in=built_in)


def checklist_fault(scenario: Scenario, path: Path, checklists: Collection[str]) -> AppError | None:
    """Tell of a checklist that there is not, which costs the scenario nothing else.

    Parameters
    ----------
    scenario, path
        The scenario, and the file that it was read from.
    checklists
        Ids of all that there are; a file alone cannot know those of one's own.
    """
    if scenario.checklist in checklists:
        return None
    line = line_of(path.read_text("utf-8-sig"), "", "checklist")
    return AppError(
        f"{path.name}, line {line}: there is no checklist {scenario.checklist};"
        f" allowed: {', '.join(sorted(checklists))}.",
        "Mend it and start again; until then it is practised without a checklist.",
    )


def load_scenarios(
    own: Path | None = None, *, checklists: Collection[str] | None = None
) -> tuple[tuple[Scenario, ...], tuple[AppError, ...]]:
    """Read the scenarios that ship and those of a person's folder.

    Parameters
    ----------
    own
        The folder with own and imported scenarios; one with the id of a shipped one replaces it.
    checklists
        Ids of all checklists that there are; None where nobody asks which a scenario names.

    Returns
    -------
    scenarios, faults
        By sector and title; and a sentence for each file that could not be read, or that names a
        checklist that is none of these.
    """
    found: dict[str, Scenario] = {}
    faults: list[AppError] = []
    for folder, built_in in ((asset("scenarios"), True), (own, False)):
        for path, one in read_each(folder, partial(load_scenario, built_in=built_in)):
            if isinstance(one, AppError):
                faults.append(one)
                continue
            found[one.id] = one
            lost = None if checklists is None else checklist_fault(one, path, checklists)
            faults += [lost] if lost is not None else []
    order: Sequence[Scenario] = sorted(found.values(), key=lambda one: (one.sector, one.title))
    return tuple(order), tuple(faults)
