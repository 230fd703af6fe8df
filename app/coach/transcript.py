"""Reads what was said: plain text, SRT, WebVTT, or the program's own JSON.

Plain text holds one turn a line, `staff:` or `customer:` before it, and may hold a time in
brackets before or after that: `[1:12] staff: I'm sorry …` or `staff [1:12 - 1:15.5]: …`. Labels
that other programs write are taken as well (`AGENT:`, `Guest 2 -`), and so are Windows' letters.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Speaking, Turn
from app.coach.transcript_json import from_json
from app.coach.transcript_letters import decoded
from app.coach.transcript_speakers import NUMBER, WHO, speaker_of
from app.errors import AppError
from app.paths import is_endless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES: Final = 8 * 1024 * 1024
"""A day of talk has about 1 MB."""

_TIME: Final = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?|\d{1,7}(?:[.,]\d{1,6})?\s*s?"
_SPAN: Final = rf"(?P<start>{_TIME})\s*(?:(?:-->|-|–|—|to)\s*(?P<end>{_TIME})\s*)?"
_AFTER: Final = _SPAN.replace("<start>", "<start_2>").replace("<end>", "<end_2>")
_LINE: Final = re.compile(
    rf"(?:[\[(]\s*{_SPAN}[\])]\s*[-–—:]?\s*|(?P<bare>(?:\d+:)?\d{{1,2}}:\d{{2}}(?:[.,]\d{{1,6}})?)\s+)?"
    rf"(?:[-–—>*]\s*)?[\[(*_<]{{0,2}}(?P<who>{WHO}){NUMBER}[\])*_>]{{0,2}}\s*"
    rf"(?:[\[(]\s*{_AFTER}[\])]\s*)?"
    r"(?:[:：][*_]{0,2}|\s[-–—]\s|\t|(?<=[\])>])\s)\s*(?P<text>.*)",
    re.IGNORECASE,
)
_CUE_TIME: Final = r"(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?"
_CUE: Final = re.compile(
    rf"^[ \t]*(?P<start>{_CUE_TIME})[ \t]*-->[ \t]*(?P<end>{_CUE_TIME})[^\n]*$", re.MULTILINE
)
_VOICE: Final = re.compile(rf"<v(?:\.[^\s>]*)?\s+(?P<who>{WHO}){NUMBER}\s*>", re.IGNORECASE)
_ANY_VOICE: Final = re.compile(r"<v[\s.]", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[^<>\n]{0,80}>|\{\\[^{}\n]{0,40}\}")
_GAP: Final = re.compile(r"(\s)\s{19,}")
"""What a label is looked for in must hold no long gaps: it takes time by their square."""
_NUMBER: Final = re.compile(r"\d{1,6}")
_JSON: Final = re.compile(r"\s*(\{\s*[\"}]|\[\s*[{\]])")
_HOW: Final = "Write one turn a line, with “staff:” or “customer:” before it."


def read_transcript(path: Path) -> tuple[Turn, ...]:
    """Read a transcript of any of the four kinds; the content tells which, or a name in .json.

    Raises
    ------
    AppError
        Naming the file, the line where there is one, and what is allowed.
    """
    try:
        if is_endless(path):
            raise AppError(f"{path.name} is not a file.", "Name the file that holds the words.")
        if path.stat().st_size > MOST_BYTES:
            raise AppError(
                f"{path.name} is larger than {MOST_BYTES // 1024**2} MB: too large for a talk.",
                "Divide it, and give the parts one by one.",
            )
        text = decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        raise AppError(
            f"{path.name} is not a text in UTF-8.", "Save it as UTF-8 text and try again."
        ) from error
    except FileNotFoundError as error:
        raise AppError(f"There is no file {path.name}.", "Check its name and folder.") from error
    except IsADirectoryError as error:
        raise AppError(f"{path.name} is a folder.", "Name the transcript inside it.") from error
    except PermissionError as error:
        what = f"{path.name} may not be read."
        raise AppError(what, "Check the permissions of the file.") from error
    except OSError as error:
        raise AppError(
            f"{path.name} cannot be read: {error.strerror or error}.",
            "Check the name and whether you may read it.",
        ) from error
    turns = parse_transcript(text, path.name)
    if not turns:
        raise AppError(f"{path.name} holds no words.", _HOW)
    return turns


def parse_transcript(text: str, name: str) -> tuple[Turn, ...]:
    """Read a transcript's text; `name` is what a mistake is told with."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # A name is believed too: “[1,2” may begin a line of talk as well as a list.
    if name.lower().endswith(".json") or _JSON.match(text):
        return tuple(from_json(text, name))
    if _CUE.search(text):
        return tuple(_from_cues(text))
    return tuple(_from_lines(text, name))


def _from_lines(text: str, name: str) -> Iterator[Turn]:
    for number, line in enumerate(text.split("\n"), start=1):
        said = _GAP.sub(r"\1", line.replace("\xa0", " ").strip())
        if not said:
            continue
        match = _LINE.fullmatch(said)
        if match is None:
            raise AppError(f"{name}, line {number}, does not say who speaks: “{said[:60]}”.", _HOW)
        start = _seconds(match["start"] or match["start_2"] or match["bare"])
        end = _seconds(match["end"] or match["end_2"])
        if start is not None and end is not None and end < start:
            raise AppError(
                f"{name}, line {number}: the turn ends before it begins.",
                "Write the earlier time first: [1:12 - 1:15].",
            )
        yield Turn(speaker_of(match["who"]), match["text"].strip(), start, end)


def _from_cues(text: str) -> Iterator[Turn]:
    """Subtitles: one cue is one turn; a cue that names nobody goes on with the voice before it."""
    speaker, told = Speaking.STAFF, False
    cues = list(_CUE.finditer(text))
    web = text.lstrip().startswith("WEBVTT")
    for cue, after in zip(cues, [*cues[1:], None], strict=True):
        said = _words_of_cue(
            text[cue.end() : after.start() if after else len(text)], after, web=web
        )
        voice, strange = _VOICE.search(said), _ANY_VOICE.search(said) is not None
        said = " ".join(html.unescape(_TAG.sub("", said)).split())
        named = _LINE.fullmatch(said)
        if voice is not None:
            speaker, told = speaker_of(voice["who"]), True
        elif strange:  # a name that tells nothing of the side
            speaker, told = Speaking.STAFF, False
        if named is not None:
            speaker, told = speaker_of(named["who"]), True
            said = named["text"].strip()
        if said:
            start, end = _seconds(cue["start"]), _seconds(cue["end"])
            backwards = start is not None and end is not None and end < start
            yield Turn(speaker, said, start, None if backwards else end, told=told)


def _words_of_cue(between: str, after: re.Match[str] | None, *, web: bool) -> str:
    """Take a cue's words from what stands until the next one, without that one's number."""
    if web and not between.removeprefix("\n").partition("\n")[0].strip():
        return ""  # what follows an empty cue is a note, or the next one's name
    parts = [part.strip() for part in re.split(r"\n[ \t]*\n", between.strip("\n"))]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    if web:
        return parts[0]
    if after is not None:
        lines = parts[-1].split("\n")
        if _NUMBER.fullmatch(lines[-1].strip()):
            parts[-1] = "\n".join(lines[:-1])
    return "\n".join(parts)


def _seconds(text: str | None) -> float | None:
    """Read 12.5, 12.5s, 1:12 or 0:01:12,500 as seconds."""
    if text is None:
        return None
    seconds = 0.0
    for part in text.strip().lower().removesuffix("s").strip().replace(",", ".").split(":"):
        seconds = 60.0 * seconds + float(part)
    return seconds
