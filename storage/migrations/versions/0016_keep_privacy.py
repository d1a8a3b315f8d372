"""Who asked to be forgotten and how far that is; what was blanked; whom to ask for consent only once.

New tables, nullable columns, an index: older code goes on writing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
_CLOSED = "status IN ('cancelled', 'confirmed', 'declined', 'merged') AND wiped_at IS NULL"


def upgrade() -> None:
    """Add them."""
    op.add_column("requests", sa.Column("wiped_at", TIME))
    op.create_index(
        "ix_requests_unwiped",
        "requests",
        ["community_id", "updated_at", "id"],
        sqlite_where=sa.text(_CLOSED),
        postgresql_where=sa.text(_CLOSED),
    )
    op.add_column("problems", sa.Column("person_id", sa.BigInteger()))
    op.add_column("people", sa.Column("consent_asked_at", TIME))
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("begun_at", TIME),
        sa.Column("done_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    standing = "person_id IS NOT NULL"
    op.create_index(
        "uq_erasures_person",
        "erasures",
        ["community_id", "person_id"],
        unique=True,
        sqlite_where=sa.text(standing),
        postgresql_where=sa.text(standing),
    )
    op.create_table(
        "sweeps",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("began_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "name", name="pk_sweeps"),
    )
