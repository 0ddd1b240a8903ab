"""How often the 95 % intervals hold the truth, and whether adjusting helps: python benchmarks/coverage.py

Simulates designs whose true variances are known. The table docs/statistics.md shows comes from here.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from hiring.assessment.estimates import Estimate
from hiring.assessment.mixed_model import Fit, fit
from hiring.assessment.ratings import Means, Numbers
from hiring.assessment.reliability import average_raters, overlap, reliability

SIMULATIONS = 2_000
CANDIDATES, RESIDUAL = 0.50, 0.45  # Variances; a single interviewer's reliability is .45 with SEVERITY.
SEVERITY = 0.15
FIGURES = ("single", "panel", "ranking", "consistency")


@dataclass(frozen=True)
class Plan:
    """So many candidates, interviewers, and interviewers drawn by lot for each candidate."""

    candidates: int
    interviewers: int
    each: int

    def __str__(self) -> str:
        complete = " complete" if self.each == self.interviewers else f" k={self.each}"
        return f"{self.candidates}x{self.interviewers}{complete}"


PLANS = (Plan(40, 12, 3), Plan(12, 6, 3), Plan(8, 4, 3), Plan(20, 3, 3), Plan(8, 3, 3), Plan(100, 20, 3))


@dataclass(frozen=True, eq=False)
class World:
    """Simulated means, and the abilities behind them."""

    means: Means
    abilities: Numbers
    true: dict[str, float]


def world(plan: Plan, candidates: float, severity: float, chance: np.random.Generator) -> World:
    """One design with candidates' and interviewers' effects of these variances."""
    abilities = chance.normal(0, math.sqrt(candidates), plan.candidates)
    kindness = chance.normal(0, math.sqrt(severity), plan.interviewers)
    candidate = np.repeat(np.arange(plan.candidates), plan.each)
    drawn = [np.sort(chance.permutation(plan.interviewers)[: plan.each]) for _ in range(plan.candidates)]
    interviewer = np.concatenate(drawn)
    error = chance.normal(0, math.sqrt(RESIDUAL), len(candidate))
    value = 3.0 + abilities[candidate] + kindness[interviewer] + error
    names = (
        tuple(f"C{i:03}" for i in range(plan.candidates)),
        tuple(f"I{j:03}" for j in range(plan.interviewers)),
    )
    everybody = np.arange(plan.candidates)  # Lots may leave an interviewer without a candidate.
    means = Means(*names, candidate, interviewer, value).only(everybody)
    return World(means, abilities, truth(means, candidates, severity))


def truth(means: Means, candidates: float, severity: float) -> dict[str, float]:
    """The true figures of this design."""
    khat, q = average_raters(means), overlap(means)
    if not (isinstance(khat, Estimate) and isinstance(q, Estimate)):
        raise TypeError("Every simulated design has candidates.")
    both = severity + RESIDUAL
    disturbances = (both, both / khat.value, q.value * severity + RESIDUAL / khat.value, RESIDUAL)
    return {
        name: candidates / (candidates + other) for name, other in zip(FIGURES, disturbances, strict=True)
    }


@dataclass
class Tally:
    """What was seen of one figure."""

    covered: int = 0
    given: int = 0
    width: float = 0.0

    def add(self, figure: object, true: float) -> None:
        """Counts one interval."""
        if isinstance(figure, Estimate) and figure.interval is not None:
            self.given += 1
            self.covered += figure.interval.low <= true <= figure.interval.high
            self.width += figure.interval.high - figure.interval.low

    def __str__(self) -> str:
        return f"{100 * self.covered / self.given:5.1f} ({self.width / self.given:.2f})"


def coverage(plan: Plan, candidates: float, severity: float) -> tuple[dict[str, Tally], int]:
    """The tallies of all figures, and how many designs gave no interval."""
    tallies = {name: Tally() for name in FIGURES}
    for seed in range(SIMULATIONS):
        simulated = world(plan, candidates, severity, np.random.default_rng((seed, 1)))
        found = reliability(simulated.means, fit(simulated.means))
        for name, tally in tallies.items():
            tally.add(getattr(found, name), simulated.true[name])
    return tallies, SIMULATIONS - tallies["single"].given


def accuracy(plan: Plan, severity: float) -> tuple[float, float, float]:
    """Mean rank correlation with the abilities of raw means and of adjusted values, and its difference's error."""
    raw, adjusted = [], []
    for seed in range(SIMULATIONS):
        simulated = world(plan, CANDIDATES, severity, np.random.default_rng((seed, 2)))
        means, fitted = simulated.means, fit(simulated.means)
        if not isinstance(fitted, Fit) or fitted.candidate_variance == 0:
            continue
        plain = np.bincount(means.candidate, means.value) / means.raters
        raw.append(ranks_agree(plain, simulated.abilities))
        adjusted.append(ranks_agree(fitted.adjusted, simulated.abilities))
    difference = np.subtract(adjusted, raw)
    return float(np.mean(raw)), float(np.mean(adjusted)), float(difference.std() / math.sqrt(len(difference)))


def ranks_agree(one: Numbers, other: Numbers) -> float:
    """Spearman's correlation."""
    return float(np.corrcoef(one.argsort().argsort(), other.argsort().argsort())[0, 1])


def main() -> None:
    """Prints both tables."""
    print(f"Coverage of 95 % intervals in percent (mean width), {SIMULATIONS} designs each")
    print(f"Variances: candidates .50 or .10, interviewers {SEVERITY}, residual {RESIDUAL}\n")
    print(f"{'design':16}{'true single':>12}" + "".join(f"{name:>15}" for name in FIGURES) + f"{'none':>6}")
    for variance in (CANDIDATES, 0.10):
        for plan in PLANS:
            tallies, none = coverage(plan, variance, SEVERITY)
            true = variance / (variance + SEVERITY + RESIDUAL)
            print(
                f"{plan!s:16}{true:12.2f}"
                + "".join(f"{tally!s:>15}" for tally in tallies.values())
                + f"{none:6}"
            )
    print("\nMean rank correlation with the true abilities\n")
    print(f"{'design':16}{'severity':>10}{'raw':>8}{'adjusted':>10}{'gain':>8}{'its error':>11}")
    for plan in PLANS[:4]:
        for severity in (0.0, 0.15, 0.50):
            raw, adjusted, error = accuracy(plan, severity)
            print(f"{plan!s:16}{severity:10.2f}{raw:8.3f}{adjusted:10.3f}{adjusted - raw:8.3f}{error:11.4f}")


if __name__ == "__main__":
    main()
