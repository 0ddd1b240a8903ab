"""Candidates whose record must not be erased, and when one was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("candidate") as table:
        table.add_column(sa.Column("hold_reason", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("hold_lifted_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("erased_at", sa.DateTime(), nullable=True))
        table.create_foreign_key(
            op.f("fk_candidate_hold_lifted_by_id_person"),
            "person",
            ["hold_lifted_by_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("candidate") as table:
        table.drop_constraint(op.f("fk_candidate_hold_lifted_by_id_person"), type_="foreignkey")
        for name in ("hold_reason", "hold_lifted_by_id", "erased_at"):
            table.drop_column(name)
