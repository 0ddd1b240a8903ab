"""An assessment as JSON; docs/assess.md explains every key."""

from __future__ import annotations

from typing import Any

from hiring.assessment.estimates import Estimate, Figure, NotEnough
from hiring.assessment.items import ItemFigures
from hiring.assessment.krippendorff import Metric
from hiring.assessment.mixed_model import Fit
from hiring.assessment.raters import RaterFigures
from hiring.assessment.report import Assessment
from hiring.assessment.standing import Standing
from hiring.wording import caution_sentence, reason

RELIABILITY_NAMES = {
    "single": "ICC(A,1)",
    "panel": "ICC(A,k)",
    "ranking": "ICC(Q,k)",
    "consistency": "ICC(C,1)",
}


def assessment_data(found: Assessment) -> dict[str, Any]:
    """Everything as numbers, strings, lists and objects; what is undefined is null."""
    ratings, figures = found.ratings, found.reliability
    return {
        "n": {
            "candidates": len(ratings.candidates),
            "interviewers": len(ratings.interviewers),
            "items": len(ratings.items),
            "ratings": len(ratings.score),
        },
        "components": len(found.parts),
        "parts": [
            {
                "candidates": [ratings.candidates[place] for place in part.candidates],
                "interviewers": [ratings.interviewers[place] for place in part.interviewers],
            }
            for part in found.parts
        ],
        "variance": _variance(found.fitted),
        "khat": value_of(figures.khat),
        "q": value_of(figures.q),
        "reliability": {
            key: figure_data(name, getattr(figures, key)) for key, name in RELIABILITY_NAMES.items()
        },
        "alpha": {
            metric.value: figure_data(f"Krippendorff's alpha, {metric.value}", found.alpha[metric])
            for metric in Metric
        },
        "cronbach_alpha": figure_data("Cronbach's alpha", found.cronbach),
        "candidates": [_candidate(found, each) for each in found.standings],
        "interviewers": [_interviewer(found, each) for each in found.raters],
        "items": [_item(found, each) for each in found.items],
        "warnings": [caution_sentence(caution) for caution in found.cautions],
    }


def figure_data(name: str, figure: Figure) -> dict[str, Any]:
    """A figure with its interval, or null with the reason."""
    if isinstance(figure, NotEnough):
        return {"name": name, "value": None, "low": None, "high": None, "n": figure.n, "why": reason(figure)}
    low, high = (figure.interval.low, figure.interval.high) if figure.interval else (None, None)
    return {"name": name, "value": figure.value, "low": low, "high": high, "n": figure.n}


def value_of(figure: Figure) -> float | None:
    """The figure alone, or null."""
    return figure.value if isinstance(figure, Estimate) else None


def _variance(fitted: Fit | NotEnough) -> dict[str, float | None]:
    if isinstance(fitted, NotEnough):
        return dict.fromkeys(("candidate", "interviewer", "residual"))
    return {
        "candidate": fitted.candidate_variance,
        "interviewer": fitted.interviewer_variance,
        "residual": fitted.residual_variance,
    }


def _candidate(found: Assessment, each: Standing) -> dict[str, Any]:
    return {
        "candidate": found.ratings.candidates[each.candidate],
        "ratings": int(found.scores_of_candidates[each.candidate]),
        "mean": each.mean,
        "adjusted": each.adjusted,
        "sd": each.sd,
        "part": each.part,
        "rank_low": each.rank_low,
        "rank_high": each.rank_high,
        "p_top": each.p_top,
    }


def _interviewer(found: Assessment, each: RaterFigures) -> dict[str, Any]:
    return {
        "interviewer": found.ratings.interviewers[each.interviewer],
        "ratings": int(found.scores_of_interviewers[each.interviewer]),
        "severity": value_of(each.severity),
        "sd": found.severity_error(each.interviewer),
        "spread": value_of(each.spread),
        "flags": [flag.value for flag in each.flags],
    }


def _item(found: Assessment, each: ItemFigures) -> dict[str, Any]:
    return {
        "item": found.ratings.items[each.item],
        "n": each.n,
        "mean": each.mean,
        "sd": each.sd,
        "corrected_r": value_of(each.corrected_r),
        "alpha_if_deleted": value_of(each.alpha_if_deleted),
        "floor": each.floor,
        "ceiling": each.ceiling,
        "flags": [flag.value for flag in each.flags],
    }
