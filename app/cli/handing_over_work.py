"""What `rapport share`, `open` and `withdraw` do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

from app.cli.arguments import must_be_there
from app.cli.bar import progress_bar
from app.cli.passphrases import asked, handed_in, passphrase
from app.cli.person import must_be_clear
from app.cli.targets import make_ready
from app.cli.telling import counted
from app.coach.catalogue import load_catalogue
from app.coach.words import format_time
from app.errors import AppError
from app.session.handing_over import SharePlan, hand_over
from app.session.logs import libraries_to_log
from app.store.handover.header import normal
from app.store.handover.refusals import NotConfirmed
from app.store.handover.spoken_words import offer_passphrase
from app.store.handover.types import ContactState, Kind
from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.store.handover.door import Seen
    from app.store.handover.types import Share
    from app.store.types import Person, SessionRecord


def share_session(
    wanted: str,
    to: str,
    out: Path,
    *,
    span: tuple[str | None, str | None],
    days: int,
    picture: bool,
    who: str | None,
    stdin: bool,
    force: bool = False,
) -> None:
    """Write the sealed file and say which words to read out."""
    console = Console(highlight=False)
    make_ready(out, force=force)
    with Store.open() as store, libraries_to_log():
        person = must_be_clear(store, who, last=True)
        record = _session(store, wanted, person)
        start_s, end_s = (_seconds(text) for text in span)
        whole = start_s is None and end_s is None
        plan = SharePlan(
            session_id=record.id,
            person_id=person.id,
            to_name=to,
            with_picture=picture,
            start_s=None if whole else start_s or 0.0,
            end_s=None if whole else end_s,
            expires_at=dt.datetime.now(dt.UTC) + dt.timedelta(days=days),
        )
        secret, offered = _passphrase_to_seal(stdin=stdin)
        with progress_bar("Sealing") as step:
            made = hand_over(store, plan, out, secret, catalogue=load_catalogue(), progress=step)
        console.print(Text(f"“{made.title}” for {to}: {out}"), soft_wrap=True)
        console.print(f"It opens until {_day(made)}. A copy elsewhere cannot be called back.")
        if offered:
            console.print(f"Passphrase, kept nowhere: {secret}")
        _say_words(console, store.handover.me(person.id).words)


def open_file(file: Path, words: str | None, *, who: str | None, stdin: bool) -> None:
    """Open whatever it is."""
    console = Console(highlight=False)
    must_be_there(file)
    with Store.open() as store:
        person = must_be_clear(store, who, last=True)
        asks = store.handover.asks_passphrase(file)
        secret = passphrase(stdin=stdin) if asks else None
        seen = store.handover.look(file, secret, person.id)
        if seen.contact is ContactState.STRANGER:
            _meet(console, store, seen, person, words)
        sender = seen.letter.sender.name
        if seen.letter.kind is Kind.SHARE:
            session_id = store.handover.receive(seen, person.id)
            title = store.session(session_id).title
            console.print(Text(f"“{title}” from {sender} is in your sessions."), soft_wrap=True)
        elif seen.letter.kind is Kind.REVIEW:
            merged = store.handover.merge(seen, person.id)
            title = store.session(merged.session_id).title
            said = f"The review of “{title}” by {sender}: {counted(merged.new, 'new mark')}."
            console.print(Text(said), soft_wrap=True)
        else:
            receipts = store.handover.read_withdrawal(seen)
            files = sum(receipt.files for receipt in receipts)
            told = f"{counted(files, 'file')} {'was' if files == 1 else 'were'} deleted here."
            console.print(f"The owner took this share back; {told}")


def take_back(
    number: str | None, out: Path | None, *, who: str | None, force: bool = False
) -> None:
    """List shares, or write the file that ends one."""
    console = Console(highlight=False)
    with Store.open() as store:
        person = must_be_clear(store, who, last=True)
        shares = store.handover.shares(person.id)
        if number is None:
            for one in shares:
                state = "taken back" if one.withdrawn_at else f"until {_day(one)}"
                span = f"{format_time(one.start_s)} to {format_time(one.end_s)}"
                line = f"{one.id[:8]}  {one.to_name}  {one.title or '(deleted)'}  {span}  {state}"
                console.print(Text(line), soft_wrap=True)
            return
        found = [one for one in shares if one.id.startswith(number)]
        if len(found) != 1:
            raise AppError(
                f"{len(found)} shares of this profile begin with {number}.",
                "`rapport withdraw` without anything lists them.",
            )
        if out is None:
            raise AppError("Say where the file goes.", "Add --out FILE.")
        make_ready(out, force=force)
        store.handover.withdraw(found[0].id, person.id, out)
        console.print(Text(f"Give {out} to {found[0].to_name}. It needs no passphrase."))


# --- who and which ------------------------------------------------------------------------------


def _session(store: Store, wanted: str, person: Person) -> SessionRecord:
    records = [one for one in store.sessions(person_id=person.id) if one.person_id == person.id]
    if wanted.casefold() == "last":
        found = [one for one in records if not one.received][:1]
    else:
        words = wanted.casefold().split()
        found = [one for one in records if one.id.startswith(wanted.casefold())] or [
            one for one in records if all(word in one.title.casefold() for word in words)
        ]
    if len(found) != 1:
        raise AppError(
            f"{len(found)} sessions of {person.name} fit “{wanted}”.",
            "Use more words of its title, or the beginning of its id.",
        )
    return found[0]


def _day(share: Share) -> str:
    """Write a share's last day as it is on this machine's clock."""
    return f"{share.expires_at.astimezone():%d %B %Y}"


def _seconds(text: str | None) -> float | None:
    """Read M:SS, H:MM:SS or seconds."""
    if text is None:
        return None
    parts = text.split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isdigit() for part in parts):
        raise AppError(f"{text} is no time.", "Write it as minutes and seconds, such as 1:20.")
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds


# --- passphrases and words ----------------------------------------------------------------------


def _passphrase_to_seal(*, stdin: bool) -> tuple[str, bool]:
    """Take a passphrase, or offer words; gives also whether they were offered."""
    given = handed_in(stdin=stdin)
    if given is not None:
        return given, False
    typed = asked(
        lambda: str(
            typer.prompt(
                "Passphrase (Enter for words)", hide_input=True, default="", show_default=False
            )
        )
    )
    return (typed, False) if typed else (offer_passphrase(), True)


def _meet(console: Console, store: Store, seen: Seen, person: Person, words: str | None) -> None:
    """Compare the words of a key once."""
    sender = seen.letter.sender
    if words is None:
        console.print(Text(f"The first file from {sender.name}. The words of their key:"))
        _show(console.print, sender.words)
        same = asked(
            lambda: typer.confirm("Do these words match what they read to you?", default=False),
            "Let them read the words to you, and type what you hear after --words.",
        )
    else:
        same = normal(words) == normal(" ".join(sender.words))
    if not same:
        raise NotConfirmed(sender.name)
    store.handover.confirm(person.id, sender)


def _say_words(console: Console, lines: tuple[str, ...]) -> None:
    console.print("The words of your key, to read out when they open your first file:")
    _show(console.print, lines)


def _show(say: Callable[[str], None], lines: tuple[str, ...]) -> None:
    for one in lines:
        say(f"  {one}")
