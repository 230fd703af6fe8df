"""Which scenario a session practised, on which side of the counter, and what was found."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them to the sessions; earlier ones had no scenario and stood on the staff's side."""
    op.add_column("sessions", sa.Column("scenario", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("role", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("practices", sa.String(), nullable=True))
