"""``hiring assess``: agreement, severity and ranks out of a file of ratings, without a database."""

from __future__ import annotations

import math

import click

from hiring.commands.printing import format_option, print_json, print_lines
from hiring.commands.ratings_file import Scale, read_ratings

PLACES = 3


class ScaleType(click.ParamType[Scale]):
    """Both ends of a scale, such as 1:5."""

    name = "MIN:MAX"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Scale:
        """The ends as numbers, the lower one first."""
        ends = str(value).split(":")
        try:
            low, high = map(float, ends)
        except ValueError:
            self.fail("Write both ends of the scale as numbers, such as 1:5.", param, ctx)
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            self.fail("The first end of the scale must be lower than the second, as in 1:5.", param, ctx)
        return low, high


@click.command()
@click.argument("ratings", metavar="RATINGS.csv|-")
@format_option
@click.option("--scale", type=ScaleType(), help="The ends of the scale; a score outside is refused.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Repeats all that is drawn."
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=PLACES,
    show_default=True,
    help="For how many places each candidate's chance is given.",
)
def assess(ratings: str, form: str, scale: Scale | None, seed: int, top: int) -> None:
    """Say how far interviewers agree, who is severe, and how sure the order of the candidates is.

    RATINGS.csv has the header candidate,interviewer,item,score and a row for each score; - reads standard
    input. What the figures mean stands in docs/statistics.md.
    """
    from hiring.assessment.report import assessment
    from hiring.commands.assessment_json import assessment_data
    from hiring.commands.assessment_table import assessment_lines

    found = assessment(read_ratings(ratings, scale), top, seed, scale)
    if form == "json":
        print_json(assessment_data(found))
    else:
        print_lines(assessment_lines(found, top))
