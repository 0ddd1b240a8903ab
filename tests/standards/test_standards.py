"""The standard: everybody judges alone, before anybody is rated; the cut is the mean with its error."""

from __future__ import annotations

import math

import pytest

from hiring.access import may_judge_standard, may_read_standard, may_see_standard
from hiring.assessment.estimates import Estimate, NotEnough
from hiring.assessment.standard_setting import panel_standard
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import Job, JobMember, Person, TeamRole
from hiring.standards.document import cut_of_team, standard_sheet
from hiring.standards.operations import judge
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def job(hugo: Person, ivy: Person, ian: Person) -> Job:
    made = factories.job(lead=hugo)
    made.skills[0].weight, made.skills[0].weight_reason = 3, "Most calls are about this."
    made.members += [JobMember(person_id=each.id, role=TeamRole.INTERVIEWER) for each in (ivy, ian)]
    db.session.flush()
    return made


def levels(job: Job, *given: float) -> dict[str, float]:
    return {skill.skill_id: level for skill, level in zip(job.skills, given, strict=True)}


def test_the_cut_is_the_weighted_mean_of_the_judges_with_its_error() -> None:
    weights = {"empathy": 3.0, "patience": 1.0}
    found = panel_standard(
        [{"empathy": 3, "patience": 2}, {"empathy": 4, "patience": 2}, {"empathy": 3, "patience": 4}], weights
    )

    cuts = [2.75, 3.5, 3.25]
    mean = sum(cuts) / 3
    error = math.sqrt(sum((each - mean) ** 2 for each in cuts) / 2 / 3)
    assert isinstance(found.cut, Estimate)
    assert isinstance(found.error, Estimate)
    assert (found.cut.value, found.cut.n) == (pytest.approx(mean), 3)
    assert found.error.value == pytest.approx(error)
    assert [(each.lowest, each.highest) for each in found.skills] == [(3, 4), (2, 4)]


def test_who_left_a_skill_out_is_not_counted_and_one_judge_has_no_error() -> None:
    found = panel_standard([{"empathy": 3, "patience": 2}, {"empathy": 5}], {"empathy": 1.0, "patience": 1.0})

    assert found.cut == Estimate(2.5, 1)
    assert isinstance(found.error, NotEnough)
    assert isinstance(panel_standard([], {"empathy": 1.0}).cut, NotEnough)


def test_nobody_reads_what_others_expect_before_judging(
    job: Job, hugo: Person, ivy: Person, ian: Person, rosa: Person, olga: Person
) -> None:
    judge(job, ivy, levels(job, 3, 2.5))
    db.session.flush()

    assert [may_read_standard(each, job) for each in (ivy, ian, hugo, rosa, olga)] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert [may_judge_standard(each, job) for each in (ivy, hugo, rosa)] == [True, True, False]
    assert not may_see_standard(olga, job)


@pytest.mark.parametrize("given", [(3.0, 0.5), (3.0, 3.3), (3.0, 5.5)])
def test_a_level_off_the_scale_is_refused(job: Job, ivy: Person, given: tuple[float, float]) -> None:
    with pytest.raises(Refused, match="Choose a level for every skill") as refused:
        judge(job, ivy, levels(job, *given))

    assert refused.value.field == f"level-{job.skills[1].skill_id}"


def test_the_first_scorecard_fixes_the_standard(job: Job, hugo: Person, ivy: Person) -> None:
    interview = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy)
    factories.scorecard(interview, ivy, submitted=False)

    with pytest.raises(Refused, match="begun to rate"):
        judge(job, ivy, levels(job, 3, 3))


def test_judging_again_replaces_ones_own(job: Job, ivy: Person) -> None:
    judge(job, ivy, levels(job, 3, 3))
    db.session.flush()
    judge(job, ivy, levels(job, 4, 3))
    db.session.flush()

    assert standard_sheet(job).panel.cut == Estimate(3.75, 1)
    assert standard_sheet(job).judges == ("Ivy",)
    assert standard_sheet(job).awaited == ("Hugo", "Ian")


# The page


def test_judging_on_the_page_and_setting_the_cut(
    job: Job, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    judge(job, ian, levels(job, 4.5, 4.5))
    db.session.commit()
    address = f"/jobs/{job.id}/standard"
    first, second = (f"level-{skill.skill_id}" for skill in job.skills)

    before = sign_in(hugo).get(address).text
    refused = sign_in(hugo).post(address, data={first: "3", second: ""})
    cut_before = sign_in(hugo).get(f"/jobs/{job.id}/cut?from_team=yes").text
    after = sign_in(hugo).post(address, data={first: "2.5", second: "2.5"}, follow_redirects=True).text
    cut = sign_in(hugo).get(f"/jobs/{job.id}/cut?from_team=yes").text

    assert "You see it once you have judged yourself." in before
    assert "4.5" not in before.replace('value="4.5">4.5', "")
    assert refused.status_code == 422
    assert "Choose a level for every skill." in refused.text
    assert '<option selected value="3">' in refused.text
    assert "3.50" not in cut_before
    assert "Cut: 3.50" in after
    assert "standard error 1.00" in after
    assert 'value="3.50"' in cut
    assert cut_of_team(job)["reason"].startswith("The mean of what 2 judges, each alone, expect")


def test_strangers_stay_outside(job: Job, olga: Person, sign_in: SignIn) -> None:
    assert sign_in(olga).get(f"/jobs/{job.id}/standard").status_code == 403
    assert sign_in(olga).post(f"/jobs/{job.id}/standard").status_code == 403
