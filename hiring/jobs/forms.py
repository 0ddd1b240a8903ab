"""What may be typed about jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from hiring.bank.queries import skills
from hiring.errors import Refused
from hiring.forms import Form, RevisionField, WholeNumberField, line, paragraph, tidy
from hiring.i18n import gettext
from hiring.i18n import lazy_gettext as _
from hiring.jobs.operations import ChosenSkill
from hiring.labels import choices
from hiring.models import (
    BRIEF_FIELDS,
    EQUAL_WEIGHT,
    HEAVIEST_WEIGHT,
    HIGHEST_FLOOR,
    LOWEST_FLOOR,
    JobStatus,
    Person,
    RatingsOpen,
    TeamRole,
)
from question_bank import Skill, brief_fields

LONGEST_LINE = 200
LONGEST_BRIEF_TEXT = 5000
LONGEST_REASON = 1000
FLOORS = range(LOWEST_FLOOR, HIGHEST_FLOOR + 1)


class JobForm(Form):
    """What a job is called, where it is, and whom candidates turn to."""

    title = line(_("Title"), LONGEST_LINE, _("Write a title of at most 200 characters."))
    location = line(_("Location"), LONGEST_LINE, hint=_("A place, “from home”, or both."))
    contact_name = line(
        _("Contact for candidates"), LONGEST_LINE, hint=_("The person named in messages to candidates.")
    )
    contact_channel = line(
        _("How to reach the contact"), LONGEST_LINE, hint=_("An e-mail address, a telephone number, or both.")
    )


class ChangeJobForm(JobForm):
    """The same, for a job that exists."""

    revision = RevisionField()


class RulesForm(Form):
    """When ratings open, and how fresh an interviewer's calibration must be."""

    ratings_open = SelectField(
        _("When others’ ratings can be read"),
        description=_(
            "Nobody ever reads them while they owe a scorecard for the candidate. The two later moments "
            "hold for everybody, those who lead the job included."
        ),
        validate_choice=False,
    )
    hides_names = BooleanField(
        _("Show codes instead of candidates’ names"),
        description=_(
            "For those who need not know: until it is decided, hiring managers compare and decide by code. "
            "Recruiters and HR, who write to candidates, and the panel, which meets them, see names."
        ),
    )
    calibration_days = WholeNumberField(
        _("Interviewers have calibrated within, in days"),
        [Optional()],
        description=_(
            "Leave it empty to ask for none; 90 is a season. Who has not cannot be put on a panel."
        ),
    )
    revision = RevisionField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.ratings_open.choices = choices(RatingsOpen)


class _BriefForm(Form):
    revision = RevisionField()


def _with_brief_fields() -> type[_BriefForm]:
    fields = {
        field.id: paragraph(field.label, LONGEST_BRIEF_TEXT, hint=field.content)
        for field in brief_fields()
        if field.id in BRIEF_FIELDS
    }
    return type("BriefForm", (_BriefForm,), fields)


BriefForm = _with_brief_fields()


class MemberForm(Form):
    """Somebody for the hiring team."""

    person_id = SelectField(
        _("Person"), [InputRequired(_("Choose a person."))], coerce=str, validate_choice=False
    )
    role = SelectField(
        _("Role on this job"),
        [InputRequired(_("Choose what the person does for this job."))],
        choices=lambda: choices(TeamRole),
        default=TeamRole.INTERVIEWER,
        validate_choice=False,
    )

    def offer(self, people: Sequence[Person]) -> None:
        """Sets who may be chosen."""
        first = [("", gettext("Choose a person"))]
        self.person_id.choices = first + [(str(each.id), each.name) for each in people]

    def chosen(self, people: Sequence[Person]) -> tuple[Person, TeamRole]:
        """The person and role that were chosen.

        Raises Refused beside the field that names nobody or nothing.
        """
        person = next((each for each in people if str(each.id) == self.person_id.data), None)
        if person is None:
            raise Refused(gettext("Choose a person from the list."), field="person_id")
        if self.role.data not in list(TeamRole):
            raise Refused(gettext("Choose what the person does for this job."), field="role")
        return person, TeamRole(self.role.data)


class RemovalForm(Form):
    """Whether somebody is to leave the team although they interview."""

    although_on_panels = BooleanField()


class StatusForm(Form):
    """Opening and closing a job."""

    revision = RevisionField()
    status = SelectField(choices=lambda: choices(JobStatus), validate_choice=False)

    def chosen(self) -> JobStatus:
        """The status that was chosen."""
        if self.status.data not in list(JobStatus):
            raise Refused(gettext("Choose a status from the list."))
        return JobStatus(self.status.data)


class CutForm(Form):
    """The composite from which a candidate meets the standard."""

    revision = RevisionField()
    level = StringField(
        _("Cut"),
        [InputRequired(_("Choose a cut above 1 and below 5, such as 3.0."))],
        filters=[tidy],
        description=_("A composite between 1 and 5, such as 3.0."),
        render_kw={"inputmode": "decimal", "class": "input-short"},
    )
    reason = paragraph(
        _("Why there"),
        LONGEST_REASON,
        _("Say what a candidate at the cut shows, and why less would not do."),
        hint=_("What somebody shows who can just do this work well enough, read from the anchors."),
    )

    def chosen_level(self) -> float:
        """The level that was typed, with a point or a comma.

        Raises Refused beside the field if it is no number.
        """
        try:
            return float((self.level.data or "").replace(",", "."))
        except ValueError:
            raise Refused(gettext("Choose a cut above 1 and below 5, such as 3.0."), field="level") from None


@dataclass(frozen=True)
class SkillRow:
    """A skill in the form, with weight, reason and floor as they were typed."""

    skill: Skill
    chosen: bool
    weight: str
    reason: str
    floor: str = ""
    weight_error: str = ""
    reason_error: str = ""
    floor_error: str = ""

    def with_error(self, column: str, sentence: str) -> SkillRow:
        """The row with a sentence beside its weight, its reason or its floor."""
        wrong: dict[str, Any] = {f"{column}_error": sentence}
        return replace(self, **wrong)

    @property
    def wrong(self) -> tuple[str, str]:
        """The column that cannot be saved and why; both empty if there is none."""
        errors = {"weight": self.weight_error, "reason": self.reason_error, "floor": self.floor_error}
        return next(((column, sentence) for column, sentence in errors.items() if sentence), ("", ""))


class SkillsForm(Form):
    """The choice of skills in their order. Its rows follow the bank, so they are no fields of the class."""

    revision = RevisionField()
    rows: tuple[SkillRow, ...] = ()

    def show(self, chosen: Sequence[ChosenSkill]) -> None:
        """Shows a choice: its skills in their order, then the rest of the bank."""
        known = {skill.id: skill for skill in skills()}
        first = [
            SkillRow(known[each.skill_id], True, str(each.weight), each.reason, str(each.floor or ""))
            for each in chosen
            if each.skill_id in known
        ]
        taken = {row.skill.id for row in first}
        rest = [SkillRow(each, False, str(EQUAL_WEIGHT), "") for each in skills() if each.id not in taken]
        self.rows = (*first, *rest)

    def read(self, sent: MultiDict[str, str]) -> None:
        """Takes over what was sent, whatever it is, so that nothing typed is lost."""
        known = {skill.id: skill for skill in skills()}
        order = [each for each in dict.fromkeys(sent.getlist("order")) if each in known]
        ticked = set(sent.getlist("skills"))
        self.rows = tuple(
            SkillRow(
                skill=known[each],
                chosen=each in ticked,
                weight=tidy(sent.get(f"weight-{each}", str(EQUAL_WEIGHT))),
                reason=tidy(sent.get(f"reason-{each}", "")),
                floor=tidy(sent.get(f"floor-{each}", "")),
            )
            for each in (*order, *(each for each in known if each not in order))
        )

    def move(self, wish: str) -> None:
        """Moves a skill one place; ``wish`` is ``up:empathy`` or ``down:empathy``."""
        direction, _colon, skill_id = wish.partition(":")
        ids = [row.skill.id for row in self.rows]
        if skill_id not in ids:
            return
        here = ids.index(skill_id)
        there = min(max(here + (-1 if direction == "up" else 1), 0), len(ids) - 1)
        rows = list(self.rows)
        rows[here], rows[there] = rows[there], rows[here]
        self.rows = tuple(rows)

    def chosen(self) -> list[ChosenSkill]:
        """The choice as the operation wants it.

        Raises Refused beside the weight that is no number or the reason that is too long.
        """
        return [_as_chosen(row) for row in self.rows if row.chosen]

    def refuse(self, refused: Refused) -> None:
        """Puts the refusal beside its weight, reason or floor."""
        column, _dash, skill_id = (refused.field or "").partition("-")
        if column not in ("weight", "reason", "floor"):
            return super().refuse(refused)
        self.rows = tuple(
            row.with_error(column, refused.sentence) if row.skill.id == skill_id else row for row in self.rows
        )
        return None


def _as_chosen(row: SkillRow) -> ChosenSkill:
    name, skill_id = row.skill.name, row.skill.id
    if not (row.weight.isascii() and row.weight.isdigit() and len(row.weight) <= 3):
        sentence = gettext(
            "Give %(skill)s a whole weight from 1 to %(most)s.", skill=name, most=HEAVIEST_WEIGHT
        )
        raise Refused(sentence, field=f"weight-{skill_id}")
    if len(row.reason) > LONGEST_REASON:
        sentence = gettext("Write at most %(max)s characters.", max=LONGEST_REASON)
        raise Refused(sentence, field=f"reason-{skill_id}")
    if row.floor not in ("", *(str(level) for level in FLOORS)):
        sentence = gettext("Choose a floor for %(skill)s from the list.", skill=name)
        raise Refused(sentence, field=f"floor-{skill_id}")
    return ChosenSkill(skill_id, int(row.weight), row.reason, int(row.floor) if row.floor else None)
