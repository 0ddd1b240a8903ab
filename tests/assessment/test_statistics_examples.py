"""The worked examples and tables of docs/statistics.md come out as they stand there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hiring.assessment.bands import Precision, precision
from hiring.assessment.composite import composite
from hiring.assessment.estimates import Estimate, NotEnough
from hiring.assessment.mixed_model import Fit
from hiring.assessment.projection import interviewers_needed, projected
from hiring.assessment.ratings import Ratings
from hiring.assessment.report import Assessment, assessment
from hiring.assessment.retranslation import wilson
from hiring.assessment.selection import Group, compare
from hiring.assessment.standing import probability_better
from hiring.commands.adverse_impact import comparison_data
from hiring.commands.assessment_json import assessment_data

# Table 2 of Shrout & Fleiss 1979, and section D of Krippendorff 2011, by rater.
SHROUT_AND_FLEISS = [(9, 6, 8, 7, 10, 6), (2, 1, 4, 1, 5, 2), (5, 3, 6, 2, 6, 4), (8, 2, 8, 6, 9, 7)]
KRIPPENDORFF = [
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 0),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
]

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "statistics.md").read_text(encoding="utf-8")
BLOCK_OR_FIGURE = re.compile(
    r"```csv\n(?P<block>.*?)```|^- `(?P<name>[^`]+)` = (?P<value>\S+)$", re.DOTALL | re.MULTILINE
)


def worked() -> Iterator[tuple[str, str, str]]:
    """Each figure's name and value as written, with the ratings that stand above it."""
    block = ""
    for found in BLOCK_OR_FIGURE.finditer(DOCUMENT):
        if found["block"]:
            block = found["block"]
        else:
            yield found["name"], found["value"], block


FIGURES = list(worked())


def report(block: str) -> Assessment:
    rows = csv.DictReader(io.StringIO(block))
    return assessment(
        Ratings.of((row["candidate"], row["interviewer"], row["item"], float(row["score"])) for row in rows),
        1,
        0,
    )


def data_of(block: str) -> dict[str, Any]:
    if block.startswith("group"):
        rows = csv.DictReader(io.StringIO(block))
        groups = [Group(row["group"], int(row["applicants"]), int(row["selected"])) for row in rows]
        return comparison_data({"": compare(groups)})
    return assessment_data(report(block))


def looked_up(data: Any, path: str) -> float:
    """``candidates.Ann.mean``: parts of lists are found by name, and a figure stands for its value."""
    for step in path.split("."):
        data = next(each for each in data if step in each.values()) if isinstance(data, list) else data[step]
    return float(data["value"] if isinstance(data, dict) else data)


def chance_that_cleo_is_above_ann(block: str) -> float:
    found = report(block)
    assert isinstance(found.fitted, Fit)
    names = found.fitted.means.candidates
    figure = probability_better(found.fitted, names.index("Cleo"), names.index("Ann"))
    assert isinstance(figure, Estimate)
    return figure.value


def by_itself(name: str, block: str) -> float | None:
    """A figure that belongs to no table of ratings."""
    error = precision({1: [4, 5], 2: [3, 4], 3: [1, 3], 4: [2, 2]})
    mean = composite({"empathy": 4, "patience": 2}, {"empathy": 3, "patience": 1})
    assert isinstance(error, Precision)
    assert isinstance(mean, Estimate)
    known: dict[str, Any] = {
        "two interviewers from .44": projected(0.44, 2),
        "three interviewers from .44": projected(0.44, 3),
        "four interviewers from .44": projected(0.44, 4),
        "interviewers needed for .70 from .44": interviewers_needed(0.44, 0.70),
        "composite of 4 (weight 3) and 2 (weight 1)": mean.value,
        "error of one rating": error.standard_deviation,
        "low end of five of five": wilson(5, 5).low,
    }
    if name == "chance that Cleo is above Ann":
        return chance_that_cleo_is_above_ann(block)
    return known.get(name)


@pytest.mark.parametrize(("name", "value", "block"), FIGURES, ids=[name for name, _, _ in FIGURES])
def test_a_worked_example_comes_out(name: str, value: str, block: str) -> None:
    found = by_itself(name, block)
    if found is None:
        found = looked_up(data_of(block), name)

    decimals = len(value.partition(".")[2])
    assert f"{found:.{decimals}f}" == value


def test_there_is_an_example_for_every_family_of_figures() -> None:
    families = {name.split(".")[0] for name, _, _ in FIGURES}

    assert {"variance", "khat", "q", "reliability", "alpha", "cronbach_alpha", "candidates"} <= families
    assert {"interviewers", "items", "groups"} <= families


def test_the_four_candidates_of_the_page_get_no_grade_in_words() -> None:
    assert isinstance(report(FIGURES[0][2]).band, NotEnough)


def table(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading."""
    section = DOCUMENT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def rows_of(scores: list[tuple[int, ...]]) -> Iterator[tuple[str, str, str, float]]:
    """One tuple for each rater; 0 is not rated."""
    for rater, given in enumerate(scores):
        for unit, score in enumerate(given):
            if score:
                yield f"U{unit}", f"R{rater}", "q", float(score)


def test_the_published_values_are_met_as_the_table_says() -> None:
    agreement = assessment_data(assessment(Ratings.of(rows_of(SHROUT_AND_FLEISS)), 1, 0))["reliability"]
    alpha = assessment_data(assessment(Ratings.of(rows_of(KRIPPENDORFF)), 1, 0))["alpha"]
    ours = [agreement[key]["value"] for key in ("single", "panel", "consistency", "ranking")]
    ours += [alpha[key]["value"] for key in ("nominal", "ordinal", "interval", "ratio")]

    rows = table("Does it come out as published?")[: len(ours)]

    assert [here for *_, here in rows] == [f"{value:.3f}" for value in ours]
    assert [published for *_, published, _ in rows] == [
        f"{value:.{len(published) - 1}f}".lstrip("0")
        for value, (*_, published, _) in zip(ours, rows, strict=True)
    ]


def test_the_intervals_hold_what_the_document_promises() -> None:
    coverage = [
        float(cell.split()[0])
        for row in table("Do the intervals hold what they promise?")
        for cell in row[2:]
    ]

    assert all(93 <= each <= 97 for each in coverage)
