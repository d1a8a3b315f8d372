"""What the reader had said when a request was filed, about 1 KB a request. Older requests have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "readings",
        sa.Column("request_id", ID, autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("filed_as", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_readings_request_id"),
        sa.PrimaryKeyConstraint("request_id", name="pk_readings"),
    )
