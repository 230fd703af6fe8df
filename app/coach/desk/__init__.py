"""The trainer's desk without a screen: undo, marker sets, agreement, the review."""
