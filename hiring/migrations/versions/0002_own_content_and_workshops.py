"""Own content of the bank, its editions, and workshops on anchors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_edition")),
        sa.UniqueConstraint("version", name=op.f("uq_bank_edition_version")),
    )
    op.create_table(
        "bank_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ident", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "skill", "probe", name="kind_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("copied_from", sa.String(length=80), nullable=True),
        sa.Column("copied_revision", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(copied_from IS NULL) = (copied_revision IS NULL)",
            name=op.f("ck_bank_entry_copy_knows_what_was_copied"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_entry")),
        sa.UniqueConstraint("ident", name=op.f("uq_bank_entry_ident")),
    )
    with op.batch_alter_table("bank_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_entry_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "bank_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "reviewed",
                "active",
                "retired",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("activated_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_bank_revision_reason_given")),
        sa.CheckConstraint(
            "status NOT IN ('reviewed', 'active') OR reviewed_by_id IS NOT NULL",
            name=op.f("ck_bank_revision_reviewed_if_in_use"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_bank_revision_numbers_count_from_one")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_bank_revision_author_id_person")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["bank_entry.id"],
            name=op.f("fk_bank_revision_entry_id_bank_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name=op.f("fk_bank_revision_reviewed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_revision")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_bank_revision_entry_id_number")),
    )
    with op.batch_alter_table("bank_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_revision_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            "ix_bank_revision_one_active",
            ["entry_id"],
            unique=True,
            sqlite_where=sa.text("status = 'active'"),
            postgresql_where=sa.text("status = 'active'"),
        )

    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposing",
                "sorting",
                "closed",
                "signed_off",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("led_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(), nullable=True),
        sa.Column("sign_off_note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'signed_off') = (signed_off_by_id IS NOT NULL)",
            name=op.f("ck_workshop_signed_off_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["led_by_id"], ["person.id"], name=op.f("fk_workshop_led_by_id_person")),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"], ["person.id"], name=op.f("fk_workshop_signed_off_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
    )
    op.create_table(
        "workshop_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_workshop_anchor_level_on_scale")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_workshop_anchor_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_workshop_anchor_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_anchor")),
    )
    with op.batch_alter_table("workshop_anchor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_anchor_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_sorter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_workshop_sorter_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_workshop_sorter_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_sorter")),
        sa.UniqueConstraint(
            "workshop_id", "person_id", name=op.f("uq_workshop_sorter_workshop_id_person_id")
        ),
    )
    with op.batch_alter_table("workshop_sorter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_sorter_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_sorter_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sorter_id", sa.Integer(), nullable=False),
        sa.Column("anchor_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_workshop_placement_level_on_scale")),
        sa.CheckConstraint(
            "skill_id IS NOT NULL OR level IS NULL", name=op.f("ck_workshop_placement_no_level_without_skill")
        ),
        sa.ForeignKeyConstraint(
            ["anchor_id"],
            ["workshop_anchor.id"],
            name=op.f("fk_workshop_placement_anchor_id_workshop_anchor"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sorter_id"],
            ["workshop_sorter.id"],
            name=op.f("fk_workshop_placement_sorter_id_workshop_sorter"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_placement")),
        sa.UniqueConstraint("sorter_id", "anchor_id", name=op.f("uq_workshop_placement_sorter_id_anchor_id")),
    )
    with op.batch_alter_table("workshop_placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_placement_anchor_id"), ["anchor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_placement_sorter_id"), ["sorter_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("workshop_placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_placement_sorter_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_placement_anchor_id"))

    op.drop_table("workshop_placement")
    with op.batch_alter_table("workshop_sorter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_sorter_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_sorter_person_id"))

    op.drop_table("workshop_sorter")
    with op.batch_alter_table("workshop_anchor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_anchor_workshop_id"))

    op.drop_table("workshop_anchor")
    op.drop_table("workshop")
    with op.batch_alter_table("bank_revision", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_bank_revision_one_active",
            sqlite_where=sa.text("status = 'active'"),
            postgresql_where=sa.text("status = 'active'"),
        )
        batch_op.drop_index(batch_op.f("ix_bank_revision_entry_id"))

    op.drop_table("bank_revision")
    with op.batch_alter_table("bank_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_entry_skill_id"))

    op.drop_table("bank_entry")
    op.drop_table("bank_edition")
