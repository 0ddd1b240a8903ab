"""Nobody in a small group can be worked out from what is shown, alone or from two reports."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.suppression import ALL, LEAST, Count, Key, may_replace, publishable, with_margins

WOMEN, MEN = "women", "men"


def cells(**counts: tuple[int, int]) -> dict[Key, Count]:
    """Cells of one kind of group."""
    return {(name, ALL): Count(*count) for name, count in counts.items()} | {
        (ALL, ALL): Count(sum(a for a, _s in counts.values()), sum(s for _a, s in counts.values()))
    }


def test_margins_add_up() -> None:
    table = with_margins({(WOMEN, "a"): Count(6, 2), (WOMEN, "b"): Count(3, 1), (MEN, "a"): Count(9, 4)})

    assert table[WOMEN, ALL] == Count(9, 3)
    assert table[ALL, "a"] == Count(15, 6)
    assert table[ALL, ALL] == Count(18, 7)


def test_large_groups_are_shown() -> None:
    table = cells(women=(20, 8), men=(30, 12))

    assert publishable(table) == table


def test_a_group_of_which_few_were_selected_is_not_shown() -> None:
    shown = publishable(cells(women=(20, 4), men=(30, 12), unknown=(40, 15)))

    assert (WOMEN, ALL) not in shown


def test_the_last_small_group_is_not_left_as_the_rest_of_the_total() -> None:
    shown = publishable(cells(women=(20, 8), men=(30, 12), another=(3, 1)))

    # The smallest shown group is held back, so that the rest is made of two groups.
    assert set(shown) == {(MEN, ALL), (ALL, ALL)}


def test_a_report_does_not_change_by_fewer_than_five_people() -> None:
    before = cells(women=(20, 8), men=(30, 12))

    assert replaced(cells(women=(21, 9), men=(40, 18)), before) == before


def test_a_report_does_not_tell_that_all_who_moved_are_of_one_group() -> None:
    before = cells(women=(20, 8), men=(30, 12))

    assert replaced(cells(women=(40, 18), men=(30, 12)), before) == before


def test_a_report_is_replaced_once_enough_have_moved_in_every_group() -> None:
    before, now = cells(women=(20, 8), men=(30, 12)), cells(women=(32, 14), men=(42, 18))

    assert replaced(now, before) == now


def test_the_one_by_whom_a_group_becomes_large_enough_is_not_given_away() -> None:
    first = cells(women=(20, 4), men=(30, 12), unknown=(40, 15))
    before = publishable(first)

    assert (WOMEN, ALL) not in before
    assert replaced(cells(women=(20, 5), men=(30, 12), unknown=(40, 15)), before) == before


def test_the_one_by_whom_a_group_becomes_too_small_is_not_given_away() -> None:
    before = publishable(cells(women=(20, 5), men=(30, 12), unknown=(40, 15)))

    assert (WOMEN, ALL) in before
    assert replaced(cells(women=(20, 4), men=(30, 12), unknown=(40, 15)), before) == before


def test_a_group_appears_later_once_many_of_it_and_of_others_came() -> None:
    first = cells(women=(6, 3), men=(30, 12), unknown=(40, 15))
    now = cells(women=(40, 20), men=(60, 25), unknown=(70, 30))

    shown = replaced(now, publishable(first))

    assert shown[WOMEN, ALL] == Count(40, 20)


def replaced(now: dict[Key, Count], before: dict[Key, Count]) -> dict[Key, Count]:
    later = publishable(now, before)
    return later if may_replace(later, before) else before


counts = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: Count(sum(pair), pair[0]))
tables = st.dictionaries(
    st.tuples(st.sampled_from(["f", "m", "?"]), st.sampled_from(["a", "b", "?"])), counts, min_size=1
).map(with_margins)


@given(tables)
@settings(max_examples=300, deadline=None)
def test_no_shown_cell_and_no_rest_of_a_line_is_a_small_group(table: dict[Key, Count]) -> None:
    shown = publishable(table)

    assert all(count.is_safe for count in shown.values())
    for one in {key[0] for key in table} - {ALL}:
        parts = [key for key in table if key[0] == one and key[1] != ALL]
        hidden = [key for key in parts if key not in shown]
        if (one, ALL) in shown and hidden and len(hidden) < len(parts):
            rest = sum((table[key] for key in hidden), Count(0, 0))
            assert rest == Count(0, 0) or min(rest.measures) >= LEAST


@given(tables, tables)
@settings(max_examples=200, deadline=None)
def test_the_difference_of_two_reports_is_nothing_or_a_large_group(
    first: dict[Key, Count], second: dict[Key, Count]
) -> None:
    before = publishable(first)
    after = replaced(second, before)

    if after == before or (ALL, ALL) not in before:
        return
    assert set(before) <= set(after)
    whole = after[ALL, ALL] - before[ALL, ALL]
    for key in set(before) - {(ALL, ALL)}:
        if (after[key], before[key]) == (after[ALL, ALL], before[ALL, ALL]):
            continue  # The only group there is.
        for moved, all_moved in zip((after[key] - before[key]).measures, whole.measures, strict=True):
            assert moved == all_moved == 0 or min(abs(moved), abs(all_moved - moved)) >= LEAST
