"""What may be answered and asked, and the sealed keys in the addresses of the questions."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from wtforms import BooleanField, RadioField

from hiring.forms import Form
from hiring.i18n import lazy_gettext as _
from hiring.labels import choices
from hiring.models import Application, Ethnicity, Sex, VoluntaryQuestions

HALF_A_YEAR = 183 * 24 * 3600


class QuestionsForm(Form):
    """Which voluntary questions a job asks."""

    asks_sex = BooleanField(_("Sex"))
    asks_ethnicity = BooleanField(
        _("Race or ethnicity"),
        description=_("Only where the law lets you ask it, as in the United States."),
    )


class AnswerForm(Form):
    """A candidate's answers. Every question may be left unanswered."""

    sex = RadioField(
        _("Sex"), choices=lambda: choices(Sex), default=Sex.NOT_SAID.value, validate_choice=False
    )
    ethnicity = RadioField(
        _("Race or ethnicity"),
        choices=lambda: choices(Ethnicity),
        default=Ethnicity.NOT_SAID.value,
        validate_choice=False,
    )

    def limit_to(self, asked: VoluntaryQuestions) -> None:
        """Drops what is not asked."""
        if not asked.asks_sex:
            del self.sex
        if not asked.asks_ethnicity:
            del self.ethnicity

    def chosen(self) -> tuple[Sex, Ethnicity]:
        """The answers; what is not known counts as not answered."""
        sex = self.sex.data if "sex" in self else None
        ethnicity = self.ethnicity.data if "ethnicity" in self else None
        return (
            next((each for each in Sex if each.value == sex), Sex.NOT_SAID),
            next((each for each in Ethnicity if each.value == ethnicity), Ethnicity.NOT_SAID),
        )


def key_of(application: Application) -> str:
    """The sealed key by which a candidate reaches the questions without an account, for half a year."""
    return _sealer().dumps(application.id)


def application_id_of(key: str) -> int | None:
    """The application a key stands for; None if the key is wrong or too old."""
    try:
        return int(_sealer().loads(key, max_age=HALF_A_YEAR))
    except BadData:
        return None


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="voluntary-questions")
