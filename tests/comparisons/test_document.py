"""The comparison as data: figures, order, gaps, and what a reader may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hiring.assessment.cut import CutStanding
from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.comparisons.document import Comparison, Order, basis_of, comparison_of
from hiring.comparisons.evidence import evidence_on
from hiring.comparisons.queries import applications_of
from hiring.comparisons.rows import PAGE, Show, listed
from hiring.comparisons.whatif import what_if
from hiring.models import Interview, InterviewStatus, Job, JobCut, Person, now
from tests import factories


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> object:
    return factories.guide_version(job, hugo)


def held(job: Job, version: object, name: str, *panel: Person) -> Interview:
    return factories.interview(factories.application(job, name), version, *panel)  # type: ignore[arg-type]


def everything(job: Job, order: Order = Order.COMPOSITE) -> Comparison:
    return comparison_of(job, {each.id for each in applications_of(job)}, order)


def test_a_composite_is_the_weighted_mean_of_skill_means(
    job: Job, version: object, ivy: Person, ian: Person
) -> None:
    interview = held(job, version, "Carl", ivy, ian)
    factories.scorecard(interview, ivy, (3, 4, 4))
    factories.scorecard(interview, ian, (5, 2, 4))

    (row,) = everything(job).rows

    # Empathy: (3 + 5) / 2 = 4. Patience: (4 + 3) / 2 = 3.5. Equal weights: 3.75 from two interviewers.
    assert (row.composite.value, row.composite.n) == (3.75, 2)
    assert [cell.mean.value for cell in row.cells] == [4.0, 3.5]


def test_not_enough_evidence_is_a_gap_and_never_a_number(job: Job, version: object, ivy: Person) -> None:
    factories.scorecard(held(job, version, "Carl", ivy), ivy, (None, 4, 4))

    (row,) = everything(job).rows

    assert row.cells[0].mean == NotEnough(0, 1, Lack.NO_RATINGS)
    assert row.gaps == ("Empathy",)
    assert row.composite == Estimate(4.0, 1)


def test_a_draft_counts_for_nothing(job: Job, version: object, ivy: Person) -> None:
    factories.scorecard(held(job, version, "Carl", ivy), ivy, submitted=False)

    sheet = everything(job)

    assert sheet.rows == ()
    assert [row.name for row in sheet.unrated] == ["Carl"]
    assert sheet.missing == (("Carl", ("Ivy",)),)


def test_missing_scorecards_are_named(job: Job, version: object, ivy: Person, ian: Person) -> None:
    factories.scorecard(held(job, version, "Carl", ivy, ian), ivy)

    assert everything(job).missing == (("Carl", ("Ian",)),)


def test_an_interview_to_come_is_named_and_owes_nothing(
    job: Job, version: object, ivy: Person, ian: Person
) -> None:
    first = held(job, version, "Carl", ivy)
    factories.interview(
        first.application,
        version,  # type: ignore[arg-type]
        ivy,
        ian,
        starts_at=now() + timedelta(days=1),
        status=InterviewStatus.PLANNED,
    )

    sheet = everything(job)

    assert (sheet.missing, sheet.to_come) == ((("Carl", ("Ivy",)),), (("Carl", ("Ian",)),))


def test_candidates_out_of_reach_are_named_without_any_figure(job: Job, version: object, ivy: Person) -> None:
    seen = held(job, version, "Carl", ivy)
    hidden = held(job, version, "Cleo", ivy)
    factories.scorecard(seen, ivy)
    factories.scorecard(hidden, ivy, (1, 1, 1))

    sheet = comparison_of(job, {seen.application_id})

    assert [row.name for row in sheet.rows] == ["Carl"]
    assert [(row.name, row.submitted, row.recommendations) for row in sheet.hidden] == [("Cleo", 0, ())]
    assert {cell.mean for cell in sheet.hidden[0].cells} == {NotEnough(0, 1, Lack.NO_RATINGS)}


def test_the_widest_disagreement_comes_first(job: Job, version: object, ivy: Person, ian: Person) -> None:
    agreed, apart = held(job, version, "Anna", ivy, ian), held(job, version, "Zoe", ivy, ian)
    for interviewer in (ivy, ian):
        factories.scorecard(agreed, interviewer, (5, 5, 5))
    factories.scorecard(apart, ivy, (1, 4, 4))
    factories.scorecard(apart, ian, (4, 4, 4))

    sheet = everything(job, Order.DISAGREEMENT)

    assert [row.name for row in sheet.rows] == ["Zoe", "Anna"]
    assert [(each.candidate, each.cell.skill_name, each.cell.width) for each in sheet.disputes] == [
        ("Zoe", "Empathy", 3)
    ]


def test_candidates_who_cannot_be_told_apart_share_a_band(
    job: Job, version: object, ivy: Person, ian: Person
) -> None:
    for name, levels in {"Anna": (5, 5, 5), "Bo": (5, 4, 5), "Cy": (1, 1, 1), "Di": (1, 1, 2)}.items():
        interview = held(job, version, name, ivy, ian)
        factories.scorecard(interview, ivy, levels)
        factories.scorecard(interview, ian, (*levels[:2], levels[2] - 1 or 1))

    bands = {row.name: row.band for row in everything(job).rows}

    assert bands == {"Anna": 1, "Bo": 1, "Cy": 2, "Di": 2}


def test_evidence_stands_side_by_side_with_the_widest_disagreement_first(
    job: Job, version: object, ivy: Person, ian: Person
) -> None:
    agreed, apart = held(job, version, "Anna", ivy, ian), held(job, version, "Zoe", ivy, ian)
    for interviewer in (ivy, ian):
        factories.scorecard(agreed, interviewer)
    factories.scorecard(apart, ivy, (1, 4, 4))
    factories.scorecard(apart, ian, (4, 4, 4))

    sheet = evidence_on(basis_of(job, {agreed.application_id, apart.application_id}), "empathy")

    assert [each.name for each in sheet.candidates] == ["Zoe", "Anna"]
    assert [(a.interviewer, a.level) for a in sheet.candidates[0].answers] == [("Ivy", 1), ("Ian", 4)]


def test_an_unknown_skill_has_no_evidence(job: Job, version: object) -> None:
    with pytest.raises(LookupError):
        evidence_on(basis_of(job, set()), "juggling")


def test_candidates_who_share_no_interviewer_are_ordered_and_banded_apart(
    job: Job, version: object, ivy: Person, ian: Person, hugo: Person
) -> None:
    by_name: dict[str, object] = {}
    for name, level, panel in (
        ("Anna", 2, (ivy, hugo)),
        ("Bo", 3, (ivy, hugo)),
        ("Cy", 5, (ian,)),
        ("Di", 1, (ian,)),
    ):
        by_name[name] = held(job, version, name, *panel)
        for member in panel:
            factories.scorecard(by_name[name], member, (level, level, level))

    apart = [(row.name, row.group) for row in everything(job).rows]
    changes = what_if(
        basis_of(job, {row.application_id for row in everything(job).rows}), {"empathy": 1.0}
    ).changes
    factories.scorecard(by_name["Cy"], ivy, (5, 5, 5))
    linked = [(row.name, row.group) for row in everything(job).rows]

    assert apart == [("Bo", 1), ("Anna", 1), ("Cy", 2), ("Di", 2)]
    assert {row.name: row.band for row in everything(job).rows}["Cy"] == 1
    assert {each.name: each.place_after for each in changes} == {"Bo": 1, "Anna": 2, "Cy": 1, "Di": 2}
    assert linked == [("Cy", None), ("Bo", None), ("Anna", None), ("Di", None)]


def test_evidence_comes_a_page_at_a_time_and_a_candidate_is_found(
    job: Job, version: object, ivy: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiring.comparisons.evidence.PAGE", 2)
    held_by_name = {name: held(job, version, name, ivy) for name in ("Anna", "Bo", "Cy")}
    for interview in held_by_name.values():
        factories.scorecard(interview, ivy)
    basis = basis_of(job, {each.application_id for each in held_by_name.values()})

    pages = [evidence_on(basis, "empathy", page) for page in (1, 2, 99)]
    cy = evidence_on(basis, "empathy", application_id=held_by_name["Cy"].application_id)

    assert [[each.name for each in page.candidates] for page in pages] == [["Anna", "Bo"], ["Cy"], ["Cy"]]
    assert (cy.page, cy.pages) == (2, 2)
    assert evidence_on(basis, "empathy", application_id=0).page == 1


@pytest.mark.parametrize(
    ("cut", "side"),
    [(2.0, CutStanding.MEETS), (3.9, CutStanding.BORDERLINE), (4.9, CutStanding.BELOW)],
)
def test_a_candidate_within_one_standard_error_of_the_cut_is_borderline(
    job: Job, version: object, hugo: Person, ivy: Person, ian: Person, cut: float, side: CutStanding
) -> None:
    job.cut = JobCut(level=cut, reason="Enough.", set_by_id=hugo.id)
    for name in ("Anna", "Bo", "Cy", "Di"):
        interview = held(job, version, name, ivy, ian)
        factories.scorecard(interview, ivy, (4, 4, 4))
        factories.scorecard(interview, ian, (4, 4, 3))

    assert {row.to_cut for row in everything(job).rows} == {side}


def test_without_a_known_precision_everybody_is_borderline(
    job: Job, version: object, hugo: Person, ivy: Person
) -> None:
    job.cut = JobCut(level=2, reason="Enough.", set_by_id=hugo.id)
    factories.scorecard(held(job, version, "Carl", ivy), ivy, (5, 5, 5))

    (row,) = everything(job).rows

    assert row.to_cut is CutStanding.BORDERLINE


def test_a_long_list_comes_in_pages(job: Job, version: object, ivy: Person) -> None:
    factories.scorecard(held(job, version, "Carl", ivy), ivy)
    (row,) = everything(job).rows
    rows = [replace(row, application_id=number) for number in range(2 * PAGE + 1)]

    last = listed(rows, Show.ALL, "", 99)

    assert (last.page, last.pages, last.found, len(last.rows)) == (3, 3, 2 * PAGE + 1, 1)
