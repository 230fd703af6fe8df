"""Connections to the database: write-ahead log, foreign keys, explicit transactions."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_S: Final = 5.0
"""How long a transaction waits for another program's before it gives up, seconds."""
WRITES: Final = "rapport_writes"
"""Execution option of connections whose transactions write."""
MIGRATES: Final = "rapport_migrates"
"""Execution option of the connection that changes the tables."""


def connect(path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """Make an engine on a database file; nothing is opened before it is used."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_timeout_s, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def writer(engine: Engine) -> Engine:
    """Give the same engine for transactions that write.

    They take the write lock at their beginning: one that began by reading could not wait for it.
    """
    return engine.execution_options(**{WRITES: True})


def empty_log(engine: Engine) -> None:
    """Move the write-ahead log into the database, as far as readers allow, and empty it."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _prepare(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    """Set what SQLite forgets between connections."""
    # Without this the driver of Python 3.11 opens transactions by itself, and not for DDL: a
    # CREATE TABLE would survive a kill without commit.
    connection.isolation_level = None
    # A damaged letter must not lock up everything else that is kept.
    connection.text_factory = _text
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    # What is deleted is overwritten, not only unlinked.
    connection.execute("PRAGMA secure_delete = ON").close()


def _text(letters: bytes) -> str:
    return letters.decode("utf-8", "replace")


def _begin(connection: Connection) -> None:
    """Open the transaction that the driver no longer opens."""
    options = connection.get_execution_options()
    if options.get(MIGRATES):
        # Rebuilding a table would otherwise delete what refers to it; checked before the commit.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    writes = options.get(WRITES) or options.get(MIGRATES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
