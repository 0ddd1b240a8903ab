"""What may be typed about standards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import format_decimal
from wtforms import SelectField

from hiring.forms import Form
from hiring.i18n import gettext
from hiring.standards.operations import HALVES
from question_bank import Skill

PREFIX = "level-"


class JudgementForm(Form):
    """A level for each skill; ``judgement_form`` adds the fields of a job's skills."""

    @property
    def chosen(self) -> dict[str, float]:
        """The levels that were chosen, by the skill's id."""
        known = {f"{half:g}": half for half in HALVES}
        return {
            name.removeprefix(PREFIX): known[field.data]
            for name, field in self._fields.items()
            if name.startswith(PREFIX) and field.data in known
        }


def judgement_form(skills: Sequence[Skill], before: Mapping[str, float]) -> JudgementForm:
    """The form for these skills, with the levels that were chosen before."""
    fields = {
        f"{PREFIX}{skill.id}": SelectField(
            skill.name,
            choices=_levels,
            validate_choice=False,
            default=f"{before[skill.id]:g}" if skill.id in before else "",
        )
        for skill in skills
    }
    made: JudgementForm = type("JobJudgementForm", (JudgementForm,), fields)()
    return made


def _levels() -> list[tuple[str, str]]:
    return [("", gettext("Choose a level")), *((f"{half:g}", format_decimal(half)) for half in HALVES)]
