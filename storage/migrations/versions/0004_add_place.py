"""A place told in words. Older code may go on writing: what it does not know is empty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.add_column("requests", sa.Column("place", sa.Text(), server_default="", nullable=False))
