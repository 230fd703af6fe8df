"""What readings mean: cues, hints, checklists and the report. Pure Python, no threads, no Qt."""
