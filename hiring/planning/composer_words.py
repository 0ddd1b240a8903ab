"""What a plan leaves out, what it would cost to have it back, and what could be changed, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hiring.i18n import _, listed, ngettext
from hiring.planning.wishes import Change, ChangeKind, Lack, Price


def price_words(price: Price, names: Mapping[str, str]) -> str:
    """What the plan goes without, and what would bring it back."""
    return " ".join([_lack_words(price, names[price.skill_id]), _ways_words(price, names)])


def change_words(change: Change, names: Mapping[str, str]) -> str:
    """One way to make the wishes possible."""
    about = listed(names.get(each, each) for each in change.about)
    if change.kind is ChangeKind.LONGER:
        return _longer_words(change)
    if change.kind is ChangeKind.FEWER_QUESTIONS:
        return ngettext(
            "Ask one question less, on %(skills)s.",
            "Ask %(num)s questions less, on %(skills)s.",
            change.amount,
            skills=about,
        )
    if change.kind is ChangeKind.FEWER_SKILLS:
        return _("Leave out %(skills)s.", skills=about)
    if change.kind is ChangeKind.ANOTHER_ROUND:
        return _("Add a round of %(n)s minutes.", n=change.wishes.rounds[-1].minutes)
    return ngettext(
        "Ask one question that somebody has heard already.",
        "Ask %(num)s questions that somebody has heard already.",
        change.amount,
    )


def _longer_words(change: Change) -> str:
    minutes = [each.minutes for each in change.wishes.rounds]
    if len(minutes) == 1:
        return _("Take %(n)s minutes, %(more)s more.", n=minutes[0], more=change.amount)
    return _("Take %(each)s minutes, %(more)s more in all.", each=_joined(minutes), more=change.amount)


def _lack_words(price: Price, name: str) -> str:
    if price.lack is Lack.SKILL:
        return _("Nothing is asked about %(skill)s.", skill=name)
    if price.lack is Lack.SECOND_QUESTION:
        return _("%(skill)s has a single question, so one unlucky answer decides.", skill=name)
    return _(
        "%(skill)s is asked about in one way only, not by past behaviour and by a described case.", skill=name
    )


def _ways_words(price: Price, names: Mapping[str, str]) -> str:
    if price.instead == ():
        return _("There is time for one more.")
    others = listed(_lost_words(names[skill_id], number) for skill_id, number in price.instead or ())
    if price.minutes is not None and others:
        return ngettext(
            "One more takes %(num)s minute more, or the place of %(questions)s.",
            "One more takes %(num)s minutes more, or the place of %(questions)s.",
            price.minutes,
            questions=others,
        )
    if price.minutes is not None:
        return ngettext(
            "One more takes %(num)s minute more.", "One more takes %(num)s minutes more.", price.minutes
        )
    if others:
        return _("One more takes the place of %(questions)s.", questions=others)
    return _("There is no further question for it that fits.")


def _lost_words(name: str, number: int) -> str:
    return ngettext("a question on %(skill)s", "%(num)s questions on %(skill)s", number, skill=name)


def _joined(minutes: Sequence[int]) -> str:
    return " + ".join(str(each) for each in minutes)
