"""``hiring panel``: who interviews whom, without a database."""

from __future__ import annotations

import csv
import io
from typing import Any

import click

from hiring.commands.panel_files import read_candidates, read_conflicts, read_interviewers
from hiring.commands.printing import COLUMNS, print_json, print_lines, table, wrapped
from hiring.errors import Refused
from hiring.exchange.rows import harmless
from hiring.planning.panel import PanelPlan, PanelRound, PanelWishes
from hiring.planning.panel_changes import changes_for, flaws_of, short_of_raters
from hiring.planning.panel_search import plan_panel
from hiring.planning.panel_words import expectation_words, flaw_words, panel_change_words

FORMATS = click.Choice(["table", "json", "csv"])
MOST_NAMED = 5
MOST_IN_ROUND = 10


@click.group("panel")
def panel() -> None:
    """Panels without a database."""


@panel.command("plan")
@click.option(
    "--candidates", metavar="N|FILE.csv", required=True, help="How many, or candidate[,languages,days]."
)
@click.option(
    "--interviewers",
    metavar="N|FILE.csv",
    required=True,
    help="How many, or interviewer[,max_load,languages,days,skills].",
)
@click.option(
    "--raters",
    type=click.IntRange(1, 10),
    default=2,
    show_default=True,
    help="Interviewers of each candidate.",
)
@click.option(
    "--rounds",
    metavar="K,K,...",
    default="",
    help="Interviewers of each candidate in each round, such as 1,2; in place of --raters.",
)
@click.option("--conflicts", metavar="FILE.csv", help="Who never meets: candidate,interviewer.")
@click.option("--max-load", type=click.IntRange(1), help="Candidates of one interviewer, at most.")
@click.option("--skills", metavar="A,B,C", default="", help="Skills to share out, each with two raters.")
@click.option(
    "--format", "form", type=FORMATS, default="table", show_default=True, help="How to print the plan."
)
def plan(
    candidates: str,
    interviewers: str,
    raters: int,
    rounds: str,
    conflicts: str | None,
    max_load: int | None,
    skills: str,
    form: str,
) -> None:
    """Plan who interviews whom.

    Every candidate gets the wished raters, loads are even, nobody meets whom they must not, and the plan hangs
    together, so that severity can be told from merit. Lists in a cell are separated by spaces; docs/panels.md
    says more.
    """
    planned = _rounds(rounds)
    wishes = PanelWishes(
        candidates=read_candidates(candidates),
        interviewers=read_interviewers(interviewers, max_load),
        raters=sum(each.raters for each in planned) or raters,
        rounds=planned,
        skills=tuple(dict.fromkeys(each.strip() for each in skills.split(",") if each.strip())),
        conflicts=read_conflicts(conflicts),
    )
    found = plan_panel(wishes)
    if found is None:
        raise Refused(_advice(wishes))
    if form == "json":
        print_json(panel_data(found))
    elif form == "csv":
        click.echo(_as_csv(found), nl=False)
    else:
        print_lines(_lines(found))


def panel_data(plan: PanelPlan) -> dict[str, Any]:
    """Everything as numbers, strings, lists and objects; what is undefined is null."""
    return {
        "assignments": [
            {
                "candidate": each.candidate,
                "interviewer": each.interviewer,
                "skills": list(each.skills),
                "round": each.round,
            }
            for each in plan.assignments
        ],
        "components": plan.components,
        "khat": plan.khat,
        "q": plan.q,
        "load": plan.loads,
        "expected_reliability": plan.expected_reliability,
        "with_one_more": plan.with_one_more,
        "warnings": [flaw_words(each) for each in flaws_of(plan)],
    }


def _rounds(listed: str) -> tuple[PanelRound, ...]:
    """The rounds of ``--rounds``, none where it is empty."""
    sizes = [each.strip() for each in listed.split(",")] if listed.strip() else []
    if not all(each.isascii() and each.isdigit() and 1 <= int(each) <= MOST_IN_ROUND for each in sizes):
        raise Refused(f"Write --rounds as numbers from 1 to {MOST_IN_ROUND} with commas, such as 1,2.")
    return tuple(PanelRound(int(each)) for each in sizes)


def _advice(wishes: PanelWishes) -> str:
    """Whose raters are too few, and what would help."""
    short = short_of_raters(wishes)
    lines = [
        f"{name} may be interviewed by {count} of the wished {wishes.raters}."
        for name, count in short[:MOST_NAMED]
    ]
    if len(short) > MOST_NAMED:
        lines.append(f"So it is with {len(short) - MOST_NAMED} more.")
    ways = [f"- {panel_change_words(each)}" for each in changes_for(wishes)]
    if ways:
        lines.append("Any one of these changes is enough:")
    return "\n".join(["No plan gives every candidate the wished interviewers.", *lines, *ways])


def _as_csv(plan: PanelPlan) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(("candidate", "interviewer", "skills", "round"))
    for each in plan.assignments:
        skills = harmless(" ".join(each.skills))
        rows.writerow((harmless(each.candidate), harmless(each.interviewer), skills, each.round))
    return written.getvalue()


def _lines(plan: PanelPlan) -> list[str]:
    rows = []
    for each in plan.wishes.candidates:
        panel_ = [one for one in plan.assignments if one.candidate == each.name]
        met = [
            ", ".join(_with_skills(one.interviewer, one.skills) for one in panel_ if one.round == number)
            for number in dict.fromkeys(plan.wishes.slots)
        ]
        rows.append(
            (
                each.name,
                "; ".join(f"{number}: {who}" for number, who in enumerate(met, 1)) if met[1:] else met[0],
            )
        )
    lines = [*table(("Candidate", "Interviewers"), rows, room=COLUMNS), ""]
    loads = [(name, str(load)) for name, load in plan.loads.items()]
    lines += [*table(("Interviewer", "candidates"), loads, right=(1,), room=COLUMNS), ""]
    q = "–" if plan.q is None else f"{plan.q:.2f}"
    khat = "–" if plan.khat is None else f"{plan.khat:.2f}"
    lines += [f"k-hat {khat}, q {q}, parts {plan.components}"]
    for sentence in (*expectation_words(plan), *(flaw_words(each) for each in flaws_of(plan))):
        lines += wrapped(sentence, "- ")
    return lines


def _with_skills(name: str, skills: tuple[str, ...]) -> str:
    return f"{name} ({' '.join(skills)})" if skills else name
