"""Nobody in a small group can be worked out from what is shown, alone or from two reports."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.suppression import ALL, LEAST, Count, Key, publishable, with_margins

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

    shown = publishable(cells(women=(21, 9), men=(40, 18)), before)

    assert shown.get((WOMEN, ALL), Count(20, 8)) == Count(20, 8)


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
    after = publishable(second, before)

    for key in set(before) & set(after):
        steps = [abs(a - b) for a, b in zip(after[key].measures, before[key].measures, strict=True)]
        assert all(step == 0 or step >= LEAST for step in steps)
