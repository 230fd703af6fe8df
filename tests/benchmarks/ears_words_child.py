"""What the speech engine's process holds: python -m tests.benchmarks.ears_words_child.

A program of its own: multiprocessing runs the program that starts a process once more in it, and
whoever asks for the figure may be a script without a guard.
"""

from __future__ import annotations

import sys

import psutil

from app.session.speech_child import SpeechChild
from audio.speech.types import SpeechSetUp


def main() -> None:
    """Print the resident memory of the engine's process once its model is loaded, bytes."""
    child = SpeechChild(SpeechSetUp("pocketsphinx"))
    try:
        while not child.ready:
            child.poll(1.0)
        sys.stdout.write(f"{psutil.Process(child.pid).memory_info().rss}\n")
    finally:
        child.close()


if __name__ == "__main__":
    main()
