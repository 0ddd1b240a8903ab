"""Who can be compared with whom, and on which single ratings that hangs."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.linkage import (
    Bridge,
    bridges,
    cut_candidates,
    cut_interviewers,
    parts,
)
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


CHAIN = (("a", "x"), ("b", "x"), ("a", "y"), ("b", "y"), ("c", "y"), ("c", "z"), ("d", "z"), ("d", "y"))


def test_an_interviewer_who_alone_joins_two_others_is_named() -> None:
    table = means(*CHAIN)

    assert [table.interviewers[each] for each in cut_interviewers(table)] == ["y"]
    assert (bridges(table), cut_candidates(table)) == ((), ())


def test_a_candidate_who_alone_joins_two_panels_is_named_though_no_single_rating_does() -> None:
    panels = [(candidate, interviewer) for candidate in "ab" for interviewer in "wx"]
    panels += [(candidate, interviewer) for candidate in "ac" for interviewer in "yz"]
    table = means(*panels)

    assert [table.candidates[each] for each in cut_candidates(table)] == ["a"]
    assert (bridges(table), cut_interviewers(table)) == ((), ())


def test_the_rating_of_an_interviewer_with_one_shared_candidate_is_a_bridge() -> None:
    table = means(*CHAIN, ("a", "w"), ("e", "w"), ("f", "w"))

    assert bridges(table) == (Bridge(table.candidates.index("a"), table.interviewers.index("w")),)


def test_an_interviewer_alone_is_linked_to_nobody_and_joins_nobody() -> None:
    table = means(("a", "x"), ("b", "x"))

    assert (bridges(table), cut_interviewers(table), cut_candidates(table)) == ((), (), ())


def test_without_ratings_there_are_no_parts() -> None:
    assert (parts(means()), bridges(means()), cut_interviewers(means())) == ((), (), ())


@given(designs)
@settings(max_examples=200, deadline=None)
def test_a_joint_is_somebody_whose_loss_parts_the_other_interviewers(pairs: set[tuple[str, str]]) -> None:
    table = means(*sorted(pairs))
    named = {table.candidates[each] for each in cut_candidates(table)}
    named |= {table.interviewers[each] for each in cut_interviewers(table)}

    for somebody in {*table.candidates, *table.interviewers}:
        left = means(*sorted(pair for pair in pairs if somebody not in pair))
        before = {group - {somebody} for group in _groups(table)} - {frozenset()}
        known = {one for group in _groups(left) for one in group}
        after = _groups(left) | {
            frozenset({one}) for one in table.interviewers if one not in known and one != somebody
        }
        assert (somebody in named) == (before != after)


@given(designs, st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_order_of_rows_changes_neither_parts_nor_links(
    pairs: set[tuple[str, str]], random: Random
) -> None:
    rows = sorted(pairs)
    mixed = random.sample(rows, len(rows))

    assert _named(means(*rows)) == _named(means(*mixed))


def _named(table: Means) -> tuple[object, ...]:
    return (
        _groups(table),
        {(table.candidates[each.candidate], table.interviewers[each.interviewer]) for each in bridges(table)},
        {table.interviewers[each] for each in cut_interviewers(table)},
        {table.candidates[each] for each in cut_candidates(table)},
    )
