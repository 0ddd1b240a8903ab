"""A cut from several people's judgements of a candidate who is just good enough.

Each judge says, alone, which level of each skill's anchors such a candidate shows; a judge's cut is the weighted mean
over the skills, the panel's cut the mean over judges (modified Angoff on anchored scales: Angoff 1971, in Thorndike,
Educational Measurement, 508-600; Hambleton & Plake 1995, Applied Measurement in Education 8(1), 41-55). Its standard
error comes from how far the judges differ (AERA, APA & NCME 2014, Standard 5.21).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from hiring.assessment.estimates import Estimate, Figure, Lack, NotEnough

LEAST_JUDGES = 2  # One judge has no error that anybody could see.


@dataclass(frozen=True)
class SkillStandard:
    """What the judges expect on one skill, in levels."""

    skill_id: str
    levels: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over judges."""
        return fmean(self.levels)

    @property
    def lowest(self) -> float:
        """What the mildest judge expects."""
        return min(self.levels)

    @property
    def highest(self) -> float:
        """What the strictest judge expects."""
        return max(self.levels)


@dataclass(frozen=True)
class PanelStandard:
    """The panel's cut with its standard error, both in levels, and what stands behind them."""

    cut: Figure
    error: Figure
    skills: tuple[SkillStandard, ...]


def panel_standard(judgements: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> PanelStandard:
    """The cut of judges who each gave a level to every skill of ``weights``; who left one out is not counted."""
    complete = [each for each in judgements if weights and set(weights) <= set(each)]
    if not complete:
        lack = NotEnough(0, 1, Lack.NO_RATINGS)
        return PanelStandard(lack, lack, ())
    total = sum(weights.values())
    cuts = [sum(weight * each[skill] for skill, weight in weights.items()) / total for each in complete]
    skills = tuple(SkillStandard(skill, tuple(each[skill] for each in complete)) for skill in weights)
    return PanelStandard(Estimate(fmean(cuts), len(cuts)), _error(cuts), skills)


def _error(cuts: Sequence[float]) -> Figure:
    if len(cuts) < LEAST_JUDGES:
        return NotEnough(len(cuts), LEAST_JUDGES, Lack.TOO_FEW_RATERS)
    return Estimate(stdev(cuts) / math.sqrt(len(cuts)), len(cuts))
