"""Lessons instead of corrections: without phone and door, and with what was decided on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

# The full words of a correction may hold a phone; the request's summary never does.
TAKE_OVER = """
INSERT INTO lessons
    (community_id, text, heard, runner_up, meant, source, role, at, state, label)
SELECT c.community_id, r.summary, c.old_item, '', c.new_item, 'refiled', 'admin', c.at, 'new', ''
FROM corrections c JOIN requests r ON r.id = c.request_id
WHERE r.summary <> '' AND length(r.summary) <= 500
ORDER BY c.id
"""


def upgrade() -> None:
    """Take over what was kept."""
    op.create_table(
        "lessons",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("runner_up", sa.Text(), nullable=False),
        sa.Column("meant", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("decided_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_lessons"),
    )
    op.create_index("ix_lessons_state", "lessons", ["community_id", "state", "id"])
    op.execute(TAKE_OVER)
    op.drop_table("corrections")
