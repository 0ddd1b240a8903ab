"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


roles = sa.table("role", sa.column("name", sa.String), sa.column("description", sa.String))


def upgrade() -> None:
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_email"), ["email"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "open",
                "closed",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_channel", sa.String(length=200), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "paper",
            sa.Enum(
                "a4",
                "letter",
                name="paper_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_organisation_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=255), nullable=True),
        sa.Column("permissions", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "in_review",
                "invited",
                "interview_scheduled",
                "interviewed",
                "waiting_for_candidate",
                "on_hold",
                "reopened",
                "offer",
                "hired",
                "closed_not_selected",
                "closed_position",
                "withdrawn",
                "talent_pool",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("restart_date", sa.Date(), nullable=True),
        sa.Column("source_of_contact", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'on_hold' OR (status_reason <> '' AND restart_date IS NOT NULL)",
            name=op.f("ck_application_reason_and_date_if_on_hold"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('closed_not_selected', 'closed_position', 'withdrawn') OR status_reason <> ''",
            name=op.f("ck_application_reason_if_closed"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_application_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("fk_application_job_id_job"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("job_id", "candidate_id", name=op.f("uq_application_job_id_candidate_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("thing", sa.String(length=60), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["person.id"],
            name=op.f("fk_audit_event_actor_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_job_id"), ["job_id"], unique=False)

    op.create_table(
        "guide",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("preset_id", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_guide_job_id_job"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide")),
        sa.UniqueConstraint("job_id", name=op.f("uq_guide_job_id")),
    )
    op.create_table(
        "job_brief",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("role_purpose", sa.Text(), nullable=False),
        sa.Column("customers_and_channels", sa.Text(), nullable=False),
        sa.Column("touch_points", sa.Text(), nullable=False),
        sa.Column("decision_room", sa.Text(), nullable=False),
        sa.Column("service_standards", sa.Text(), nullable=False),
        sa.Column("culture_and_values", sa.Text(), nullable=False),
        sa.Column("work_environment", sa.Text(), nullable=False),
        sa.Column("growth_and_vision", sa.Text(), nullable=False),
        sa.Column("what_we_give", sa.Text(), nullable=False),
        sa.Column("unique_skills_here", sa.Text(), nullable=False),
        sa.Column("product_to_learn", sa.Text(), nullable=False),
        sa.Column("must_not_matter", sa.Text(), nullable=False),
        sa.Column("process_and_dates", sa.Text(), nullable=False),
        sa.Column("who_takes_part", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("fk_job_brief_job_id_job"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_brief")),
    )
    op.create_table(
        "job_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "hiring_manager",
                "recruiter",
                "interviewer",
                name="role_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("fk_job_member_job_id_job"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_job_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_member")),
        sa.UniqueConstraint("job_id", "person_id", name=op.f("uq_job_member_job_id_person_id")),
    )
    with op.batch_alter_table("job_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "job_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("weight_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "weight = 1 OR weight_reason <> ''",
            name=op.f("ck_job_skill_reason_if_unequal"),
        ),
        sa.CheckConstraint("weight BETWEEN 1 AND 10", name=op.f("ck_job_skill_weight_in_range")),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["job.id"],
            name=op.f("fk_job_skill_job_id_job"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_skill")),
        sa.UniqueConstraint("job_id", "skill_id", name=op.f("uq_job_skill_job_id_skill_id")),
    )
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_role_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["role.id"],
            name=op.f("fk_person_role_role_id_role"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "role_id", name=op.f("pk_person_role")),
    )
    op.create_table(
        "candidate_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_candidate_message_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"],
            ["person.id"],
            name=op.f("fk_candidate_message_drafted_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_message")),
    )
    with op.batch_alter_table("candidate_message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_candidate_message_application_id"),
            ["application_id"],
            unique=False,
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "hire",
                "no_hire",
                "hold",
                name="outcome_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason_code", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("skill_ids", sa.JSON(), nullable=False),
        sa.Column("restart_date", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'hold' OR restart_date IS NOT NULL",
            name=op.f("ck_decision_date_if_hold"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_decision_has_reason")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_decision_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["person.id"],
            name=op.f("fk_decision_decided_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_application_id"), ["application_id"], unique=False)

    op.create_table(
        "guide_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "screen",
                "structured",
                "panel",
                "final",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opening_minutes", sa.Integer(), nullable=False),
        sa.Column("closing_minutes", sa.Integer(), nullable=False),
        sa.Column("opening_script", sa.Text(), nullable=False),
        sa.Column("closing_script", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "closing_minutes BETWEEN 0 AND 60",
            name=op.f("ck_guide_round_closing_in_range"),
        ),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name=op.f("ck_guide_round_minutes_in_range")),
        sa.CheckConstraint(
            "opening_minutes BETWEEN 0 AND 60",
            name=op.f("ck_guide_round_opening_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["guide_id"],
            ["guide.id"],
            name=op.f("fk_guide_round_guide_id_guide"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_round")),
    )
    with op.batch_alter_table("guide_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guide_round_guide_id"), ["guide_id"], unique=False)

    op.create_table(
        "guide_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("bank_version", sa.String(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guide_id"], ["guide.id"], name=op.f("fk_guide_version_guide_id_guide")),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["person.id"],
            name=op.f("fk_guide_version_published_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_version")),
        sa.UniqueConstraint("guide_id", "number", name=op.f("uq_guide_version_guide_id_number")),
    )
    with op.batch_alter_table("guide_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guide_version_guide_id"), ["guide_id"], unique=False)

    op.create_table(
        "guide_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 60", name=op.f("ck_guide_item_minutes_in_range")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["guide_round.id"],
            name=op.f("fk_guide_item_round_id_guide_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_item")),
    )
    with op.batch_alter_table("guide_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guide_item_round_id"), ["round_id"], unique=False)

    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("guide_version_id", sa.Integer(), nullable=False),
        sa.Column("round_position", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "held",
                "cancelled",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_interview_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guide_version_id"],
            ["guide_version.id"],
            name=op.f("fk_interview_guide_version_id_guide_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_interview_guide_version_id"),
            ["guide_version_id"],
            unique=False,
        )

    op.create_table(
        "panelist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_panelist_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panelist_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panelist")),
        sa.UniqueConstraint("interview_id", "person_id", name=op.f("uq_panelist_interview_id_person_id")),
    )
    with op.batch_alter_table("panelist", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panelist_person_id"), ["person_id"], unique=False)

    op.create_table(
        "scorecard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("interviewer_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "recommendation",
            sa.Enum(
                "strong_hire",
                "hire",
                "no_hire",
                "strong_no_hire",
                "undecided",
                name="recommendation_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("recommendation_reason", sa.Text(), nullable=False),
        sa.Column("open_point", sa.Text(), nullable=False),
        sa.Column("contradiction_reason", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'submitted' OR (recommendation IS NOT NULL AND submitted_at IS NOT NULL)",
            name=op.f("ck_scorecard_complete_if_submitted"),
        ),
        sa.CheckConstraint(
            "status <> 'submitted' OR recommendation <> 'undecided' OR open_point <> ''",
            name=op.f("ck_scorecard_open_point_if_undecided"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_scorecard_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"],
            ["person.id"],
            name=op.f("fk_scorecard_interviewer_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard")),
        sa.UniqueConstraint(
            "interview_id",
            "interviewer_id",
            name=op.f("uq_scorecard_interview_id_interviewer_id"),
        ),
    )
    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scorecard_interviewer_id"), ["interviewer_id"], unique=False)

    op.create_table(
        "observation_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "seen",
                "not_seen",
                "no_occasion",
                name="state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
            name=op.f("fk_observation_mark_scorecard_id_scorecard"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_mark")),
        sa.UniqueConstraint(
            "scorecard_id",
            "observation_id",
            name=op.f("uq_observation_mark_scorecard_id_observation_id"),
        ),
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("not_enough_evidence", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "NOT (not_enough_evidence AND level IS NOT NULL)",
            name=op.f("ck_rating_level_or_n"),
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_rating_level_on_scale")),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
            name=op.f("fk_rating_scorecard_id_scorecard"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "scorecard_id",
            "question_id",
            name=op.f("uq_rating_scorecard_id_question_id"),
        ),
    )

    op.bulk_insert(
        roles,
        [
            {"name": name, "description": description}
            for name, description in (
                ("administrator", "Sets up the installation and its people"),
                ("recruiter", "Leads every job's process"),
                ("hiring_manager", "Leads own jobs and decides"),
                ("interviewer", "Interviews and rates"),
                ("hr", "Reads and exports the records"),
            )
        ],
    )


def downgrade() -> None:
    op.drop_table("rating")
    op.drop_table("observation_mark")
    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scorecard_interviewer_id"))

    op.drop_table("scorecard")
    with op.batch_alter_table("panelist", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panelist_person_id"))

    op.drop_table("panelist")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_guide_version_id"))
        batch_op.drop_index(batch_op.f("ix_interview_application_id"))

    op.drop_table("interview")
    with op.batch_alter_table("guide_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guide_item_round_id"))

    op.drop_table("guide_item")
    with op.batch_alter_table("guide_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guide_version_guide_id"))

    op.drop_table("guide_version")
    with op.batch_alter_table("guide_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guide_round_guide_id"))

    op.drop_table("guide_round")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_application_id"))

    op.drop_table("decision")
    with op.batch_alter_table("candidate_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_message_application_id"))

    op.drop_table("candidate_message")
    op.drop_table("person_role")
    op.drop_table("job_skill")
    with op.batch_alter_table("job_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_member_person_id"))

    op.drop_table("job_member")
    op.drop_table("job_brief")
    op.drop_table("guide")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_job_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))

    op.drop_table("audit_event")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_candidate_id"))

    op.drop_table("application")
    op.drop_table("role")
    op.drop_table("person")
    op.drop_table("organisation")
    op.drop_table("job")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_email"))

    op.drop_table("candidate")
