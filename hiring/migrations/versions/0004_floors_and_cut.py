"""Floors of must-have skills, and the cut of a job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "job_skill",
        sa.Column(
            "floor",
            sa.Integer(),
            sa.CheckConstraint("floor BETWEEN 2 AND 4", name=op.f("ck_job_skill_floor_on_scale")),
            nullable=True,
        ),
    )
    op.create_table(
        "job_cut",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("level > 1 AND level < 5", name=op.f("ck_job_cut_level_within_scale")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_job_cut_has_reason")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_job_cut_job_id_job"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_job_cut_set_by_id_person")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_cut")),
    )


def downgrade() -> None:
    op.drop_table("job_cut")
    op.drop_column("job_skill", "floor")
