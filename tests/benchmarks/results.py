"""The results as a table: printed, and kept between two marks of a page written by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.framework import BY_SPEAKER, Metric, commit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.running import Outcome

HERE: Final = Path(__file__).resolve().parent
OWN_FOOTAGE: Final = HERE.parents[2] / "shared" / "footage"
"""What RESULTS.md tells about."""
BEGIN: Final = "<!-- make bench writes from here -->"
END: Final = "<!-- to here; what stands below is written by hand -->"


def page_for(footage: Path, asked: Path | None, *, whole: bool) -> Path | None:
    """The page to keep the table in: the one asked for, or RESULTS.md for the house's footage.

    None where the table is only printed: other footage, or one part alone.
    """
    if asked is not None:
        return asked
    own = OWN_FOOTAGE.is_dir() and footage.resolve() == OWN_FOOTAGE.resolve()
    return HERE / "RESULTS.md" if own and whole else None


def fault(page: Path) -> str | None:
    """Why a page cannot take the table: it has no marks, and nothing of it may be lost."""
    if not page.exists():
        return None
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) == text.count(END) == 1 and text.index(BEGIN) < text.index(END):
        return None
    return f"{page} has no place for the table: put the lines {BEGIN} and {END} into it"


def keep(page: Path, table: str) -> None:
    """Write the table between the marks; what stands around them stays."""
    before, after = "# Results\n\n", "\n"
    if page.exists():
        text = page.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"{before}{BEGIN}\n\n{table}\n{END}{after}", encoding="utf-8")


def table(found: Outcome) -> str:
    """Every figure, each speaker or source alone, what was left out and what it cost."""
    now = datetime.now(UTC).date().isoformat()
    lines = [
        f"Measured on {now} at commit {commit(HERE)} by `make bench`. Interval: 95 %, bootstrap by",
        "person, speaker or source. *Thin*: fewer than three of them. Protocols: the README of the",
        "footage. Where a score was fitted on the very set, each figure comes from models that",
        "never saw the person or source (10 folds, strength and decision chosen inside), unless",
        "its note says how many pictures it was fitted on.",
        "",
        "| metric | value | 95 % | n | groups | data | note |",
        "| --- | ---: | --- | ---: | ---: | --- | --- |",
    ]
    lines += [_row(name, one) for name, one in found.metrics.items() if BY_SPEAKER not in name]
    lines += _by_speaker(found.metrics)
    lines += _listed("Left out", found.left_out)
    lines += _listed("Failed", found.failed)
    costs = ", ".join(f"{name} {seconds:.0f}" for name, seconds in found.seconds.items())
    lines += [
        "",
        f"Processor time in seconds: {costs}; together {sum(found.seconds.values()):.0f}.",
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, one: Metric) -> str:
    value = "–" if one.value is None else f"{one.value:.3f}"
    spread = "" if one.lo is None or one.hi is None else f"{one.lo:.3f} to {one.hi:.3f}"
    note = "; ".join(part for part in (one.note, "thin" if one.thin else "") if part)
    cells = (f"`{name}`", value, spread, one.n, one.groups or "", one.data, note)
    return "| " + " | ".join(" ".join(str(cell).split()).replace("|", "/") for cell in cells) + " |"


def _by_speaker(metrics: Mapping[str, Metric]) -> list[str]:
    """A second table: each figure for each speaker or source alone, one line a metric."""
    rows: dict[str, list[str]] = {}
    for name, one in metrics.items():
        metric, apart, speaker = name.partition(BY_SPEAKER)
        if apart and one.value is not None:
            rows.setdefault(metric, []).append(f"{speaker} {one.value:.3f}")
    if not rows:
        return []
    head = ["", "## By speaker or source", "", "| metric | each alone |", "| --- | --- |"]
    return head + [f"| `{name}` | {', '.join(told)} |" for name, told in rows.items()]


def _listed(title: str, reasons: Mapping[str, str]) -> list[str]:
    """A list of names with their reasons, nothing where it is empty."""
    if not reasons:
        return []
    return ["", f"## {title}", "", *(f"- `{name}`: {why}" for name, why in reasons.items())]
