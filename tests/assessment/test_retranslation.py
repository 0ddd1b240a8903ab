"""Agreement on sorted anchors, against values worked out by hand."""

from __future__ import annotations

import pytest

from hiring.assessment.estimates import Estimate, Interval, Lack, NotEnough
from hiring.assessment.retranslation import (
    Choice,
    Doubt,
    Verdict,
    agreement,
    confusion,
    share_of,
    wilson,
)


def tact(*levels: int) -> list[Choice]:
    return [Choice("tact", level) for level in levels]


def elsewhere(n: int) -> list[Choice]:
    return [Choice("calm", 3)] * n


# The first two are Newcombe 1998 (Statistics in Medicine 17, 857-872), table I, method 3.
@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (5, 5, 0.5655, 1.0)],
)
def test_the_interval_of_a_share_agrees_with_published_values(
    hits: int, n: int, low: float, high: float
) -> None:
    found = wilson(hits, n)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_is_the_one_worked_out_by_hand() -> None:
    # 3 of 4: (3/4 + 3.8415/8) / (1 + 3.8415/4) = 0.62754; half 1.95996/1.96036 * sqrt(0.046875 + 0.060023).
    assert wilson(3, 4) == Interval(pytest.approx(0.30064, abs=1e-5), pytest.approx(0.95441, abs=1e-5))


def test_share_level_and_spread_are_those_worked_out_by_hand() -> None:
    found = agreement("tact", 4, [*tact(3, 4, 4, 5, 4), *elsewhere(1)])

    assert found.share == Estimate(5 / 6, 6, wilson(5, 6))
    assert found.level == Estimate(4.0, 5)
    assert isinstance(found.spread, Estimate)
    assert found.spread.value == pytest.approx(0.5**0.5)  # Squares 1 and 1 over 5 - 1.
    assert (found.distance, found.reads_as, found.verdict) == (0.0, 4, Verdict.KEEP)
    assert found.levels == (3, 4, 4, 4, 5)


def test_levels_given_in_another_skill_do_not_count() -> None:
    found = agreement("tact", 5, [*tact(5, 5, 5), Choice("calm", 1), Choice(None)])

    assert found.level == Estimate(5.0, 3)
    assert found.share == Estimate(0.6, 5, wilson(3, 5))


def test_seven_of_ten_are_enough_and_six_are_not() -> None:
    assert agreement("tact", 4, [*tact(*[4] * 7), *elsewhere(3)]).verdict is Verdict.KEEP
    six = agreement("tact", 4, [*tact(*[4] * 6), *elsewhere(4)])
    assert (six.verdict, six.doubts) == (Verdict.REWORK, (Doubt.OTHER_SKILL,))


def test_fewer_than_half_in_the_meant_skill_are_a_reason_to_drop_and_half_to_rework() -> None:
    assert agreement("tact", 4, [*tact(4, 4), *elsewhere(3)]).verdict is Verdict.DROP
    assert agreement("tact", 4, [*tact(4, 4), *elsewhere(2)]).verdict is Verdict.REWORK
    assert agreement("tact", 4, elsewhere(5)).verdict is Verdict.DROP


def test_a_spread_of_one_level_is_allowed_and_more_is_not() -> None:
    # 2, 3, 4: squares 1 + 0 + 1 over 2, so exactly 1.
    assert agreement("tact", 3, tact(2, 3, 4)).verdict is Verdict.KEEP
    wide = agreement("tact", 3, tact(1, 3, 5))
    assert (wide.verdict, wide.doubts) == (Verdict.REWORK, (Doubt.WIDE_SPREAD,))


@pytest.mark.parametrize(
    ("meant", "levels", "reads_as", "verdict"),
    [
        (4, (3, 3, 4), 3, Verdict.REWORK),
        (4, (3, 4), 3, Verdict.REWORK),  # Half-way: as near to the one as to the other.
        (3, (3, 4), 4, Verdict.REWORK),
        (4, (3, 4, 4), 4, Verdict.KEEP),
        (1, (3, 3, 2, 3), 3, Verdict.REWORK),
        (5, (2, 3), 2, Verdict.REWORK),
    ],
)
def test_an_anchor_that_reads_as_another_level_is_reworked(
    meant: int, levels: tuple[int, ...], reads_as: int, verdict: Verdict
) -> None:
    found = agreement("tact", meant, tact(*levels))

    assert (found.reads_as, found.verdict) == (reads_as, verdict)


def test_nobody_else_has_sorted_it_so_nothing_is_said() -> None:
    found = agreement("tact", 4, [])

    assert found.share == NotEnough(0, 1, Lack.TOO_FEW_SORTERS)
    assert found.level == NotEnough(0, 1, Lack.TOO_FEW_SORTERS)
    assert (found.distance, found.reads_as, found.verdict) == (None, None, Verdict.UNKNOWN)


def test_one_level_has_no_spread_and_no_verdict() -> None:
    found = agreement("tact", 4, tact(4))

    assert found.spread == NotEnough(1, 2, Lack.TOO_FEW_SORTERS)
    assert found.verdict is Verdict.UNKNOWN


def test_one_sorter_alone_drops_nothing() -> None:
    assert agreement("tact", 4, elsewhere(1)).verdict is Verdict.UNKNOWN


def test_four_sorters_are_few_and_five_are_not() -> None:
    assert agreement("tact", 4, tact(4, 4, 4, 4)).rests_on_few
    assert not agreement("tact", 4, tact(4, 4, 4, 4, 4)).rests_on_few


def test_no_share_without_a_sorter() -> None:
    assert share_of(0, 0) == NotEnough(0, 1, Lack.TOO_FEW_SORTERS)


def test_the_confusion_counts_where_the_anchors_of_each_skill_went() -> None:
    went = [
        ("tact", Choice("tact", 4)),
        ("tact", Choice("calm", 4)),
        ("tact", Choice(None)),
        ("calm", Choice("calm", 1)),
        ("calm", Choice("calm", 2)),
    ]

    assert confusion(("tact", "calm"), went) == {
        "tact": {"tact": 1, "calm": 1, None: 1},
        "calm": {"tact": 0, "calm": 2, None: 0},
    }
