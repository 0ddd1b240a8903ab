"""The comparison's pages and its PDF, for those who may see it and those who may not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import page
import pytest
from pypdf import PdfReader

from hiring.extensions import db
from hiring.models import GuideVersion, Interview, Job, Person, RatingsOpen
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return factories.guide_version(job, hugo)


def rated(job: Job, version: GuideVersion, name: str, *panel: Person) -> Interview:
    interview = factories.interview(factories.application(job, name), version, *panel)
    for number, interviewer in enumerate(panel):
        factories.scorecard(interview, interviewer, (2 + number, 4, 4))
    return interview


def without_tokens(page: str) -> str:
    """The page without what is new on every page, whatever the ratings."""
    return re.sub(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}", "token", page)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_comparison_shows_composites_with_their_n(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    rated(job, version, "Carl", ivy, ian)

    page = sign_in(hugo).get(f"/jobs/{job.id}/comparison").text

    assert "Carl" in page
    assert "3.25" in page
    assert "n 2" in page


@pytest.mark.parametrize(
    "address",
    [
        "comparison",
        "comparison/evidence/empathy",
        "comparison/evidence/empathy.pdf",
        "comparison.pdf",
        "comparison/what-if",
        "comparison/side-by-side",
    ],
)
def test_an_outsider_is_refused(
    job: Job, version: GuideVersion, olga: Person, sign_in: SignIn, address: str
) -> None:
    assert sign_in(olga).get(f"/jobs/{job.id}/{address}").status_code == 403


def test_an_interviewer_is_refused(job: Job, version: GuideVersion, ivy: Person, sign_in: SignIn) -> None:
    rated(job, version, "Carl", ivy)

    assert sign_in(ivy).get(f"/jobs/{job.id}/comparison").status_code == 403


def test_nobody_signed_in_is_asked_to_sign_in(job: Job, sign_in: SignIn) -> None:
    answer = sign_in(None).get(f"/jobs/{job.id}/comparison")

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize(
    "address",
    [
        "comparison",
        "comparison?show=disputed&name=a",
        "comparison/evidence/empathy",
        "comparison/what-if?weight-empathy=5",
        "comparison/side-by-side?candidate=1&candidate=2",
    ],
)
def test_what_others_rated_changes_nothing_for_who_still_owes(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn, address: str
) -> None:
    rated(job, version, "Anna", ivy)
    owed = factories.interview(factories.application(job, "Carl"), version, ivy, hugo)
    card = factories.scorecard(owed, ivy, (1, 1, 1))
    client = sign_in(hugo)
    before = without_tokens(client.get(f"/jobs/{job.id}/{address}").text)
    for rating in card.ratings:
        rating.level = 5
        rating.evidence = "Something quite different."

    db.session.commit()
    after = without_tokens(client.get(f"/jobs/{job.id}/{address}").text)

    assert after == before


def test_an_unknown_skill_is_not_found(
    job: Job, version: GuideVersion, hugo: Person, sign_in: SignIn
) -> None:
    assert sign_in(hugo).get(f"/jobs/{job.id}/comparison/evidence/juggling").status_code == 404


def test_an_unknown_order_falls_back_to_the_composite(
    job: Job, version: GuideVersion, hugo: Person, sign_in: SignIn
) -> None:
    assert sign_in(hugo).get(f"/jobs/{job.id}/comparison?order=looks").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["comparison", "comparison/evidence/empathy", "comparison.pdf", "comparison/what-if?weight-empathy=2"],
)
def test_one_candidate_costs_as_many_queries_as_three(
    job: Job,
    version: GuideVersion,
    hugo: Person,
    ivy: Person,
    ian: Person,
    sign_in: SignIn,
    queries: Callable[[], Queries],
    address: str,
) -> None:
    client = sign_in(hugo)
    counts = []
    for names in (["Anna"], ["Bo", "Cy"]):
        for name in names:
            rated(job, version, name, ivy, ian)
        with queries() as seen:
            assert client.get(f"/jobs/{job.id}/{address}").status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_pdf_holds_figures_evidence_and_every_candidates_name(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    for name in ("Zażółć Gęślą", "陈雨桐", "Søren"):
        rated(job, version, name, ivy, ian)

    answer = sign_in(hugo).get(f"/jobs/{job.id}/comparison.pdf?paper=letter")

    text = text_of(answer.data)
    assert answer.mimetype == "application/pdf"
    assert PdfReader(io.BytesIO(answer.data)).pages[0].mediabox.width == 612
    assert all(words in text for words in ("Zażółć Gęślą", "陈雨桐", "Søren", "3.25", "Exported on"))
    assert factories.EVIDENCE.split()[0] in text


def test_one_skill_of_all_candidates_is_a_document(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, ian: Person, sign_in: SignIn
) -> None:
    for name in ("Carl 翀", "Dora", "مريم"):
        rated(job, version, name, ivy, ian)
    rated(job, version, "Emil whom Hugo meets", ivy)
    emil = db.session.scalars(db.select(Interview).order_by(Interview.id.desc())).first()
    assert emil is not None
    factories.interview(emil.application, version, hugo)
    db.session.commit()

    answer = sign_in(hugo).get(f"/jobs/{job.id}/comparison/evidence/empathy.pdf")

    text = " ".join(text_of(answer.data).split())
    assert "What the levels mean" in text
    assert all(name in text for name in ("Carl 翀", "Dora"))
    assert "Emil" not in text
    assert "Patience" not in text
    assert [failure.message for failure in page.validate_pdf_bytes(answer.data, profile="ua1").failures] == []
    assert sign_in(hugo).get(f"/jobs/{job.id}/comparison/evidence/riddles.pdf").status_code == 404


def test_the_pdf_leaves_out_whom_the_reader_may_not_see(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    rated(job, version, "Anna", ivy)
    owed = factories.interview(factories.application(job, "Carl"), version, ivy, hugo)
    factories.scorecard(owed, ivy, (1, 1, 1))

    text = " ".join(text_of(sign_in(hugo).get(f"/jobs/{job.id}/comparison.pdf").data).split())

    assert "Left out until you have submitted your own scorecard: Carl." in text
    assert text.count(factories.EVIDENCE) == len(factories.QUESTIONS)


def test_two_candidates_cost_as_many_queries_side_by_side_as_four(
    job: Job,
    version: GuideVersion,
    hugo: Person,
    ivy: Person,
    ian: Person,
    sign_in: SignIn,
    queries: Callable[[], Queries],
) -> None:
    client = sign_in(hugo)
    ids = [rated(job, version, name, ivy, ian).application_id for name in ("Anna", "Bo", "Cy", "Di")]
    counts = []
    for chosen in (ids[:2], ids):
        with queries() as seen:
            assert client.get(
                f"/jobs/{job.id}/comparison/side-by-side", query_string={"candidate": chosen}
            ).text.count(factories.EVIDENCE) == 2 * len(chosen) * len(factories.QUESTIONS)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_list_is_narrowed_by_name_and_the_address_keeps_it(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    for name in ("Anna", "Søren"):
        rated(job, version, name, ivy)

    page = sign_in(hugo).get(f"/jobs/{job.id}/comparison?name=SØR").text

    assert "Put Søren side by side" in page
    assert "Put Anna side by side" not in page
    assert 'value="SØR"' in page


def test_a_must_have_below_its_floor_is_marked_however_high_the_composite(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    next(skill for skill in job.skills if skill.skill_id == "empathy").floor = 3
    db.session.commit()
    held = factories.interview(factories.application(job, "Anna"), version, ivy)
    factories.scorecard(held, ivy, (2, 5, 5))
    fine = factories.interview(factories.application(job, "Bo"), version, ivy)
    factories.scorecard(fine, ivy, (3, 3, 3))

    page = sign_in(hugo).get(f"/jobs/{job.id}/comparison").text

    assert page.count("Empathy below 3") == 1
    assert page.count("Below the floor of 3.") == 1
    assert "Put Bo side" not in sign_in(hugo).get(f"/jobs/{job.id}/comparison?show=below_floor").text


def test_other_weights_are_tried_and_nothing_is_saved(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    for name, levels in {"Anna": (5, 2, 2), "Bo": (2, 4, 4)}.items():
        held = factories.interview(factories.application(job, name), version, ivy)
        factories.scorecard(held, ivy, levels)
    client = sign_in(hugo)
    before = without_tokens(client.get(f"/jobs/{job.id}/comparison").text)

    page = client.get(f"/jobs/{job.id}/comparison/what-if?weight-empathy=0&weight-patience=1").text

    assert "2 candidates would change places" in page
    assert without_tokens(client.get(f"/jobs/{job.id}/comparison").text) == before


@pytest.mark.parametrize("typed", ["two", "-1", "101", "nan", ""])
def test_a_weight_that_cannot_be_tried_is_named_beside_its_field(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn, typed: str
) -> None:
    rated(job, version, "Anna", ivy)

    page = sign_in(hugo).get(f"/jobs/{job.id}/comparison/what-if?weight-empathy={typed}").text

    assert 'id="weight-empathy-error"' in page
    assert "Give Empathy a weight from 0 to 100." in page
    assert f'value="{typed}"' in page


def test_side_by_side_shows_profiles_and_evidence_of_the_chosen_ones(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    ids = [rated(job, version, name, ivy).application_id for name in ("Anna", "Bo", "Cy")]

    page = (
        sign_in(hugo)
        .get(f"/jobs/{job.id}/comparison/side-by-side?candidate={ids[0]}&candidate={ids[2]}")
        .text
    )

    assert "Anna 2.0, Cy 2.0" in page
    assert ">Bo<" not in page
    assert page.count(factories.EVIDENCE) == 2 * len(factories.QUESTIONS)


def test_side_by_side_asks_for_two_and_takes_no_application_of_another_job(
    job: Job, version: GuideVersion, hugo: Person, rosa: Person, ivy: Person, sign_in: SignIn
) -> None:
    other = factories.job("Elsewhere", lead=rosa)
    elsewhere = rated(other, factories.guide_version(other, rosa), "Zoe", ivy)
    here = rated(job, version, "Anna", ivy)
    chosen = f"candidate={here.application_id}&candidate={elsewhere.application_id}"

    page = sign_in(hugo).get(f"/jobs/{job.id}/comparison/side-by-side?{chosen}").text

    assert "Choose two to five candidates" in page
    assert "Zoe" not in page


def test_the_pdf_says_why_a_job_keeps_ratings_closed(
    sign_in: SignIn, job: Job, version: GuideVersion, hugo: Person, ivy: Person
) -> None:
    rated(job, version, "Anna", ivy)
    job.ratings_open = RatingsOpen.AT_DEBRIEF
    db.session.commit()

    text = " ".join(text_of(sign_in(hugo).get(f"/jobs/{job.id}/comparison.pdf").data).split())

    assert "this job opens ratings later" in text
    assert "your own scorecard" not in text
