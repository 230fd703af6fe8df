"""Plain sentences: what was seen and heard, never what was felt."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.types import Sense
from audio.types import Reason as VoiceReason
from vision.types import Framing
from vision.types import Reason as VisionReason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.report_types import Finding, Item
    from app.coach.types import CueRule

_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        VisionReason.HIDDEN.value: "out of sight, behind something or outside the picture",
        VisionReason.TOO_DARK.value: "too dark",
        VisionReason.BACKLIT.value: "the light came from behind",
        VisionReason.BLURRED.value: "the picture was not sharp enough",
        VisionReason.TOO_FAR.value: "too far from the camera",
        VisionReason.TURNED_AWAY.value: "turned too far from the camera",
        VisionReason.NO_PERSON.value: "nobody in the picture",
        VisionReason.SEVERAL_PEOPLE.value: "more than one person in the picture",
        VisionReason.SWITCHED_OFF.value: "switched off",
        VisionReason.NO_OWN_NORMAL.value: "your own normal was not measured",
        VisionReason.SENSOR_GONE.value: "nothing came from the camera or microphone",
        VisionReason.TOO_FEW_LOOKS.value: "the computer could not keep up",
        VisionReason.NOT_YET.value: "not enough material yet",
        VoiceReason.CUSTOMER_SPEAKING.value: "the customer was speaking",
        VoiceReason.NOT_SPEAKING.value: "nobody spoke",
        VoiceReason.TONE.value: "a hint was given by a soft tone",
        VoiceReason.CLIPPED.value: "loud parts were cut off by the microphone",
        VoiceReason.NO_SIGNAL.value: "the microphone delivered pure silence",
    }
)

_GONE: Final[Mapping[Sense, str]] = MappingProxyType(
    {Sense.VISION: "there was no picture", Sense.VOICE: "there was no sound"}
)

_FRAMING: Final[Mapping[Framing, str]] = MappingProxyType(
    {
        Framing.NO_PERSON: "Step into the picture.",
        Framing.SEVERAL_PEOPLE: "Only you should be in the picture.",
        Framing.TOO_DARK: "Turn on a light in front of you.",
        Framing.BACKLIT: "Turn away from the bright light behind you.",
        Framing.BLURRED: "Wipe the lens, or bring the picture into focus.",
        Framing.TOO_CLOSE: "Step back a little.",
        Framing.TOO_FAR: "Come a little closer.",
        Framing.ELBOWS_HIDDEN: "Step back until your elbows show.",
        Framing.FACE_HIDDEN: "Turn so that your face shows.",
        Framing.OFF_CENTRE: "Move to the middle of the picture.",
    }
)


def same(text: str) -> str:
    """Leave a text as it is: the words of a program without a translation."""
    return text


def finding_sentence(finding: Finding, rule: CueRule) -> str:
    """Say what was seen or heard, such as: Arms crossed for 12 s."""
    lasted = finding.lasted_s or finding.end_s - finding.start_s
    normal = finding.own_normal
    needs_normal = "{percent}" in rule.sentence or "{normal}" in rule.sentence
    if not rule.sentence or (needs_normal and not normal):
        value = f"{format_value(finding.measured)} {rule.unit}".strip()
        return f"{rule.name[:1].upper()}{rule.name[1:]}: {value} for {format_duration(lasted)}."
    percent = abs(finding.measured / normal - 1) * 100 if normal else 0.0
    return rule.sentence.format(
        duration=format_duration(lasted),
        value=format_value(abs(finding.measured)),
        percent=f"{percent:.0f}",
        share=f"{abs(finding.measured) * 100:.0f}",
        normal=format_value(normal) if normal is not None else "",
    )


def times_sentence(finding: Finding, translate: Callable[[str], str] = same) -> str:
    """Say how often in all, where it was more than once; else empty."""
    if finding.times < 2:
        return ""
    total = format_duration(finding.total_s)
    return translate("{n} times, {total} in all.").format(n=finding.times, total=total)


def measured_sentence(
    finding: Finding, rule: CueRule, translate: Callable[[str], str] = same
) -> str:
    """Say what was measured and what it was held against, so that it can be pictured.

    What has a unit is told in numbers. How clearly something showed has none: that it counted is
    all that a number between 0 and 1 says, and the number itself stands in `measured_detail`.
    """
    if not rule.unit:
        seen = "Counted while it was clearly seen, and named from {time} on."
        heard = "Counted while it was clearly heard, and named from {time} on."
        text = seen if rule.sense is Sense.VISION else heard
    elif rule.unit == "s":  # a length is its own time, and the sentence has told it
        text = "Named from {limit} on."
    elif finding.threshold <= finding.measured:
        text = "Measured {measured}, named from at least {limit} for {time}{own}."
    else:
        text = "Measured {measured}, named from at most {limit} for {time}{own}."
    own = "" if finding.own_normal is None else translate("; your normal is {normal}")
    return translate(text).format(
        measured=f"{format_value(finding.measured)} {rule.unit}",
        limit=f"{format_value(finding.threshold)} {rule.unit}",
        own=own.format(normal=f"{format_value(finding.own_normal or 0.0)} {rule.unit}"),
        time=format_duration(rule.log_s),
    )


def measured_detail(finding: Finding, rule: CueRule, translate: Callable[[str], str] = same) -> str:
    """Give the number of what has no unit; empty where `measured_sentence` tells it."""
    if rule.unit:
        return ""
    text = translate(
        "How clearly it showed, from 0 (not at all) to 1 (fully): {most} at most. "
        "It counts from {limit} on."
    )
    said = text.format(most=format_value(finding.measured), limit=format_value(finding.threshold))
    if finding.own_normal is None:
        return said
    usual = translate("Your usual is {normal}.")
    return f"{said} {usual.format(normal=format_value(finding.own_normal))}"


def item_state(item: Item, count: int, translate: Callable[[str], str] = same) -> str:
    """Say how often a checklist item was ticked against its floor and ceiling."""
    if item.ceiling is not None and count > item.ceiling:
        text = "{n} times; at most {most} is enough"
    elif count < item.floor:
        text = "{n} of {least}" if count else "not ticked"
    else:
        text = "done, {n} times" if count > 1 else "done"
    return translate(text).format(n=count, most=item.ceiling, least=item.floor)


def reason_text(reason: str, sense: Sense | None = None) -> str:
    """Say why something was not measured; of a sense that was never there, which one."""
    if reason == VisionReason.SENSOR_GONE.value and sense is not None:
        return _GONE[sense]
    return _REASONS.get(reason, reason.replace("_", " "))


def missing_text(reason: str, rule: CueRule | None, sense: Sense | None = None) -> str:
    """Say why a cue was not measured; without own normal, what of it this cue would need."""
    if rule is not None and reason == VisionReason.NO_OWN_NORMAL.value and rule.without_normal:
        return rule.without_normal
    return reason_text(reason, sense)


def framing_text(framing: Framing) -> str:
    """Say in one sentence how the picture gets better."""
    return _FRAMING[framing]


def format_time(s: float) -> str:
    """Write a moment: 72.4 -> "1:12", 3725 -> "1:02:05"."""
    whole = max(0, int(s))
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def format_duration(s: float) -> str:
    """Write a length: 0.84 -> "0.8 s", 12.3 -> "12 s", 65 -> "1 min 5 s"."""
    if s < 9.95:
        return f"{s:.1f}".removesuffix(".0") + " s"
    whole = round(s)
    if whole < 60:
        return f"{whole} s"
    minutes, seconds = divmod(whole, 60)
    return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"


def format_value(value: float) -> str:
    """Write a number with as many places as one can tell apart: 0.83, 6.4, 12."""
    size = abs(value)
    places = 0 if size >= 9.95 else 1 if size >= 0.995 else 2
    text = f"{value:.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
