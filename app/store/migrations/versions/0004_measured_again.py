"""Which measurement of a session its episodes are of: a former one's stay beside the last one's."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns: what there is, is of the first measurement."""
    op.add_column("events", sa.Column("measured_at", sa.DateTime(), nullable=True))
    op.add_column("sessions", sa.Column("measured_at", sa.DateTime(), nullable=True))
