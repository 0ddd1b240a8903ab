"""The likelihood of the crossed model with candidates absorbed: matrices of order interviewers + 1 only.

The model is y_ij = mean + c_i + r_j + e_ij. With the ratios of the variances of candidates and
interviewers to the residual one, a and b, the covariance of the ratings is the residual variance times
W = I + a Zc Zc' + b Zr Zr'. Henderson's equations (Henderson 1975, Biometrics 31(2), 423-447) for the
mean and the interviewers' effects, with the candidates absorbed, have the matrix X' B^-1 X + diag(0, I)
where B = I + a Zc Zc' and X = [1, sqrt(b) Zr]. Written by ratios of variances rather than by their
inverses, everything stays finite where a variance is 0.

P = W^-1 - W^-1 1 (1' W^-1 1)^-1 1' W^-1 takes the mean out; the gradient and the information of the
restricted likelihood are traces and quadratic forms of it (Patterson & Thompson 1971, Biometrika 58(3),
545-554), all worked out without any matrix of the order of the ratings.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hiring.assessment.ratings import Numbers, Positions


@dataclass(frozen=True, eq=False)
class Design:
    """Who met whom, and what the ratings are.

    ``met`` has a row for each candidate: the number of interviewers, then 1 for each interviewer who
    rated. Candidates with equal numbers of interviewers enter all equations with equal weights, so their
    products are summed once: ``shared[g]`` is the sum of met' met over the candidates with ``sizes[g]``
    interviewers, shape (interviewers + 1, interviewers + 1).
    """

    candidate: Positions
    interviewer: Positions
    value: Numbers
    met: Numbers
    sizes: Numbers
    counts: Numbers
    shared: Numbers

    @classmethod
    def of(cls, candidate: Positions, interviewer: Positions, value: Numbers) -> Design:
        """The design of these rows; every position from 0 to the highest one has at least one row."""
        met = np.zeros((int(np.max(candidate)) + 1, int(np.max(interviewer)) + 2))
        met[candidate, interviewer + 1] = 1.0
        met[:, 0] = met.sum(axis=1)
        sizes, counts = np.unique(met[:, 0], return_counts=True)
        rows = (met[met[:, 0] == size] for size in sizes)
        shared = np.stack([group.T @ group for group in rows])
        return cls(candidate, interviewer, value, met, sizes, counts.astype(np.float64), shared)

    @property
    def raters(self) -> Numbers:
        """The number of interviewers of each candidate."""
        return self.met[:, 0]

    @property
    def rated(self) -> Numbers:
        """The number of candidates of each interviewer."""
        result: Numbers = self.met[:, 1:].sum(axis=0)
        return result

    @cached_property
    def crossed(self) -> Numbers:
        """[1, Zr]' [1, Zr], before candidates are absorbed."""
        rated = self.rated
        result = np.diag(np.concatenate(([rated.sum()], rated)))
        result[0, 1:] = result[1:, 0] = rated
        return result

    def over_candidates(self, rows: Numbers) -> Numbers:
        """Sums of one number for each rating, by candidate."""
        return np.bincount(self.candidate, rows, len(self.met)).astype(np.float64, copy=False)

    def over_interviewers(self, rows: Numbers) -> Numbers:
        """Sums of one number for each rating, by interviewer."""
        return np.bincount(self.interviewer, rows, self.met.shape[1] - 1).astype(np.float64, copy=False)


@dataclass(frozen=True, eq=False)
class Point:
    """The restricted likelihood of a design at two ratios of variances (candidate, interviewer : residual)."""

    design: Design
    candidate_ratio: float
    interviewer_ratio: float

    @property
    def ratios(self) -> Numbers:
        """Both ratios, shape (2,)."""
        return np.array([self.candidate_ratio, self.interviewer_ratio])

    @cached_property
    def divisors(self) -> Numbers:
        """1 + a n for each number n of interviewers that a candidate of the design has."""
        return 1.0 + self.candidate_ratio * self.design.sizes

    @cached_property
    def divisor(self) -> Numbers:
        """The same for each candidate."""
        return 1.0 + self.candidate_ratio * self.design.raters

    @cached_property
    def scale(self) -> Numbers:
        """What the columns of [1, Zr] are multiplied by: 1, and the root of the interviewers' ratio."""
        result = np.full(self.design.met.shape[1], math.sqrt(self.interviewer_ratio))
        result[0] = 1.0
        return result

    @cached_property
    def absorbed(self) -> Numbers:
        """[1, Zr]' B^-1 [1, Zr]; the sums of its rows are taken exactly rather than as differences."""
        design = self.design
        result = design.crossed - self.candidate_ratio * _weighed(1.0 / self.divisors, design.shared)
        result[0] = _weighed(1.0 / (design.sizes * self.divisors), design.shared[:, 0])
        result[:, 0] = result[0]
        return result

    @cached_property
    def root(self) -> Numbers:
        """A root of the inverse of the absorbed equations: upper triangular, times its own transpose."""
        equations = self.scale[:, None] * self.absorbed * self.scale
        equations[np.diag_indices_from(equations)] += np.sign(np.arange(len(equations)))
        upper: Numbers = np.linalg.inv(np.linalg.cholesky(equations)).T
        return upper

    @cached_property
    def inverse(self) -> Numbers:
        """The inverse of the absorbed equations."""
        return self.root @ self.root.T

    def solution(self, rows: Numbers) -> Numbers:
        """The mean, then the interviewers' effects (on the scale of the ratings), that fit these rows."""
        light = self.lighten(rows)
        right = np.concatenate(([light.sum()], self.design.over_interviewers(light)))
        return self.scale * (self.inverse @ (self.scale * right))

    def lighten(self, rows: Numbers) -> Numbers:
        """B^-1 times one number for each rating."""
        sums = self.design.over_candidates(rows) / self.divisor
        return rows - self.candidate_ratio * sums[self.design.candidate]

    def project(self, rows: Numbers) -> Numbers:
        """P times one number for each rating."""
        solved = self.solution(rows)
        return self.lighten(rows - solved[0] - solved[1:][self.design.interviewer])

    @cached_property
    def projected(self) -> Numbers:
        """P y."""
        return self.project(self.design.value)

    @cached_property
    def freedom(self) -> int:
        """The degrees of freedom left by the mean."""
        return len(self.design.value) - 1

    @cached_property
    def residual_variance(self) -> float:
        """The residual variance of highest restricted likelihood at these ratios: y' P y / (n - 1).

        It is taken as y' P W P y, a sum of squares, where the plain product would lose its digits.
        """
        total = self.projected @ self.projected + self.ratios @ self.quadratics[0]
        return float(total) / self.freedom

    @cached_property
    def deviance(self) -> float:
        """-2 log restricted likelihood, profiled over the mean and the residual variance."""
        determinant = float(self.design.counts @ np.log(self.divisors))
        determinant -= 2.0 * float(np.log(np.diagonal(self.root)).sum())
        return self.freedom * (1.0 + math.log(2.0 * math.pi * self.residual_variance)) + determinant

    @cached_property
    def traces(self) -> Numbers:
        """tr(P V_i) for the covariances of candidates, interviewers and residual, shape (3,)."""
        design, both = self.design, self._by_interviewers
        candidates = float(design.counts @ (design.sizes / self.divisors)) - _trace(
            self.inverse, self._squared
        )
        interviewers = float(np.trace(both))
        rest = self.freedom - self.ratios @ (candidates, interviewers)
        return np.array([candidates, interviewers, rest])

    @cached_property
    def products(self) -> Numbers:
        """tr(P V_i P V_j), shape (3, 3): twice the expected information where the residual variance is 1.

        Those of the residual follow from P W P = P.
        """
        result = np.empty((3, 3))
        result[0, 0] = self._candidates_twice
        result[1, 1] = float((self._by_interviewers**2).sum())
        result[0, 1] = result[1, 0] = self._crosswise
        result[:2, 2] = result[2, :2] = self.traces[:2] - result[:2, :2] @ self.ratios
        result[2, 2] = self.traces[2] - result[2, :2] @ self.ratios
        return result

    @cached_property
    def quadratics(self) -> tuple[Numbers, Numbers]:
        """y' P V_i P y, shape (2,), and y' P V_i P V_j P y, shape (2, 2), of candidates and interviewers."""
        design = self.design
        sums = (design.over_candidates(self.projected), design.over_interviewers(self.projected))
        rows = (sums[0][design.candidate], sums[1][design.interviewer])
        twice = [self.project(one) for one in rows]
        first = np.array([one @ one for one in sums])
        return first, np.array([[one @ other for other in twice] for one in rows])

    @property
    def slope(self) -> Numbers:
        """The first derivatives of the deviance with respect to both ratios, shape (2,)."""
        first, _ = self.quadratics
        return self.traces[:2] - first / self.residual_variance

    @property
    def curvature(self) -> Numbers:
        """The second derivatives of the deviance, shape (2, 2)."""
        first, second = self.quadratics
        bent = 2.0 * second / self.residual_variance
        return (
            bent - np.outer(first, first) / (self.freedom * self.residual_variance**2) - self.products[:2, :2]
        )

    @cached_property
    def _squared(self) -> Numbers:
        """U' U with U = Zc' B^-1 X, shape (candidates, interviewers + 1)."""
        return self._scaled(_weighed(self.divisors**-2, self.design.shared))

    @cached_property
    def _halves(self) -> Numbers:
        """Zr' B^-1 X."""
        return self.absorbed[1:] * self.scale

    @cached_property
    def _by_interviewers(self) -> Numbers:
        """Zr' P Zr."""
        return self.absorbed[1:, 1:] - self._halves @ self.inverse @ self._halves.T

    @cached_property
    def _candidates_twice(self) -> float:
        """The sum of the squares of Zc' P Zc = diag(n/d) - U C U'."""
        design, own = self.design, self.design.sizes / self.divisors
        mixed = self._scaled(_weighed(own / self.divisors**2, design.shared))
        spread = self.inverse @ self._squared
        return float(design.counts @ own**2) - 2.0 * _trace(self.inverse, mixed) + _trace(spread, spread)

    @cached_property
    def _crosswise(self) -> float:
        """The sum of the squares of Zc' P Zr = diag(1/d) N - U C (Zr' B^-1 X)'."""
        design = self.design
        seen = _weighed(self.divisors**-2, design.shared)[:, 1:] * self.scale[:, None]
        spread = self._halves @ self.inverse
        own = float(design.counts @ (design.sizes / self.divisors**2))
        return own - 2.0 * _trace(spread, seen) + _trace(spread @ self._squared, spread.T)

    def _scaled(self, matrix: Numbers) -> Numbers:
        return self.scale[:, None] * matrix * self.scale


def _weighed(weights: Numbers, shared: Numbers) -> Numbers:
    return (weights @ shared.reshape(len(shared), -1)).reshape(shared.shape[1:])


def _trace(one: Numbers, other: Numbers) -> float:
    """The trace of a product."""
    return float((one * other.T).sum())
