"""``hiring adverse-impact``: selection rates of groups out of a file, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from hiring.assessment.selection import GroupFigures, SelectionComparison, compare
from hiring.commands.groups_file import read_groups
from hiring.commands.printing import COLUMNS, format_option, print_json, print_lines, table, wrapped

HEADS = ("Group", "applied", "chosen", "rate", "ratio", "4/5", "p", "Z", "short")


@click.command("adverse-impact")
@click.argument("groups", metavar="GROUPS.csv|-")
@format_option
def adverse_impact(groups: str, form: str) -> None:
    """Compare the selection rates of the groups in GROUPS.csv with the highest rate.

    The header is group,applicants,selected; a column named example keeps several comparisons in one
    file apart. What the figures mean stands in docs/statistics.md.
    """
    examples = {name: compare(each) for name, each in read_groups(groups).items()}
    if form == "json":
        print_json(comparison_data(examples))
    else:
        print_lines(_lines(examples))


def comparison_data(examples: dict[str, SelectionComparison]) -> dict[str, Any]:
    """Everything as numbers, strings, lists and objects; what is undefined is null."""
    return {
        "groups": [_group(name, each) for name, found in examples.items() for each in found.groups],
        "warnings": [sentence for name, found in examples.items() for sentence in _warnings(name, found)],
    }


def _group(example: str, each: GroupFigures) -> dict[str, Any]:
    return {
        "example": example or None,
        "group": each.group.name,
        "applicants": each.group.applicants,
        "selected": each.group.selected,
        "rate": each.rate,
        "ratio": each.ratio,
        "highest": each.is_highest,
        "below_four_fifths": each.below_four_fifths,
        "fisher_p": each.fisher_p,
        "z": each.z,
        "shortfall": each.shortfall,
        "flips_with_one": each.flips_with_one,
        "small": each.is_small,
    }


def _warnings(example: str, found: SelectionComparison) -> Iterator[str]:
    """What limits the conclusions; the name of the example stands before each sentence."""
    lead = f"{example}: " if example else ""
    if found.highest is None:
        yield f"{lead}Nobody was selected, so that there are no rates to compare."
    for each in found.groups:
        name = each.group.name
        if each.rate is None:
            yield f"{lead}{name} has no applicants and so no rate."
        if each.flips_with_one:
            yield (
                f"{lead}{name} would reach four fifths if one more of its applicants had been selected "
                "instead of one of the highest group; nothing should be built on so small a difference."
            )
        if each.is_small:
            yield f"{lead}{name} is less than 2 % of all applicants; its figures say little."


def _lines(examples: dict[str, SelectionComparison]) -> list[str]:
    if not examples:
        return ["No groups yet."]
    lines = [line for name, found in examples.items() for line in (*_comparison(name, found), "")]
    return [*lines, *_conclusions()]


def _comparison(example: str, found: SelectionComparison) -> Iterator[str]:
    rows = [_row(each) for each in found.groups]
    if example:
        yield from wrapped(example)
    yield from table(HEADS, rows, right=range(1, len(HEADS)), room=COLUMNS)
    for sentence in _warnings("", found):
        yield from wrapped(sentence, "- ")


def _row(each: GroupFigures) -> tuple[str, ...]:
    return (
        each.group.name,
        f"{each.group.applicants:,}",
        f"{each.group.selected:,}",
        _cell(each.rate, ".1%"),
        _cell(each.ratio, ".2f"),
        _verdict(each),
        _cell(each.fisher_p, ".3f"),
        _cell(each.z, ".2f"),
        _cell(each.shortfall, ","),
    )


def _cell(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _verdict(each: GroupFigures) -> str:
    if each.is_highest:
        return "highest"
    if each.below_four_fifths is None:
        return "–"
    return "below" if each.below_four_fifths else "reached"


def _conclusions() -> Iterator[str]:
    for sentence in (
        "The ratio is a group's rate divided by the highest rate. Whether it reaches four fifths is a rule of "
        "thumb, decided without rounding; “short” says how many more selected would reach the highest rate.",
        "p (Fisher's exact test, two-sided) and Z (pooled) say how easily chance alone would make such a "
        "difference: a p below .05 or a Z beyond 2 is rarely chance.",
        "None of this says why rates differ, or that anybody was treated unfairly; and equal rates do not "
        "say that everybody was treated fairly.",
    ):
        yield from wrapped(sentence)
