"""Places in an order: 1 for the best, equal values share the first of their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

ROUNDING = 1e-9  # Means of the same levels in another order differ by less than this.


def places(values: Sequence[float]) -> list[int]:
    """The place of each value, the highest first.

    >>> places([3.0, 4.5, 3.0, 1.0])
    [2, 1, 2, 4]
    """
    ordered = sorted(values)
    return [1 + len(ordered) - bisect_right(ordered, value + ROUNDING) for value in values]
