"""Opening the database: damaged ones are kept aside, older ones copied and then migrated."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from app.errors import AppError
from app.store.engine import BUSY_TIMEOUT_S, MIGRATES, connect
from app.store.faults import BY_SQLITE, DAMAGED, sqlite_name, told
from app.store.leftovers import part_name
from app.windows import take_place

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection, Engine

DATABASE: Final = "rapport.db"
MIGRATIONS: Final = Path(__file__).parent / "migrations"
REVISION: Final = re.compile(r'^revision = "([^"]+)"', re.MULTILINE)
DOWN: Final = re.compile(r'^down_revision = "([^"]+)"', re.MULTILINE)
HEADER_BYTES: Final = 100
"""Each database begins with so many bytes; SQLite takes a shorter file for a new one."""
UNNAMED: Final = frozenset({"", "SQLITE_ERROR"})
"""Names of an error in what was asked, and that is always the same: so the file is to blame."""
SIDE_FILES: Final = ("", "-wal", "-shm")
"""What SQLite keeps beside a database in write-ahead mode."""


def open_database(
    path: Path, *, migrations: Path = MIGRATIONS, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> Engine:
    """Open the database, made or brought to this program's version where it is not yet."""
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = connect(path, busy_timeout_s=busy_timeout_s)
        try:
            _check(engine, path)
            _migrate(engine, path, migrations)
        finally:
            # The connection that migrated has its foreign keys off; and a damaged file must not
            # be held open while it is moved.
            engine.dispose()
    return connect(path, busy_timeout_s=busy_timeout_s)


def copies_of(path: Path) -> list[Path]:
    """List the copies that were made before migrations and at each start."""
    before = path.parent.glob(f"{path.name}.before-*")
    return [copy for copy in (*sorted(before), _backup(path)) if copy.is_file()]


def back_up(path: Path) -> None:
    """Copy the database, which is known to be sound now, where it changed since the last copy."""
    backup = _backup(path)
    written = [Path(f"{path}{suffix}") for suffix in SIDE_FILES[:2]]
    newest = max(file.stat().st_mtime_ns for file in written if file.exists())
    if not backup.exists() or backup.stat().st_mtime_ns < newest:
        _copy(path, backup)


def _check(engine: Engine, path: Path) -> None:
    """Look the file over; keep it aside where it is damaged."""
    if not path.exists() or path.stat().st_size < HEADER_BYTES:
        # With a copy beside it this is no first start: the file was lost, or never written out.
        if _backup(path).is_file():
            _take_backup(path)
        return
    try:
        with engine.connect() as connection:
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    except (DBAPIError, sqlite3.Error) as error:
        name = sqlite_name(error)
        if name not in UNNAMED and BY_SQLITE.get(name) is not DAMAGED:
            raise
        verdict = str(error)
    if verdict != "ok":
        engine.dispose()
        _take_backup(path)


def _take_backup(path: Path) -> None:
    """Keep aside what is there, put the copy in its place, and say so."""
    lost = not path.exists()
    # Also of a lost one: what SQLite kept beside it would be laid over the copy.
    aside = _keep_aside(path)
    what = "The list of sessions was lost."
    if not lost:
        what = f"The list of sessions was damaged; it was kept aside as {aside}."
    backup = _backup(path)
    if backup.exists():
        take_place(backup, path)
        remedy = (
            "Start Rapport again: it takes the list as it was at the last start. What was entered "
            f"since is missing from it; recordings are still in {path.parent}."
        )
    else:
        remedy = (
            f"Start Rapport again: it begins a new list. Recordings are still in {path.parent}."
        )
    raise AppError(what, remedy)


def _keep_aside(path: Path) -> Path:
    """Move the database and what belongs to it under a free name."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for suffix in SIDE_FILES:
        source = Path(f"{path}{suffix}")
        if source.exists():
            take_place(source, Path(f"{aside}{suffix}"))
    return aside


def _migrate(engine: Engine, path: Path, migrations: Path) -> None:
    """Bring the tables to this program's version, in one transaction."""
    if _is_current(engine, migrations):
        return
    # Only now: it takes a quarter of a second to load, and there is hardly ever anything to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory(str(migrations))
    head = script.get_current_head()
    with engine.connect() as connection:
        current = _revision(connection, script, path)
    if current == head:
        return
    if current is not None:
        _copy(path, path.with_name(f"{path.name}.before-{head}"))
    with engine.execution_options(**{MIGRATES: True}).begin() as connection:
        # Another program may have been faster while this one waited for the lock.
        if _revision(connection, script, path) == head:
            return
        config = Config()
        config.set_main_option("script_location", str(migrations).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"migration to {head} left {broken} without what it refers to")


def _is_current(engine: Engine, migrations: Path) -> bool:
    """Tell whether the tables have the newest version, read out of the scripts as they stand."""
    texts = [script.read_text("utf-8") for script in (migrations / "versions").glob("*.py")]
    found = [(REVISION.search(text), DOWN.search(text)) for text in texts]
    downs = {down[1] for _, down in found if down is not None}
    heads = {revision[1] for revision, _ in found if revision is not None} - downs
    with engine.connect() as connection:
        if "alembic_version" not in inspect(connection).get_table_names():
            return False
        rows = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    return len(heads) == 1 and {row[0] for row in rows} == heads


def _revision(connection: Connection, script: ScriptDirectory, path: Path) -> str | None:
    """Tell which version the tables have; None for an empty file."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - as in _migrate

    context = MigrationContext.configure(connection)
    current = context.get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if current is not None and current not in known:
        raise AppError(
            f"{path} was written by a newer Rapport.",
            "Install the newer version again, or set RAPPORT_HOME to another folder.",
        )
    if current is None and inspect(connection).get_table_names():
        raise AppError(
            f"{path} is a database of another program.",
            "Move it away, or set RAPPORT_HOME to another folder.",
        )
    return current


def _backup(path: Path) -> Path:
    return path.with_name(f"{path.name}.backup")


def _copy(path: Path, copy: Path) -> None:
    """Copy a database that may be in use; the copy is whole or not there."""
    part = copy.with_name(part_name(copy.name))
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").close()
        take_place(part, copy)
    finally:
        part.unlink(missing_ok=True)
