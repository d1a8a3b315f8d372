"""By what sealed phones and lessons are found, and which keys seal. New columns are empty for older rows.

Older code writes on; what it writes is open text, which this code reads. It cannot read what is sealed: give
the key (LINYING_SECRET_KEY) once no older replica is left. `rotate-keys` seals what was written before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; the index finds rows of both kinds and takes the place of the one on open phones."""
    op.add_column("requests", sa.Column("phone_key", sa.Text()))
    op.add_column("lessons", sa.Column("text_key", sa.Text()))
    op.create_table(
        "sealing_keys",
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_sealing_keys"),
    )
    has_phone = sa.text("phone != ''")
    op.create_index(
        "ix_requests_phone_key",
        "requests",
        ["community_id", sa.text("coalesce(phone_key, phone)")],
        sqlite_where=has_phone,
        postgresql_where=has_phone,
    )
    op.drop_index("ix_requests_phone", "requests")
