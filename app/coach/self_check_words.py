"""The self-check in plain sentences: what was seen and heard, never what was felt, and no mark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.coach.self_check import DeviceState, Step
from app.coach.self_check_thing import ThingKind
from app.coach.types import Sense
from app.coach.words import format_duration, format_value, framing_text, reason_text, same
from audio.types import Reason as VoiceReason
from audio.types import Reception

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.coach.self_check import Checked
    from app.coach.self_check_rest import RestFact
    from app.coach.self_check_thing import Thing
    from app.coach.self_check_voice import VoiceFact
    from app.coach.types import CueRule


NO_SOUND_REMEDY: Final = (
    "Switch it on, and allow Rapport to use it in the privacy settings of the system."
)
NOT_YET_REMEDY: Final = "Check that it is plugged in and that no other program uses it."


class LineKind(StrEnum):
    """What a line says; none of them is a mark."""

    PLAIN = "plain"
    """Something that is as usual, or works."""
    SEEN = "seen"
    """Something that was seen or heard, and differs."""
    ADVICE = "advice"
    """Something that should be better about the devices or the room."""
    NOT_MEASURED = "not_measured"
    """Something that is not known, with its reason."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a check gives back."""

    kind: LineKind
    """What it says."""
    icon: str
    """Icon name in the program's icon family."""
    text: str
    """The sentence."""
    more: str = ""
    """The remedy or the reason; may be empty."""


def lines_of(
    checked: Checked, rules: Sequence[CueRule], translate: Callable[[str], str] = same
) -> tuple[Line, ...]:
    """Tell everything that a check found, devices first."""
    by_id = {rule.id: rule for rule in rules}
    return (
        *_devices(checked, translate),
        *_light(checked, translate),
        *_rest(checked.rest, by_id, translate),
        *_greeting(checked.voice, translate),
        *_not_measured(checked, by_id, translate),
    )


def thing_heading(thing: Thing, translate: Callable[[str], str] = same) -> str:
    """Say where the one thing comes from."""
    headings = {
        ThingKind.TRAINER: translate("The next step from your trainer"),
        ThingKind.PATTERN: translate("From your last {n} sessions: {name}, in {times} of them"),
        ThingKind.NEXT: translate("Next for you: {name}"),
        ThingKind.CARD: translate("From the practices: {name}"),
    }
    name = translate(thing.name) if thing.name else ""
    return headings[thing.kind].format(n=thing.of, name=_lower(thing, name), times=thing.times)


def _lower(thing: Thing, name: str) -> str:
    return name[:1].lower() + name[1:] if thing.kind is ThingKind.PATTERN else name


def step_words(
    step: Step, *, recorded: bool, card: str = "", translate: Callable[[str], str] = same
) -> tuple[str, str]:
    """Title of a step, and what to do in it; `card` is the reminder's text."""
    if step is Step.REMINDER:
        return translate("Before you start"), card
    title, text = _STEPS[step]
    words = translate(text)
    if step is Step.DEVICES:
        words += " " + translate(_RECORDED if recorded else _NOT_RECORDED)
    return translate(title), words


_RECORDED: Final = "This is recorded, as you asked."
_NOT_RECORDED: Final = "Nothing is recorded."
_STEPS: Final = {
    Step.DEVICES: ("Picture and sound", "I am opening the camera and the microphone."),
    Step.LIGHT: ("Light and framing", "Stand where you will stand, and look at your picture."),
    Step.REST: ("At rest", "Stand as you stand while you wait for the next customer."),
    Step.GREETING: (
        "Your greeting",
        "Say your greeting aloud once, as you will say it today, and one sentence more.",
    ),
    Step.TANK: (
        "And you?",
        (
            "How much do you have to give today? Answer only to yourself. Camera and microphone "
            "are off, and nothing of it is kept. If it is little, take five first."
        ),
    ),
    Step.END: ("For today", ""),
}

# Devices, light and sound


def _devices(checked: Checked, translate: Callable[[str], str]) -> Iterator[Line]:
    works = [sense for sense, state in checked.devices.items() if state is DeviceState.WORKS]
    if len(works) == len(Sense):
        yield Line(LineKind.PLAIN, "camera", translate("Picture and sound work."))
        return
    for sense, state in checked.devices.items():
        yield _device(sense, state, checked, translate)


def _device(
    sense: Sense, state: DeviceState, checked: Checked, translate: Callable[[str], str]
) -> Line:
    eyes = sense is Sense.VISION
    icon = "camera" if eyes else "microphone"
    off = "camera_off" if eyes else "microphone_off"
    if state is DeviceState.WORKS:
        works = translate("The picture works.") if eyes else translate("The sound works.")
        return Line(LineKind.PLAIN, icon, works)
    if state is DeviceState.ABSENT:
        none = translate("There is no camera.") if eyes else translate("There is no microphone.")
        where = translate("Plug one in, or choose one on the Practise page.")
        return Line(LineKind.NOT_MEASURED, off, none, where)
    if state is DeviceState.FAULT and sense in checked.faults:
        what, remedy = checked.faults[sense]
        return Line(LineKind.ADVICE, off, translate(what), translate(remedy))
    if state is DeviceState.SILENT:
        silent = translate("The microphone delivers pure silence.")
        return Line(LineKind.ADVICE, off, silent, translate(NO_SOUND_REMEDY))
    none = translate("No picture came.") if eyes else translate("No sound came.")
    return Line(LineKind.ADVICE, off, none, translate(NOT_YET_REMEDY))


def _light(checked: Checked, translate: Callable[[str], str]) -> Iterator[Line]:
    if checked.light and checked.devices[Sense.VISION] is DeviceState.WORKS:
        if not checked.framing:
            yield Line(LineKind.PLAIN, "light", translate("Light and framing are good."))
        for one in checked.framing:
            yield Line(LineKind.ADVICE, "light", translate(framing_text(one)))
    if checked.reception is not None:
        yield Line(LineKind.ADVICE, "microphone", *map(translate, _RECEPTION[checked.reception]))


_RECEPTION: Final = {
    Reception.CLIPPING: (
        "The microphone is overloaded: loud parts are cut off.",
        "Turn its level down in the system settings, or move back.",
    ),
    Reception.TOO_FAR: (
        "Your voice is hardly louder than the room.",
        "Come nearer to the microphone, or turn its level up.",
    ),
    Reception.LOUDSPEAKER: (
        "The microphone hears a loudspeaker too.",
        "Use headphones, or turn the loudspeaker down.",
    ),
}

# Posture and face


def _rest(
    facts: Sequence[RestFact], rules: dict[str, CueRule], translate: Callable[[str], str]
) -> Iterator[Line]:
    seen = [fact for fact in facts if fact.seen_s]
    for fact in seen:
        rule = rules[fact.cue]
        text = translate("{cue} for {duration}").format(
            cue=_upper(translate(rule.name)), duration=format_duration(fact.seen_s or 0.0)
        )
        yield Line(LineKind.SEEN, rule.icon, text, translate(rule.advice))
    other = [translate(rules[fact.cue].name) for fact in facts if fact.seen_s == 0.0]
    if other:
        text = translate("Not seen: {cues}.").format(cues=", ".join(other))
        yield Line(LineKind.PLAIN, "face", text)


def _not_measured(
    checked: Checked, rules: dict[str, CueRule], translate: Callable[[str], str]
) -> Iterator[Line]:
    """Tell what is not known, what has one reason in one line."""
    missing: dict[str, list[str]] = {}
    for fact in checked.rest:
        if fact.seen_s is None:
            why = translate(reason_text(fact.reason, Sense.VISION))
            missing.setdefault(why, []).append(translate(rules[fact.cue].name))
    for one in checked.voice:
        if one.scale is None and one.value is None:
            missing.setdefault(_why_unheard(one, translate), []).append(translate(_NAMES[one.id]))
    for why, names in missing.items():
        text = translate("Not measured: {what}").format(what=", ".join(names))
        yield Line(LineKind.NOT_MEASURED, "ph.question", text, _upper(why) + ".")


# The greeting

_NAMES: Final = {"pace": "pace", "loudness": "loudness", "liveliness": "liveliness"}
_ICONS: Final = {"pace": "pace", "loudness": "loudness", "liveliness": "pitch"}
_SENTENCES: Final = {
    "pace": ("{n} % faster than your normal", "{n} % slower than your normal"),
    "loudness": ("{n} dB louder than your normal", "{n} dB softer than your normal"),
    "liveliness": (
        "Your pitch moved {n} % more than your normal",
        "Your pitch moved {n} % less than your normal",
    ),
}
_USUAL: Final = {
    "pace": "Your usual pace",
    "loudness": "As loud as you usually are",
    "liveliness": "As lively as you usually are",
}


def _greeting(facts: Sequence[VoiceFact], translate: Callable[[str], str]) -> Iterator[Line]:
    for fact in facts:
        icon, scale = _ICONS[fact.id], fact.scale
        if scale is not None and scale.difference is not None:
            against = translate(_SENTENCES[fact.id][scale.difference < 0])
            number = _number(fact.id, scale.difference)
            against = "" if number == "0" else _upper(against.format(n=number)) + "."
            if scale.word in (scale.low, scale.high):
                yield Line(LineKind.SEEN, icon, against)
            else:
                yield Line(LineKind.PLAIN, icon, translate(_USUAL[fact.id]) + ".", against)
        elif fact.id == "pace" and fact.value is not None:
            text = translate("{n} syllables a second").format(n=format_value(fact.value))
            why = translate("Your own normal was not measured, so it is not compared.")
            yield Line(LineKind.PLAIN, icon, text + ".", why)


def _why_unheard(fact: VoiceFact, translate: Callable[[str], str]) -> str:
    if fact.reason == VoiceReason.NOT_YET.value:
        return translate("too few words: say one sentence more next time")
    return translate(reason_text(fact.reason, Sense.VOICE))


def _number(scale: str, difference: float) -> str:
    """Write how far from own normal a scale is, in its unit."""
    if scale == "pace":
        return f"{abs(difference) * 100:.0f}"
    if scale == "liveliness":
        return f"{abs(2.0**difference - 1.0) * 100:.0f}"
    return f"{abs(difference):.0f}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
