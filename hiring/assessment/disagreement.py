"""How far interviewers of the same candidate are apart."""

from __future__ import annotations

from collections.abc import Iterable

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough

WIDE = 1.5  # Levels; from here on raters describe different behaviour, not shades of the same.


def spread(values: Iterable[float | None]) -> Figure:
    """The range from the lowest to the highest value, in levels; ``n`` counts the raters.

    The range is used because it can be read without training and, for two to four raters,
    says as much as a standard deviation.

    >>> spread([2, 4, None])
    Estimate(value=2, n=2, interval=None)
    """
    given = [value for value in values if value is not None]
    if len(given) < 2:
        return NotEnough(len(given), 2, Lack.TOO_FEW_RATERS)
    return Estimate(max(given) - min(given), len(given))


def is_wide(figure: Figure) -> bool:
    """Whether the raters should talk about it first."""
    return isinstance(figure, Estimate) and figure.value >= WIDE
