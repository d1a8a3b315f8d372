"""What a message to go out was caused by, to follow it in the log. Older code writes on without it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.add_column("outbox", sa.Column("trace", sa.Text()))
