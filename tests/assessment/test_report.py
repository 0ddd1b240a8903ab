"""Everything that is told of one table of ratings, put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.assessment.krippendorff import Metric
from hiring.assessment.mixed_model import Fit
from hiring.assessment.ratings import Ratings
from hiring.assessment.report import Assessment, Caution, Concern, assessment, sorted_by_names

Row = tuple[str, str, str, float]


def rows_of(candidates: int, interviewers: int, items: int = 2, each: int = 2, seed: int = 1) -> list[Row]:
    """Whole numbers around 3 by a chain of overlapping panels, who see differences between candidates."""
    chance = Random(seed)  # noqa: S311
    level = [chance.gauss(3, 1) for _ in range(candidates)]
    return [
        (f"C{c}", f"I{(c + step) % interviewers}", f"q{item}", float(round(level[c] + chance.gauss(0, 0.8))))
        for c in range(candidates)
        for step in range(each)
        for item in range(items)
    ]


def report(rows: Sequence[Row], **options: int) -> Assessment:
    return assessment(Ratings.of(rows), options.get("top", 3), options.get("seed", 0))


def concerns(found: Assessment) -> list[Concern]:
    return [caution.concern for caution in found.cautions]


def figures(found: Assessment) -> str:
    """All figures as text, in which a single digit would show."""
    return repr((found.reliability, found.alpha, found.cronbach, found.standings, found.raters, found.items))


def test_names_stand_in_their_natural_order() -> None:
    table = sorted_by_names(Ratings.of([("C10", "i", "q", 1.0), ("C9", "i", "q", 2.0), ("b", "i", "q", 3.0)]))

    assert table.candidates == ("b", "C9", "C10")
    assert table.score.tolist() == [3.0, 2.0, 1.0]


def test_the_order_of_the_rows_changes_no_digit() -> None:
    rows = rows_of(12, 4)
    shuffled = Random(5).sample(rows, len(rows))  # noqa: S311

    assert figures(report(shuffled)) == figures(report(rows))


def test_the_same_seed_gives_the_same_figures_and_another_one_other_draws() -> None:
    rows = rows_of(12, 4)

    assert figures(report(rows, seed=3)) == figures(report(rows, seed=3))
    assert [each.p_top for each in report(rows, seed=3).standings] != [
        each.p_top for each in report(rows, seed=4).standings
    ]


def test_shifting_one_interviewer_moves_the_severity_and_not_the_order() -> None:
    rows = rows_of(12, 4, each=4)
    shifted = [(c, i, q, score - 2 if i == "I2" else score) for c, i, q, score in rows]

    before, after = report(rows), report(shifted)

    assert [each.candidate for each in after.standings] == [each.candidate for each in before.standings]
    assert severity(after, 2) > severity(before, 2) + 1


def severity(found: Assessment, interviewer: int) -> float:
    figure = found.raters[interviewer].severity
    assert isinstance(figure, Estimate)
    return figure.value


def test_the_best_candidate_of_each_part_comes_first() -> None:
    apart = [(f"X{c}", f"Y{i}", q, score) for c, i, q, score in rows_of(6, 3)]

    found = report(rows_of(12, 4) + apart)

    places = [(each.part, -(each.adjusted or 0)) for each in found.standings]
    assert places == sorted(places)
    assert {each.part for each in found.standings} == {0, 1}
    assert max(each.rank_high or 0 for each in found.standings if each.part == 1) <= 6
    assert Caution(Concern.SEPARATE_PARTS, 2) in found.cautions


def test_a_link_that_hangs_on_one_rating_is_named() -> None:
    rows = [(f"C{c}", f"I{i}", "q", float(c + i)) for c in range(4) for i in range(2)]
    rows += [(f"D{c}", f"J{i}", "q", float(c * i + 1)) for c in range(4) for i in range(2)]

    found = report([*rows, ("C0", "J0", "q", 3.0)])

    weak = [caution for caution in found.cautions if caution.concern is Concern.WEAK_LINKS]
    assert weak == [Caution(Concern.WEAK_LINKS, 1, pairs=(("C0", "J0"),))]
    assert Concern.HINGES not in concerns(found)


def test_a_candidate_who_alone_links_two_panels_is_named() -> None:
    rows = [(f"C{c}", f"I{i}", "q", float(c + i)) for c in range(4) for i in range(2)]
    rows += [(f"D{c}", f"J{i}", "q", float(c * i + 1)) for c in range(4) for i in range(2)]

    found = report([*rows, ("C0", "J0", "q", 3.0), ("C0", "J1", "q", 4.0)])

    assert Caution(Concern.HINGES, 1, names=("C0",)) in found.cautions
    assert Concern.WEAK_LINKS not in concerns(found)


@pytest.mark.parametrize(
    ("rows", "concern", "number"),
    [
        (rows_of(9, 4), Concern.FEW_CANDIDATES, 9),
        (rows_of(12, 2), Concern.FEW_INTERVIEWERS, 2),
        ([*rows_of(12, 4), ("alone", "I0", "q0", 3.0)], Concern.SINGLE_RATERS, 1),
        (rows_of(12, 4)[1:], Concern.PARTLY_RATED, 1),
        (rows_of(29, 4), Concern.FEW_FOR_ITEMS, 29),
    ],
)
def test_what_limits_the_conclusions_is_counted(rows: list[Row], concern: Concern, number: int) -> None:
    assert Caution(concern, number) in report(rows).cautions


def test_enough_of_everything_raises_no_concern() -> None:
    assert set(concerns(report(rows_of(30, 4)))) <= {Concern.AT_THE_BOUNDARY}


def test_without_a_model_the_reason_is_kept() -> None:
    found = report([("Ann", "Ivy", "q", 3.0), ("Ben", "Ivy", "q", 4.0)])

    assert found.cautions[0] == Caution(Concern.NOT_ADJUSTED, why=NotEnough(1, 2, Lack.TOO_FEW_RATERS))
    assert [each.adjusted for each in found.standings] == [None, None]


def test_without_ratings_every_figure_lacks_them() -> None:
    found = report([])

    assert concerns(found) == [Concern.NO_RATINGS]
    assert found.cronbach == NotEnough(0, 1, Lack.NO_RATINGS)
    assert set(found.alpha) == set(Metric)


def test_scores_are_counted_by_the_row() -> None:
    found = report(rows_of(12, 4, items=3))

    assert set(found.scores_of_candidates.tolist()) == {6}
    assert set(found.scores_of_interviewers.tolist()) == {18}
    assert isinstance(found.fitted, Fit)


NAMES = st.sampled_from("abcd")
SCORES = st.one_of(
    st.integers(1, 5).map(float),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.sampled_from([0.0, 1e-9, 1e-200, 5e-324, 1e9, 999_999_999.5]),
)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEFGH"), NAMES, st.sampled_from("pqr"), SCORES),
        unique_by=lambda row: row[:3],
        max_size=40,
    )
)
def test_no_ratings_whatever_lead_to_a_figure_that_is_none(rows: list[Row]) -> None:
    found = report(rows)

    assert all(math.isfinite(number) for number in numbers(found))
    for each in (found.reliability.single, found.reliability.panel, found.reliability.ranking):
        assert isinstance(each, NotEnough) or 0 <= each.value <= 1


@settings(deadline=None, max_examples=150)
@given(st.integers(2, 4), st.integers(2, 3), st.integers(1, 2), st.data())
def test_no_small_complete_table_leads_to_a_figure_that_is_none(
    candidates: int, interviewers: int, items: int, data: st.DataObject
) -> None:
    cells = [
        (f"C{c}", f"I{i}", f"q{q}")
        for c in range(candidates)
        for i in range(interviewers)
        for q in range(items)
    ]
    scores = data.draw(st.lists(st.integers(1, 3), min_size=len(cells), max_size=len(cells)))

    found = report([(*cell, float(score)) for cell, score in zip(cells, scores, strict=True)])

    assert all(math.isfinite(number) for number in numbers(found))


def test_candidates_with_equal_means_are_not_certain_to_be_equal() -> None:
    found = report(
        [
            ("Ann", "Ivy", "q", 2.0),
            ("Ann", "Ian", "q", 4.0),
            ("Ben", "Ivy", "q", 4.0),
            ("Ben", "Ian", "q", 2.0),
        ]
    )

    assert isinstance(found.reliability.single, Estimate)
    assert found.reliability.single.interval is None or found.reliability.single.interval.high > 0.5


def numbers(found: object) -> list[float]:
    """Every number within a result."""
    if isinstance(found, Ratings | str | Lack) or found is None:
        return []
    if isinstance(found, bool | int | float):
        return [float(found)]
    if isinstance(found, np.ndarray):
        return [float(number) for number in found.ravel()]
    if isinstance(found, dict):
        return [number for each in found.values() for number in numbers(each)]
    if isinstance(found, tuple | list):
        return [number for each in found for number in numbers(each)]
    return [number for each in vars(found).values() for number in numbers(each)]
