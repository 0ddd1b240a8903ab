"""What can be searched for in the bank, with SQLite's FTS5 or PostgreSQL's text search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FOUND = (
    "question",
    "follow_up",
    "listen_for",
    "note",
    "title",
    "indicator",
    "anchor",
    "meaning",
    "observation",
    "script",
    "message",
    "rule",
    "brief",
    "preset",
)
KINDS = ("behavioural", "situational", "knowledge", "motivation")
STATUSES = ("bundled", "draft", "reviewed", "active", "retired")

# The words were cut and stemmed before: this tokenizer only parts them at the spaces.
FULL_TEXT = """
CREATE VIRTUAL TABLE bank_passage_words USING fts5(
    words, content='bank_passage', content_rowid='id', tokenize='ascii', prefix='1 2 3'
)
"""
ADD = "INSERT INTO bank_passage_words (rowid, words) VALUES (new.id, new.words);"
REMOVE = (
    "INSERT INTO bank_passage_words (bank_passage_words, rowid, words) VALUES ('delete', old.id, old.words);"
)
# A table that batch mode makes anew loses its triggers: whoever changes this table creates them again.
TRIGGERS = {
    "bank_passage_added": ("INSERT", ADD),
    "bank_passage_removed": ("DELETE", REMOVE),
    "bank_passage_changed": ("UPDATE OF words", REMOVE + ADD),
}


def choice(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "bank_index_part",
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("fingerprint", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_bank_index_part")),
    )
    op.create_table(
        "bank_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("entry_revision", sa.Integer(), nullable=True),
        sa.Column("found", choice(FOUND, "found_known"), nullable=False),
        sa.Column("kind", choice(KINDS, "kind_known"), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("status", choice(STATUSES, "status_known"), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=True),
        sa.Column("ident", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("skill_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "(entry_id IS NULL) = (status = 'bundled')", name=op.f("ck_bank_passage_own_or_bundled")
        ),
        sa.CheckConstraint(
            "(entry_id IS NULL) = (entry_revision IS NULL)", name=op.f("ck_bank_passage_entry_with_revision")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["bank_entry.id"],
            name=op.f("fk_bank_passage_entry_id_bank_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_passage")),
    )
    facets = ["skill_id", "found", "kind", "level", "language", "status", "uses"]
    op.create_index("ix_bank_passage_facets", "bank_passage", facets)
    op.create_index(op.f("ix_bank_passage_entry_id"), "bank_passage", ["entry_id"])
    op.create_index(op.f("ix_bank_passage_ident"), "bank_passage", ["ident"])
    if op.get_context().dialect.name == "postgresql":
        # Without a list of what is still to be indexed, which every search would have to read.
        op.create_index(
            "ix_bank_passage_words",
            "bank_passage",
            ["words"],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    else:
        op.execute(FULL_TEXT)
        for name, (event, work) in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON bank_passage BEGIN {work} END")


def downgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        op.execute("DROP TABLE bank_passage_words")  # The triggers go with the table that they watch.
    op.drop_table("bank_passage")
    op.drop_table("bank_index_part")
