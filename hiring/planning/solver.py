"""The integer programme of the composer: its variables, its rules, and the best plan by HiGHS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hiring.planning.composer import (
    FIT_POINTS,
    LONGEST_QUESTION,
    MIX_POINTS,
    PAIR_COST,
    SPREAD_COST,
    Askable,
    Wishes,
    depth_points,
    question_points,
    usable,
)

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

TIE = 1e-5  # Of plans with the same points the first in the order of skills and questions; all ties stay below SLACK.
SLACK = 0.4  # Points are whole, so that nothing is better by less than one.


@dataclass
class Programme:
    """Maximise ``gains`` · v, each v between 0 and its ``most``, each row of ``rules`` between its bounds."""

    gains: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rules: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def variable(self, gain: float = 0.0, most: float = 1.0, whole: bool = False) -> int:
        """Adds a variable and gives its number."""
        self.gains.append(gain)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.gains) - 1

    def rule(self, row: dict[int, float], least: float = -np.inf, most: float = np.inf) -> None:
        """Adds a rule: the row's factors times its variables lie between the bounds."""
        self.rules.append((row, least, most))

    def solved(self, gap: float = 0.0) -> np.ndarray | None:
        """The best values, at most a share of ``gap`` below the best; None if the rules contradict each other."""
        # SciPy's optimisers take a third of a second to load, and most requests plan nothing.
        from scipy.optimize import Bounds, milp

        found = milp(
            -np.array(self.gains),
            integrality=np.array(self.whole, dtype=int),
            bounds=Bounds(0, np.array(self.most)),
            constraints=self._constraints(),
            options={"mip_rel_gap": gap},
        )
        return None if found.x is None else np.asarray(found.x)

    def _constraints(self) -> list[LinearConstraint]:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        if not self.rules:
            return []
        rows = [number for number, (row, _least, _most) in enumerate(self.rules) for _each in row]
        columns = [variable for row, _least, _most in self.rules for variable in row]
        values = [factor for row, _least, _most in self.rules for factor in row.values()]
        matrix = csr_array((values, (rows, columns)), shape=(len(self.rules), len(self.gains)))
        least, most = zip(*((least, most) for _row, least, most in self.rules), strict=True)
        return [LinearConstraint(matrix, np.array(least), np.array(most))]


class Choosing:
    """The programme for some wishes. What is not wished as a rule can be had as a variable with a price."""

    def __init__(self, questions: Sequence[Askable], wishes: Wishes) -> None:
        self.wishes = wishes
        self.questions = usable(questions, wishes)
        self.programme = Programme()
        self.asked = {
            (place, number): self.programme.variable(self._gain(place, number), whole=True)
            for place, question in enumerate(self.questions)
            for number, wish in enumerate(wishes.rounds)
            if wish.asks_about(question.skill_id)
        }
        self._ask_each_once()
        self._ask_for_behaviour_too()
        self._count_depth()
        self._count_mixes()
        self._count_company()

    def hold(self, more: Sequence[int] = ()) -> Choosing:
        """No round holds more questions than its minutes allow, and ``more[n]``, a variable, beyond."""
        for number, wish in enumerate(self.wishes.rounds):
            row = dict.fromkeys(self._in_round(number), 1.0)
            if more:
                row[more[number]] = -1.0
            self.programme.rule(row, most=wish.holds)
        return self

    def cover(self, least: dict[str, int] | None = None) -> Choosing:
        """Every skill is asked about as often as wished, or as ``least`` says."""
        for wish in self.wishes.skills:
            often = wish.questions if least is None else least.get(wish.id, 0)
            if often:
                self.programme.rule(dict.fromkeys(self.on(wish.id), 1.0), least=often)
        return self

    def unhurried(self) -> Choosing:
        """Third questions are asked only while every question keeps its full time."""
        usual = sum(
            min(self.wishes.deep_enough[each.id], self._probes(each.id)) for each in self.wishes.skills
        )
        leisurely = sum(wish.available // LONGEST_QUESTION for wish in self.wishes.rounds)
        if self.further:
            self.programme.rule(dict.fromkeys(self.further, 1.0), most=max(leisurely - usual, 0))
        return self

    def best(self) -> tuple[tuple[Askable, ...], ...] | None:
        """The questions of each round; None if the rules contradict each other."""
        values = self.programme.solved(self._gap())
        return None if values is None else self.chosen(values)

    def _gap(self) -> float:
        """Rounds are much alike, and to tell plans apart by their ties alone would take longest."""
        if len(self.wishes.rounds) < 2:
            return 0.0
        most = sum(wish.holds for wish in self.wishes.rounds)
        steps = [
            wish.weight * depth_points(number + 1)
            for wish in self.wishes.skills
            for number in range(self._probes(wish.id))
        ]
        best = (
            sum(sorted(steps, reverse=True)[:most]) + most * max(FIT_POINTS) + MIX_POINTS * len(self.second)
        )
        return SLACK / (best + most)

    def chosen(self, values: np.ndarray) -> tuple[tuple[Askable, ...], ...]:
        """The questions that the values of the variables choose for each round."""
        rounds: list[list[Askable]] = [[] for _wish in self.wishes.rounds]
        for (place, number), variable in self.asked.items():
            if values[variable] > 0.5:
                rounds[number].append(self.questions[place])
        return tuple(tuple(each) for each in rounds)

    def _gain(self, place: int, number: int) -> float:
        question = self.questions[place]
        early = len(self.wishes.skills) - self.wishes.skill_ids.index(question.skill_id)
        return question_points(question, self.wishes) - TIE * (place + number * early)

    def _ask_each_once(self) -> None:
        forms: dict[str, list[int]] = defaultdict(list)
        for (place, _number), variable in self.asked.items():
            forms[self.questions[place].probe_id].append(variable)
        for variables in forms.values():
            self.programme.rule(dict.fromkeys(variables, 1.0), most=1)

    def _ask_for_behaviour_too(self) -> None:
        """What people want says little; it is asked only beside what they did (the bank's sixth rule of questions)."""
        for wish in self.wishes.skills:
            behaviour = dict.fromkeys(self.on(wish.id, "behavioural"), -1.0)
            for variable in self.on(wish.id, "motivation"):
                self.programme.rule({variable: 1.0, **behaviour}, most=0)

    def _count_depth(self) -> None:
        """A skill's count is the sum of its steps; as each step is worth less, the first ones are taken first."""
        self.further: list[int] = []
        self.first: dict[str, int] = {}
        self.second: dict[str, int] = {}
        for wish in self.wishes.skills:
            steps = [
                self.programme.variable(wish.weight * depth_points(number + 1))
                for number in range(self._probes(wish.id))
            ]
            self.first |= dict(zip([wish.id], steps, strict=False))
            self.second |= dict(zip([wish.id], steps[1:], strict=False))
            self.further += steps[self.wishes.deep_enough[wish.id] :]
            self.programme.rule(
                dict.fromkeys(self.on(wish.id), 1.0) | dict.fromkeys(steps, -1.0), least=0, most=0
            )

    def _count_mixes(self) -> None:
        for skill_id, second in self.second.items():
            mixed = self.programme.variable(MIX_POINTS)
            # Follows from the rest, but half a question of each kind would pass for a mix without it.
            self.programme.rule({mixed: 1.0, second: -1.0}, most=0)
            for kind in ("behavioural", "situational"):
                self.programme.rule(dict.fromkeys(self.on(skill_id, kind), -1.0) | {mixed: 1.0}, most=0)

    def _count_company(self) -> None:
        """Which skill is in which round: for those that overlap, and for all where there are several rounds."""
        paired = {skill_id for pair in self.wishes.pairs for skill_id in pair}
        several = len(self.wishes.rounds) > 1
        here: dict[tuple[str, int], int] = {}
        for wish in self.wishes.skills:
            if not several and wish.id not in paired:
                continue
            for number in range(len(self.wishes.rounds)):
                here[wish.id, number] = self._presence(wish.id, number)
            if several:
                self._count_scatter([here[wish.id, number] for number in range(len(self.wishes.rounds))])
        for one, other in self.wishes.pairs:
            for number in range(len(self.wishes.rounds)):
                if (one, number) in here and (other, number) in here:
                    together = self.programme.variable(-PAIR_COST)
                    row = {here[one, number]: 1.0, here[other, number]: 1.0, together: -1.0}
                    self.programme.rule(row, most=1)

    def _presence(self, skill_id: str, number: int) -> int:
        if len(self.wishes.rounds) == 1 and skill_id in self.first:
            return self.first[skill_id]
        present = self.programme.variable()
        forms: dict[str, list[int]] = defaultdict(list)
        for (place, round_), variable in self.asked.items():
            if round_ == number and self.questions[place].skill_id == skill_id:
                forms[self.questions[place].probe_id].append(variable)
        for variables in forms.values():
            self.programme.rule(dict.fromkeys(variables, 1.0) | {present: -1.0}, most=0)
        return present

    def _count_scatter(self, rounds: Sequence[int]) -> None:
        scattered = self.programme.variable(-SPREAD_COST, most=len(rounds))
        self.programme.rule(dict.fromkeys(rounds, 1.0) | {scattered: -1.0}, most=1)

    def on(self, skill_id: str, kind: str = "", number: int | None = None) -> Iterable[int]:
        """The variables of the questions on a skill, of one kind or in one round only if so asked."""
        return [
            variable
            for (place, round_), variable in self.asked.items()
            if self.questions[place].skill_id == skill_id
            and (not kind or self.questions[place].kind == kind)
            and number in (None, round_)
        ]

    def _in_round(self, number: int) -> Iterable[int]:
        return [variable for (_place, round_), variable in self.asked.items() if round_ == number]

    def _probes(self, skill_id: str) -> int:
        return len({each.probe_id for each in self.questions if each.skill_id == skill_id})
