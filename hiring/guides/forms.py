"""What may be typed about guides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms import Form as WTForm
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from hiring.bank.queries import whole_bank
from hiring.forms import Form, RevisionField, line, paragraph
from hiring.guides.brief import has_brief
from hiring.guides.draft import FROM_BRIEF, FROM_CHOSEN, FROM_COPY, FROM_JOB
from hiring.guides.operations import (
    LONGEST_FRAME,
    LONGEST_ITEM,
    LONGEST_OWN_NOTE,
    LONGEST_PROMPTS,
    LONGEST_ROUND,
    SHORTEST_ROUND,
    USUAL_ROUND,
)
from hiring.guides.parallel_form import Place
from hiring.guides.starting import RoundPlan
from hiring.i18n import gettext, language_name
from hiring.i18n import lazy_gettext as _
from hiring.labels import choices, label
from hiring.models import Job, RoundKind
from question_bank import SOURCE_LANGUAGE, Preset, Question, languages

LONGEST_NAME = 120
FURTHER_ROUNDS = 3
LONGEST_SCRIPT = 5000
ROUND_MINUTES = _("Choose %(least)s to %(most)s whole minutes.", least=SHORTEST_ROUND, most=LONGEST_ROUND)
FRAME_MINUTES = _("Choose 0 to %(n)s whole minutes.", n=LONGEST_FRAME)
ITEM_MINUTES = _("Give the question 1 to %(n)s whole minutes.", n=LONGEST_ITEM)


class MinutesField(IntegerField):
    """Whole minutes in a range, with one sentence for all that is wrong."""

    def __init__(
        self, label: Any, least: int, most: int, sentence: Any, needed: bool = True, **more: Any
    ) -> None:
        self.sentence = sentence
        checks = [InputRequired(sentence) if needed else Optional(), NumberRange(least, most, sentence)]
        attributes = {"inputmode": "numeric", "class": "input-short"}
        super().__init__(label, checks, render_kw=attributes, **more)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes a whole number."""
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(str(self.sentence)) from wrong


class SkillBoxes(SelectMultipleField):
    """Skills of the bank as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label,
            choices=lambda: [(each.id, each.name) for each in whole_bank().skills],
            validate_choice=False,
            **more,
        )

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Only skills that there are."""
        if not set(self.data or ()) <= {key for key, _words in self.choices}:
            raise ValidationError(gettext("Choose skills from the list."))


class PlannedRoundForm(WTForm):
    """One of the rounds to compose; only the first must have minutes."""

    minutes = MinutesField(_("Minutes in all"), SHORTEST_ROUND, LONGEST_ROUND, ROUND_MINUTES, needed=False)
    kind = SelectField(
        _("Kind of conversation"),
        choices=lambda: choices(RoundKind),
        default=RoundKind.STRUCTURED,
        validate_choice=False,
    )

    only = SkillBoxes(_("Skills of this round only"))

    def validate_kind(self, field: SelectField) -> None:
        """One of the kinds there are."""
        if field.data not in list(RoundKind):
            raise ValidationError(gettext("Choose a kind of conversation."))


class StartForm(Form):
    """What a guide begins with."""

    revision = RevisionField()
    start_from = RadioField(
        _("Begin with"),
        [InputRequired(_("Choose what the guide begins with."))],
        validate_choice=False,
    )
    skills = SkillBoxes(_("Skills"), description=_("For skills of your own choice, in the bank's order."))
    copy_of = SelectField(
        _("Guide to copy"), validate_choice=False, description=_("For a copy of another job's guide.")
    )
    minutes = MinutesField(
        _("Minutes for the interview"),
        SHORTEST_ROUND,
        LONGEST_ROUND,
        ROUND_MINUTES,
        default=USUAL_ROUND,
        description=_("Opening and closing included. A question takes six to eight minutes."),
    )
    kind = SelectField(
        _("Kind of conversation"),
        [AnyOf(list(RoundKind), _("Choose a kind of conversation."))],
        choices=lambda: choices(RoundKind),
        default=RoundKind.STRUCTURED,
        validate_choice=False,
    )
    only = SkillBoxes(
        _("Skills of this round only"),
        description=_("Tick none, and the round may ask about every skill of the guide."),
    )
    further = FieldList(FormField(PlannedRoundForm), min_entries=FURTHER_ROUNDS, max_entries=FURTHER_ROUNDS)
    questions = SelectField(
        _("Questions on each skill"),
        [AnyOf(["1", "2", "3"], _("Choose one, two or three questions."))],
        choices=lambda: [("1", _("At least one")), ("2", _("At least two")), ("3", _("At least three"))],
        default="1",
        validate_choice=False,
        description=_("Where time is left, skills get a second question anyway."),
    )
    language = SelectField(
        _("Language of the interview"),
        validate_choice=False,
        description=_("Questions, rubrics and scripts are in this language; it is frozen with the guide."),
    )
    no_experience = BooleanField(
        _("The candidates have no experience with customers"),
        description=_(
            "Questions about a described case come first, so that everybody can reach every level."
        ),
    )
    avoid_heard = BooleanField(
        _("Leave out what a candidate has heard in an interview for another job"), default=True
    )

    def offer(self, presets: Sequence[Preset], job: Job, to_copy: Sequence[tuple[int, str]]) -> None:
        """Sets what the guide may begin with, and the languages of the bank."""
        self.language.choices = [(each, language_name(each)) for each in languages()]
        self.copy_of.choices = [
            ("", gettext("Choose a guide")),
            *((str(id_), title) for id_, title in to_copy),
        ]
        own = [(FROM_JOB, gettext("The job's own skills"))] if job.skills else []
        brief = [(FROM_BRIEF, gettext("The job's brief"))] if has_brief(job) else []
        copy = [(FROM_COPY, gettext("A copy of another job's guide"))] if to_copy else []
        suggested = [(preset.id, preset.name) for preset in presets]
        self.start_from.choices = [
            *own,
            *brief,
            *suggested,
            (FROM_CHOSEN, gettext("Skills of your own choice")),
            *copy,
        ]

    def validate_skills(self, field: SelectMultipleField) -> None:
        """At least one where they are what the guide begins with, unless the rounds name their own."""
        if self.start_from.data == FROM_CHOSEN and not (field.data or self.only.data):
            raise ValidationError(gettext("Choose at least one skill."))

    def validate_copy_of(self, field: SelectField) -> None:
        """A guide of the list where one is to be copied."""
        if self.start_from.data == FROM_COPY and field.data not in {
            key for key, _words in field.choices if key
        }:
            raise ValidationError(gettext("Choose the guide to copy."))

    @property
    def answers(self) -> dict[str, Any]:
        """The choices by the keywords of ``start_guide``."""
        begin = self.start_from.data
        return {
            "preset_id": None if begin in (FROM_JOB, FROM_CHOSEN, FROM_BRIEF) else begin,
            "skill_ids": self.skills.data if begin == FROM_CHOSEN else None,
            "rounds": self._rounds(),
            "questions": int(self.questions.data),
            "language": self.language.data or SOURCE_LANGUAGE,
            "no_experience": self.no_experience.data,
            "avoid_heard": self.avoid_heard.data,
        }

    def _rounds(self) -> list[RoundPlan]:
        first = RoundPlan(self.minutes.data, RoundKind(self.kind.data), tuple(self.only.data or ()))
        more = [each.data for each in self.further if each.data["minutes"]]
        return [first, *(_round_plan(each) for each in more)]


def _round_plan(typed: dict[str, Any]) -> RoundPlan:
    return RoundPlan(typed["minutes"], RoundKind(typed["kind"]), tuple(typed["only"] or ()))


class RoundForm(Form):
    """A round's name, times and scripts. Several stand on one page, so each has a prefix of its own."""

    name = line(_("Name"), LONGEST_NAME, _("Give the round a name of at most 120 characters."))
    kind = SelectField(
        _("Kind of conversation"),
        [AnyOf(list(RoundKind), _("Choose a kind of conversation."))],
        choices=lambda: choices(RoundKind),
        default=RoundKind.STRUCTURED,
        validate_choice=False,
    )
    minutes = MinutesField(_("Minutes in all"), SHORTEST_ROUND, LONGEST_ROUND, ROUND_MINUTES)
    opening_minutes = MinutesField(_("Opening, minutes"), 0, LONGEST_FRAME, FRAME_MINUTES)
    closing_minutes = MinutesField(_("Closing, minutes"), 0, LONGEST_FRAME, FRAME_MINUTES)
    opening_script = paragraph(
        _("Words for the opening"),
        LONGEST_SCRIPT,
        hint=_("Names in braces are filled in for each interview: {candidate_name}, {duration}, {n}."),
    )
    closing_script = paragraph(_("Words for the closing"), LONGEST_SCRIPT)
    prompts = paragraph(
        _("Questions for the interviewer alone"),
        LONGEST_PROMPTS,
        hint=_(
            "One in a line. They are not read aloud and not rated: “Did I give every candidate the same time?”"
        ),
    )

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, by the keywords of ``change_round``."""
        return {**super().answers, "kind": RoundKind(self.kind.data)}


class MinutesForm(Form):
    """The time for one question."""

    minutes = MinutesField(_("Minutes"), 1, LONGEST_ITEM, ITEM_MINUTES)


class NoteForm(Form):
    """The team's own note beside a question."""

    note = paragraph(_("Own note for interviewers"), LONGEST_OWN_NOTE)


class NewRoundForm(Form):
    """Another round."""

    name = line(_("Name"), LONGEST_NAME)
    minutes = MinutesField(
        _("Minutes in all"), SHORTEST_ROUND, LONGEST_ROUND, ROUND_MINUTES, default=USUAL_ROUND
    )


class ParallelForm(Form):
    """The question for each place of a parallel form."""

    questions = FieldList(RadioField(validate_choice=False))

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__(data={"questions": [each.proposed for each in places]})
        for place, radios in zip(places, self.questions, strict=False):
            radios.choices = [(each.id, _choice_words(each)) for each in place.choices]

    @property
    def chosen(self) -> list[str]:
        """The ids in the order of the places."""
        return [each.data or "" for each in self.questions]


def _choice_words(question: Question) -> str:
    return f"{label(question.kind)}: {question.text}"


class PublishForm(Form):
    """Freezing the draft."""

    revision = RevisionField()
    although_unasked = BooleanField(_("Publish although these skills have no question"))
