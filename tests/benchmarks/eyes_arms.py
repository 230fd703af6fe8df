"""Crossed arms on photographs, on versions of them and behind counters: what came out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from benchmarks.eyes_fit import Sample, fit, fold_models
from benchmarks.eyes_fitted import FOLDS, overlap
from benchmarks.eyes_photos import Photo, load_set
from benchmarks.eyes_variants import Shown, arms_variants
from benchmarks.framework import (
    Metric,
    all_right,
    auc,
    bootstrap,
    by_speaker,
    f1,
    mean,
    precision,
    recall,
)

from vision.arms import arms_score
from vision.models import shipped
from vision.types import Arms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.eyes_fitted import Overlap

    from vision.weights import Linear

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
    "counter_open_rate", "counter_crossed_rate", "all_right", "f1_known_share", "f1_unseen",
    "not_visible_in_view", "not_visible_at_edge", "not_visible_cut_off", "not_visible_rightly",
)  # fmt: skip
CUT_OFF: Final = "arms_cut_off"
"""The arm_type of arms that end at the edge of the picture."""


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
    known = overlap("arms", photos, "group")
    if known.whole:
        seen = {path.name for path in known.seen}
        variants = [one for one in arms_variants(footage) if one.row["file"] in seen]
        models = fold_models(samples(variants), FEATURES, strengths=STRENGTHS)
        found |= _versions(variants, models)
    return found | _photographs(photos, models, known) | _not_visible(load_set(footage, "arms"))


def _not_visible(photos: Sequence[Photo]) -> dict[str, Metric]:
    """How often *not visible* was said of arms in view, at the edge, cut off; how rightly."""
    kinds: dict[str, dict[str, list[float]]] = {
        kind: {} for kind in ("in_view", "at_edge", "cut_off")
    }
    rightly: dict[str, list[float]] = {}
    sources: dict[str, list[float]] = {}
    for photo in photos:
        row, hidden = photo.row, photo.read().arms is None
        kind = "in_view" if row["torso_visible"] == "yes" else "at_edge"
        kind = "cut_off" if row["arm_type"] == CUT_OFF else kind
        kinds[kind].setdefault(row["group"], []).append(float(hidden))
        sources.setdefault(row["source"], []).append(float(hidden))
        if hidden:
            rightly.setdefault(row["group"], []).append(float(kind != "in_view"))
    data = "arms, unclear ones too"
    notes = {"in_view": "wrong", "at_edge": "torso partly in the picture", "cut_off": "right"}
    return {
        **{
            f"arms.not_visible_{kind}": bootstrap(rows, mean, data=data, note=notes[kind])
            for kind, rows in kinds.items()
        },
        "arms.not_visible_rightly": bootstrap(
            rightly, mean, data=data, note="of those said: not with the whole torso in view"
        ),
        **by_speaker("arms.not_visible_rate", sources, mean),
    }


def _photographs(
    photos: Sequence[Photo], models: Mapping[str, Linear], known: Overlap
) -> dict[str, Metric]:
    """The protocol: each photograph for one second to a fresh analyser."""
    said: dict[str, list[tuple[bool, bool]]] = {}
    scored: dict[str, list[tuple[bool, float]]] = {}
    hidden: dict[str, list[float]] = {}
    ruled: dict[str, list[tuple[bool, bool]]] = {}
    sources: dict[str, list[tuple[bool, bool]]] = {}
    mistakes = []
    for photo in photos:
        group, true = photo.row["group"], photo.row["arms"] == "crossed"
        reading = photo.read(replace(shipped(), arms=models.get(group, shipped().arms)))
        crossed = reading.arms is Arms.CROSSED
        said.setdefault(group, []).append((true, crossed))
        sources.setdefault(photo.row["source"], []).append((true, crossed))
        scored.setdefault(group, []).append((true, reading.arms_score or 0.0))
        hidden.setdefault(group, []).append(float(reading.arms is None))
        over = photo.features().get("arms_wrists_over", -9.0)
        ruled.setdefault(group, []).append((true, over > PLAIN_CROSSING))
        if true != crossed:
            score = "hidden" if reading.arms_score is None else f"{reading.arms_score:.2f}"
            mistakes.append((photo.path, f"{photo.row['arm_type'][:24]} {score}"))
    whole = "features and what counts as seen compared on the whole set"
    note = f"{known.note([photo.row['group'] for photo in photos])}; {whole}"
    figure = bootstrap(said, f1, data="arms", note=note)
    return {
        "arms.f1": replace(figure, mistakes=tuple(mistakes)),
        "arms.precision": bootstrap(said, precision, data="arms", note=note),
        "arms.recall": bootstrap(said, recall, data="arms", note=note),
        "arms.auc": bootstrap(scored, auc, data="arms", note=note),
        "arms.not_visible_rate": bootstrap(hidden, mean, data="arms"),
        "arms.f1_plain": bootstrap(ruled, f1, data="arms", note="wrists crossed by 10 %"),
        "arms.all_right": all_right(said, data="arms"),
        **known.figures("arms.f1", said, f1, "arms"),
        **by_speaker("arms.f1", sources, f1),
        **by_speaker("arms.precision", sources, precision),
        **by_speaker("arms.recall", sources, recall),
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
