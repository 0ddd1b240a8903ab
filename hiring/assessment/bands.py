"""Candidates that the ratings cannot tell apart are tied, and stand in one band.

The error of measurement is estimated from how much interviewers of the same candidate differ: the
pooled within-candidate variance of a one-way analysis of variance. Bands follow the fixed-band
rule of Cascio, Outtz, Zedeck & Goldstein 1991 (Human Performance 4(4), 233-264): everybody whose
difference from the best one left is smaller than the standard error of a difference times the
critical value belongs to the same band.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hiring.assessment.estimates import Estimate, Figure, Interval, Lack, NotEnough

CONFIDENCE = 0.95
LEAST_DEGREES = 4  # Below this the critical value of t exceeds 3, and every interval covers half the scale.
LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Precision:
    """How much one interviewer's composite varies around the candidate's, and how well that is known."""

    standard_deviation: float
    degrees: int
    critical: float

    def standard_error(self, raters: int) -> float:
        """The standard error of a mean over so many interviewers, in levels."""
        return self.standard_deviation / math.sqrt(raters)

    def margin(self, raters: int) -> float:
        """Half the width of the 95 % interval of such a mean."""
        return self.critical * self.standard_error(raters)

    def tells_apart(self, one: Estimate, other: Estimate) -> bool:
        """Whether the difference is larger than error of measurement alone makes plausible."""
        error = math.hypot(self.standard_error(one.n), self.standard_error(other.n))
        difference = abs(one.value - other.value)
        return difference > 1e-9 and difference >= self.critical * error


def precision(ratings: Mapping[int, Sequence[float]]) -> Precision | NotEnough:
    """The precision of one interviewer's composite, from all candidates rated by two or more.

    ``ratings`` holds each candidate's composites, one for each interviewer, in levels.
    """
    degrees = sum(len(values) - 1 for values in ratings.values() if values)
    if degrees < LEAST_DEGREES:
        return NotEnough(degrees, LEAST_DEGREES, Lack.TOO_FEW_SCORECARDS)
    squares = sum(_squares(values) for values in ratings.values() if values)
    return Precision(math.sqrt(squares / degrees), degrees, _critical(degrees))


def with_interval(figure: Figure, raters: int, known: Precision | NotEnough) -> Figure:
    """The composite with ``n`` raters and, where the precision is known, its 95 % interval on the scale."""
    if isinstance(figure, NotEnough) or raters == 0:
        return figure
    if isinstance(known, NotEnough):
        return Estimate(figure.value, raters)
    margin = known.margin(raters)
    low, high = max(LOWEST, figure.value - margin), min(HIGHEST, figure.value + margin)
    return Estimate(figure.value, raters, Interval(low, high))


def bands(figures: Mapping[int, Figure], known: Precision | NotEnough) -> dict[int, int]:
    """Each candidate's band, 1 for the best; candidates without a figure have none.

    Without a known precision nobody can be told apart, and everybody is in band 1.
    """
    left = sorted(
        ((key, figure) for key, figure in figures.items() if isinstance(figure, Estimate)),
        key=lambda pair: (-pair[1].value, pair[0]),
    )
    result: dict[int, int] = {}
    leader: Estimate | None = None
    band = 0
    for key, figure in left:
        if leader is None or (isinstance(known, Precision) and known.tells_apart(leader, figure)):
            leader, band = figure, band + 1
        result[key] = band
    return result


def _squares(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values)


def _critical(degrees: int) -> float:
    from scipy.special import stdtrit  # Kept out of start-up: it takes a noticeable time to import.

    return float(stdtrit(degrees, 0.5 + CONFIDENCE / 2))
