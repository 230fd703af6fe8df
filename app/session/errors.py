"""Ends of a session's work that are nobody's fault."""

from __future__ import annotations


class Cancelled(Exception):
    """Somebody asked for the work to stop."""
