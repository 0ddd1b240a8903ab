"""The composer against trying out all plans, and its time: python benchmarks/composer.py [--cases N] [--rounds N]."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from hiring.planning.composer import EXPERIENCED, Askable, RoundWish, SkillWish, Wishes
from hiring.planning.wishes import Infeasible, compose, compose_what_fits
from tests.planning.brute_force import best_points, small_case

SKILLS, PROBES, FORMS = 22, 10, 2
ROUNDS = {
    "one hour": (60,),
    "four hours": (240,),
    "three hours in three": (60, 60, 60),
    "120 + 90 + 60": (120, 90, 60),
}


def main() -> None:
    """Prints how often both agree, and how long 22 skills of 20 questions take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    compare(asked.cases)
    compose_what_fits(*large_case(random.Random(0), (60,)))  # SciPy is loaded with the first plan.
    for name, minutes in ROUNDS.items():
        times = sorted(timed(random.Random(seed), minutes) for seed in range(asked.rounds))
        slow = sum(each > 0.2 for each in times)
        print(
            f"{name:22} median {1000 * median(times):4.0f} ms   slowest {1000 * times[-1]:4.0f} ms   "
            f"over 200 ms: {slow} of {asked.rounds}"
        )


def compare(cases: int) -> None:
    """Counts the small cases in which the composer's plan is the best there is."""
    agree = impossible = 0
    for seed in range(cases):
        questions, wishes = small_case(random.Random(1000 + seed))
        best = best_points(questions, wishes)
        try:
            found = compose(questions, wishes).points
        except Infeasible:
            found = None
        agree += found == best
        impossible += best is None
    print(f"{agree} of {cases} small cases as by trying out every plan, {impossible} of them impossible")


def large_case(chance: random.Random, minutes: tuple[int, ...]) -> tuple[list[Askable], Wishes]:
    """22 skills with 20 questions each, chance kinds, uses and weights."""
    questions = [
        Askable(
            f"{skill}-{probe}-{form}",
            f"{skill}-{probe}",
            str(skill),
            chance.choice(EXPERIENCED),
            form == 0,
            chance.randrange(6),
        )
        for skill in range(SKILLS)
        for probe in range(PROBES)
        for form in range(FORMS)
    ]
    wishes = Wishes(
        tuple(SkillWish(str(skill), 1, chance.choice([1, 1, 2])) for skill in range(SKILLS)),
        tuple(RoundWish(each) for each in minutes),
        no_experience=chance.random() < 0.3,
        pairs=(("0", "1"), ("2", "3"), ("4", "5"), ("8", "9")),
    )
    return questions, wishes


def timed(chance: random.Random, minutes: tuple[int, ...]) -> float:
    """Seconds for one plan."""
    questions, wishes = large_case(chance, minutes)
    start = perf_counter()
    compose_what_fits(questions, wishes)
    return perf_counter() - start


if __name__ == "__main__":
    main()
