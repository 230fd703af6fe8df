"""Profiles on a shared machine, partners' consent, hand-over, imports, the library of clips."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns to what there is, and the tables of sharing, importing and clips."""
    _columns()
    _sharing()
    op.create_table(
        "imports",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("remedy", sa.String(), nullable=True),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("keep_policy", sa.String(), nullable=False),
        sa.Column("place", sa.Double(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("owner_pid", sa.Integer(), nullable=True),
        sa.Column("owner_started", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_imports_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_person_id", "imports", ["person_id"])
    op.create_table(
        "clips",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("start_s", sa.Double(), nullable=False),
        sa.Column("end_s", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("with_picture", sa.Boolean(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_clips_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_clips_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clips"),
    )
    op.create_index("ix_clips_person_id", "clips", ["person_id"])
    op.create_index("ix_clips_session_id", "clips", ["session_id"])


def _columns() -> None:
    op.add_column("persons", sa.Column("role", sa.String(), nullable=False, server_default="staff"))
    op.add_column("persons", sa.Column("removed_at", sa.DateTime(), nullable=True))
    op.add_column("consents", sa.Column("kind", sa.String(), nullable=False, server_default="own"))
    op.add_column("consents", sa.Column("given_by", sa.String(), nullable=True))
    op.add_column(
        "sessions", sa.Column("origin", sa.String(), nullable=False, server_default="recorded")
    )
    op.add_column("sessions", sa.Column("partner_consent_id", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("owner_name", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("share_id", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("sender_key", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("expires_at", sa.DateTime(), nullable=True))
    op.add_column("sessions", sa.Column("expires_age_s", sa.Double(), nullable=True))
    op.create_index("ix_sessions_partner_consent_id", "sessions", ["partner_consent_id"])
    op.create_index("ix_sessions_share_id", "sessions", ["share_id"])
    op.add_column("receipts", sa.Column("person_id", sa.String(), nullable=True))
    op.create_index("ix_receipts_person_id", "receipts", ["person_id"])
    notes = sa.text("kind = 'note' OR tombstone")
    op.create_index("ix_marks_notes", "marks", ["session_id"], sqlite_where=notes)


def _sharing() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("start_s", sa.Double(), nullable=False),
        sa.Column("end_s", sa.Double(), nullable=False),
        sa.Column("with_picture", sa.Boolean(), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_shares_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
    )
    op.create_index("ix_shares_person_id", "shares", ["person_id"])
    op.create_index("ix_shares_session_id", "shares", ["session_id"])
    op.create_table(
        "contacts",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("met_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_contacts_person_id"),
        sa.PrimaryKeyConstraint("person_id", "public_key", name="pk_contacts"),
    )
    op.create_table(
        "withdrawals",
        sa.Column("share_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("share_id", "public_key", name="pk_withdrawals"),
    )
