"""A parallel form of a published guide, for a second group of candidates: same skills and minutes, other questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hiring import audit
from hiring.bank.queries import whole_bank
from hiring.errors import Refused
from hiring.extensions import db
from hiring.guides.composing import heard_by_candidates, offered
from hiring.guides.document import frozen_item
from hiring.guides.frozen import FrozenGuide, FrozenItem, frozen_guide, languages_of
from hiring.guides.queries import highest_number, parallel_forms_of
from hiring.i18n import _
from hiring.models import GuideItem, GuideVersion, Person
from hiring.planning.composer import Askable
from hiring.planning.parallel import NoParallel, parallel_form
from question_bank import Question, QuestionKind


@dataclass(frozen=True)
class Place:
    """A place of the guide: what is asked there, what could be asked instead, and which of it is proposed."""

    round_name: str
    item: FrozenItem
    skill: str
    choices: tuple[Question, ...]
    proposed: str

    @property
    def kind(self) -> QuestionKind:
        """The kind of the question that is asked there."""
        return QuestionKind(self.item.kind)


def places_of(version: GuideVersion) -> tuple[Place, ...]:
    """Every question of the version with those that a parallel form could ask in its place.

    Raises Refused where the bank has too few questions left on a skill.
    """
    guide = frozen_guide(version)
    bank, gone = whole_bank(version.language), _asked_in_any_form(version)
    proposed = _proposed(version, guide)
    items = [(round_.name, item) for round_ in guide.rounds for item in round_.items]
    by_skill = {skill.id: [each for each in skill.questions if each.id not in gone] for skill in bank.skills}
    return tuple(
        Place(
            name,
            item,
            guide.skills_by_id[item.skill_id].name,
            tuple(by_skill.get(item.skill_id, ())),
            question.id,
        )
        for (name, item), question in zip(items, proposed, strict=True)
    )


def publish_parallel(version: GuideVersion, question_ids: Sequence[str], by: Person) -> GuideVersion:
    """Freezes a parallel form with these questions in the places of the version's, in all of its languages.

    Raises Refused for a form of a form, and for questions that are missing, asked already, or of another skill.
    """
    if version.parallel_to_id is not None:
        raise Refused(_("This is a parallel form itself. Make another one of the version it belongs to."))
    items = [item for round_ in frozen_guide(version).rounds for item in round_.items]
    _check(version, items, question_ids)
    instead = {item.question_id: id_ for item, id_ in zip(items, question_ids, strict=True)}
    contents = {
        language: _with_others(frozen_guide(version, language), instead)
        for language in languages_of(version)
        if set(question_ids) <= set(whole_bank(language).questions)
    }
    own = contents.pop(version.language)
    made = GuideVersion(
        guide=version.guide,
        number=highest_number(version.guide) + 1,
        language=version.language,
        bank_version=own.bank_version,
        content=own.as_json(),
        content_hash=own.content_hash,
        translations={language: words.as_json() for language, words in contents.items()},
        published_by=by,
        parallel_to=version,
    )
    db.session.add(made)
    audit.record(
        "publish_parallel_form",
        version.guide,
        by,
        version.guide.job_id,
        number=made.number,
        parallel_to=version.number,
        content_hash=made.content_hash,
        questions=list(question_ids),
    )
    return made


def _proposed(version: GuideVersion, guide: FrozenGuide) -> tuple[Askable, ...]:
    job = version.guide.job
    known = {each.id: each for each in offered(job, version.language)}
    first = [
        known.get(item.question_id, Askable(item.question_id, item.question_id, item.skill_id, item.kind))
        for round_ in guide.rounds
        for item in round_.items
    ]
    unusable = heard_by_candidates(job) | _asked_in_any_form(version)
    try:
        return parallel_form(first, tuple(known.values()), unusable)
    except NoParallel as lack:
        names = ", ".join(guide.skills_by_id[each].name for each in lack.skill_ids)
        raise Refused(
            _(
                "The bank has too few questions left on %(skills)s for a parallel form. Add questions there,"
                " or ask fewer in the guide.",
                skills=names,
            )
        ) from lack


def _asked_in_any_form(version: GuideVersion) -> frozenset[str]:
    return frozenset(
        item.question_id
        for form in (version, *parallel_forms_of(version))
        for round_ in frozen_guide(form).rounds
        for item in round_.items
    )


def _check(version: GuideVersion, items: Sequence[FrozenItem], question_ids: Sequence[str]) -> None:
    bank, gone = whole_bank(version.language), _asked_in_any_form(version)
    if len(question_ids) != len(items) or not all(question_ids):
        raise Refused(_("Choose a question for every place of the guide."), field="questions")
    if len(set(question_ids)) < len(question_ids):
        raise Refused(_("Choose each question once."), field="questions")
    for item, id_ in zip(items, question_ids, strict=True):
        found = bank.questions.get(id_)
        if found is None or found.skill_id != item.skill_id:
            raise Refused(_("Choose a question of the same skill."), field="questions")
        if id_ in gone:
            raise Refused(_("Choose questions that no form of this guide asks yet."), field="questions")


def _with_others(guide: FrozenGuide, instead: Mapping[str, str]) -> FrozenGuide:
    bank = whole_bank(guide.language)

    def other(item: FrozenItem) -> FrozenItem:
        row = GuideItem(
            question_id=instead[item.question_id], skill_id=item.skill_id, minutes=item.minutes, note=""
        )
        return frozen_item(row, bank)

    rounds = tuple(
        round_.model_copy(update={"items": tuple(other(item) for item in round_.items)})
        for round_ in guide.rounds
    )
    return FrozenGuide(
        **{
            name: getattr(guide, name)
            for name in FrozenGuide.model_fields
            if name not in ("rounds", "bank_version")
        },
        rounds=rounds,
        bank_version=bank.version,
    )
