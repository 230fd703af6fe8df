"""Rapport: a desktop coach for people who serve others face to face."""

from app.windows import find_runtime

# Here, because each process of the program begins here; libraries are loaded from the next line on.
find_runtime()
