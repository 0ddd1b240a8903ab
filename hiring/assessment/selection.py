"""Selection rates of groups: the four-fifths comparison, exact tests, and what one more selection would change.

Rates and the four-fifths comparison follow the Uniform Guidelines (29 CFR 1607.4D) and their
questions and answers (44 FR 11996, 1979; 45 FR 29530, 1980): four fifths are decided in whole
numbers, so that 4/5 exactly is not below. Question 21 asks not to build on numbers so small that the
selection of one different person would put the group ahead; ours is the wider mark of whether it
would lift the group to four fifths.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

SMALL_SHARE = 50  # A group is small below one in fifty (2 %) of all applicants (6 RCNY 5-301).


@dataclass(frozen=True)
class Group:
    """A group's name, how many reached the stage and how many of them were selected."""

    name: str
    applicants: int
    selected: int


@dataclass(frozen=True)
class GroupFigures:
    """A group compared with the one whose rate is highest. None stands for what cannot be said.

    ``ratio`` is the rate divided by the highest rate; ``fisher_p`` the two-sided exact probability;
    ``z`` the pooled difference in standard errors, negative below the highest; ``shortfall`` how many
    more selected would reach the highest rate, rounded up; ``flips_with_one`` whether one more
    selected in this group and one fewer in the highest would lift the group to four fifths of
    whichever rate is then highest. A group is small below 2 % of all applicants.
    """

    group: Group
    rate: float | None
    ratio: float | None
    below_four_fifths: bool | None
    fisher_p: float | None
    z: float | None
    shortfall: int | None
    flips_with_one: bool
    is_highest: bool
    is_small: bool


@dataclass(frozen=True)
class SelectionComparison:
    """All groups in the order given, and the one they are compared with; None if nobody was selected."""

    groups: tuple[GroupFigures, ...]
    highest: Group | None


def compare(groups: Sequence[Group]) -> SelectionComparison:
    """The selection rates of groups against the highest rate; names of groups differ.

    Fisher's exact test: Fisher 1935, The Design of Experiments, chapter 2; two-sided, it adds up all tables
    that are at most as likely. Where nobody was selected, or in a group without applicants, there is
    nothing to compare. Raises ValueError for counts that cannot be.
    """
    for group in groups:
        if not 0 <= group.selected <= group.applicants:
            raise ValueError(f"{group.name}: {group.selected} selected of {group.applicants}.")
    highest = _highest(groups)
    everybody = sum(group.applicants for group in groups)
    return SelectionComparison(
        tuple(_figures(group, highest, groups, everybody) for group in groups), highest
    )


def _highest(groups: Sequence[Group]) -> Group | None:
    """The group with the highest rate, the largest of equals; None if nobody was selected."""
    best: Group | None = None
    for group in groups:
        if group.selected and (best is None or _rate_order(group, best) > 0):
            best = group
    return best


def _rate_order(one: Group, other: Group) -> int:
    """Positive if the rate of ``one`` is higher, in whole numbers; of equal rates the larger group is."""
    difference = one.selected * other.applicants - other.selected * one.applicants
    return difference or one.applicants - other.applicants


def _figures(group: Group, highest: Group | None, groups: Sequence[Group], everybody: int) -> GroupFigures:
    small = group.applicants * SMALL_SHARE < everybody
    rate = group.selected / group.applicants if group.applicants else None
    if highest is None or rate is None:
        return GroupFigures(group, rate, None, None, None, None, None, False, False, small)
    is_highest = group == highest
    below = is_below_four_fifths(group, highest)
    return GroupFigures(
        group=group,
        rate=rate,
        ratio=group.selected * highest.applicants / (highest.selected * group.applicants),
        below_four_fifths=below,
        fisher_p=None if is_highest else _fisher(group, highest),
        z=None if is_highest else _z(group, highest),
        shortfall=_shortfall(group, highest),
        flips_with_one=below and _flips(group, highest, groups),
        is_highest=is_highest,
        is_small=small,
    )


def is_below_four_fifths(group: Group, highest: Group) -> bool:
    """Whether the rate is below four fifths of the highest, decided without rounding."""
    return 5 * group.selected * highest.applicants < 4 * highest.selected * group.applicants


def _flips(group: Group, highest: Group, groups: Sequence[Group]) -> bool:
    """Whether a group below four fifths would not be if one other person had been selected."""
    lifted = replace(group, selected=group.selected + 1)
    others = [replace(each, selected=each.selected - 1) if each == highest else each for each in groups]
    return not any(is_below_four_fifths(lifted, other) for other in others if other != group)


def _shortfall(group: Group, highest: Group) -> int:
    """Selections missing to the highest rate, the next whole number."""
    missing = group.applicants * highest.selected - group.selected * highest.applicants
    return max(0, -(-missing // highest.applicants))


def _fisher(group: Group, highest: Group) -> float:
    from scipy.stats import fisher_exact  # Kept out of start-up: it takes a noticeable time to import.

    table = [
        [group.selected, group.applicants - group.selected],
        [highest.selected, highest.applicants - highest.selected],
    ]
    return min(1.0, float(fisher_exact(table).pvalue))


def _z(group: Group, highest: Group) -> float | None:
    """The difference of two rates in standard errors of the pooled rate; None if all or nobody was selected."""
    applicants = group.applicants + highest.applicants
    pooled = (group.selected + highest.selected) / applicants
    variance = pooled * (1 - pooled) * (1 / group.applicants + 1 / highest.applicants)
    if variance <= 0:
        return None
    difference = group.selected / group.applicants - highest.selected / highest.applicants
    return difference / math.sqrt(variance)
