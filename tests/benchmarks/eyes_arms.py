"""Crossed arms on photographs, on versions of them and behind counters: what came out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from benchmarks.eyes_fit import Sample, fit, fold_models
from benchmarks.eyes_photos import Photo, load_set, manifest_mark
from benchmarks.eyes_variants import Shown, arms_variants
from benchmarks.framework import Metric, auc, bootstrap, f1, mean, precision, recall

from vision.arms import arms_score
from vision.models import shipped
from vision.types import Arms
from vision.weights import Linear, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FEATURES: Final = (
    "arms_near", "arms_far", "arms_apart", "arms_over", "arms_high", "arms_slope",
    "wrist_most", "wrist_least",
)  # fmt: skip
STRENGTHS: Final = (0.03, 0.1)
"""Inverse ridge strengths to choose from inside the folds."""
PLAIN_CROSSING: Final = 0.10
"""Wrists past each other by this share of the shoulder width: the plain rule."""
NAMES: Final = (
    "f1", "precision", "recall", "auc", "not_visible_rate", "f1_plain", "f1_versions",
    "counter_open_rate", "counter_crossed_rate",
)  # fmt: skip
FOLDS: Final = "fold models: the group was never seen"
SHIPPED: Final = "shipped weights"


def samples(variants: Sequence[Shown]) -> list[Sample]:
    """What the score is fitted on: every version, and behind counters those that do not cross."""
    found = [(one, one.sample) for one in variants]
    return [sample for one, sample in found if not (one.counter and sample.positive)]


def fitted(variants: Sequence[Shown]) -> Linear:
    """The score of everything: what ships."""
    return fit(samples(variants), FEATURES, strengths=STRENGTHS)


def measure_arms(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `arms`, those of the footage's README and three of our own."""
    photos = [one for one in load_set(footage, "arms") if one.row["arms"] != "unclear"]
    found = {f"arms.{name}": Metric(None) for name in NAMES}
    if not photos:
        return found
    models: dict[str, Linear] = {}
    if table("arms").get("fitted_on") == manifest_mark(footage, "arms"):
        variants = arms_variants(footage)
        models = fold_models(samples(variants), FEATURES, strengths=STRENGTHS)
        found |= _versions(variants, models)
    return found | _photographs(photos, models)


def _photographs(photos: Sequence[Photo], models: Mapping[str, Linear]) -> dict[str, Metric]:
    """The protocol: each photograph for one second to a fresh analyser."""
    said: dict[str, list[tuple[bool, bool]]] = {}
    scored: dict[str, list[tuple[bool, float]]] = {}
    hidden: dict[str, list[float]] = {}
    ruled: dict[str, list[tuple[bool, bool]]] = {}
    mistakes = []
    for photo in photos:
        group, true = photo.row["group"], photo.row["arms"] == "crossed"
        reading = photo.read(replace(shipped(), arms=models.get(group, shipped().arms)))
        crossed = reading.arms is Arms.CROSSED
        said.setdefault(group, []).append((true, crossed))
        scored.setdefault(group, []).append((true, reading.arms_score or 0.0))
        hidden.setdefault(group, []).append(float(reading.arms is None))
        over = photo.features().get("arms_wrists_over", -9.0)
        ruled.setdefault(group, []).append((true, over > PLAIN_CROSSING))
        if true != crossed:
            score = "hidden" if reading.arms_score is None else f"{reading.arms_score:.2f}"
            mistakes.append((photo.path, f"{photo.row['arm_type'][:24]} {score}"))
    whole = "features and what counts as seen compared on the whole set"
    note = f"{FOLDS if models else SHIPPED}; {whole}"
    figure = bootstrap(said, f1, data="arms", note=note)
    return {
        "arms.f1": replace(figure, mistakes=tuple(mistakes)),
        "arms.precision": bootstrap(said, precision, data="arms", note=note),
        "arms.recall": bootstrap(said, recall, data="arms", note=note),
        "arms.auc": bootstrap(scored, auc, data="arms", note=note),
        "arms.not_visible_rate": bootstrap(hidden, mean, data="arms"),
        "arms.f1_plain": bootstrap(ruled, f1, data="arms", note="wrists crossed by 10 %"),
    }


def _versions(variants: Sequence[Shown], models: Mapping[str, Linear]) -> dict[str, Metric]:
    """The same on mirrored, turned, cut and dimmed versions; and what is said behind counters."""
    said: dict[str, list[tuple[bool, bool]]] = {}
    opened: dict[str, list[float]] = {}
    crossed: dict[str, list[float]] = {}
    for one in variants:
        sample = one.sample
        score, _ = arms_score(sample.features, models[sample.group])
        if not one.counter:
            yes = score is not None and score >= 0.5
            said.setdefault(sample.group, []).append((sample.positive, yes))
        elif not sample.positive:
            opened.setdefault(sample.group, []).append(float(score is not None and score < 0.5))
            crossed.setdefault(sample.group, []).append(float(score is not None and score >= 0.5))
    made = "arms, a counter painted or cut over the hands"
    return {
        "arms.f1_versions": bootstrap(said, f1, data="arms, five versions each", note=FOLDS),
        "arms.counter_open_rate": bootstrap(opened, mean, data=made, note=FOLDS),
        "arms.counter_crossed_rate": bootstrap(crossed, mean, data=made, note=FOLDS),
    }


def confusions(photos: Sequence[Photo], models: Mapping[str, Linear]) -> Counter[tuple[str, str]]:
    """How often each arm_type was said to be what: for looking at it."""
    found: Counter[tuple[str, str]] = Counter()
    for photo in photos:
        model = models.get(photo.row["group"], shipped().arms)
        reading = photo.read(replace(shipped(), arms=model))
        word = "not visible" if reading.arms is None else str(reading.arms)
        found[photo.row["arm_type"], word] += 1
    return found
