"""Words that stand for bits: the list, the fingerprint of a key, an offered passphrase."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError
from app.store.handover.header import must_be_strong, normal
from app.store.handover.keys import KEY_WORDS, forget_key, key_words, own_key, verify
from app.store.handover.spoken_words import (
    BITS,
    PASSPHRASE_WORDS,
    offer_passphrase,
    word_list,
    words_of,
)
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def near(one: str, other: str) -> bool:
    """Whether one letter changed, added or left out makes one word the other."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def test_the_list_has_1024_plain_words_in_order() -> None:
    words = word_list()
    assert len(words) == 1 << BITS
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert {len(word) for word in words} <= set(range(4, 8))
    assert all(one < other for one, other in pairwise(words))


def test_no_two_words_are_one_letter_apart() -> None:
    words = word_list()
    assert near("lamp", "lump")
    assert near("lamp", "lamps")
    assert [
        (one, other)
        for at, one in enumerate(words)
        for other in words[at + 1 :]
        if near(one, other)
    ] == []


@given(st.binary(min_size=15, max_size=15))
def test_words_carry_every_bit(digest: bytes) -> None:
    listed = word_list()
    whole = 0
    for word in words_of(digest, 12):
        whole = (whole << BITS) | listed.index(word)
    assert whole == int.from_bytes(digest, "big")


def test_too_few_bits_are_not_stretched() -> None:
    with pytest.raises(ValueError, match="too few"):
        words_of(bytes(14), 12)


def test_a_key_has_three_lines_of_four_words_that_are_its_own() -> None:
    one, other = (Ed25519PrivateKey.generate().public_key().public_bytes_raw() for _ in range(2))
    lines = key_words(one.hex())
    assert [len(line.split()) for line in lines] == [4, 4, 4]
    assert sum(len(line.split()) for line in lines) == KEY_WORDS
    assert KEY_WORDS * BITS >= 112
    assert lines == key_words(one.hex())
    assert lines != key_words(other.hex())


def test_an_offered_passphrase_is_strong_and_never_the_same() -> None:
    offered = {offer_passphrase() for _ in range(20)}
    assert len(offered) == 20
    for one in offered:
        assert len(one.split()) == PASSPHRASE_WORDS
        must_be_strong(one)


@pytest.mark.parametrize(
    "weak", ["", "short", "aaaaaaaaaaaaaaaa", "   a   b   c   ", "1212121212121"]
)
def test_a_passphrase_that_can_be_guessed_is_refused(weak: str) -> None:
    with pytest.raises(AppError):
        must_be_strong(weak)


@pytest.mark.parametrize(
    "typed", ["Apple River", " apple  river ", "apple-river", "APPLE\triver", "ａpple river"]
)
def test_a_passphrase_read_over_the_telephone_counts_however_it_is_typed(typed: str) -> None:
    assert normal(typed) == "apple river"


class TestOwnKey:
    """The private half in the person's folder."""

    def test_it_is_made_once_and_signs(self, tmp_path: Path) -> None:
        first, again = own_key(tmp_path, "ana"), own_key(tmp_path, "ana")
        other = own_key(tmp_path, "ben")
        assert first.public_key == again.public_key != other.public_key
        signature = again.sign(b"message")
        assert verify(first.public_key, signature, b"message")
        assert not verify(first.public_key, signature, b"another")
        assert not verify(other.public_key, signature, b"message")
        assert not verify("no key", signature, b"message")

    def test_only_this_person_may_read_it(self, tmp_path: Path) -> None:
        own_key(tmp_path, "ana")
        path = tmp_path / "keys" / "ana.key"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert [one.name for one in path.parent.iterdir()] == ["ana.key"]

    def test_it_shows_nothing_of_its_private_half(self, tmp_path: Path) -> None:
        key = own_key(tmp_path, "ana")
        assert key.public_key in repr(key)
        with pytest.raises(TypeError):
            key.__reduce__()

    def test_a_changed_file_is_told_and_left(self, tmp_path: Path) -> None:
        own_key(tmp_path, "ana")
        path = tmp_path / "keys" / "ana.key"
        path.write_text("not a key")
        with pytest.raises(AppError, match="cannot be read"):
            own_key(tmp_path, "ana")
        assert path.read_text() == "not a key"

    def test_several_that_want_it_at_once_get_the_same(self, tmp_path: Path) -> None:
        found: list[str] = []
        go = threading.Barrier(6)

        def want() -> None:
            go.wait()
            found.append(own_key(tmp_path, "ana").public_key)

        threads = [threading.Thread(target=want) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 6
        assert len(set(found)) == 1

    def test_without_links_on_the_disk_it_is_made_all_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError("no links here")

        monkeypatch.setattr(os, "link", refuse)
        assert own_key(tmp_path, "ana").public_key == own_key(tmp_path, "ana").public_key

    def test_it_goes_with_the_profile(self, tmp_path: Path) -> None:
        before = own_key(tmp_path, "ana").public_key
        forget_key(tmp_path, "ana")
        forget_key(tmp_path, "ana")
        assert own_key(tmp_path, "ana").public_key != before


def test_the_words_are_of_the_hash_and_not_of_the_key_itself() -> None:
    key = bytes(range(32))
    digest = hashlib.sha256(b"rapport key words 1\x00" + key).digest()
    assert " ".join(key_words(key.hex())).split() == list(words_of(digest, 12))


def test_a_removed_profile_takes_its_key_along(tmp_path: Path) -> None:
    with Store.open(tmp_path / "rapport.db") as store:
        person = store.ensure_person("Ana")
        store.handover.me(person.id)
        store.remove_person(person.id)
    assert list((tmp_path / "keys").iterdir()) == []
