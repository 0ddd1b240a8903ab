"""Questions that no longer count in a job's figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dropped_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dropped_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_dropped_question_has_reason")),
        sa.ForeignKeyConstraint(
            ["dropped_by_id"], ["person.id"], name=op.f("fk_dropped_question_dropped_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_dropped_question_job_id_job"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropped_question")),
        sa.UniqueConstraint("job_id", "question_id", name=op.f("uq_dropped_question_job_id_question_id")),
    )


def downgrade() -> None:
    op.drop_table("dropped_question")
