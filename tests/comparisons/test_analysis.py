"""How far a comparison can be relied on, and what taking severity out would change."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from hiring.assessment.estimates import Estimate, Lack, NotEnough
from hiring.comparisons.analysis import adjusted_of, agreement_of, sensitivity_of
from hiring.comparisons.document import Basis, basis_of, compared
from hiring.comparisons.queries import applications_of
from hiring.models import GuideVersion, Job, Person
from tests import factories
from tests.conftest import SignIn

Rated = Callable[[str, dict[str, tuple[int, int, int]]], int]


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return factories.guide_version(job, hugo)


@pytest.fixture
def rated(job: Job, version: GuideVersion, ivy: Person, ian: Person, rosa: Person, olga: Person) -> Rated:
    """Rates a candidate: levels by the interviewer's name; gives the number of the application."""
    people = {each.name: each for each in (ivy, ian, rosa, olga)}

    def rate(name: str, levels: dict[str, tuple[int, int, int]]) -> int:
        panel = [people[each] for each in levels]
        interview = factories.interview(factories.application(job, name), version, *panel)
        for each in panel:
            factories.scorecard(interview, each, levels[each.name])
        return interview.application_id

    return rate


def basis(job: Job) -> Basis:
    return basis_of(job, {each.id for each in applications_of(job)})


def test_agreement_is_given_with_its_interval_and_number_of_candidates(job: Job, rated: Rated) -> None:
    for place, level in enumerate((1, 2, 3, 4, 5, 2)):
        rated(f"C{place}", {"Ivy": (level, level, level), "Ian": (level, min(level + 1, 5), level)})
    read = basis(job)

    found = agreement_of(read, compared(read))

    assert (found.candidates, found.interviewers, found.is_parted) == (6, 2, False)
    assert isinstance(found.figures.single, Estimate)
    assert found.figures.single.n == 6
    assert isinstance(found.grade, NotEnough)


def test_one_interviewer_each_says_why_there_is_no_agreement(job: Job, rated: Rated) -> None:
    rated("Anna", {"Ivy": (3, 3, 3)})
    rated("Bo", {"Ivy": (4, 4, 4)})
    read = basis(job)

    found = agreement_of(read, compared(read))

    assert isinstance(found.figures.single, NotEnough)
    assert isinstance(found.needed, NotEnough)


def test_candidates_who_share_no_interviewer_are_named_in_their_groups(job: Job, rated: Rated) -> None:
    for name in ("Anna", "Bo"):
        rated(name, {"Ivy": (3, 4, 3), "Ian": (4, 4, 3)})
    for name in ("Cy", "Di", "Ed"):
        rated(name, {"Rosa": (3, 4, 3), "Olga": (4, 4, 3)})
    read = basis(job)

    found = agreement_of(read, compared(read))

    assert found.parts == (("Cy", "Di", "Ed"), ("Anna", "Bo"))


def test_places_count_within_a_group_only(job: Job, rated: Rated) -> None:
    ids = [
        rated(name, {"Ivy": levels, "Ian": levels[::-1]})
        for name, levels in {"Anna": (5, 4, 5), "Bo": (2, 1, 3), "Cy": (3, 3, 4)}.items()
    ]
    other = [
        rated(name, {"Rosa": levels, "Olga": levels[::-1]})
        for name, levels in {"Di": (3, 2, 4), "Ed": (1, 1, 2), "Flo": (2, 1, 2)}.items()
    ]

    found = adjusted_of(basis(job))

    assert found.lack is None
    assert sorted(found.places[each].adjusted_place for each in ids) == [1, 2, 3]
    assert sorted(found.places[each].adjusted_place for each in other) == [1, 2, 3]


def test_who_met_the_strict_interviewers_goes_up_and_the_reason_is_their_strictness(
    job: Job, rated: Rated
) -> None:
    for place, level in enumerate((2, 3, 4, 3, 2, 4)):
        rated(f"C{place}", {"Ivy": (level - 1,) * 3, "Ian": (level + 1,) * 3, "Rosa": (level,) * 3})
    strict = rated("Strict", {"Ivy": (3, 3, 3), "Rosa": (3, 4, 4)})
    kind = rated("Kind", {"Ian": (4, 4, 4), "Rosa": (3, 3, 3)})

    found = adjusted_of(basis(job))

    assert found.places[strict].strictness > 0 > found.places[kind].strictness
    assert found.places[strict].adjusted_place < found.places[kind].adjusted_place
    assert found.places[strict].raw_place > found.places[kind].raw_place


def test_without_shared_candidates_nothing_is_adjusted(job: Job, rated: Rated) -> None:
    rated("Anna", {"Ivy": (3, 3, 3)})
    rated("Bo", {"Ian": (4, 4, 4)})

    found = adjusted_of(basis(job))

    assert found.places == {}
    assert found.lack is not None
    assert found.lack.why is Lack.NOT_LINKED


def test_sensitivity_speaks_of_applications_and_skills(job: Job, rated: Rated) -> None:
    anna = rated("Anna", {"Ivy": (5, 2, 2)})
    bo = rated("Bo", {"Ivy": (2, 4, 4)})
    read = basis(job)

    found = sensitivity_of(read, compared(read).rows)

    assert found.order == (str(anna), str(bo))
    assert {trial.skill for trial in found.trials} == {"empathy", "patience"}
    assert any(trial.first_changes for trial in found.trials)


def test_nobody_rated_has_no_agreement_to_speak_of(job: Job) -> None:
    read = basis(job)

    assert isinstance(agreement_of(read, compared(read)).figures.single, NotEnough)
    assert adjusted_of(read).places == {}


def test_adjusted_values_stand_beside_the_raw_ones_on_demand(
    job: Job, rated: Rated, hugo: Person, sign_in: SignIn
) -> None:
    for place, level in enumerate((1, 2, 3, 4, 5, 2)):
        rated(f"C{place}", {"Ivy": (level, level, level), "Ian": (level, min(level + 1, 5), level)})
    browser = sign_in(hugo)

    raw = browser.get(f"/jobs/{job.id}/comparison").text
    both = browser.get(f"/jobs/{job.id}/comparison?adjusted=yes").text

    assert "among the best 3" not in raw
    assert both.count("among the best 3") == 6
    assert "Reliability of one interviewer" in raw


def test_page_and_paper_say_who_cannot_be_compared(
    job: Job, rated: Rated, hugo: Person, sign_in: SignIn
) -> None:
    for name in ("Anna", "Bo"):
        rated(name, {"Ivy": (3, 4, 3), "Ian": (4, 4, 3)})
    rated("Cy", {"Rosa": (3, 4, 3), "Olga": (4, 4, 3)})
    browser = sign_in(hugo)

    page = browser.get(f"/jobs/{job.id}/comparison").text

    assert "The candidates fall into groups that share no interviewer" in page
    assert "<li>Anna, Bo</li>" in page
    paper = browser.get(f"/jobs/{job.id}/comparison.pdf").data
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    words = " ".join(text.split())
    assert "so each has an order and bands of its own: Anna, Bo; Cy." in words
    assert "Group 2, band 1" in page
    assert "Group 2, band 1" in words
