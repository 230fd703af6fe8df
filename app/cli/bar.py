"""How far one piece of work is, on standard error; what is piped stays clean."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_bar(name: str) -> Iterator[Callable[[float], None]]:
    """Show a bar under this name while the work goes on; gives what is told 0..1."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    # Each drawing works the remaining time out anew, a millisecond beside work on all cores.
    # Without a terminal nobody looks, and an empty line would be all that is left of it.
    hidden = not console.is_terminal
    with Progress(
        *columns, console=console, transient=True, refresh_per_second=2, disable=hidden
    ) as bars:
        task = bars.add_task(name.replace("[", r"\["), total=1.0)
        yield lambda part: bars.update(task, completed=part)
