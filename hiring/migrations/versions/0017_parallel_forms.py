"""Versions of a guide that are parallel forms of another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("guide_version") as table:
        table.add_column(sa.Column("parallel_to_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_guide_version_parallel_to_id_guide_version"),
            "guide_version",
            ["parallel_to_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("guide_version") as table:
        table.drop_constraint(op.f("fk_guide_version_parallel_to_id_guide_version"), type_="foreignkey")
        table.drop_column("parallel_to_id")
