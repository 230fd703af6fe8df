"""The labelled photographs: what is positive, what the scores are fitted on, what came out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.eyes_fit import Sample, decision, fold_models
from benchmarks.eyes_photos import Photo, load_set, manifest_mark
from benchmarks.framework import Metric, Mistake, auc, bootstrap, f1, mean, plain, precision, recall

from vision.models import Models, shipped
from vision.types import Arms, VisionBaseline
from vision.weights import Linear, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

ARMS: Final = ("arms_near", "arms_far", "arms_apart", "arms_over", "arms_high", "arms_slope")
BROW: Final = (
    "brow_inner", "brow_outer_depth", "brow_eye_inner", "brow_eye_outer", "brow_lip",
    "shade_2_2", "shade_4_3", "shade_4_5", "shade_5_3", "shade_6_5", "shade_7_2", "shade_8_3",
    "shade_9_2", "shade_9_3",
)  # fmt: skip
SMILE: Final = (
    "smile_corner_ear", "smile_side_cheek", "smile_fold_cheek", "smile_corner_cheek",
    "smile_cheek_depth", "smile_corner_depth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """How the score of a cue is fitted: the same for its recipe and for the folds."""

    table: str
    """File in assets/vision, without ending."""
    names: tuple[str, ...]
    """Features that it weighs."""
    strengths: tuple[float, ...]
    """Inverse ridge strengths to choose from inside the folds."""
    shift: bool
    """Whether the decision is moved to the best F1 inside the folds."""


FIT_ARMS: Final = Cue("arms", ARMS, (0.03, 0.1, 0.3), shift=True)
FIT_BROW: Final = Cue("brow", BROW, (0.03, 0.1, 0.3, 1.0), shift=False)
# Fitted on calm and smiling faces alone, a strong ridge keeps it from trusting the open mouth.
FIT_SMILE: Final = Cue("smile", SMILE, (0.05,), shift=False)
CHOSEN: Final = {
    "no_neutral": "features, what a smile takes chosen on the whole set; in folds F1 .85, AUC .94",
    "own_neutral": "features, what a smile takes chosen on the whole set",
}
PLAIN_CROSSING: Final = 0.10
"""Wrists past each other by this share of the shoulder width: the plain rule."""


def samples_arms(photos: Sequence[Photo]) -> list[Sample]:
    """Crossed against not crossed; unclear left out."""
    found = []
    for photo in photos:
        features = photo.features()
        if photo.row["arms"] != "unclear" and all(name in features for name in ARMS):
            found.append(Sample(features, photo.row["arms"] == "crossed", photo.row["group"]))
    return found


def samples_brow(photos: Sequence[Photo]) -> list[Sample]:
    """Clearly drawn against not drawn; slight left out."""
    return [
        Sample(features, photo.row["brow_0to2"] == "2", photo.row["person"])
        for photo in photos
        if photo.row["brow_0to2"] in {"0", "2"} and "brow_lip" in (features := photo.features())
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


def own_shift(photos: Sequence[Photo], model: Linear, leave_out: str = "") -> float:
    """Decision on the brow plus its movement: best F1 over the people that are not left out."""
    sums, labels = [], []
    for photo, calm in scored_own(photos):
        seen, rest = model.total(photo.features()), model.total(calm.features())
        if photo.row["person"] != leave_out and seen is not None and rest is not None:
            sums.append(2 * seen - rest)
            labels.append(photo.row["brow_0to2"] == "2")
    return decision(np.array(sums), np.array(labels))


def samples_smile(photos: Sequence[Photo]) -> list[Sample]:
    """Smiling against neutral."""
    return [
        Sample(features, photo.row["expression_posed"] != "neutral", photo.row["person"])
        for photo in photos
        if "smile_corner_ear" in (features := photo.features())
    ]


def measure_arms(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `arms`."""
    photos = [one for one in load_set(footage, "arms") if one.row["arms"] != "unclear"]
    names = ("f1", "precision", "recall", "auc", "not_visible_rate", "f1_plain")
    if not photos:
        return {f"arms.{name}": Metric(None) for name in names}
    models = _folds(footage, FIT_ARMS, "arms", samples_arms(photos))
    said: dict[str, list[tuple[bool, bool]]] = {}
    scored: dict[str, list[tuple[bool, float]]] = {}
    hidden: dict[str, list[float]] = {}
    ruled: dict[str, list[tuple[bool, bool]]] = {}
    mistakes = []
    for photo in photos:
        group, true = photo.row["group"], photo.row["arms"] == "crossed"
        reading = photo.read(_with(models.get(group), "arms"))
        crossed = reading.arms is Arms.CROSSED
        said.setdefault(group, []).append((true, crossed))
        scored.setdefault(group, []).append((true, reading.arms_score or 0.0))
        hidden.setdefault(group, []).append(float(reading.arms is None))
        over = photo.features().get("arms_wrists_over", -9.0)
        ruled.setdefault(group, []).append((true, over > PLAIN_CROSSING))
        if true != crossed:
            score = "hidden" if reading.arms_score is None else f"{reading.arms_score:.2f}"
            mistakes.append((photo.path, f"{photo.row['arm_type'][:16]} {score}"))
    note = f"{_note(models)}; clipping and tucked hands chosen on the whole set"
    return {
        "arms.f1": replace(bootstrap(said, f1, data="arms", note=note), mistakes=tuple(mistakes)),
        "arms.precision": bootstrap(said, precision, data="arms", note=note),
        "arms.recall": bootstrap(said, recall, data="arms", note=note),
        "arms.auc": bootstrap(scored, auc, data="arms", note=note),
        "arms.not_visible_rate": bootstrap(hidden, mean, data="arms"),
        "arms.f1_plain": bootstrap(ruled, f1, data="arms", note="wrists crossed by 10 %"),
    }


def measure_brow(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `brow`, without and with the own normal."""
    photos = load_set(footage, "brow")
    names = ("f1_no_neutral", "auc_no_neutral", "f1_own_neutral", "auc_own_neutral")
    if not photos:
        return {f"brow.{name}": Metric(None) for name in names}
    clear = [one for one in photos if one.row["brow_0to2"] in {"0", "2"}]
    models = _folds(footage, FIT_BROW, "brow", samples_brow(photos))
    within = scored_own(photos)
    shifts = {
        person: own_shift(photos, models[person], person)
        for person in {photo.row["person"] for photo, _ in within}
        if person in models
    }
    calm = {photo.row["person"]: rest.normal() for photo, rest in within}
    found = {}
    for name, chosen, normals in (
        ("no_neutral", clear, {}),
        ("own_neutral", [photo for photo, _ in within], calm),
    ):
        said, points, mistakes = _brow_rows(chosen, models, shifts, normals)
        note = f"{_note(models)}; {CHOSEN[name]}" if models else _note(models)
        figure = bootstrap(said, f1, data="brow", note=note)
        found[f"brow.f1_{name}"] = replace(figure, mistakes=tuple(mistakes))
        found[f"brow.auc_{name}"] = bootstrap(points, auc, data="brow", note=note)
    return found


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
    found = {name: Metric(None) for name in ("smile.f1", "smile.auc", "smile.false_rate_grimace")}
    photos = load_set(footage, "smile")
    models = _folds(footage, FIT_SMILE, "smile", samples_smile(photos)) if photos else {}
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
        figure = bootstrap(said, f1, data="smile", note=_note(models))
        found["smile.f1"] = replace(figure, mistakes=tuple(mistakes))
        found["smile.auc"] = bootstrap(points, auc, data="smile", note=_note(models))
    grimaces: dict[str, list[float]] = {}
    mistakes = []
    for photo in load_set(footage, "brow"):
        if photo.row["smile_0to2"] == "0":
            value = photo.read().smile
            wrong = value is not None and value >= 0.5
            grimaces.setdefault(photo.row["person"], []).append(float(wrong))
            if wrong:
                mistakes.append((photo.path, f"no smile {value:.2f}"))
    if grimaces:
        figure = bootstrap(grimaces, mean, data="brow, smile 0", note="shipped weights")
        found["smile.false_rate_grimace"] = replace(figure, mistakes=tuple(mistakes))
    return found


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


def _folds(footage: Path, cue: Cue, folder: str, samples: Sequence[Sample]) -> dict[str, Linear]:
    """Scores that never saw the group; empty where the shipped ones never saw the set."""
    if table(cue.table).get("fitted_on") != manifest_mark(footage, folder):
        return {}
    return fold_models(samples, cue.names, strengths=cue.strengths, shift=cue.shift)


def _with(model: Linear | None, field: str) -> Models:
    return shipped() if model is None else replace(shipped(), **{field: model})


def _note(models: Mapping[str, Linear]) -> str:
    return "fold models: the group was never seen" if models else "shipped weights"


__all__ = ["measure_arms", "measure_brow", "measure_facing", "measure_smile", "plain"]
