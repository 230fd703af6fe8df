"""Finds the practices in what was said: `Finder(practices).find(turns)` gives evidence."""

from app.coach.finder.finder import Finder
from app.coach.finder.talk import FinderContext

__all__ = ["Finder", "FinderContext"]
