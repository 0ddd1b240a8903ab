"""What closed minutes say about each candidate, and who answered an open point."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ANSWERED_BY = "fk_open_point_answered_by_id_person"


def upgrade() -> None:
    op.add_column("debrief_candidate", sa.Column("minuted", sa.JSON(), nullable=True))
    with op.batch_alter_table("open_point") as points:
        points.add_column(sa.Column("answered_by_id", sa.Integer(), nullable=True))
        points.create_foreign_key(op.f(ANSWERED_BY), "person", ["answered_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("open_point") as points:
        points.drop_constraint(op.f(ANSWERED_BY), type_="foreignkey")
        points.drop_column("answered_by_id")
    op.drop_column("debrief_candidate", "minuted")
