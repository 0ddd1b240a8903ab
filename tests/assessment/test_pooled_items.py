"""Questions over groups of candidates: the usual correlation in one group, and no group passes for discrimination."""

from __future__ import annotations

import numpy as np
import pytest

from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.assessment.items import ItemFlag, item_figures
from hiring.assessment.pooled_items import pooled_items
from hiring.assessment.ratings import Positions, Ratings

SCALE = (1.0, 5.0)


def one_group(ratings: Ratings) -> Positions:
    return np.zeros(len(ratings.candidates), dtype=np.intp)


def crossed(candidates: int = 40, items: int = 4, seed: int = 1) -> Ratings:
    """Everybody answers everything, rated by two."""
    draw = np.random.default_rng(seed)
    able = draw.normal(3, 1, candidates)
    return Ratings.of(
        (f"c{c}", rater, f"q{i}", float(np.clip(round(able[c] + draw.normal(0, 1)), 1, 5)))
        for c in range(candidates)
        for rater in ("Ivy", "Ian")
        for i in range(items)
    )


def test_in_one_complete_group_it_is_the_corrected_item_total_correlation() -> None:
    ratings = crossed()

    pooled, usual = pooled_items(ratings, one_group(ratings), SCALE), item_figures(ratings, SCALE)

    for one, other in zip(pooled, usual, strict=True):
        assert isinstance(one.corrected_r, Estimate)
        assert isinstance(other.corrected_r, Estimate)
        assert one.corrected_r.value == pytest.approx(other.corrected_r.value, abs=1e-9)
        assert (one.n, one.mean, one.sd) == pytest.approx((other.n, other.mean, other.sd))
        assert (one.floor, one.ceiling, one.flags) == (other.floor, other.ceiling, other.flags)


def test_a_strong_and_a_weak_group_are_no_discrimination() -> None:
    draw = np.random.default_rng(2)
    rows = [
        (f"{group}{c}", "Ivy", item, base + float(draw.integers(0, 2)))
        for group, base in (("weak", 1), ("strong", 4))
        for c in range(200)
        for item in ("q1", "q2")
    ]
    ratings = Ratings.of(rows)
    group = np.array([int(name.startswith("strong")) for name in ratings.candidates], dtype=np.intp)

    apart = pooled_items(ratings, group, SCALE)[0].corrected_r
    together = pooled_items(ratings, one_group(ratings), SCALE)[0].corrected_r

    assert isinstance(apart, Estimate)
    assert isinstance(together, Estimate)
    assert abs(apart.value) < 0.15
    assert together.value > 0.8


def test_the_worked_example_of_the_documents() -> None:
    values = {"one": ((1, 2), (3, 4)), "other": ((4, 5), (5, 4))}
    rows = [
        (f"{job}{place}{copy}", "Ivy", item, float(score))
        for copy in range(10)
        for job, pairs in values.items()
        for place, pair in enumerate(pairs)
        for item, score in zip(("q1", "q2"), pair, strict=True)
    ]
    ratings = Ratings.of(rows)
    group = np.array([int(name.startswith("other")) for name in ratings.candidates], dtype=np.intp)

    found = pooled_items(ratings, group, SCALE)[0].corrected_r

    assert found == Estimate(pytest.approx(0.60), 40)


def test_fewer_than_thirty_candidates_give_no_correlation_and_no_flag() -> None:
    ratings = crossed(29)

    found = pooled_items(ratings, one_group(ratings), SCALE)[0]

    assert found.corrected_r == NotEnough(29, 30, Lack.TOO_FEW_CANDIDATES)
    assert found.flags == ()


def test_a_question_asked_alone_has_nothing_to_go_with() -> None:
    ratings = Ratings.of((f"c{c}", "Ivy", "q1", float(1 + c % 5)) for c in range(40))

    assert pooled_items(ratings, one_group(ratings), SCALE)[0].corrected_r == NotEnough(
        0, 30, Lack.TOO_FEW_CANDIDATES
    )


def test_candidates_alone_in_their_group_do_not_count() -> None:
    ratings = crossed(40)
    group = np.arange(40, dtype=np.intp)

    assert pooled_items(ratings, group, SCALE)[0].corrected_r == NotEnough(0, 30, Lack.TOO_FEW_CANDIDATES)


def test_the_same_level_for_everybody_is_named_and_never_a_number() -> None:
    ratings = Ratings.of(
        (f"c{c}", "Ivy", item, 5.0 if item == "q1" else float(1 + c % 5))
        for c in range(40)
        for item in ("q1", "q2")
    )

    found = pooled_items(ratings, one_group(ratings), SCALE)[0]

    assert found.corrected_r == NotEnough(40, 0, Lack.NO_VARIATION)
    assert found.flags == (ItemFlag.CEILING,)


def test_no_ratings_give_no_figures() -> None:
    assert pooled_items(Ratings.of([]), np.array([], dtype=np.intp), SCALE) == ()
