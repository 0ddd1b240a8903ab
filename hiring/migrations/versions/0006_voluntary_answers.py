"""Voluntary answers about sex and ethnicity, and what was published of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SEXES = ("woman", "man", "another", "not_said")
ETHNICITIES = (
    "hispanic",
    "white",
    "black",
    "pacific_islander",
    "asian",
    "native_american",
    "two_or_more",
    "not_said",
)
STAGES = ("interviewed", "offered", "bottom_line", "above_median")


def choice(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "voluntary_questions",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("asks_sex", sa.Boolean(), nullable=False),
        sa.Column("asks_ethnicity", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_voluntary_questions_job_id_job"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_voluntary_questions_asked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_voluntary_questions")),
    )
    op.create_table(
        "voluntary_answer",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("sex", choice(SEXES, "sex_known"), nullable=False),
        sa.Column("ethnicity", choice(ETHNICITIES, "ethnicity_known"), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_voluntary_answer_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_voluntary_answer")),
    )
    op.create_table(
        "published_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("stage", choice(STAGES, "stage_known"), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=40), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("selected", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_published_cell_job_id_job"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_cell")),
        sa.UniqueConstraint(
            "job_id", "stage", "sex", "ethnicity", name=op.f("uq_published_cell_job_id_stage_sex_ethnicity")
        ),
    )
    op.create_index(op.f("ix_published_cell_job_id"), "published_cell", ["job_id"])


def downgrade() -> None:
    op.drop_table("published_cell")
    op.drop_table("voluntary_answer")
    op.drop_table("voluntary_questions")
