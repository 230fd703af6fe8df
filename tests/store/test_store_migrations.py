from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from store_cases import a_report, begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.database import MIGRATIONS, copies_of, open_database
from app.store.store import Store
from app.store.tables_sharing import Base  # all tables, also those of sharing

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]

SECOND = '''"""A migration of the future."""
import os
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None
def upgrade():
    op.create_table("future", sa.Column("id", sa.String(), primary_key=True))
    with op.batch_alter_table("sessions") as batch:
        batch.add_column(sa.Column("mood_of_the_lamp", sa.String()))
    op.execute("UPDATE sessions SET title = 'changed'")
    {then}
'''


def with_future(folder: Path, then: str) -> Path:
    """Copy the migrations and add one."""
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations, dirs_exist_ok=True)
    text = SECOND.format(head=VERSIONS[-1], then=then)
    (migrations / "versions" / "9999_future.py").write_text(text)
    return migrations


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [row[0] for row in db.execute("SELECT title FROM sessions")]


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def filled(path: Path) -> Store:
    store = Store.open(path)
    record = begun(store)
    store.append_marks(record.id, [Mark(1.0, Lane.SELF, MarkKind.NOTE, "a", {"text": "x"})])
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    return store


def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "rapport.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("version", VERSIONS)
def test_from_each_version_to_the_newest(tmp_path: Path, version: str) -> None:
    old = tmp_path / "old"
    shutil.copytree(MIGRATIONS, old)
    for step in VERSIONS[VERSIONS.index(version) + 1 :]:
        for script in (old / "versions").glob(f"{step}_*.py"):
            script.unlink()
    path = tmp_path / "rapport.db"
    open_database(path, migrations=old).dispose()
    with Store.open(path) as store:
        record = begun(store)
        assert store.session(record.id) == record


def test_opening_again_migrates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    filled(path).close()
    Store.open(path).close()
    assert [copy.name for copy in copies_of(path)] == ["rapport.db.backup"]


def test_a_migration_leaves_a_copy_of_what_was(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    filled(path).close()
    open_database(path, migrations=with_future(tmp_path, "pass")).dispose()
    assert "future" in tables(path)
    assert titles(path) == ["changed"]
    copy = path.with_name("rapport.db.before-9999")
    assert copy in copies_of(path)
    assert "future" not in tables(copy)
    shutil.move(copy, path)
    with Store.open(path) as store:
        assert [record.title for record in store.sessions()] == ["Late check-out"]


def test_rebuilding_a_table_loses_nothing_that_refers_to_it(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    filled(path).close()
    open_database(path, migrations=with_future(tmp_path, "pass")).dispose()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM marks").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM events").fetchone() == (2,)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    filled(path).close()
    with pytest.raises(ZeroDivisionError):
        open_database(path, migrations=with_future(tmp_path, "1 / 0"))
    assert "future" not in tables(path)
    with Store.open(path) as store:
        assert [record.title for record in store.sessions()] == ["Late check-out"]


KILLED = """
import sys
from pathlib import Path
from app.store.database import open_database
open_database(Path(sys.argv[1]), migrations=Path(sys.argv[2]))
"""


def test_a_killed_migration_leaves_the_old_one_usable_and_can_be_done_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rapport.db"
    filled(path).close()
    migrations = with_future(tmp_path, "os.kill(os.getpid(), 9)")
    child = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(migrations)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        assert [record.title for record in store.sessions()] == ["Late check-out"]
        assert "future" not in tables(path)
    open_database(path, migrations=with_future(tmp_path, "pass")).dispose()
    assert titles(path) == ["changed"]


def test_a_database_of_a_newer_program_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    filled(path).close()
    open_database(path, migrations=with_future(tmp_path, "pass")).dispose()
    before = path.read_bytes()
    with pytest.raises(AppError, match="newer Rapport"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_path_with_odd_characters_can_be_migrated(tmp_path: Path) -> None:
    folder = tmp_path / "100% größe ?#&"
    folder.mkdir()
    path = folder / "rapport.db"
    open_database(path, migrations=with_future(folder, "pass")).dispose()
    assert path.is_file()
    assert "future" in tables(path)


SLOWED = """
import os, sys
from pathlib import Path
import alembic.op
from app.store.database import open_database
calls = 0
def killing(call):
    def called(*arguments, **more):
        global calls
        calls += 1
        if calls > int(sys.argv[2]):
            os.kill(os.getpid(), 9)
        return call(*arguments, **more)
    return called
for name in ("add_column", "create_index", "create_table"):
    setattr(alembic.op, name, killing(getattr(alembic.op, name)))
open_database(Path(sys.argv[1]))
"""


def of_version(path: Path, folder: Path, version: str) -> None:
    """Make a database of an older program with a person, a consent, sessions, marks, a receipt."""
    old = folder / "old"
    shutil.copytree(MIGRATIONS, old)
    for step in VERSIONS[VERSIONS.index(version) + 1 :]:
        for script in (old / "versions").glob(f"{step}_*.py"):
            script.unlink()
    open_database(path, migrations=old).dispose()
    now = "2026-01-01 12:00:00.000000"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO persons VALUES ('p', 'Ana', 'ana', ?)", (now,)).close()
        db.execute(
            "INSERT INTO consents VALUES ('c', 'p', '1', 'training', 30, 'me', ?, NULL)", (now,)
        ).close()
        for number in range(50):
            db.execute(
                "INSERT INTO sessions (id, person_id, consent_id, keep_policy, title, started_at,"
                " started_age_s, duration_s, status, sample, app_version, rules_version,"
                " model_version) VALUES (?, 'p', 'c', 'report_only', ?, ?, 0, 60, 'finished', 0,"
                " '0', 1, '')",
                (f"s{number}", f"Talk {number}", now),
            ).close()
            db.execute(
                "INSERT INTO marks (id, session_id, author, lane, t, kind, data, revises,"
                " tombstone, created_at) VALUES (?, ?, 'p', 'self', 1, 'note', ?, '', 0, ?)",
                (f"m{number}", f"s{number}", '{"text": "said"}', now),
            ).close()
        db.execute(
            "INSERT INTO receipts VALUES ('r', 'gone', ?, 'asked', 1, 10, 0, 0)", (now,)
        ).close()


@pytest.mark.parametrize("after", [0, 3, 10, 16, 22])
def test_the_step_to_profiles_may_be_killed_anywhere_and_is_then_done_again(
    tmp_path: Path, after: int
) -> None:
    path = tmp_path / "rapport.db"
    of_version(path, tmp_path, "0002")
    child = subprocess.run(
        [sys.executable, "-c", SLOWED, str(path), str(after)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    assert "shares" not in tables(path), "all of it or nothing"
    assert len(titles(path)) == 50
    assert path.with_name(f"rapport.db.before-{VERSIONS[-1]}").is_file()
    with Store.open(path) as store:
        (ana,) = store.persons()
        assert len(store.sessions(person_id=ana.id)) == 50
        assert len(store.sessions("said", person_id=ana.id)) == 50
        assert [one.kind.value for one in store.consents(ana.id)] == ["own"]
        assert store.sessions(person_id=ana.id)[0].origin.value == "recorded"
        (receipt,) = store.receipts(ana.id)
        assert (receipt.session_id, receipt.person_id) == ("gone", None)
        assert [mark.data["text"] for mark in store.marks("s7")] == ["said"]


def test_the_copy_before_the_step_to_profiles_goes_with_what_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    of_version(path, tmp_path, "0002")
    with Store.open(path) as store:
        copy = path.with_name(f"rapport.db.before-{VERSIONS[-1]}")
        assert len(titles(copy)) == 50
        store.remove_person(store.persons()[0].id)
        assert not copy.exists()
        assert store.sessions() == []
