"""The labelled photographs: what is positive, what the scores are fitted on, what came out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.eyes_fit import Sample, decision
from benchmarks.eyes_fitted import overlap
from benchmarks.eyes_photos import Photo, load_set
from benchmarks.eyes_ridge import best_f1, few_false, fold_choices
from benchmarks.framework import Metric, Mistake, all_right, auc, bootstrap, f1, mean, plain

from vision.brow import CANDIDATES
from vision.models import Models, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vision.types import VisionBaseline
    from vision.weights import Linear

SMILE: Final = (
    "smile_corner_ear", "smile_side_cheek", "smile_fold_cheek", "smile_corner_cheek",
    "smile_cheek_depth", "smile_corner_depth", "smile_corner_back", "smile_corner_level",
    "smile_cheek_level", "smile_cheek_front", "smile_lid",
)  # fmt: skip
GRIMACE: Final = 0.25
"""How much a grimace counts beside a calm face: there are four times as many."""
OWN_PLATEAU: Final = 0.04
"""F1 that the decision on the movement may lose: two pictures of the few with a calm one."""
BROW_NAMES: Final = (
    "f1_no_neutral", "auc_no_neutral", "f1_own_neutral", "auc_own_neutral",
    "all_right_no_neutral", "all_right_own_neutral", "f1_no_neutral_known_share",
    "f1_no_neutral_unseen", "not_measured_rate",
)  # fmt: skip
SMILE_NAMES: Final = (
    "f1", "auc", "false_rate_grimace", "recall_own_neutral", "all_right", "not_measured_rate",
    "f1_known_share", "f1_unseen",
)  # fmt: skip
TAKES: Final = "what a smile takes fixed beforehand"


def samples_brow(photos: Sequence[Photo]) -> list[Sample]:
    """Clearly drawn against not drawn; slight left out."""
    return [
        Sample(features, photo.row["brow_0to2"] == "2", photo.row["person"])
        for photo in photos
        if photo.row["brow_0to2"] in {"0", "2"} and "brow_inner" in (features := photo.features())
    ]


def own_normals(photos: Sequence[Photo]) -> dict[str, Photo]:
    """Person -> the first calm, neutral photograph by file name."""
    found: dict[str, Photo] = {}
    for photo in sorted(photos, key=lambda one: one.name):
        row = photo.row
        if row["brow_0to2"] == "0" and row["expression_posed_or_seen"] == "neutral":
            found.setdefault(row["person"], photo)
    return found


def scored_own(photos: Sequence[Photo]) -> list[tuple[Photo, Photo]]:
    """Clear photographs of people with a calm one: (photograph, the calm one)."""
    normals = own_normals(photos)
    return [
        (photo, normals[person])
        for photo in photos
        if photo.row["brow_0to2"] in {"0", "2"}
        and (person := photo.row["person"]) in normals
        and normals[person] is not photo
    ]


def own_sums(
    photos: Sequence[Photo], models: Mapping[str, Linear]
) -> list[tuple[str, float, bool]]:
    """Person, brow plus its movement, and label, of everybody with a calm photograph."""
    rows = []
    for photo, calm in scored_own(photos):
        model = models.get(photo.row["person"])
        if model is None:
            continue
        seen, rest = model.total(photo.features()), model.total(calm.features())
        if seen is not None and rest is not None:
            label = photo.row["brow_0to2"] == "2"
            rows.append((photo.row["person"], 2 * seen - rest, label))
    return rows


def own_shift(rows: Sequence[tuple[str, float, bool]], leave_out: str = "") -> float:
    """Decision on those sums: best F1 over the people that are not left out."""
    kept = [(total, label) for person, total, label in rows if person != leave_out]
    return decision(np.array([a for a, _ in kept]), np.array([b for _, b in kept]), OWN_PLATEAU)


def samples_smile(smiles: Sequence[Photo], grimaces: Sequence[Photo]) -> list[Sample]:
    """Smiling against neutral, and against faces that do anything but smile."""
    found = [
        Sample(features, photo.row["expression_posed"] != "neutral", photo.row["person"])
        for photo in smiles
        if SMILE[0] in (features := photo.features())
    ]
    return found + [
        Sample(features, False, photo.row["person"], GRIMACE)
        for photo in grimaces
        if photo.row["smile_0to2"] == "0" and SMILE[0] in (features := photo.features())
    ]


def own_bias(samples: Sequence[Sample], model: Linear) -> float:
    """Mean sum of calm faces: who has that of everybody is decided on as without an own normal."""
    calm = [one for one in samples if one.weight == 1.0 and not one.positive]
    return float(np.mean([model.total(one.features) for one in calm]))


def measure_brow(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `brow`, without and with the own normal."""
    photos = load_set(footage, "brow")
    found = {f"brow.{name}": Metric(None) for name in BROW_NAMES} | measure_stock(footage)
    if not photos:
        return found
    clear = [one for one in photos if one.row["brow_0to2"] in {"0", "2"}]
    known = overlap("brow", clear, "person")
    models: Mapping[str, Linear] = {}
    if known.whole:
        seen = [one for one in clear if one.path in known.seen]
        models = fold_choices(samples_brow(seen), CANDIDATES, best_f1)
    within = scored_own(photos)
    sums = own_sums(photos, models) if models else []
    shifts = {person: own_shift(sums, person) for person, _, _ in sums}
    calm = {photo.row["person"]: rest.normal() for photo, rest in within}
    for name, chosen, normals in (
        ("no_neutral", clear, {}),
        ("own_neutral", [photo for photo, _ in within], calm),
    ):
        said, points, mistakes = _brow_rows(chosen, models, shifts, normals)
        note = f"{known.note([photo.row['person'] for photo in chosen])}; {TAKES}"
        figure = bootstrap(said, f1, data="brow", note=note)
        found[f"brow.f1_{name}"] = replace(figure, mistakes=tuple(mistakes))
        found[f"brow.auc_{name}"] = bootstrap(points, auc, data="brow", note=note)
        found[f"brow.all_right_{name}"] = all_right(said, data="brow")
        if name == "no_neutral":
            found |= known.figures("brow.f1_no_neutral", said, f1, "brow")
    found["brow.not_measured_rate"] = _not_measured(photos, "brow")
    return found


def measure_stock(footage: Path) -> dict[str, Metric]:
    """The brows of `brow_stock`: two women whom no weights have seen."""
    pairs: dict[str, list[tuple[bool, float]]] = {}
    for photo in load_set(footage, "brow_stock"):
        if photo.row["brow_furrow_by_eye_0to2"] in {"0", "2"}:
            value = photo.read().brow or 0.0
            drawn = photo.row["brow_furrow_by_eye_0to2"] == "2"
            pairs.setdefault(photo.row["person"], []).append((drawn, value))
    said = {who: [(true, value >= 0.5) for true, value in rows] for who, rows in pairs.items()}
    return {
        "brow.f1_stock": bootstrap(said, f1, data="brow_stock"),
        "brow.auc_stock": bootstrap(pairs, auc, data="brow_stock"),
    }


def _not_measured(photos: Sequence[Photo], measure: str) -> Metric:
    """Share of the faces of which nothing is said, though each of them could be labelled by eye."""
    rows: dict[str, list[float]] = {}
    for photo in photos:
        nothing = getattr(photo.read(), measure) is None
        rows.setdefault(photo.row["person"], []).append(float(nothing))
    return bootstrap(rows, mean, data=measure, note="wrong: each could be labelled by eye")


def _brow_rows(
    photos: Sequence[Photo],
    models: Mapping[str, Linear],
    shifts: Mapping[str, float],
    normals: Mapping[str, VisionBaseline | None],
) -> tuple[dict[str, list[tuple[bool, bool]]], dict[str, list[tuple[bool, float]]], list[Mistake]]:
    said: dict[str, list[tuple[bool, bool]]] = {}
    points: dict[str, list[tuple[bool, float]]] = {}
    mistakes = []
    for photo in photos:
        person, true = photo.row["person"], photo.row["brow_0to2"] == "2"
        fold = _with(models.get(person), "brow")
        if person in shifts:
            fold = replace(fold, brow_own_shift=shifts[person])
        value = photo.read(fold, normals.get(person)).brow
        drawn = value is not None and value >= 0.5
        said.setdefault(person, []).append((true, drawn))
        points.setdefault(person, []).append((true, value or 0.0))
        if drawn != true:
            shown = "none" if value is None else f"{value:.2f}"
            mistakes.append((photo.path, f"label {photo.row['brow_0to2']} score {shown}"))
    return said, points, mistakes


def measure_smile(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `smile`, and false smiles on the grimaces of `brow`."""
    found = {f"smile.{name}": Metric(None) for name in SMILE_NAMES}
    photos, others = load_set(footage, "smile"), load_set(footage, "brow")
    known = overlap("smile", [*photos, *others], "person")
    models: Mapping[str, Linear] = {}
    seen = [[one for one in part if one.path in known.seen] for part in (photos, others)]
    samples = samples_smile(*seen)
    if known.whole:
        models = fold_choices(samples, SMILE, few_false)
    said: dict[str, list[tuple[bool, bool]]] = {}
    points: dict[str, list[tuple[bool, float]]] = {}
    mistakes = []
    for photo in photos:
        person, true = photo.row["person"], photo.row["expression_posed"] != "neutral"
        value = photo.read(_with(models.get(person), "smile")).smile
        smiles = value is not None and value >= 0.5
        said.setdefault(person, []).append((true, smiles))
        points.setdefault(person, []).append((true, value or 0.0))
        if smiles != true:
            mistakes.append((photo.path, f"{photo.row['expression_posed']} {value or 0.0:.2f}"))
    if photos:
        note = known.note([photo.row["person"] for photo in photos])
        figure = bootstrap(said, f1, data="smile", note=note)
        found["smile.f1"] = replace(figure, mistakes=tuple(mistakes))
        found["smile.auc"] = bootstrap(points, auc, data="smile", note=note)
        found["smile.recall_own_neutral"] = _own_smiles(photos, samples, models, note)
        found["smile.all_right"] = all_right(said, data="smile")
        found["smile.not_measured_rate"] = _not_measured(photos, "smile")
        found |= known.figures("smile.f1", said, f1, "smile")
    grimaces: dict[str, list[float]] = {}
    mistakes = []
    for photo in others:
        if photo.row["smile_0to2"] == "0":
            value = photo.read(_with(models.get(photo.row["person"]), "smile")).smile
            wrong = value is not None and value >= 0.5
            grimaces.setdefault(photo.row["person"], []).append(float(wrong))
            if wrong:
                mistakes.append((photo.path, f"no smile {value:.2f}"))
    if grimaces:
        note = known.note([who for who, rows in grimaces.items() for _ in rows])
        figure = bootstrap(grimaces, mean, data="brow, smile 0", note=note)
        found["smile.false_rate_grimace"] = replace(figure, mistakes=tuple(mistakes))
    return found


def _own_smiles(
    photos: Sequence[Photo], samples: Sequence[Sample], models: Mapping[str, Linear], note: str
) -> Metric:
    """Share of the posed smiles that are found against the person's own calm picture."""
    calm = {p.row["person"]: p for p in photos if p.row["expression_posed"] == "neutral"}
    hits: dict[str, list[float]] = {}
    for photo in photos:
        person = photo.row["person"]
        if photo.row["expression_posed"] == "neutral" or person not in calm:
            continue
        fold = _with(models.get(person), "smile")
        if person in models:
            rest = [one for one in samples if one.group != person]
            fold = replace(fold, smile_own_bias=own_bias(rest, fold.smile))
        value = photo.read(fold, calm[person].normal()).smile
        hits[person] = [float(value is not None and value >= 0.5)]
    return bootstrap(hits, mean, data="smile", note=note)


def measure_facing(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `headpose`; its yaw counts towards the picture's left."""
    photos = load_set(footage, "headpose")
    if not photos:
        return {"facing.yaw_mae_deg": Metric(None), "facing.f1_25deg": Metric(None)}
    errors: dict[str, list[float]] = {}
    turned: dict[str, list[tuple[bool, bool]]] = {}
    mistakes = []
    for photo in photos:
        true = -float(photo.row["yaw_deg"])
        found = photo.read().yaw_deg
        if abs(true) <= 60.0 and found is not None:
            errors[photo.name] = [abs(found - true)]
        pair = (abs(true) > 25.0, found is None or abs(found) > 25.0)
        turned[photo.name] = [pair]
        if pair[0] != pair[1]:
            shown = "none" if found is None else f"{found:.0f}"
            mistakes.append((photo.path, f"yaw {true:.0f} found {shown}"))
    return {
        "facing.yaw_mae_deg": bootstrap(errors, mean, data="headpose", note="within 60°"),
        "facing.f1_25deg": replace(
            bootstrap(turned, f1, data="headpose"), mistakes=tuple(mistakes)
        ),
    }


def _with(model: Linear | None, field: str) -> Models:
    return shipped() if model is None else replace(shipped(), **{field: model})


__all__ = ["measure_brow", "measure_facing", "measure_smile", "plain"]
