"""Voluntary answers: given without an account, read by nobody, summed for HR."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import unescape
from itertools import count

import page
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from hiring import access
from hiring.assessment.suppression import ALL, LEAST
from hiring.errors import Refused
from hiring.extensions import db
from hiring.fairness.document import overview, report_of
from hiring.fairness.figures import KIND_STAGES, scores_by_kind
from hiring.fairness.forms import key_of
from hiring.fairness.operations import answer, ask, publish_report, stop_asking
from hiring.guides.frozen import FrozenGuide
from hiring.models import (
    ApplicationStatus,
    AuditEvent,
    Ethnicity,
    GuideVersion,
    Job,
    Person,
    PublishedCell,
    RoundKind,
    Sex,
    Stage,
    VoluntaryAnswer,
)
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


Applicants = Callable[[Job, Sex, int, int], None]


@pytest.fixture
def applicants(hugo: Person, ivy: Person) -> Applicants:
    """Makes applications of people of one sex, so many ``chosen``; of the ``others`` a third was interviewed."""
    numbers = count(1)

    def make(job: Job, sex: Sex, chosen: int, others: int) -> None:
        version = factories.guide_version(job, hugo, number=next(numbers))
        for each in range(chosen + others):
            application = factories.application(job, f"Somebody {next(numbers)}")
            application.status = ApplicationStatus.OFFER if each < chosen else ApplicationStatus.IN_REVIEW
            if chosen <= each < chosen + others // 3:
                factories.scorecard(factories.interview(application, version, ivy), ivy)
            answer(application, sex, Ethnicity.NOT_SAID)
        db.session.commit()

    return make


def rates(job: Job, stage: Stage = Stage.BOTTOM_LINE) -> dict[str, tuple[int, int]]:
    """Reached and selected of the shown sexes."""
    (by_sex, *_rest) = next(each for each in report_of(job).stages if each.stage is stage).tables
    groups = by_sex.comparison.groups if by_sex.comparison else ()
    return {each.group.name: (each.group.applicants, each.group.selected) for each in groups}


def test_a_candidate_answers_without_an_account(sign_in: SignIn, job: Job, hana: Person) -> None:
    ask(job, hana, sex=True, ethnicity=True)
    carl = factories.application(job)
    stranger = sign_in(None)

    page = stranger.get(f"/voluntary/{key_of(carl)}")
    sent = stranger.post(f"/voluntary/{key_of(carl)}", data={"sex": "man", "ethnicity": "asian"})

    given = db.session.get(VoluntaryAnswer, carl.id)
    assert "Answering is voluntary" in page.text
    assert sent.location == "/voluntary/thanks"
    assert given is not None
    assert (given.sex, given.ethnicity) == (Sex.MAN, Ethnicity.ASIAN)


def test_an_earlier_answer_is_replaced_and_never_shown(sign_in: SignIn, job: Job, hana: Person) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    carl = factories.application(job)
    stranger = sign_in(None)
    before = stranger.get(f"/voluntary/{key_of(carl)}").text.count("checked")
    stranger.post(f"/voluntary/{key_of(carl)}", data={"sex": "woman"})

    after = stranger.get(f"/voluntary/{key_of(carl)}").text
    stranger.post(f"/voluntary/{key_of(carl)}", data={"sex": "man"})

    assert after.count("checked") == before
    assert [each.sex for each in db.session.scalars(select(VoluntaryAnswer))] == [Sex.MAN]


def test_a_question_that_is_not_asked_is_not_stored(sign_in: SignIn, job: Job, hana: Person) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    carl = factories.application(job)

    sign_in(None).post(f"/voluntary/{key_of(carl)}", data={"sex": "man", "ethnicity": "asian"})

    assert [each.ethnicity for each in db.session.scalars(select(VoluntaryAnswer))] == [Ethnicity.NOT_SAID]


@pytest.mark.parametrize("sent", [{"sex": "tall"}, {}])
def test_an_answer_that_is_not_offered_counts_as_not_said(
    sign_in: SignIn, job: Job, hana: Person, sent: dict[str, str]
) -> None:
    ask(job, hana, sex=True, ethnicity=True)
    carl = factories.application(job)

    sign_in(None).post(f"/voluntary/{key_of(carl)}", data=sent)

    assert [each.sex for each in db.session.scalars(select(VoluntaryAnswer))] == [Sex.NOT_SAID]


def test_a_made_up_key_opens_nothing(sign_in: SignIn, job: Job, hana: Person) -> None:
    ask(job, hana, sex=True, ethnicity=True)
    carl = factories.application(job)
    key = key_of(carl)

    for wrong in ("1", key[:-2] + "xx", key.replace(".", "", 1)):
        assert sign_in(None).get(f"/voluntary/{wrong}").status_code == 404


def test_a_job_that_asks_nothing_takes_no_answer(sign_in: SignIn, job: Job, hana: Person) -> None:
    carl = factories.application(job)
    ask(job, hana, sex=True, ethnicity=True)
    key = key_of(carl)
    stop_asking(job, hana)
    db.session.commit()

    assert sign_in(None).get(f"/voluntary/{key}").status_code == 404
    with pytest.raises(Refused):
        answer(carl, Sex.MAN, Ethnicity.ASIAN)


def test_only_hr_without_a_part_in_the_job_sees_its_rates(
    job: Job, hana: Person, rosa: Person, hugo: Person, ivy: Person, ada: Person, olga: Person
) -> None:
    version = factories.guide_version(job, hugo)
    factories.interview(factories.application(job), version, ivy)
    everybody = (hana, rosa, hugo, ivy, ada, olga)

    assert [access.may_see_selection_rates(each, job) for each in everybody] == [True, *[False] * 5]
    assert [access.may_compare_selection_rates(each) for each in everybody] == [True, *[False] * 5]


def test_the_overview_knows_the_same_rule_for_a_whole_list(
    job: Job, hana: Person, hugo: Person, rosa: Person
) -> None:
    panel = factories.job("On the panel", lead=hugo)
    factories.interview(factories.application(panel), factories.guide_version(panel, hugo), hana)
    led = factories.job("Led by HR", lead=hana)
    db.session.commit()

    own = access.jobs_of_own(hana)

    assert own is not None
    assert [each.id not in own for each in (job, panel, led)] == [
        access.may_see_selection_rates(hana, each) for each in (job, panel, led)
    ]
    assert access.jobs_of_own(rosa) is None


def test_hr_on_a_panel_of_the_job_does_not_see_its_rates(job: Job, hana: Person, hugo: Person) -> None:
    factories.interview(factories.application(job), factories.guide_version(job, hugo), hana)

    assert not access.may_see_selection_rates(hana, job)


def test_no_page_of_the_job_depends_on_an_answer(
    sign_in: SignIn, job: Job, hana: Person, hugo: Person, rosa: Person, ada: Person
) -> None:
    ask(job, hana, sex=True, ethnicity=True)
    carl = factories.application(job)
    db.session.commit()
    addresses = (
        f"/applications/{carl.id}",
        f"/jobs/{job.id}/candidates",
        f"/jobs/{job.id}",
        "/",
        "/organisation",
    )

    def seen() -> list[str]:
        pages = [sign_in(who).get(each) for who in (hugo, rosa, ada, hana) for each in addresses]
        return [page.text for page in pages if page.status_code == 200 and "/voluntary/" not in page.text]

    before = [len(text) for text in seen()]
    answer(carl, Sex.WOMAN, Ethnicity.BLACK)
    db.session.commit()

    assert [len(text) for text in seen()] == before


def test_nothing_of_an_answer_is_in_the_audit(job: Job, hana: Person) -> None:
    ask(job, hana, sex=True, ethnicity=True)
    answer(factories.application(job), Sex.WOMAN, Ethnicity.BLACK)
    db.session.commit()

    told = repr([(event.action, event.details) for event in db.session.scalars(select(AuditEvent))])
    assert "woman" not in told
    assert "black" not in told


def test_rates_are_published_for_groups_that_are_large_enough(
    job: Job, hana: Person, applicants: Applicants
) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    applicants(job, Sex.WOMAN, 12, 28)
    applicants(job, Sex.MAN, 20, 20)

    publish_report(job, hana)

    assert rates(job) == {"Woman": (40, 12), "Man": (40, 20)}
    (by_sex, *_rest) = next(s for s in report_of(job).stages if s.stage is Stage.BOTTOM_LINE).tables
    assert by_sex.comparison is not None
    assert [each.below_four_fifths for each in by_sex.comparison.groups] == [True, False]


def test_a_small_group_and_the_rest_it_would_leave_are_held_back(
    job: Job, hana: Person, applicants: Applicants
) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    applicants(job, Sex.WOMAN, 4, 30)
    applicants(job, Sex.MAN, 20, 20)
    applicants(job, Sex.ANOTHER, 10, 10)

    publish_report(job, hana)

    stored = db.session.scalars(select(PublishedCell)).all()
    assert all(min(cell.selected, cell.reached - cell.selected) >= LEAST for cell in stored)
    assert "Woman" not in rates(job)


def test_two_reports_do_not_tell_of_the_one_who_came_in_between(
    job: Job, hana: Person, applicants: Applicants
) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    applicants(job, Sex.WOMAN, 12, 28)
    applicants(job, Sex.MAN, 20, 20)
    publish_report(job, hana)
    applicants(job, Sex.WOMAN, 1, 0)
    applicants(job, Sex.MAN, 6, 6)

    publish_report(job, hana)

    assert rates(job).get("Woman", (40, 12)) == (40, 12)


def test_a_second_report_waits_for_enough_people_and_says_so(
    job: Job, hana: Person, applicants: Applicants, sign_in: SignIn
) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    applicants(job, Sex.WOMAN, 12, 28)
    applicants(job, Sex.MAN, 20, 20)
    browser, address = sign_in(hana), f"/jobs/{job.id}/selection-rates"
    first = browser.post(address, follow_redirects=True).text
    applicants(job, Sex.MAN, 1, 1)
    db.session.commit()

    second = browser.post(address, follow_redirects=True).text
    waiting = dict(rates(job))
    for sex in (Sex.WOMAN, Sex.MAN):
        applicants(job, sex, 10, 18)
    db.session.commit()
    third = browser.post(address, follow_redirects=True).text

    assert "The figures of today are published" in first
    assert "too few people have moved since" in second
    assert waiting["Man"] == (40, 20)
    assert "The figures of today are published" in third
    assert rates(job)["Man"] == (70, 31)


def test_the_published_rates_are_a_document(
    job: Job, hana: Person, hugo: Person, applicants: Applicants, sign_in: SignIn
) -> None:
    address = f"/jobs/{job.id}/selection-rates.pdf"
    ask(job, hana, sex=True, ethnicity=False)
    applicants(job, Sex.WOMAN, 12, 28)
    applicants(job, Sex.MAN, 20, 20)
    before = sign_in(hana).get(address).status_code
    publish_report(job, hana)
    applicants(job, Sex.WOMAN, 1, 0)
    db.session.commit()

    document = sign_in(hana).get(address).data

    text = " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(document)).pages).split())
    assert "Woman 40 12 30.0 %" in text
    assert "Man 40 20 50.0 %" in text
    assert "Below four fifths." in text
    assert [failure.message for failure in page.validate_pdf_bytes(document, profile="ua1").failures] == []
    assert (before, sign_in(hugo).get(address).status_code) == (404, 403)


def test_all_jobs_together_are_the_sum_of_what_was_published(
    job: Job, hana: Person, hugo: Person, applicants: Applicants
) -> None:
    other = factories.job("Elsewhere", lead=hugo)
    for each in (job, other):
        ask(each, hana, sex=True, ethnicity=False)
        applicants(each, Sex.WOMAN, 12, 28)
        applicants(each, Sex.MAN, 20, 20)
    publish_report(job, hana)

    sheet = overview(set())

    (by_sex, *_rest) = next(s for s in sheet.together.stages if s.stage is Stage.BOTTOM_LINE).tables
    assert by_sex.comparison is not None
    assert [each.group.applicants for each in by_sex.comparison.groups] == [40, 40]
    assert {line.title for line in sheet.jobs} == {job.title, "Elsewhere"}


def test_what_two_stages_would_tell_of_a_third_is_held_back(
    job: Job, hana: Person, applicants: Applicants
) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    applicants(job, Sex.WOMAN, 12, 28)
    applicants(job, Sex.MAN, 20, 20)
    publish_report(job, hana)
    cells = db.session.scalars(select(PublishedCell).where(PublishedCell.ethnicity == ALL)).all()

    for sex in ("woman", "man"):
        shown = {cell.stage for cell in cells if cell.sex == sex}
        assert not {Stage.INTERVIEWED, Stage.BOTTOM_LINE} <= shown or Stage.OFFERED in shown


@pytest.fixture
def two_kinds(job: Job, hugo: Person) -> GuideVersion:
    """A guide with a screening call before the structured interview."""
    version = factories.guide_version(job, hugo)
    guide = FrozenGuide.model_validate(version.content)
    (interview,) = guide.rounds
    screen = interview.model_copy(update={"kind": RoundKind.SCREEN})
    later = interview.model_copy(update={"position": 2})
    version.content = guide.model_copy(update={"rounds": (screen, later)}).as_json()
    return version


def rated(version: GuideVersion, ivy: Person, sex: Sex, levels: list[tuple[int, int | None]]) -> None:
    """Candidates of one sex with a level in the screening call and one, or none, in the structured interview."""
    for number, own in enumerate(levels):
        application = factories.application(version.guide.job, f"{sex} {number}")
        for position, level in enumerate(own, 1):
            if level is not None:
                interview = factories.interview(application, version, ivy)
                interview.round_position = position
                factories.scorecard(interview, ivy, (level, level, level))
        answer(application, sex, Ethnicity.NOT_SAID)
    db.session.commit()


def test_each_kind_of_conversation_has_its_own_median(
    job: Job, two_kinds: GuideVersion, hana: Person, ivy: Person
) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    rated(two_kinds, ivy, Sex.WOMAN, [(5, 1)] * 8 + [(2, None)] * 8)
    rated(two_kinds, ivy, Sex.MAN, [(2, 1)] * 8 + [(4, 5)] * 8)
    publish_report(job, hana)

    assert rates(job, Stage.ABOVE_IN_SCREEN) == {"Woman": (16, 8), "Man": (16, 8)}
    assert scores_by_kind(job)[RoundKind.STRUCTURED].keys() != scores_by_kind(job)[RoundKind.SCREEN].keys()
    assert sorted(scores_by_kind(job)[RoundKind.STRUCTURED].values()) == [1.0] * 16 + [5.0] * 8


def test_where_there_is_one_kind_only_it_stands_for_all(
    job: Job, two_kinds: GuideVersion, hana: Person, ivy: Person
) -> None:
    ask(job, hana, sex=True, ethnicity=False)
    rated(two_kinds, ivy, Sex.WOMAN, [(5, None)] * 8 + [(2, None)] * 8)
    rated(two_kinds, ivy, Sex.MAN, [(2, None)] * 8 + [(4, None)] * 8)
    publish_report(job, hana)

    stages = {each.stage for each in report_of(job).stages}
    assert rates(job, Stage.ABOVE_MEDIAN)
    assert not stages & set(KIND_STAGES.values())


def test_two_stages_that_differ_by_a_few_people_are_not_both_shown(
    job: Job, two_kinds: GuideVersion, hana: Person, ivy: Person
) -> None:
    """Who knows that one woman alone was not met again could read her answer off the two sums."""
    ask(job, hana, sex=True, ethnicity=False)
    rated(two_kinds, ivy, Sex.WOMAN, [(5, 5)] * 8 + [(2, 1)] * 7 + [(2, None)])
    rated(two_kinds, ivy, Sex.MAN, [(2, 1)] * 9 + [(4, 5)] * 7)
    publish_report(job, hana)

    stages = {cell.stage for cell in db.session.scalars(select(PublishedCell))}
    assert Stage.ABOVE_MEDIAN in stages
    assert Stage.ABOVE_IN_STRUCTURED not in stages


def test_hr_asks_publishes_and_stops_on_the_page(
    sign_in: SignIn, job: Job, hana: Person, applicants: Applicants
) -> None:
    browser = sign_in(hana)
    refused = browser.post(f"/jobs/{job.id}/voluntary-questions", data={})
    asked = browser.post(f"/jobs/{job.id}/voluntary-questions", data={"asks_sex": "y"})
    applicants(job, Sex.WOMAN, 12, 28)
    applicants(job, Sex.MAN, 20, 20)
    published = browser.post(f"/jobs/{job.id}/selection-rates")

    page = unescape(browser.get(f"/jobs/{job.id}/selection-rates").text)
    stopped = browser.post(f"/jobs/{job.id}/voluntary-questions/stop")

    assert (refused.status_code, asked.status_code) == (422, 303)
    assert "Choose at least one question, or stop asking." in refused.text
    assert (published.status_code, stopped.status_code) == (303, 303)
    assert "Below four fifths" in page
    assert job.title in browser.get("/selection-rates").text


@pytest.mark.parametrize("who", ["rosa", "hugo", "ada", "olga"])
def test_who_rates_or_decides_opens_no_page_of_rates(
    request: pytest.FixtureRequest, sign_in: SignIn, job: Job, who: str
) -> None:
    browser = sign_in(request.getfixturevalue(who))

    assert browser.get("/selection-rates").status_code == 403
    assert browser.get(f"/jobs/{job.id}/selection-rates").status_code == 403
    assert browser.post(f"/jobs/{job.id}/selection-rates").status_code == 403
    assert browser.post(f"/jobs/{job.id}/voluntary-questions").status_code == 403
    assert browser.post(f"/jobs/{job.id}/voluntary-questions/stop").status_code == 403


def test_those_who_lead_find_the_candidates_address(
    sign_in: SignIn, job: Job, hana: Person, hugo: Person
) -> None:
    carl = factories.application(job)
    browser = sign_in(hugo)
    before = browser.get(f"/applications/{carl.id}").text
    ask(job, hana, sex=True, ethnicity=False)
    db.session.commit()

    assert "/voluntary/" not in before
    assert "/voluntary/" in browser.get(f"/applications/{carl.id}").text


def test_the_overview_costs_as_many_queries_for_one_job_as_for_three(
    sign_in: SignIn, job: Job, hana: Person, hugo: Person, queries: Callable[[], Queries]
) -> None:
    browser = sign_in(hana)
    counts = []
    for more in (0, 2):
        for number in range(more):
            factories.job(f"Another {number}", lead=hugo)
        with queries() as seen:
            assert browser.get("/selection-rates").status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]
