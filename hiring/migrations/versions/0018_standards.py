"""What each of a hiring team expects of a candidate who is just good enough."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standard_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("level", sa.Double(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_standard_judgement_level_on_scale")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_standard_judgement_job_id_job"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_standard_judgement_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_judgement")),
        sa.UniqueConstraint(
            "job_id",
            "person_id",
            "skill_id",
            name=op.f("uq_standard_judgement_job_id_person_id_skill_id"),
        ),
    )
    op.create_index(
        op.f("ix_standard_judgement_person_id"), "standard_judgement", ["person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_standard_judgement_person_id"), table_name="standard_judgement")
    op.drop_table("standard_judgement")
