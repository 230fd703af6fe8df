"""How the command line speaks."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from app.errors import AppError


def counted(number: int, name: str) -> str:
    """Write how many there are: "1 session", "2 sessions"."""
    return f"{number} {name if number == 1 else f'{name}s'}"


def readable(name: str) -> str:
    """Give a file's name as text; a disk may hold names that are none."""
    return os.fsencode(name).decode(errors="replace")


def tell(error: AppError) -> None:
    """Say on standard error what went wrong and what to do."""
    console = Console(stderr=True, highlight=False)
    console.print(Text(error.what, style="red"), soft_wrap=True)
    if error.remedy:
        console.print(Text(error.remedy), soft_wrap=True)


def json_text(value: object) -> str:
    """Write a result as JSON, a line for each value."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def print_json(value: object) -> None:
    """Write JSON to the output; letters that it lacks as escapes, which every reader knows."""
    text = json_text(value)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1, allow_nan=False) + "\n"
    sys.stdout.write(text)
    sys.stdout.flush()
