"""A session in a process of its own, to be killed: python -m tests.e2e.doomed CAMERA MICROPHONE."""

from __future__ import annotations

import json
import sys
import threading
import time

from app.coach.types import MarkKind
from app.session.live import LiveSession
from app.session.plan import LivePlan
from app.store.store import Store
from app.store.types import KeepPolicy
from audio.microphones import MicrophoneList
from tests.e2e.emulated import wait_for


def main() -> None:
    camera, microphone = sys.argv[1:3]
    store = Store.open()
    person = store.ensure_person("Somebody").id
    consent = store.record_consent(person, "1", "a test", 1, "nobody").id
    plan = LivePlan(
        camera=camera,
        microphone=microphone or None,
        baseline=None,
        focus=None,
        switched_off=frozenset(),
        keep=KeepPolicy.PICTURE_AND_SOUND,
        checklist="",
        title="to be killed",
    )
    inputs = MicrophoneList()
    session = LiveSession(plan, store, inputs=inputs, person_id=person, consent_id=consent)
    session.start()
    wait_for(lambda: session.snapshot().state == "running", 60, "a running session")
    zero = time.monotonic() - session.clock.now()
    session.mark(MarkKind.NOTE, {"text": "said early"})
    sys.stdout.write(json.dumps({"id": session.session_id, "zero": zero}) + "\n")
    sys.stdout.flush()
    threading.Event().wait(120)


if __name__ == "__main__":
    main()
