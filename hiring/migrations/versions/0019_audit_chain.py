"""Audit entries are linked, and the database refuses to change or delete them.

What names people can be erased once: actor and details, with the nonce. Whoever changes this table in batch mode makes
the triggers anew, because SQLite loses them there.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEGINNING = "0" * 64
SOFTWARE_BEFORE = "before 0.2"
# What an erased entry says in place of names; SQLAlchemy writes JSON like this in both databases.
ERASED = "NEW.actor_id IS NULL AND NEW.actor_name = 'Erased' AND NEW.nonce = ''"
ERASED_DETAILS = "'{\"erased\": true}'"
KEPT = (
    "id",
    "at",
    "action",
    "thing",
    "thing_id",
    "job_id",
    "guide_version",
    "software",
    "digest",
    "previous",
    "chain",
)

EVENTS = sa.table(
    "audit_event",
    *(sa.column(name) for name in ("id", "actor_id", "actor_name", "action", "thing", "thing_id", "job_id")),
    sa.column("at", sa.DateTime()),
    sa.column("details", sa.JSON()),
    *(sa.column(name) for name in ("nonce", "digest", "previous", "chain")),
)


def upgrade() -> None:
    with op.batch_alter_table("audit_event") as table:
        # The numbers of people who left stay as they were: a changed entry would be no record.
        table.drop_constraint(op.f("fk_audit_event_actor_id_person"), type_="foreignkey")
        table.add_column(sa.Column("guide_version", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("software", sa.String(length=40), nullable=False, server_default=SOFTWARE_BEFORE)
        )
        table.add_column(sa.Column("nonce", sa.String(length=32), nullable=False, server_default=""))
        for name in ("digest", "previous", "chain"):
            table.add_column(sa.Column(name, sa.String(length=64), nullable=False, server_default=""))
    _link_all()
    with op.batch_alter_table("audit_event") as table:
        for name in ("software", "nonce", "digest", "previous", "chain"):
            table.alter_column(name, existing_type=sa.String(), existing_nullable=False, server_default=None)
    _make_triggers()


def downgrade() -> None:
    _drop_triggers()
    with op.batch_alter_table("audit_event") as table:
        for name in ("guide_version", "software", "nonce", "digest", "previous", "chain"):
            table.drop_column(name)
    # People who left are named by number no more.
    op.execute("UPDATE audit_event SET actor_id = NULL WHERE actor_id NOT IN (SELECT id FROM person)")
    with op.batch_alter_table("audit_event") as table:
        table.create_foreign_key(
            op.f("fk_audit_event_actor_id_person"), "person", ["actor_id"], ["id"], ondelete="SET NULL"
        )


def _link_all() -> None:
    """The chain as ``hiring.audit`` computed it when this revision was written."""
    connection, previous = op.get_bind(), BEGINNING
    for row in connection.execute(sa.select(EVENTS).order_by(EVENTS.c.id)).mappings().all():
        nonce = secrets.token_hex(16)
        named = {"actor_id": row["actor_id"], "actor_name": row["actor_name"], "details": row["details"]}
        digest = _sha256(nonce + _canonical(named))
        kept = {name: row[name] for name in ("action", "thing", "thing_id", "job_id")}
        kept |= {"at": f"{row['at'].isoformat()}+00:00", "guide_version": None, "software": SOFTWARE_BEFORE}
        chain = _sha256(_canonical(kept | {"digest": digest, "previous": previous}))
        values = {"nonce": nonce, "digest": digest, "previous": previous, "chain": chain}
        connection.execute(sa.update(EVENTS).where(EVENTS.c.id == row["id"]).values(**values))
        previous = chain


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _make_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
        erased = f"{ERASED} AND NEW.details = {ERASED_DETAILS}"
        op.execute(
            f"CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE ON audit_event WHEN NOT ({same} AND {erased}) "
            "BEGIN SELECT RAISE(ABORT, 'Audit entries are never changed.'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_event_is_not_deleted BEFORE DELETE ON audit_event "
            "BEGIN SELECT RAISE(ABORT, 'Audit entries are never deleted.'); END"
        )
        return
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT)
    erased = f"{ERASED} AND NEW.details::text = {ERASED_DETAILS}"
    op.execute(
        "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {same} AND {erased} THEN RETURN NEW; END IF; END IF; "
        "RAISE EXCEPTION 'Audit entries are never changed or deleted.'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE OR DELETE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()"
    )
    op.execute(
        "CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()"
    )


def _drop_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_event_is_not_changed")
        op.execute("DROP TRIGGER audit_event_is_not_deleted")
        return
    op.execute("DROP TRIGGER audit_event_is_not_changed ON audit_event")
    op.execute("DROP TRIGGER audit_event_is_not_emptied ON audit_event")
    op.execute("DROP FUNCTION audit_event_refuse()")
