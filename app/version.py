"""The one place that names the versions stored with every session."""

from typing import Final

VERSION: Final = "0.1.0"
"""Version of the program (semantic versioning)."""

RULES_VERSION: Final = 9
"""Raised whenever a measure or a shipped threshold changes what an old recording would give."""
