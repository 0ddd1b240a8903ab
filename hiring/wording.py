"""Sentences about figures: why there is none, and what must not be concluded.

They stand apart from ``labels``, which knows everything that is stored, so that the command line can
speak of a spreadsheet without loading a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol

from flask_babel import format_decimal

from hiring.assessment.estimates import Lack, NotEnough
from hiring.assessment.items import ItemFlag
from hiring.assessment.raters import RaterFlag
from hiring.assessment.reliability import Band, Grade
from hiring.assessment.report import FEW_CANDIDATES, FEW_FOR_ITEMS, FEW_INTERVIEWERS, Caution, Concern
from hiring.i18n import _, listed, ngettext

MOST_NAMED = 5


class Given(Protocol):
    """What an interviewer gave; None is not enough evidence."""

    interviewer: str
    value: float | None


def levels_given(values: Iterable[Given]) -> str:
    """Who gave which level, and who had not enough evidence for one; inside an application only."""
    return listed(
        f"{each.interviewer}\N{NO-BREAK SPACE}{format_decimal(each.value, '0.#') if each.value is not None else _('N')}"
        for each in values
    )


def reason(lack: NotEnough) -> str:
    """Why there is no figure, with the numbers."""
    counts = {"n": lack.n, "needed": lack.needed}
    if lack.why is Lack.NO_RATINGS:
        return _("no ratings yet")
    if lack.needed <= lack.n:
        return _reasons()[lack.why]
    return _("%(why)s: %(n)s, and at least %(needed)s are needed", why=_reasons()[lack.why], **counts)


def _reasons() -> dict[Lack, str]:
    return {
        Lack.NO_RATINGS: _("no ratings yet"),
        Lack.TOO_FEW_SKILLS: _("too few skills rated"),
        Lack.TOO_FEW_RATERS: _("too few interviewers"),
        Lack.TOO_FEW_SCORECARDS: _("too few ratings"),
        Lack.TOO_FEW_CANDIDATES: _("too few candidates"),
        Lack.TOO_FEW_ITEMS: _("too few items"),
        Lack.TOO_FEW_SHARED: _("too few candidates with two or more interviewers in common"),
        Lack.TOO_FEW_SORTERS: _("too few colleagues sorted"),
        Lack.NO_VARIATION: _("all ratings are the same"),
        Lack.NO_CANDIDATE_VARIATION: _("the ratings show no difference between candidates"),
        Lack.AT_THE_BOUNDARY: _("estimated at the edge of what is possible, where it cannot be relied on"),
        Lack.NOT_LINKED: _("the interviewers share no candidates"),
        Lack.BELOW_ZERO: _("the scale goes below zero, where ratios mean nothing"),
        Lack.NO_TIMES: _("it is not known when ratings were given"),
    }


def caution_sentence(caution: Caution) -> str:
    """What limits the conclusions, in whole sentences."""
    number = caution.number
    match caution.concern:
        case Concern.NO_RATINGS:
            return _("There are no ratings yet.")
        case Concern.SEPARATE_PARTS:
            return _separate_parts(number)
        case Concern.WEAK_LINKS:
            return _weak_links(caution)
        case Concern.HINGES:
            return _hinges(caution.names)
        case Concern.NOT_ADJUSTED:
            return _not_adjusted(caution.why)
        case Concern.AT_THE_BOUNDARY:
            return _at_the_boundary()
        case Concern.FEW_CANDIDATES:
            return _few_candidates(number)
        case Concern.FEW_INTERVIEWERS:
            return _few_interviewers(number)
        case Concern.SINGLE_RATERS:
            return _single_raters(number)
        case Concern.PARTLY_RATED:
            return _partly_rated(number)
        case Concern.FEW_FOR_ITEMS:
            return _few_for_items(number)


def _separate_parts(number: int) -> str:
    return _(
        "The ratings fall into %(number)s parts that share neither candidates nor interviewers. "
        "Candidates are ranked within their part only; across parts nobody can be compared. An interviewer "
        "who meets candidates of both would link two parts.",
        number=number,
    )


def _weak_links(caution: Caution) -> str:
    return ngettext(
        "One rating alone links interviewers who share nobody else; without it, their candidates could not be "
        "compared: %(names)s.",
        "%(num)s ratings each alone link interviewers who share nobody else; without one of them, candidates "
        "could not be compared: %(names)s.",
        caution.number,
        names=_named(caution.pairs),
    )


def _hinges(names: Sequence[str]) -> str:
    more = ["…"] if len(names) > MOST_NAMED else []
    return ngettext(
        "All that links some interviewers with the others goes through one person, without whom their "
        "candidates could not be compared: %(names)s.",
        "All that links some interviewers with the others goes through %(num)s people, without each of whom "
        "candidates could not be compared: %(names)s.",
        len(names),
        names=listed([*names[:MOST_NAMED], *more]),
    )


def _named(pairs: Sequence[tuple[str, str]]) -> str:
    named = [_("%(candidate)s by %(interviewer)s", candidate=one, interviewer=other) for one, other in pairs]
    more = ["…"] if len(named) > MOST_NAMED else []
    return listed(named[:MOST_NAMED] + more)


def _not_adjusted(why: NotEnough | None) -> str:
    return _(
        "Differences between candidates, severity of interviewers and chance cannot be told apart (%(why)s). "
        "There are raw means only.",
        why=reason(why) if why else "",
    )


def _at_the_boundary() -> str:
    return _(
        "One of the three variances is estimated as zero. That is the limit of so few ratings, not a finding; "
        "intervals and ranks may be missing, or narrower than they should be."
    )


def _few_candidates(number: int) -> str:
    return ngettext(
        "There is one candidate only. Below %(least)s, agreement is a hint, and ranges of ranks are narrower than "
        "they should be.",
        "There are %(num)s candidates only. Below %(least)s, agreement is a hint, and ranges of ranks are narrower "
        "than they should be.",
        number,
        least=FEW_CANDIDATES,
    )


def _few_interviewers(number: int) -> str:
    return ngettext(
        "There is one interviewer only. Below %(least)s, nobody knows how severe interviewers usually are.",
        "There are %(num)s interviewers only. Below %(least)s, nobody knows how severe interviewers usually are.",
        number,
        least=FEW_INTERVIEWERS,
    )


def _single_raters(number: int) -> str:
    return ngettext(
        "One candidate was rated by one interviewer only.",
        "%(num)s candidates were rated by one interviewer only.",
        number,
    )


def _partly_rated(number: int) -> str:
    return ngettext(
        "In one meeting of a candidate and an interviewer not every item was scored; its mean rests on those "
        "that were.",
        "In %(num)s meetings of a candidate and an interviewer not every item was scored; their means rest on "
        "those that were.",
        number,
    )


def _few_for_items(number: int) -> str:
    return ngettext(
        "The figures on items rest on one candidate; below %(least)s, do not act on them.",
        "The figures on items rest on %(num)s candidates; below %(least)s, do not act on them.",
        number,
        least=FEW_FOR_ITEMS,
    )


def band_words(band: Band) -> str:
    """The grades at both ends of an interval."""
    low, high = _grades()[band.low], _grades()[band.high]
    return low if low == high else _("%(low)s to %(high)s", low=low, high=high)


def _grades() -> dict[Grade, str]:
    return {
        Grade.POOR: _("poor"),
        Grade.MODERATE: _("moderate"),
        Grade.GOOD: _("good"),
        Grade.EXCELLENT: _("excellent"),
    }


def flag_words(flag: RaterFlag | ItemFlag) -> str:
    """What is worth a look in an interviewer's or an item's figures, in a few words."""
    words: dict[type[StrEnum], dict[StrEnum, str]] = {
        RaterFlag: {
            RaterFlag.SEVERE: _("rates lower than the others"),
            RaterFlag.LENIENT: _("rates higher than the others"),
            RaterFlag.NARROW: _("uses little of the scale"),
            RaterFlag.CONSTANT: _("rates everybody the same"),
            RaterFlag.HALO: _("items hardly differ"),
            RaterFlag.INCONSISTENT: _("often differs from the others"),
            RaterFlag.DRIFT: _("changes over time"),
            RaterFlag.CONTRAST: _("rates by the candidate before"),
        },
        ItemFlag: {
            ItemFlag.NEGATIVE: _("runs against the other items"),
            ItemFlag.WEAK: _("hardly goes with the other items"),
            ItemFlag.WATCH: _("goes little with the other items"),
            ItemFlag.FLOOR: _("most scores are lowest"),
            ItemFlag.CEILING: _("most scores are highest"),
        },
    }
    return words[type(flag)][flag]
