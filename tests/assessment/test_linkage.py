"""Who can be compared with whom, and on which single ratings that hangs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.linkage import Bridge, bridges, parts
from hiring.assessment.ratings import Means, Ratings


def means(*pairs: tuple[str, str]) -> Means:
    return Ratings.of((candidate, interviewer, "q", 3.0) for candidate, interviewer in pairs).means


def test_two_panels_that_share_nobody_are_two_parts() -> None:
    found = parts(means(("a", "x"), ("a", "y"), ("b", "x"), ("c", "z")))

    assert [(part.candidates, part.interviewers) for part in found] == [((0, 1), (0, 1)), ((2,), (2,))]


def test_the_one_rating_that_links_two_panels_is_named() -> None:
    table = means(
        ("a", "x"),
        ("a", "y"),
        ("b", "x"),
        ("b", "y"),
        ("c", "z"),
        ("c", "w"),
        ("d", "z"),
        ("d", "w"),
        ("a", "z"),
    )

    assert bridges(table) == (Bridge(0, 2),)


def test_a_candidate_whom_one_interviewer_met_alone_is_no_bridge() -> None:
    assert bridges(means(("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("c", "x"))) == ()


def test_both_ratings_of_the_one_shared_candidate_are_bridges() -> None:
    assert bridges(means(("a", "x"), ("a", "y"))) == (Bridge(0, 0), Bridge(0, 1))


designs = st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("wxyz")), min_size=1)


@given(designs)
@settings(max_examples=200, deadline=None)
def test_a_bridge_is_a_rating_whose_loss_parts_interviewers(pairs: set[tuple[str, str]]) -> None:
    table = means(*sorted(pairs))
    named = {
        (table.candidates[each.candidate], table.interviewers[each.interviewer]) for each in bridges(table)
    }

    for pair in pairs:
        left = means(*sorted(pairs - {pair})) if len(pairs) > 1 else None
        before = _groups(table)
        after = _groups(left) if left else set()
        lost = frozenset(pair[1]) if left is None or pair[1] not in left.interviewers else None
        after |= {lost} if lost else set()
        assert (pair in named) == (before != after)


def _groups(table: Means) -> set[frozenset[str]]:
    return {frozenset(table.interviewers[each] for each in part.interviewers) for part in parts(table)} - {
        frozenset()
    }
