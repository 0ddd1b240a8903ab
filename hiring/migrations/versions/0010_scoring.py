"""Scoring: notes and outcomes, versions, saves, entries, second ratings, practice, reminders, options of a job."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ADDED = {
    "application": ("code",),
    "job": ("ratings_open", "hides_names", "calibration_days"),
    "rating": ("outcome", "skip_reason", "notes", "probes", "seconds"),
}
CODE_LETTERS, CODE_LENGTH = "23456789BCDFGHJKMNPQRSTVWXYZ", 7


def upgrade() -> None:
    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("first_after_hours", sa.Integer(), nullable=False),
        sa.Column("every_hours", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("quiet_on_weekends", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("every_hours BETWEEN 1 AND 720", name=op.f("ck_reminder_rule_every_in_range")),
        sa.CheckConstraint(
            "first_after_hours BETWEEN 1 AND 720", name=op.f("ck_reminder_rule_first_in_range")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_reminder_rule_only_one")),
        sa.CheckConstraint("most BETWEEN 1 AND 20", name=op.f("ck_reminder_rule_most_in_range")),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 23", name=op.f("ck_reminder_rule_quiet_from_on_clock")),
        sa.CheckConstraint(
            "quiet_until BETWEEN 0 AND 23", name=op.f("ck_reminder_rule_quiet_until_on_clock")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rule")),
    )
    op.create_table(
        "evidence_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_evidence_review_job_id_job"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_evidence_review_opened_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_review")),
    )
    op.create_index(op.f("ix_evidence_review_job_id"), "evidence_review", ["job_id"])

    op.create_table(
        "practice_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("is_calibration", sa.Boolean(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_round_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_round")),
    )
    op.create_index(op.f("ix_practice_round_person_id"), "practice_round", ["person_id"])

    op.create_table(
        "trainer",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_trainer_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["person.id"], name=op.f("fk_trainer_trainer_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_trainer")),
    )
    op.create_index(op.f("ix_trainer_trainer_id"), "trainer", ["trainer_id"])

    op.create_table(
        "evidence_reviewer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_evidence_reviewer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["evidence_review.id"],
            name=op.f("fk_evidence_reviewer_review_id_evidence_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_reviewer")),
        sa.UniqueConstraint("review_id", "person_id", name=op.f("uq_evidence_reviewer_review_id_person_id")),
    )
    op.create_index(op.f("ix_evidence_reviewer_person_id"), "evidence_reviewer", ["person_id"])

    op.create_table(
        "practice_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.String(length=80), nullable=False),
        sa.Column("skill_id", sa.String(length=60), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(level IS NULL) = (rated_at IS NULL)", name=op.f("ck_practice_rating_rated_once")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_practice_rating_level_on_scale")),
        sa.CheckConstraint("target BETWEEN 1 AND 5", name=op.f("ck_practice_rating_target_on_scale")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["practice_round.id"],
            name=op.f("fk_practice_rating_round_id_practice_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_rating")),
        sa.UniqueConstraint("round_id", "sample_id", name=op.f("uq_practice_rating_round_id_sample_id")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_reminder_asked_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_reminder_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "interview_id", "person_id", "number", name=op.f("uq_reminder_interview_id_person_id_number")
        ),
    )
    op.create_index(op.f("ix_reminder_person_id"), "reminder", ["person_id"])

    op.create_table(
        "scorecard_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("interviewer_id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "offline_form",
                "paper",
                name="source_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "taken",
                "refused",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_scorecard_entry_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_scorecard_entry_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"], ["person.id"], name=op.f("fk_scorecard_entry_interviewer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_entry")),
    )
    op.create_index(op.f("ix_scorecard_entry_interview_id"), "scorecard_entry", ["interview_id"])
    op.create_index(op.f("ix_scorecard_entry_interviewer_id"), "scorecard_entry", ["interviewer_id"])

    op.create_table(
        "scorecard_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("card_revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
            name=op.f("fk_scorecard_save_scorecard_id_scorecard"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_save")),
        sa.UniqueConstraint("scorecard_id", "key", name=op.f("uq_scorecard_save_scorecard_id_key")),
    )
    op.create_table(
        "scorecard_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopen_reason", sa.Text(), nullable=False),
        sa.Column("had_read_others", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "reopened_at IS NULL OR (reopened_by_id IS NOT NULL AND reopen_reason <> '')",
            name=op.f("ck_scorecard_version_reason_if_reopened"),
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"], ["person.id"], name=op.f("fk_scorecard_version_reopened_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecard.id"],
            name=op.f("fk_scorecard_version_scorecard_id_scorecard"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_version")),
        sa.UniqueConstraint("scorecard_id", "number", name=op.f("uq_scorecard_version_scorecard_id_number")),
    )
    op.create_table(
        "second_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("not_enough_evidence", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_second_rating_level_on_scale")),
        sa.CheckConstraint("not_enough_evidence = (level IS NULL)", name=op.f("ck_second_rating_level_or_n")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_rating_person_id_person")),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["rating.id"], name=op.f("fk_second_rating_rating_id_rating"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["evidence_review.id"],
            name=op.f("fk_second_rating_review_id_evidence_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_rating")),
        sa.UniqueConstraint(
            "review_id", "rating_id", "person_id", name=op.f("uq_second_rating_review_id_rating_id_person_id")
        ),
    )
    op.create_index(op.f("ix_second_rating_person_id"), "second_rating", ["person_id"])
    op.create_index(op.f("ix_second_rating_rating_id"), "second_rating", ["rating_id"])

    op.add_column("application", sa.Column("code", sa.String(length=8), server_default="", nullable=False))
    _give_codes()
    op.create_index("uq_application_job_id_code", "application", ["job_id", "code"], unique=True)

    op.add_column(
        "job",
        sa.Column(
            "ratings_open",
            sa.String(length=40),
            sa.CheckConstraint(
                "ratings_open IN ('after_own', 'after_all', 'at_debrief')",
                name=op.f("ck_job_ratings_open_known"),
            ),
            server_default="after_own",
            nullable=False,
        ),
    )
    op.add_column("job", sa.Column("hides_names", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column(
        "job",
        sa.Column(
            "calibration_days",
            sa.Integer(),
            sa.CheckConstraint(
                "calibration_days BETWEEN 1 AND 730", name=op.f("ck_job_calibration_in_range")
            ),
            nullable=True,
        ),
    )
    op.add_column(
        "rating",
        sa.Column(
            "outcome",
            sa.String(length=40),
            sa.CheckConstraint("outcome IN ('asked', 'skipped')", name=op.f("ck_rating_outcome_known")),
            nullable=True,
        ),
    )
    op.add_column("rating", sa.Column("skip_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("rating", sa.Column("notes", sa.Text(), server_default="", nullable=False))
    op.add_column("rating", sa.Column("probes", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column(
        "rating",
        sa.Column(
            "seconds",
            sa.Integer(),
            sa.CheckConstraint("seconds >= 0", name=op.f("ck_rating_time_passed")),
            nullable=True,
        ),
    )


def _give_codes() -> None:
    applications = sa.table("application", sa.column("id", sa.Integer), sa.column("code", sa.String))
    numbers = op.get_bind().execute(sa.select(applications.c.id)).scalars().all()
    for number in numbers:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        op.execute(applications.update().where(applications.c.id == number).values(code=code))


def downgrade() -> None:
    op.drop_table("second_rating")
    op.drop_table("scorecard_version")
    op.drop_table("scorecard_save")
    op.drop_table("scorecard_entry")
    op.drop_table("reminder")
    op.drop_table("practice_rating")
    op.drop_table("evidence_reviewer")
    op.drop_table("trainer")
    op.drop_table("practice_round")
    op.drop_table("evidence_review")
    op.drop_table("reminder_rule")
    op.drop_index("uq_application_job_id_code", "application")
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)
