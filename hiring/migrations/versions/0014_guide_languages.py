"""Guides in several languages, own notes, questions for the interviewer alone, and time zones of interviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ADDED = (
    ("guide_round", "prompts", sa.Text(), ""),
    ("guide_item", "note", sa.Text(), ""),
    ("guide_version", "translations", sa.JSON(), "{}"),
    ("interview", "language", sa.String(length=16), ""),
    ("interview", "time_zone", sa.String(length=64), ""),
)


def upgrade() -> None:
    for table, name, kind, empty in ADDED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=empty))


def downgrade() -> None:
    for table, name, _kind, _empty in reversed(ADDED):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
