"""What a session was called before its owner gave it a name."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column: nobody has given a name yet."""
    op.add_column("sessions", sa.Column("former_title", sa.String(), nullable=True))
