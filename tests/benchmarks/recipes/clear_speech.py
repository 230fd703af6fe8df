"""Plain answers in clear speech: are the apology, the name, the recap, the commitment found?

    PYTHONPATH=tests python -m benchmarks.recipes.clear_speech [--voices ...] [--live]
        [--words-only]

What a new user says in the first scenario, in made voices that no recogniser was tuned to. The
development half (`--part dev`) was looked at while the engine was being improved, the other half
only to report. flite and festival (Debian) bring voices made from recordings of people; without
them give voices of espeak-ng.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.recipes.spoken_practices import (
    PAUSE_S,
    RATE_HZ,
    Clip,
    Tally,
    count,
    listened,
    speak,
)

from app.coach.finder import Finder
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices
from app.coach.scenarios import load_scenarios
from app.session.speech_for import practice_phrases_sought, speech_for
from audio.speech.types import SpeechSetUp

if TYPE_CHECKING:
    from app.coach.scenario_types import Scenario

VOICES: Final = {
    "dev": ("en-us+f2", "en-gb+m3", "flite:rms", "flite:slt"),
    "report": (
        "en-us",
        "en-gb",
        "en-gb-x-rp+f4",
        "flite:awb",
        "flite:kal16",
        "festival:cmu_us_slt_arctic_hts",
    ),
}
CUSTOMER_S: Final = 2.0
"""Silence in the place of what the customer says, seconds."""

ANSWERS: Final = {
    "dev": {
        "hotel_charged_twice": (
            (
                "I was charged twice! There are two charges on my card, and my train leaves in "
                "forty minutes."
            ),
            "we charged you twice",
            "there are two charges on your card, and your train leaves in forty minutes",
            (
                "I'll release the second charge now, and I'll send you a message by four o'clock "
                "this afternoon."
            ),
        ),
        "clinic_wrong_day": (
            (
                "Your own message says Wednesday. I took a day off my work for this, and I came "
                "without breakfast."
            ),
            "we sent you the wrong day",
            "you came without breakfast, and you are missing your work this morning",
            "I'll speak to the doctor now, and I'll come back to you in five minutes.",
        ),
        "bank_unknown_fee": (
            "You charged me three fees, and I still have two customers who owe me money!",
            "I didn't call you before the first fee",
            "you were charged three fees, and two customers still owe you money",
            "I'll refund the fee today, and I'll call you on Monday at half past seven.",
        ),
        "school_no_call_back": (
            "Nine days and nobody called me. My son walked home in the dark, without a jacket.",
            "nobody called you back for nine days",
            "your son walked home in the dark without his jacket",
            "I'll speak to the driver today, and I'll call you tomorrow morning at nine.",
        ),
    },
    "report": {
        "hotel_lost_booking": (
            "No booking? I need a bed tonight, and I have to write my pages before nine.",
            "we lost your booking",
            "you need a bed tonight, and your pages before nine",
            "I'll call the other hotel now, and I'll have your key ready in ten minutes.",
        ),
        "clinic_long_wait": (
            "Two hours! My father has pain, and we have to leave at twelve.",
            "nobody told you anything for two hours",
            "your father has pain, and you have to leave at twelve",
            "I'll ask the doctor now, and I'll come back to you by quarter to twelve.",
        ),
        "municipal_expired_card": (
            "Expired! My father has an operation on Friday, and I need my passport to fly.",
            "our reminder never got to you",
            "your father has his operation on Friday, and you need a passport",
            "I'll print the passport today, and you can have it at two o'clock.",
        ),
        "shop_gift_no_receipt": (
            "This coat is two sizes too large. It was a present, so I don't have a receipt.",
            "we said no to you in front of the queue",
            "the coat is two sizes too large, and you don't have a receipt",
            "I'll order the right size today, and I'll send you a message on Tuesday by five.",
        ),
    },
}
"""Scenario -> what the customer says; what staff are sorry for, say back, and promise."""

Said = list[tuple[Speaking, list[tuple[str, str]]]]
"""Turns: who speaks, and each sentence with the practice that it shows."""


def answer(scenario: Scenario, part: str) -> Said:
    """Give the talk of a scenario."""
    theirs, sorry, recap, promise = ANSWERS[part][scenario.id]
    name = scenario.customer.name
    return [
        (Speaking.CUSTOMER, [(theirs, "")]),
        (
            Speaking.STAFF,
            [
                (f"Good morning, {name}.", "P22"),
                (f"I'm so sorry that {sorry}.", "P19"),
                (f"If I understand correctly, {recap}.", "P23"),
                ("Is that right?", ""),
            ],
        ),
        (Speaking.CUSTOMER, [("Yes, that is right.", "")]),
        (
            Speaking.STAFF,
            [(promise, "P26"), (f"Is there anything else I can do for you, {name}?", "P22")],
        ),
    ]


def make(said: Said, voice: str) -> Clip:
    """Speak a talk sentence by sentence."""
    parts = [np.zeros(RATE_HZ, np.float32)]
    turns: list[Turn] = []
    notes: list[tuple[str, float, float]] = []

    def now() -> float:
        return float(sum(len(part) for part in parts)) / RATE_HZ

    for speaker, sentences in said:
        start = now()
        if speaker is Speaking.CUSTOMER:
            parts.append(np.zeros(round(CUSTOMER_S * RATE_HZ), np.float32))
        else:
            for sentence, practice in sentences:
                begin = now()
                parts.append(speak(sentence, voice))
                notes += [(practice, begin, now())] if practice else []
                parts.append(np.zeros(round(PAUSE_S * RATE_HZ), np.float32))
        text = " ".join(sentence for sentence, _ in sentences)
        turns.append(Turn(speaker, text, start, now()))
    parts.append(np.zeros(RATE_HZ, np.float32))
    whole = np.concatenate(parts)
    noise = np.random.default_rng(5).normal(0.0, 3e-4, len(whole))
    return Clip((whole + noise).astype(np.float32), tuple(turns), tuple(notes))


def main() -> int:
    """Print, for each voice, word errors and what was found of what was said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=VOICES, default="report", help="which half")
    parser.add_argument("--voices", nargs="*", help="other voices")
    parser.add_argument("--live", action="store_true", help="the live search, not the second pass")
    parser.add_argument("--words-only", action="store_true", help="no phrases found in sound")
    asked = parser.parse_args()
    finder = Finder(load_practices())
    phrases = () if asked.words_only else practice_phrases_sought()
    plain = SpeechSetUp("pocketsphinx", None, not asked.live, (), phrases)
    scenarios = [one for one in load_scenarios()[0] if one.id in ANSWERS[asked.part]]
    for voice in asked.voices or VOICES[asked.part]:
        tally = Tally()
        for scenario in scenarios:
            clip = make(answer(scenario, asked.part), voice)
            set_up = speech_for(plain, scenario) or plain
            count(scenario, clip, listened(clip, set_up), finder, tally)
        tally.print(voice)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
