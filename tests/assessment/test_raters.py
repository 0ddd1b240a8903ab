"""Habits of interviewers, in ratings made with habits we know."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.assessment.mixed_model import fit
from hiring.assessment.raters import RaterFigures, RaterFlag, rater_figures
from hiring.assessment.ratings import Numbers, Ratings

ITEMS = 4
UNEQUAL = (0.8, 0.1, 0.0, 0.0, 0.0, 0.0, -0.1, -0.8)


def made(
    candidates: int = 40,
    severity: tuple[float, ...] = (0.0, 0.0, 0.0),
    spread: tuple[float, ...] = (1.0, 1.0, 1.0),
    halo: int | None = None,
    noise: tuple[float, ...] = (0.4, 0.4, 0.4),
) -> Ratings:
    """Ratings by an interviewer for each severity, without ends of the scale, of abilities that all of them see."""
    random = np.random.default_rng(11)
    ability = random.normal(3, 0.8, size=candidates)
    own = random.normal(0, 0.6, size=(candidates, ITEMS))
    rows = []
    for interviewer in range(len(severity)):
        seen = 3 + (ability - 3) * (*spread, *[1.0] * 9)[interviewer] - severity[interviewer]
        error = random.normal(
            0, (*noise, *[0.4] * 9)[interviewer], size=(candidates, 1 if interviewer == halo else ITEMS)
        )
        scores = seen[:, None] + error + (0 if interviewer == halo else own)
        scores = np.broadcast_to(scores, (candidates, ITEMS))
        rows += [
            (f"c{c}", f"i{interviewer}", f"q{q}", float(scores[c, q]))
            for c in range(candidates)
            for q in range(ITEMS)
        ]
    return Ratings.of(rows)


def figures(ratings: Ratings, when: Numbers | None = None) -> tuple[RaterFigures, ...]:
    return rater_figures(ratings, fit(ratings.means), when, scale=(1, 5))


def value(figure: object) -> float:
    assert isinstance(figure, Estimate)
    return figure.value


def test_a_severe_interviewer_is_found_with_an_interval_around_the_truth() -> None:
    severe, *_others = figures(made(severity=UNEQUAL))

    assert isinstance(severe.severity, Estimate)
    assert severe.severity.interval is not None
    assert severe.severity.interval.low < 0.8 < severe.severity.interval.high
    assert severe.flags == (RaterFlag.SEVERE,)
    assert severe.ratings == 40


def test_a_lenient_interviewer_has_a_negative_severity() -> None:
    *_others, lenient = figures(made(severity=UNEQUAL))

    assert value(lenient.severity) < 0
    assert lenient.flags == (RaterFlag.LENIENT,)


def test_equal_habits_raise_no_flag() -> None:
    assert [each.flags for each in figures(made())] == [(), (), ()]


def test_a_small_severity_is_no_flag_however_certain() -> None:
    assert figures(made(candidates=400, severity=(0.15, 0.0, -0.15)))[0].flags == ()


def test_a_shift_of_one_interviewer_moves_the_severity_by_as_much_less_the_mean() -> None:
    table = made()
    moved = replace(table, score=table.score + 3.0 * (table.interviewer == 1))

    before, after = (value(each[1].severity) for each in (figures(table), figures(moved)))

    assert after - before == pytest.approx(-2.0, abs=0.2)


def test_a_narrow_range_is_flagged() -> None:
    narrow, *others = figures(made(spread=(0.1, 1.0, 1.0), noise=(0.1, 0.4, 0.4)))

    assert value(narrow.spread) < 0.6
    assert RaterFlag.NARROW in narrow.flags
    assert not any(RaterFlag.NARROW in each.flags for each in others)


def test_the_same_score_for_everybody_is_always_flagged() -> None:
    rows = [("a", "x", "q", 3.0), ("b", "x", "q", 3.0), ("a", "y", "q", 2.0), ("b", "y", "q", 4.0)]

    constant, other = rater_figures(Ratings.of(rows), fit(Ratings.of(rows).means))

    assert RaterFlag.CONSTANT in constant.flags
    assert RaterFlag.CONSTANT not in other.flags


def test_one_impression_for_all_skills_is_flagged() -> None:
    halo, *others = figures(made(halo=0))

    assert value(halo.halo) == pytest.approx(1.0)
    assert RaterFlag.HALO in halo.flags
    assert not any(RaterFlag.HALO in each.flags for each in others)


def test_a_noisy_interviewer_agrees_less_with_the_others() -> None:
    noisy, second, _third = figures(made(noise=(3.0, 0.2, 0.2)))

    assert value(noisy.consistency) < value(second.consistency)
    assert RaterFlag.INCONSISTENT in noisy.flags


def test_drift_is_found_in_the_order_of_time() -> None:
    table = made(candidates=60)
    when = table.candidate.astype(float)  # One candidate a day.
    later = np.where(table.interviewer == 2, 0.03 * (when - 30), 0.0)
    drifted = replace(table, score=table.score + later)

    *_others, third = figures(drifted, when)

    assert value(third.drift) == pytest.approx(0.9 * 2 / 3, abs=0.3)
    assert RaterFlag.DRIFT in third.flags


def test_without_moments_nothing_is_said_of_time() -> None:
    first, *_others = figures(made())

    assert (first.drift, first.order) == (NotEnough(0, 20, Lack.TOO_FEW_CANDIDATES),) * 2


def test_too_few_candidates_are_said_to_be_so() -> None:
    first, *_others = figures(made(candidates=2))

    assert first.spread == NotEnough(2, 3, Lack.TOO_FEW_CANDIDATES)
    assert first.halo == NotEnough(2, 5, Lack.TOO_FEW_CANDIDATES)
    assert first.consistency == NotEnough(2, 5, Lack.TOO_FEW_SHARED)


def test_without_a_model_there_is_no_severity() -> None:
    rows = [(f"c{number}", "x", "q", float(number % 5 + 1)) for number in range(12)]
    table = Ratings.of(rows)

    (only,) = rater_figures(table, fit(table.means))

    assert isinstance(only.severity, NotEnough)
    assert rater_figures(Ratings.of([]), fit(Ratings.of([]).means)) == ()
