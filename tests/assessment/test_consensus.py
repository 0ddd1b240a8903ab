"""Whether a consensus follows one voice, in cases worked by hand."""

from __future__ import annotations

import pytest

from hiring.assessment.consensus import Settled, distances, free_levels, needs_reason, pull_of
from hiring.assessment.estimates import Estimate, Lack, NotEnough

SENIOR, OTHER, THIRD = 1, 2, 3


def test_a_consensus_that_repeats_the_senior_voice_is_noticed() -> None:
    settled = [Settled({SENIOR: 5, OTHER: 3, THIRD: 2}, 5)] * 5

    pull = pull_of(SENIOR, settled)

    assert (pull.own, pull.others) == (Estimate(0.0, 5), Estimate(2.5, 5))
    assert pull.is_noticeable


def test_a_consensus_in_the_middle_is_not() -> None:
    settled = [Settled({SENIOR: 5, OTHER: 3}, 4)] * 6

    assert not pull_of(SENIOR, settled).is_noticeable


def test_skills_without_disagreement_say_nothing() -> None:
    settled = [Settled({SENIOR: 4, OTHER: 4}, 4)] * 9 + [Settled({SENIOR: 5, OTHER: 3}, 5)] * 4

    pull = pull_of(SENIOR, settled)

    assert pull.own == NotEnough(4, 5, Lack.TOO_FEW_SKILLS)
    assert not pull.is_noticeable


@pytest.mark.parametrize(
    ("level", "own", "needed"),
    [
        (3, [3, 3], False),
        (3, [3, 4, 3], False),
        (4, [3, 4], True),
        (3, [2, 5], True),
        (5, [4, 4], True),
        (None, [3, 3], True),
        (3, [], True),
    ],
)
def test_what_needs_a_reason(level: int | None, own: list[float], needed: bool) -> None:
    assert needs_reason(level, own) is needed


def test_everybodys_distance_counts_disputed_skills_only() -> None:
    settled = [Settled({SENIOR: 5, OTHER: 3}, 4)] * 5 + [Settled({SENIOR: 4, OTHER: 4, THIRD: 4}, 1)] * 9

    away = distances(settled)

    assert away[SENIOR] == Estimate(1.0, 5)
    assert away[OTHER] == Estimate(1.0, 5)
    assert away[THIRD] == NotEnough(0, 5, Lack.TOO_FEW_SKILLS)


def test_moving_the_consensus_toward_somebody_lessens_their_distance() -> None:
    middle = distances([Settled({SENIOR: 5, OTHER: 2}, 3)] * 5)
    drifted = distances([Settled({SENIOR: 5, OTHER: 2}, 5)] * 5)

    assert drifted[SENIOR] == Estimate(0.0, 5)
    assert (middle[SENIOR], middle[OTHER]) == (Estimate(2.0, 5), Estimate(1.0, 5))


@pytest.mark.parametrize(
    ("own", "free"), [([3, 3], (3,)), ([3, 4], ()), ([3, 4, 3], (3,)), ([2.5, 4], (3,)), ([], ())]
)
def test_which_levels_need_no_reason(own: list[float], free: tuple[int, ...]) -> None:
    assert free_levels(own) == free
