"""Selection rates against the examples of the Uniform Guidelines, and where nothing can be said."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.selection import (
    Group,
    GroupFigures,
    SelectionComparison,
    compare,
    is_below_four_fifths,
)


def figures(*groups: tuple[str, int, int]) -> dict[str, GroupFigures]:
    found = compare([Group(*group) for group in groups])
    return {each.group.name: each for each in found.groups}


def test_the_example_of_question_11() -> None:
    # 44 FR 11996, question 11: 60 % of the highest group; 45, 48 and 51 % of the others.
    found = figures(("A", 100, 60), ("B", 100, 45), ("C", 100, 48), ("D", 100, 51))

    assert [found[name].ratio for name in "ABCD"] == [1.0, 0.75, 0.8, 0.85]
    assert [found[name].below_four_fifths for name in "ABCD"] == [False, True, False, False]


def test_four_fifths_exactly_is_not_below() -> None:
    # 0.8 is no binary fraction: 12 of 50 against 15 of 50 must not fall to rounding.
    assert not is_below_four_fifths(Group("B", 50, 12), Group("A", 50, 15))
    assert is_below_four_fifths(Group("B", 501, 120), Group("A", 500, 150))


def test_a_difference_that_one_more_selection_undoes_is_marked() -> None:
    # 50 % against 65 % is below four fifths; with one selection moved it is 55 against 60 %.
    found = figures(("A", 20, 13), ("B", 20, 10))

    assert (found["B"].below_four_fifths, found["B"].flips_with_one) == (True, True)
    assert not figures(("A", 100, 60), ("B", 100, 30))["B"].flips_with_one


def test_the_example_of_question_21() -> None:
    # 44 FR 11996, question 21: 16 of 80 and 3 of 20; one other person selected makes it 18.7 against 20 %.
    found = figures(("White", 80, 16), ("Black", 20, 3))["Black"]

    assert (found.rate, found.ratio) == (0.15, pytest.approx(0.75))
    assert (found.below_four_fifths, found.flips_with_one) == (True, True)


def test_the_example_of_question_12() -> None:
    # 48 of 80 and 12 of 40: a ratio of one half, which one selection does not undo.
    found = figures(("White", 80, 48), ("Black", 40, 12))["Black"]

    assert (found.ratio, found.below_four_fifths, found.flips_with_one) == (0.5, True, False)
    assert found.shortfall == 12


def test_one_selection_undoes_nothing_while_a_third_group_stays_as_high() -> None:
    pair = (("A", 20, 13), ("B", 20, 10))

    assert figures(*pair)["B"].flips_with_one
    assert not figures(*pair, ("C", 20, 14), ("D", 20, 14))["B"].flips_with_one
    assert not figures(("A", 20, 13), ("C", 40, 26), ("B", 20, 9))["B"].flips_with_one


def test_fisher_and_z_agree_with_hand_worked_values() -> None:
    # Fisher's tea tasting: 3 of 4 against 1 of 4 has a two-sided p of 34/70.
    found = figures(("A", 4, 3), ("B", 4, 1))

    assert found["B"].fisher_p == pytest.approx(34 / 70)
    assert found["A"].fisher_p is None
    assert figures(("A", 100, 60), ("B", 100, 45))["B"].z == pytest.approx(
        -0.15 / math.sqrt(0.525 * 0.475 * 0.02)
    )


def test_the_shortfall_is_what_is_missing_to_the_highest_rate() -> None:
    found = figures(("A", 100, 60), ("B", 50, 20), ("C", 33, 19))

    assert [found[name].shortfall for name in "ABC"] == [0, 10, 1]


def test_of_two_equal_rates_the_larger_group_is_the_one_compared_with() -> None:
    found = compare([Group("A", 10, 5), Group("B", 20, 10), Group("C", 10, 4)])

    assert found.highest == Group("B", 20, 10)
    assert [each.is_highest for each in found.groups] == [False, True, False]
    assert [each.ratio for each in found.groups] == [1.0, 1.0, 0.8]


def test_one_group_is_compared_with_nobody() -> None:
    only = figures(("A", 10, 5))["A"]

    assert (only.rate, only.ratio, only.below_four_fifths, only.is_highest) == (0.5, 1.0, False, True)
    assert (only.fisher_p, only.z, only.shortfall, only.flips_with_one) == (None, None, 0, False)


def test_no_groups_are_no_comparison() -> None:
    assert compare([]) == SelectionComparison((), None)


def slowly(one: Group, other: Group) -> float:
    """Fisher's two-sided p: every table with the same margins, in whole numbers."""
    selected = one.selected + other.selected

    def ways(number: int) -> int:
        return math.comb(one.applicants, number) * math.comb(other.applicants, selected - number)

    tables = range(max(0, selected - other.applicants), min(one.applicants, selected) + 1)
    return sum(ways(each) for each in tables if ways(each) <= ways(one.selected)) / sum(map(ways, tables))


@given(
    st.lists(
        st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=2, max_size=4
    )
)
@settings(max_examples=100, deadline=None)
def test_figures_agree_with_their_definitions(counts: list[tuple[int, int]]) -> None:
    found = compare([Group(str(place), *pair) for place, pair in enumerate(counts)])

    for each in found.groups if found.highest else ():
        assert found.highest is not None
        highest = Fraction(found.highest.selected, found.highest.applicants)
        rate = Fraction(each.group.selected, each.group.applicants)
        assert rate <= highest
        assert each.below_four_fifths == (rate < Fraction(4, 5) * highest)
        assert each.shortfall == math.ceil(each.group.applicants * (highest - rate))
        assert each.ratio == pytest.approx(float(rate / highest))
        if not each.is_highest:
            assert each.fisher_p == pytest.approx(slowly(each.group, found.highest), abs=1e-9)


def test_nobody_selected_compares_nothing() -> None:
    found = figures(("A", 10, 0), ("B", 20, 0))

    assert {each.ratio for each in found.values()} == {None}
    assert compare([Group("A", 10, 0)]).highest is None


def test_everybody_selected_has_no_z() -> None:
    found = figures(("A", 10, 10), ("B", 20, 20))

    assert (found["A"].z, found["A"].fisher_p, found["B"].z) == (None, 1.0, None)


def test_a_group_without_applicants_has_no_rate() -> None:
    found = figures(("A", 10, 5), ("B", 0, 0))

    assert (found["B"].rate, found["B"].ratio) == (None, None)


def test_a_group_under_two_in_a_hundred_is_marked() -> None:
    found = figures(("A", 99, 50), ("B", 1, 0))

    assert [found[name].is_small for name in "AB"] == [False, True]


@pytest.mark.parametrize("counts", [(5, 6), (-1, 0), (5, -1)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="selected of"):
        compare([Group("A", *counts)])


pairs = st.integers(0, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@given(st.lists(pairs, min_size=1, max_size=5))
def test_figures_are_numbers_or_nothing(counts: list[tuple[int, int]]) -> None:
    found = compare([Group(str(place), *pair) for place, pair in enumerate(counts)])

    for each in found.groups:
        for value in (each.rate, each.ratio, each.fisher_p, each.z):
            assert value is None or math.isfinite(value)
        assert each.ratio is None or 0 <= each.ratio <= 1
        assert each.fisher_p is None or 0 <= each.fisher_p <= 1
