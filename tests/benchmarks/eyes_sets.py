"""The labelled photographs: what is positive, what the scores are fitted on, what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.eyes_fit import Sample, fold_models
from benchmarks.eyes_photos import Photo, contact_sheet, load_set, manifest_mark
from benchmarks.framework import Metric, auc, bootstrap, f1, mean, plain, precision, recall

from vision.models import Models, shipped
from vision.types import Arms, VisionBaseline
from vision.weights import Linear, table

ARMS: Final = ("arms_near", "arms_far", "arms_apart", "arms_over", "arms_high", "arms_slope")
BROW: Final = (
    "brow_gap_low", "brow_gap_high", "brow_gap_mid", "brow_inner", "brow_inner_high", "brow_mid",
    "brow_mid_high", "brow_outer", "brow_outer_high", "brow_glabella", "brow_depth",
    "brow_eye_open", "brow_lid", "brow_squint", "brow_nose", "brow_lip",
)  # fmt: skip
BROW_OWN: Final = BROW
SMILE: Final = (
    "smile_width", "smile_lift", "smile_corner", "smile_lower_lip", "smile_upper_lip",
    "smile_open", "smile_depth", "smile_fold", "smile_cheek", "smile_eye_open", "smile_chin",
    "smile_nose",
)  # fmt: skip
SHEETS: Final = Path("out/mistakes")
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
        if photo.row["brow_0to2"] in {"0", "2"} and "brow_lid" in (features := photo.features())
    ]


def own_normals(photos: Sequence[Photo]) -> dict[str, Photo]:
    """Person -> the first calm, neutral photograph by file name."""
    found: dict[str, Photo] = {}
    for photo in sorted(photos, key=lambda one: one.name):
        row = photo.row
        if row["brow_0to2"] == "0" and row["expression_posed_or_seen"] == "neutral":
            found.setdefault(row["person"], photo)
    return found


def samples_brow_own(photos: Sequence[Photo]) -> list[Sample]:
    """Differences from the own calm photograph; slight ones count as drawn, a little."""
    normals = own_normals(photos)
    found = []
    for photo in photos:
        label, person = photo.row["brow_0to2"], photo.row["person"]
        if label not in {"0", "2"} or person not in normals or normals[person] is photo:
            continue
        features, calm = photo.features(), normals[person].features()
        if "brow_lid" not in features or "brow_lid" not in calm:
            continue
        moved = {name: features[name] - calm[name] for name in BROW}
        found.append(Sample(moved, label == "2", person))
    return found


def samples_smile(photos: Sequence[Photo]) -> list[Sample]:
    """Smiling against neutral."""
    return [
        Sample(features, photo.row["expression_posed"] != "neutral", photo.row["person"])
        for photo in photos
        if "smile_lift" in (features := photo.features())
    ]


def measure_arms(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `arms`."""
    photos = [one for one in load_set(footage, "arms") if one.row["arms"] != "unclear"]
    names = ("f1", "precision", "recall", "auc", "not_visible_rate", "f1_plain")
    if not photos:
        return {f"arms.{name}": Metric(None) for name in names}
    models = _folds(footage, "arms", "arms", samples_arms(photos), ARMS)
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
    contact_sheet(mistakes, SHEETS / "arms.png")
    note = _note(models)
    return {
        "arms.f1": bootstrap(said, f1, data="arms", note=note),
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
    everybody = _folds(footage, "brow", "brow", samples_brow(photos), BROW)
    own = _folds(footage, "brow", "brow", samples_brow_own(photos), BROW_OWN)
    normals = own_normals(photos)
    without = _brow_rows(clear, everybody, "brow", {}, "brow_no_neutral")
    scored = [
        one
        for one in clear
        if one.row["person"] in normals and normals[one.row["person"]] is not one
    ]
    calm = {person: photo.normal() for person, photo in normals.items()}
    within = _brow_rows(scored, own, "brow_own", calm, "brow_own_neutral")
    found = {}
    for name, (said, points), models in (
        ("no_neutral", without, everybody),
        ("own_neutral", within, own),
    ):
        note = _note(models)
        found[f"brow.f1_{name}"] = bootstrap(said, f1, data="brow", note=note)
        found[f"brow.auc_{name}"] = bootstrap(points, auc, data="brow", note=note)
    return found


def _brow_rows(
    photos: Sequence[Photo],
    models: Mapping[str, Linear],
    field: str,
    normals: Mapping[str, VisionBaseline | None],
    sheet: str,
) -> tuple[dict[str, list[tuple[bool, bool]]], dict[str, list[tuple[bool, float]]]]:
    said: dict[str, list[tuple[bool, bool]]] = {}
    points: dict[str, list[tuple[bool, float]]] = {}
    mistakes = []
    for photo in photos:
        person, true = photo.row["person"], photo.row["brow_0to2"] == "2"
        value = photo.read(_with(models.get(person), field), normals.get(person)).brow
        drawn = value is not None and value >= 0.5
        said.setdefault(person, []).append((true, drawn))
        points.setdefault(person, []).append((true, value or 0.0))
        if drawn != true:
            shown = "none" if value is None else f"{value:.2f}"
            mistakes.append((photo.path, f"label {photo.row['brow_0to2']} score {shown}"))
    contact_sheet(mistakes, SHEETS / f"{sheet}.png")
    return said, points


def measure_smile(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `smile`, and false smiles on the grimaces of `brow`."""
    found = {name: Metric(None) for name in ("smile.f1", "smile.auc", "smile.false_rate_grimace")}
    photos = load_set(footage, "smile")
    models = _folds(footage, "smile", "smile", samples_smile(photos), SMILE) if photos else {}
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
        found["smile.f1"] = bootstrap(said, f1, data="smile", note=_note(models))
        found["smile.auc"] = bootstrap(points, auc, data="smile", note=_note(models))
    grimaces: dict[str, list[float]] = {}
    for photo in load_set(footage, "brow"):
        if photo.row["smile_0to2"] == "0":
            value = photo.read().smile
            wrong = value is not None and value >= 0.5
            grimaces.setdefault(photo.row["person"], []).append(float(wrong))
            if wrong:
                mistakes.append((photo.path, f"no smile {value:.2f}"))
    if grimaces:
        found["smile.false_rate_grimace"] = bootstrap(
            grimaces, mean, data="brow, smile 0", note="shipped weights"
        )
    contact_sheet(mistakes, SHEETS / "smile.png")
    return found


def measure_facing(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `headpose`; its yaw counts towards the picture's left."""
    photos = load_set(footage, "headpose")
    if not photos:
        return {"facing.yaw_mae_deg": Metric(None), "facing.f1_25deg": Metric(None)}
    errors: dict[str, list[float]] = {}
    turned: dict[str, list[tuple[bool, bool]]] = {}
    for photo in photos:
        true = -float(photo.row["yaw_deg"])
        found = photo.read().yaw_deg
        if abs(true) <= 60.0 and found is not None:
            errors[photo.name] = [abs(found - true)]
        turned[photo.name] = [(abs(true) > 25.0, found is None or abs(found) > 25.0)]
    return {
        "facing.yaw_mae_deg": bootstrap(errors, mean, data="headpose", note="within 60°"),
        "facing.f1_25deg": bootstrap(turned, f1, data="headpose"),
    }


def _folds(
    footage: Path, cue: str, folder: str, samples: Sequence[Sample], names: Sequence[str]
) -> dict[str, Linear]:
    """Scores that never saw the group; empty where the shipped ones never saw the set."""
    if table(cue).get("fitted_on") != manifest_mark(footage, folder):
        return {}
    return fold_models(samples, names)


def _with(model: Linear | None, field: str) -> Models:
    return shipped() if model is None else replace(shipped(), **{field: model})


def _note(models: Mapping[str, Linear]) -> str:
    return "fold models: the group was never seen" if models else "shipped weights"


__all__ = ["measure_arms", "measure_brow", "measure_facing", "measure_smile", "plain"]
