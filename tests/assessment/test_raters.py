"""Habits of interviewers, in ratings made with habits we know."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import linregress, t

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough
from hiring.assessment.mixed_model import Fit, fit
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

    assert (first.drift, first.order) == (NotEnough(0, 0, Lack.NO_TIMES),) * 2


def test_over_time_it_takes_twenty_candidates() -> None:
    table = made(candidates=19)

    first, *_others = figures(table, table.candidate.astype(float))

    assert first.drift == NotEnough(19, 20, Lack.TOO_FEW_CANDIDATES)
    assert first.order == NotEnough(18, 20, Lack.TOO_FEW_CANDIDATES)


def test_a_candidate_rated_by_the_one_before_is_found() -> None:
    table = made(candidates=80)
    own = table.interviewer == 0
    plain = table.means.value[table.means.interviewer == 0]
    pushed = np.zeros(len(table.score))
    pushed[own] = -0.5 * (np.concatenate(([3.0], plain[:-1])) - 3)[table.candidate[own]]

    first, *_others = figures(replace(table, score=table.score + pushed), table.candidate.astype(float))

    assert value(first.order) < -0.2
    assert RaterFlag.CONTRAST in first.flags


def test_slopes_are_those_of_least_squares() -> None:
    table = made(candidates=30)
    when = table.candidate * 2.0

    first, *_others = figures(table, when)

    model = fit(table.means)
    assert isinstance(model, Fit)
    own = np.flatnonzero(table.means.interviewer == 0)
    rest = table.means.value[own] - model.adjusted - model.interviewer_effects[0]
    expected = linregress(np.arange(30) * 2.0 / 30, rest)
    before = linregress(table.means.value[own][:-1], rest[1:])
    assert value(first.drift) == pytest.approx(expected.slope)
    assert value(first.order) == pytest.approx(before.slope)
    assert isinstance(first.drift, Estimate)
    assert first.drift.interval is not None
    assert first.drift.interval.high - expected.slope == pytest.approx(expected.stderr * t.ppf(0.975, 28))


def test_candidates_rated_at_one_moment_have_no_order_among_themselves() -> None:
    table = made(candidates=60)
    when = (table.candidate // 2).astype(float)
    backwards = np.arange(len(table.score))[::-1]
    mixed = Ratings.of(
        (
            table.candidates[table.candidate[row]],
            table.interviewers[table.interviewer[row]],
            table.items[table.item[row]],
            float(table.score[row]),
        )
        for row in backwards
    )

    one = figures(table, when)
    other = {mixed.interviewers[each.interviewer]: each for each in figures(mixed, when[backwards])}

    for each in one:
        assert value(other[f"i{each.interviewer}"].order) == pytest.approx(value(each.order))
        assert other[f"i{each.interviewer}"].flags == each.flags


def test_the_least_severity_that_is_flagged_is_a_share_of_the_scale() -> None:
    table = made(severity=UNEQUAL)
    wide = replace(table, score=2.5 * (table.score - 1))

    assert figures(table)[0].flags == (RaterFlag.SEVERE,)
    assert rater_figures(wide, fit(wide.means), scale=(0, 10))[0].flags == (RaterFlag.SEVERE,)
    assert rater_figures(wide, fit(wide.means), scale=(0, 50))[0].flags == ()


def test_agreement_to_the_last_digit_is_no_inconsistency() -> None:
    rows = [
        (f"c{c}", f"i{i}", f"q{q}", 0.1 * (c % 7) + 0.3 * i + 0.01 * q)
        for c in range(30)
        for i in range(3)
        for q in range(3)
    ]
    table = Ratings.of(rows)

    found = rater_figures(table, fit(table.means), table.candidate.astype(float), scale=(0, 1))

    for each in found:
        assert RaterFlag.INCONSISTENT not in each.flags
        assert (each.drift, each.order) == (NotEnough(30, 0, Lack.NO_VARIATION),) * 2


def test_means_that_differ_in_their_last_digit_are_constant() -> None:
    scores = {"a": (0.1, 0.2, 0.3), "b": (0.3, 0.2, 0.1), "c": (0.3, 0.1, 0.2), "d": (0.2, 0.1, 0.3)}
    rows = [(name, "x", f"q{q}", score) for name, own in scores.items() for q, score in enumerate(own)]
    rows += [(name, "y", "q0", 0.1 * place) for place, name in enumerate(scores)]
    table = Ratings.of(rows)

    constant, other = rater_figures(table, fit(table.means))

    assert (constant.spread, RaterFlag.CONSTANT in constant.flags) == (Estimate(0.0, 4), True)
    assert RaterFlag.CONSTANT not in other.flags


@st.composite
def tables(draw: st.DrawFn) -> Ratings:
    """Any candidates whom any interviewers scored on some items."""
    triples = [(f"c{c}", f"i{i}", f"q{q}") for c in range(25) for i in range(3) for q in range(2)]
    kept = draw(st.lists(st.sampled_from(triples), min_size=1, unique=True))
    kept = triples if draw(st.booleans()) else kept
    scores = draw(
        st.sampled_from([st.sampled_from([3.0]), st.sampled_from([1.0, 2, 5]), st.floats(-1e6, 1e6)])
    )
    return Ratings.of((*triple, draw(scores)) for triple in kept)


@given(tables(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_every_figure_is_a_number_or_nothing(table: Ratings, random: Random) -> None:
    when = np.array([float(random.randrange(40)) for _row in table.score])

    for each in rater_figures(table, fit(table.means), when):
        for found in (each.severity, each.spread, each.halo, each.consistency, each.drift, each.order):
            assert all(math.isfinite(number) for number in numbers(found))
        for found in (each.halo, each.consistency):
            assert isinstance(found, NotEnough) or -1 <= found.value <= 1


def numbers(found: Figure) -> list[float]:
    if isinstance(found, NotEnough):
        return [found.n, found.needed]
    return [found.value, found.n, *([found.interval.low, found.interval.high] if found.interval else [])]


@given(st.sampled_from([-2.0, 10.0, 1e4]))
@settings(max_examples=3, deadline=None)
def test_a_scale_moved_changes_no_habit(shift: float) -> None:
    table = made(severity=UNEQUAL)
    moved = replace(table, score=table.score + shift)

    for one, other in zip(
        figures(table), rater_figures(moved, fit(moved.means), scale=(1 + shift, 5 + shift)), strict=True
    ):
        assert other.flags == one.flags
        for name in ("severity", "spread", "halo", "consistency"):
            assert numbers(getattr(other, name)) == pytest.approx(numbers(getattr(one, name)), abs=1e-6)


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
