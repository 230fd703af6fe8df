"""`rapport sample`: the sample session in real time, without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

from app.coach.catalogue import load_catalogue
from app.coach.words import finding_sentence, format_time
from app.paths import data_dir
from app.session.logs import libraries_to_log
from app.session.sample_run import run_sample
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from app.session.plan import Snapshot


def sample_session(out: Path | None) -> None:
    """Run it, show how it stands, and say where the report is."""
    console = Console(highlight=False)
    console.print("This is a sample: a drawn figure with a photographed face and a made voice.")
    catalogue = load_catalogue()
    with (
        Store.open() as store,
        libraries_to_log(),
        Live(console=console, transient=True) as live,
    ):

        def made(part: float) -> None:
            live.update(Text(f"The sample clip is being made: {part:.0%}"))

        def shown(snapshot: Snapshot) -> None:
            live.update(_line(snapshot))

        done = run_sample(store, out or data_dir() / "sample", made=made, shown=shown)
    console.print(f"Sample session of {format_time(done.report.duration_s)}:")
    for finding in done.report.findings:
        sentence = finding_sentence(finding, catalogue.rule(finding.cue))
        console.print(Text(f"  {format_time(finding.start_s)}  {sentence}"), soft_wrap=True)
    console.print(Text(f"The report is in {done.html}"), soft_wrap=True)
    console.print(Text(f"and as data in {done.json}"), soft_wrap=True)


def _line(snapshot: Snapshot) -> Text:
    seeing = "sees" if snapshot.sees else "does not see"
    hearing = "hears" if snapshot.hears else "does not hear"
    line = f"Sample  {format_time(snapshot.t)}  {seeing} and {hearing} the person"
    if snapshot.hint is not None:
        line += f"  hint: {snapshot.hint.text}"
    return Text(line)
