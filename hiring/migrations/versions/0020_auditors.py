"""The role of those who read the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

roles = sa.table(
    "role", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("description", sa.String)
)


def upgrade() -> None:
    op.bulk_insert(roles, [{"name": "auditor", "description": "Reads the record of who did what"}])


def downgrade() -> None:
    op.execute("DELETE FROM person_role WHERE role_id IN (SELECT id FROM role WHERE name = 'auditor')")
    op.execute(sa.delete(roles).where(roles.c.name == "auditor"))
