"""Names as they are kept: one line that can be shown anywhere as what it is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the text around them about. Marks that right-to-left names need stay."""


def plain_line(text: str) -> str:
    """Take out line breaks, control characters and halves of letters, and needless spaces.

    A name reaches terminals, file names and other people's screens, where such signs act.
    """
    whole = TURNS.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    plain = "".join(" " if unicodedata.category(one) == "Cc" else one for one in whole)
    return " ".join(plain.split())
