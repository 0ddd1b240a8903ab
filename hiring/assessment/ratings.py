"""Ratings in long form, as arrays: what every estimator of this package begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.intp]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Means:
    """One value for each candidate and interviewer who met: the mean over the items rated, on the scale.

    Row ``r`` says that interviewer ``interviewer[r]`` gave candidate ``candidate[r]`` the value
    ``value[r]``; both are positions in the tuples of names. Each pair stands there once.
    """

    candidates: tuple[str, ...]
    interviewers: tuple[str, ...]
    candidate: Positions
    interviewer: Positions
    value: Numbers

    @property
    def raters(self) -> Positions:
        """The number of interviewers of each candidate, shape (candidates,)."""
        return np.bincount(self.candidate, minlength=len(self.candidates))

    @property
    def rated(self) -> Positions:
        """The number of candidates of each interviewer, shape (interviewers,)."""
        return np.bincount(self.interviewer, minlength=len(self.interviewers))

    def only(self, candidates: Positions) -> Means:
        """The same, limited to these positions of candidates, and to the interviewers who met them."""
        rows = np.isin(self.candidate, candidates)
        kept, candidate = np.unique(self.candidate[rows], return_inverse=True)
        met, interviewer = np.unique(self.interviewer[rows], return_inverse=True)
        return Means(
            tuple(self.candidates[position] for position in kept),
            tuple(self.interviewers[position] for position in met),
            candidate.astype(np.intp),
            interviewer.astype(np.intp),
            self.value[rows],
        )


@dataclass(frozen=True, eq=False)
class Ratings:
    """Scores of candidates by interviewers on items (questions or skills).

    Row ``r`` is one score; ``candidate``, ``interviewer`` and ``item`` hold positions in the tuples
    of names, which stand in the order of their first row. What is not rated has no row.
    """

    candidates: tuple[str, ...]
    interviewers: tuple[str, ...]
    items: tuple[str, ...]
    candidate: Positions
    interviewer: Positions
    item: Positions
    score: Numbers

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str, float]]) -> Ratings:
        """Ratings from rows of candidate, interviewer, item and score; each triple at most once."""
        names: tuple[dict[str, int], ...] = ({}, {}, {})
        positions: tuple[list[int], ...] = ([], [], [])
        scores: list[float] = []
        for *row, score in rows:
            for known, found, name in zip(names, positions, row, strict=True):
                found.append(known.setdefault(name, len(known)))
            scores.append(score)
        candidates, interviewers, items = (tuple(known) for known in names)
        candidate, interviewer, item = (np.array(found, dtype=np.intp) for found in positions)
        values = np.array(scores, dtype=np.float64)
        return cls(candidates, interviewers, items, candidate, interviewer, item, values)

    @property
    def means(self) -> Means:
        """The mean over items for each candidate and interviewer who met."""
        pairs = self.candidate * len(self.interviewers) + self.interviewer
        kept, row = np.unique(pairs, return_inverse=True)
        value = np.bincount(row, self.score, len(kept)) / np.bincount(row, minlength=len(kept))
        candidate, interviewer = np.divmod(kept, max(len(self.interviewers), 1))
        return Means(self.candidates, self.interviewers, candidate, interviewer, value)
