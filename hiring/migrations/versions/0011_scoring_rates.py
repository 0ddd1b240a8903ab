"""Rates of who is rated above the middle, for each kind of conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BEFORE = ("interviewed", "offered", "bottom_line", "above_median")
ADDED = ("above_in_screen", "above_in_structured", "above_in_panel", "above_in_final")
KEPT = ("job_id", "stage", "sex", "ethnicity", "reached", "selected", "published_at")


def upgrade() -> None:
    _make_again((*BEFORE, *ADDED))


def downgrade() -> None:
    _make_again(BEFORE)


def _make_again(stages: tuple[str, ...]) -> None:
    """The table with these stages and what it held of them; SQLite cannot change a check in place."""
    columns = [sa.column(name, sa.DateTime() if name == "published_at" else None) for name in KEPT]
    cells = sa.table("published_cell", *columns)
    rows = op.get_bind().execute(sa.select(*cells.c).where(cells.c.stage.in_(stages))).mappings().all()
    op.drop_table("published_cell")
    made = op.create_table(
        "published_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(*stages, name="stage_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
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
    if rows:
        op.bulk_insert(made, [dict(row) for row in rows])
