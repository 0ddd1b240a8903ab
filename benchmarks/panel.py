"""The panel planner's time, and a thousand plans by chance: python benchmarks/panel.py [--instances 1000]."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from hiring.planning.panel import PanelPlan
from hiring.planning.panel_changes import flaws_of
from hiring.planning.panel_search import plan_panel
from tests.planning.test_panel import wishes_for

SIZES = ((50, 10, 3, 0.1), (200, 30, 3, 0.1), (500, 60, 3, 0.1), (500, 60, 3, 0.4), (500, 60, 5, 0.1))


def main() -> None:
    """Prints seconds by size, and how many of the plans hang together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=1000)
    asked = parser.parse_args()
    for candidates, interviewers, raters, conflicts in SIZES:
        wishes = wishes_for(candidates, interviewers, raters, conflicts=conflicts, seed=1)
        start = perf_counter()
        plan = plan_panel(wishes)
        seconds = perf_counter() - start
        print(
            f"{candidates} x {interviewers}, {raters} raters, {conflicts:.0%} conflicts: {seconds:.2f} s, {_told(plan)}"
        )
    count(asked.instances)


def count(instances: int) -> None:
    """Plans by chance: how many there are, hang together, and break a rule."""
    chance = random.Random(7)
    made = linked = impossible = broken = weak = 0
    for seed in range(instances):
        wishes = wishes_for(
            chance.randint(4, 60),
            chance.randint(3, 15),
            chance.choice([2, 3]),
            chance.choice([None, None, 12]),
            chance.choice([0, 0.1, 0.2, 0.4]),
            seed,
        )
        plan = plan_panel(wishes)
        if plan is None:
            impossible += 1
            continue
        made += 1
        linked += plan.components == 1
        weak += bool(plan.weakly_linked)
        broken += any(each.kind not in ("weak_link", "cut_off") for each in flaws_of(plan))
    print(
        f"{instances} by chance: {made} planned, {impossible} impossible; {linked} hang together, "
        f"{weak} with an interviewer linked through one candidate only, {broken} break a rule"
    )


def _told(plan: PanelPlan | None) -> str:
    if plan is None:
        return "impossible"
    loads = plan.loads.values()
    return (
        f"loads {min(loads)} to {max(loads)}, {plan.components} part, q {plan.q:.3f}, k-hat {plan.khat:.2f}"
    )


if __name__ == "__main__":
    main()
