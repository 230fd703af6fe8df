"""The first tables: persons, consents, sessions, marks, events, receipts, facts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TRIGGERS = (
    (
        "CREATE TRIGGER marks_are_immutable BEFORE UPDATE ON marks"
        " BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END"
    ),
    (
        "CREATE TRIGGER events_are_immutable BEFORE UPDATE ON events"
        " BEGIN SELECT RAISE(ABORT, 'events are immutable'); END"
    ),
    (
        "CREATE TRIGGER marks_stay BEFORE DELETE ON marks WHEN 'deleting' IS NOT"
        " (SELECT status FROM sessions WHERE id = OLD.session_id)"
        " BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END"
    ),
    (
        "CREATE TRIGGER events_stay BEFORE DELETE ON events WHEN 'finished' IS"
        " (SELECT status FROM sessions WHERE id = OLD.session_id)"
        " BEGIN SELECT RAISE(ABORT, 'events are immutable'); END"
    ),
)
"""The log is kept by the database itself, whatever a later program may try."""


def upgrade() -> None:
    """Make the first tables."""
    _people()
    _sessions()
    _log()
    op.create_table(
        "receipts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
    )
    op.create_table(
        "facts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_facts"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(trigger)


def _people() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.UniqueConstraint("name_key", name="uq_persons_name_key"),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("retention_days >= 1", name="ck_consents_retention"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_consents_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_person_id", "consents", ["person_id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("consent_id", sa.String(), nullable=True),
        sa.Column("keep_policy", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_age_s", sa.Double(), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("deletion_reason", sa.String(), nullable=True),
        sa.Column("deletion_files", sa.Integer(), nullable=True),
        sa.Column("deletion_bytes", sa.Integer(), nullable=True),
        sa.Column("owner_pid", sa.Integer(), nullable=True),
        sa.Column("owner_started", sa.Double(), nullable=True),
        sa.Column("focus", sa.String(), nullable=True),
        sa.Column("checklist", sa.String(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.String(), nullable=True),
        sa.Column("app_version", sa.String(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.String(), nullable=False),
        sa.CheckConstraint(
            "sample OR (person_id IS NOT NULL AND consent_id IS NOT NULL)",
            name="ck_sessions_consented",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_sessions_person_id"),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name="fk_sessions_consent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    for column in ("person_id", "consent_id", "started_at", "status"):
        op.create_index(f"ix_sessions_{column}", "sessions", [column])


def _log() -> None:
    op.create_table(
        "marks",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("t", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("revises", sa.String(), nullable=False),
        sa.Column("tombstone", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_marks_session_id"),
        sa.PrimaryKeyConstraint("number", name="pk_marks"),
        sa.UniqueConstraint("id", name="uq_marks_id"),
    )
    op.create_index("ix_marks_session_id", "marks", ["session_id"])
    op.create_table(
        "events",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("cue", sa.String(), nullable=False),
        sa.Column("start_s", sa.Double(), nullable=False),
        sa.Column("end_s", sa.Double(), nullable=False),
        sa.Column("peak", sa.Double(), nullable=False),
        sa.Column("threshold", sa.Double(), nullable=False),
        sa.Column("own_normal", sa.Double(), nullable=True),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_events_session_id"),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
    )
    op.create_index("ix_events_session_id", "events", ["session_id"])
    op.create_index("ix_events_cue", "events", ["cue"])
