"""Which network connections this program has open now: none, but those that somebody asked for."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import psutil

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Iterable

PORTS: Final = {"http": 80, "https": 443, "rtsp": 554}
"""Ports of addresses that name none."""


class Whose(StrEnum):
    """What a connection is for."""

    LOOPBACK = "loopback"
    """To this computer itself: nothing leaves it."""
    CAMERA = "camera"
    """To the network camera that the person chose by its address."""
    OTHER = "other"
    """To somewhere else: it should not be there."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One open connection, or one open door."""

    whose: Whose
    """What it is for."""
    here: str
    """Address and port on this computer."""
    there: str
    """Address and port of the other side; empty where it only listens."""
    program: str
    """Name and number of the process."""


def open_connections(cameras: Iterable[str] = ()) -> list[Connection]:
    """List the internet connections of this process and of all that it started.

    Parameters
    ----------
    cameras
        Addresses of network cameras that the person chose.

    Raises
    ------
    AppError
        Where the system does not tell.
    """
    known = {door for door in (_door(url) for url in cameras) if door is not None}
    found: list[Connection] = []
    me = psutil.Process()
    try:
        processes = [me, *me.children(recursive=True)]
        for process in processes:
            found += _of(process, known)
    except psutil.AccessDenied as error:
        raise AppError(
            "This system does not tell which connections are open.",
            "Ask it yourself: the name of the program is Rapport, or python.",
        ) from error
    return found


def _of(process: psutil.Process, cameras: set[tuple[str, int]]) -> list[Connection]:
    try:
        name = f"{process.name()} {process.pid}"
        return [
            Connection(
                _whose(one.laddr, one.raddr, cameras), _text(one.laddr), _text(one.raddr), name
            )
            for one in process.net_connections(kind="inet")
        ]
    except psutil.NoSuchProcess:
        return []  # it ended while we looked


def _whose(here: tuple[str, int], there: tuple[str, int], cameras: set[tuple[str, int]]) -> Whose:
    if there and any(_same(there, camera) for camera in cameras):
        return Whose.CAMERA
    side = there or here
    return Whose.LOOPBACK if side and _is_loopback(side[0]) else Whose.OTHER


def _same(there: tuple[str, int], camera: tuple[str, int]) -> bool:
    """Whether it goes to this camera. A name is not looked up: that would open a connection."""
    address, port = camera
    if there[1] != port:
        return False
    try:
        return ipaddress.ip_address(address) == _plain(there[0])
    except ValueError:
        return True


def _is_loopback(address: str) -> bool:
    return _plain(address).is_loopback


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def _door(url: str) -> tuple[str, int] | None:
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS.get(parts.scheme.lower())
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None


def _text(side: tuple[str, int]) -> str:
    return f"{side[0]}:{side[1]}" if side else ""
