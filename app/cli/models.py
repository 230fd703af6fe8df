"""`rapport models`: which speech engines and models there are, and how to get more."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from app.cli.choices import settings_told
from app.paths import models_dir
from app.session.speech import speech_engines, speech_set_up, speech_unmet


def tell_models() -> int:
    """List engines and models; gives the exit code."""
    console = Console(highlight=False)
    settings = settings_told()
    live, after = speech_set_up(settings), speech_set_up(settings, after=True)
    for engine in speech_engines(settings):
        uses = [
            when
            for when, chosen in (("live", live), ("afterwards and for files", after))
            if chosen is not None and chosen.engine == engine.id
        ]
        sign = "[green]✓[/]" if engine.found.ok else "[yellow]–[/]"
        used = f" (used {' and '.join(uses)})" if uses else ""
        told = escape(engine.found.what)
        console.print(f"{sign} [bold]{engine.name}[/]{used}: {told}", soft_wrap=True)
        if not engine.found.ok:
            console.print(Text(f"  → {engine.found.remedy}"), soft_wrap=True)
    for unmet in speech_unmet(settings):
        console.print(Text(unmet.what, style="yellow"), soft_wrap=True)
        console.print(Text(f"  → {unmet.remedy}"), soft_wrap=True)
    console.print(Text(f"Model folder: {models_dir()}"), soft_wrap=True)
    console.print(
        "Put the unpacked folder of a model into it, or name one as speech_model in the settings. "
        "speech_engine there chooses: auto, pocketsphinx, vosk, whisper or none.",
        soft_wrap=True,
    )
    if live is None:
        console.print("There are no words now; everything else is measured without them.")
    return 0
