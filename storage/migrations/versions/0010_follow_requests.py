"""Who follows a request, which requests look alike; joint needs and their milestones.

New tables and two indexes: older code may go on writing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them."""
    _followers()
    _alikes()
    _joint_needs()
    op.create_index("ix_requests_alike", "requests", ["community_id", "item", "created_at", "id"])
    _partial_index("ix_requests_merged", "requests", ["community_id", "merged_into"], unique=False)


def _followers() -> None:
    op.create_table(
        "followers",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("origin_id", ID, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("unsolved_at", TIME),
        sa.PrimaryKeyConstraint("origin_id", "person_id", name="pk_followers"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_followers_request_id"),
        sa.ForeignKeyConstraint(["origin_id"], ["requests.id"], name="fk_followers_origin_id"),
    )
    op.create_index("ix_followers_request", "followers", ["request_id", "person_id"])
    op.create_index("ix_followers_person", "followers", ["community_id", "person_id", "since"])


def _alikes() -> None:
    op.create_table(
        "alikes",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "other_id", name="pk_alikes"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_alikes_request_id"),
        sa.ForeignKeyConstraint(["other_id"], ["requests.id"], name="fk_alikes_other_id"),
    )
    op.create_index("ix_alikes_other", "alikes", ["other_id", "request_id"])


def _joint_needs() -> None:
    op.create_table(
        "joint_needs",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("compound", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("request_id", ID),
        sa.Column("decided_at", TIME),
        sa.Column("decided_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_joint_needs"),
    )
    op.create_index("ix_joint_needs_item", "joint_needs", ["community_id", "item", "compound", "id"])
    op.create_index("ix_joint_needs_state", "joint_needs", ["community_id", "state", "id"])
    _partial_index("uq_joint_needs_request", "joint_needs", ["request_id"], unique=True)
    op.create_table(
        "joint_members",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("joint_id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("joint_id", "request_id", name="pk_joint_members"),
        sa.ForeignKeyConstraint(["joint_id"], ["joint_needs.id"], name="fk_joint_members_joint_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_joint_members_request_id"),
    )
    op.create_table(
        "milestones",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("joint_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_at", TIME),
        sa.Column("done_at", TIME),
        sa.Column("done_by", sa.BigInteger()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
        sa.ForeignKeyConstraint(["joint_id"], ["joint_needs.id"], name="fk_milestones_joint_id"),
    )
    op.create_index("ix_milestones_joint", "milestones", ["joint_id", "position"])


def _partial_index(name: str, table: str, columns: list[str], *, unique: bool) -> None:
    where = sa.text(f"{columns[-1]} IS NOT NULL")
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)
