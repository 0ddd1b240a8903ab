"""The organisation's own standard for its hiring process."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RANGES = (
    ("first_answer_days", "first_answer_in_range", 365),
    ("first_interview_days", "first_interview_in_range", 365),
    ("decision_days", "decision_in_range", 365),
    ("silence_days", "silence_in_range", 365),
    ("scorecard_hours", "scorecard_in_range", 720),
)


def upgrade() -> None:
    op.create_table(
        "process_standard",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column, _name, _most in RANGES),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_process_standard_only_one")),
        *(
            sa.CheckConstraint(f"{column} BETWEEN 1 AND {most}", name=op.f(f"ck_process_standard_{name}"))
            for column, name, most in RANGES
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_standard")),
    )


def downgrade() -> None:
    op.drop_table("process_standard")
