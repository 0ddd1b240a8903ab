"""Ratings that tests of the crossed model share."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from hiring.assessment.mixed_model import Fit, fit
from hiring.assessment.ratings import Means, Numbers, Ratings

REFERENCE = Path(__file__).parent / "reference"
DESIGNS = ("forty", "uneven", "levels", "parted", "alike", "equal", "severe")

# Shrout & Fleiss 1979, table 2: six targets by four judges.
SHROUT_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def means(rows: list[tuple[str, str, float]]) -> Means:
    return Ratings.of((candidate, interviewer, "", score) for candidate, interviewer, score in rows).means


def table(values: Numbers) -> Means:
    """Complete means of a table of candidates by interviewers."""
    return means([(f"C{i}", f"I{j}", float(score)) for (i, j), score in np.ndenumerate(values)])


def design(name: str) -> Means:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8") as file:
        return means(
            [(row["candidate"], row["interviewer"], float(row["score"])) for row in csv.DictReader(file)]
        )


@st.composite
def designs(draw: st.DrawFn) -> list[tuple[str, str, float]]:
    """Any candidates and interviewers who met, with whole levels or any numbers."""
    candidates, interviewers = draw(st.integers(2, 7)), draw(st.integers(2, 5))
    pairs = [(i, j) for i in range(candidates) for j in range(interviewers)]
    met = draw(st.lists(st.sampled_from(pairs), min_size=4, unique=True))
    scores = st.one_of(st.integers(1, 5), st.floats(-1e6, 1e6, allow_subnormal=False))
    return [(f"C{i}", f"I{j}", float(draw(scores))) for i, j in met]


def fitted(ratings: Means) -> Fit:
    result = fit(ratings)
    assert isinstance(result, Fit)
    return result


def rows_of(ratings: Means) -> list[tuple[str, str, float]]:
    return [
        (ratings.candidates[candidate], ratings.interviewers[interviewer], float(value))
        for candidate, interviewer, value in zip(
            ratings.candidate, ratings.interviewer, ratings.value, strict=True
        )
    ]
