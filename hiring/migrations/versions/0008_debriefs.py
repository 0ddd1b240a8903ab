"""Debriefs with their consensus, open points and addenda."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def to(table: str, column: str, target: str, cascade: bool = False) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete="CASCADE" if cascade else None,
    )


def upgrade() -> None:
    op.create_table(
        "debrief",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_debrief_closed_by_somebody")
        ),
        to("debrief", "job_id", "job", cascade=True),
        to("debrief", "opened_by_id", "person"),
        to("debrief", "closed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
    )
    op.create_index(op.f("ix_debrief_job_id"), "debrief", ["job_id"])
    op.create_table(
        "debrief_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debrief_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("discussed_at", sa.DateTime(), nullable=True),
        to("debrief_candidate", "debrief_id", "debrief", cascade=True),
        to("debrief_candidate", "application_id", "application", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_candidate")),
        sa.UniqueConstraint(
            "debrief_id", "application_id", name=op.f("uq_debrief_candidate_debrief_id_application_id")
        ),
    )
    op.create_index(op.f("ix_debrief_candidate_application_id"), "debrief_candidate", ["application_id"])
    op.create_table(
        "consensus_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debrief_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_consensus_rating_level_on_scale")),
        sa.CheckConstraint("level IS NOT NULL OR reason <> ''", name=op.f("ck_consensus_rating_reason_if_n")),
        to("consensus_rating", "debrief_id", "debrief", cascade=True),
        to("consensus_rating", "application_id", "application", cascade=True),
        to("consensus_rating", "written_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus_rating")),
    )
    op.create_table(
        "open_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debrief_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_open_point_has_text")),
        to("open_point", "debrief_id", "debrief", cascade=True),
        to("open_point", "application_id", "application", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_point")),
    )
    op.create_table(
        "debrief_addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debrief_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_debrief_addendum_has_text")),
        to("debrief_addendum", "debrief_id", "debrief", cascade=True),
        to("debrief_addendum", "written_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_addendum")),
    )
    for table in ("consensus_rating", "open_point", "debrief_addendum"):
        op.create_index(op.f(f"ix_{table}_debrief_id"), table, ["debrief_id"])
    for table in ("consensus_rating", "open_point"):
        op.create_index(op.f(f"ix_{table}_application_id"), table, ["application_id"])


def downgrade() -> None:
    for table in ("debrief_addendum", "open_point", "consensus_rating", "debrief_candidate", "debrief"):
        op.drop_table(table)
