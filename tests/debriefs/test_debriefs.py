"""Debriefs: who talks about whom and when, what is written down, and who may see it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from hiring import access
from hiring.debriefs.document import debrief_sheet
from hiring.debriefs.operations import (
    SeenMinutes,
    add_addendum,
    add_candidates,
    answer_point,
    close_debrief,
    mark_discussed,
    open_debrief,
    park,
    write_consensus,
    write_minutes,
)
from hiring.errors import Refused, Stale
from hiring.extensions import db
from hiring.models import (
    Application,
    AuditEvent,
    ConsensusRating,
    Debrief,
    GuideVersion,
    Job,
    Person,
    Rating,
    RatingsOpen,
)
from tests import factories
from tests.conftest import Queries, SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def version(job: Job, hugo: Person) -> GuideVersion:
    return factories.guide_version(job, hugo)


@pytest.fixture
def carl(job: Job, version: GuideVersion, ivy: Person, ian: Person) -> int:
    """Carl's application: Ivy gave 2, 4, 4 and Ian 5, 4, 4."""
    interview = factories.interview(factories.application(job), version, ivy, ian)
    factories.scorecard(interview, ivy, (2, 4, 4))
    factories.scorecard(interview, ian, (5, 4, 4))
    return interview.application_id


@pytest.fixture
def debrief(job: Job, carl: int, hugo: Person) -> Debrief:
    opened = open_debrief(job, hugo, {carl})
    db.session.commit()
    return opened


def test_a_debrief_waits_for_every_scorecard(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, ian: Person
) -> None:
    interview = factories.interview(factories.application(job, "Dora"), version, ivy, ian)
    factories.scorecard(interview, ivy)

    with pytest.raises(
        Refused, match=r"Wait for the scorecards that are still missing: Dora \(Ian\)"
    ) as refused:
        open_debrief(job, hugo, {interview.application_id})

    assert refused.value.field == "candidates"


def test_nobody_is_talked_about_unrated_or_from_another_job(job: Job, carl: int, hugo: Person) -> None:
    unrated = factories.application(job, "Emil").id
    elsewhere = factories.application(factories.job("Elsewhere", lead=hugo), "Flo").id

    with pytest.raises(Refused, match="Nobody has rated Emil yet"):
        open_debrief(job, hugo, {carl, unrated})
    for nobody in (set[int](), {elsewhere}):
        with pytest.raises(Refused, match="Choose at least one candidate"):
            open_debrief(job, hugo, nobody)


def test_the_widest_disagreement_comes_first(
    job: Job, version: GuideVersion, carl: int, hugo: Person, ivy: Person, ian: Person
) -> None:
    agreed = factories.interview(factories.application(job, "Anna"), version, ivy, ian)
    for each in (ivy, ian):
        factories.scorecard(agreed, each, (4, 4, 4))
    opened = open_debrief(job, hugo, {carl, agreed.application_id})

    sheet = debrief_sheet(opened, {carl, agreed.application_id})

    assert [each.row.name for each in sheet.candidates] == ["Carl", "Anna"]
    assert [skill.cell.skill_name for skill in sheet.candidates[0].skills] == ["Empathy", "Patience"]
    assert sheet.current is sheet.candidates[0]


def test_who_was_talked_about_gives_way_to_the_next(
    job: Job, version: GuideVersion, carl: int, hugo: Person, ivy: Person
) -> None:
    other = factories.interview(factories.application(job, "Anna"), version, ivy)
    factories.scorecard(other, ivy)
    opened = open_debrief(job, hugo, {carl})
    add_candidates(opened, hugo, {other.application_id, carl})

    mark_discussed(opened, carl, hugo)

    sheet = debrief_sheet(opened, {carl, other.application_id})
    assert sheet.current is not None
    assert sheet.current.row.name == "Anna"


def test_a_consensus_stands_beside_the_ratings_and_changes_none(
    debrief: Debrief, carl: int, hugo: Person
) -> None:
    before = [(each.id, each.level) for each in db.session.scalars(select(Rating).order_by(Rating.id))]

    write_consensus(debrief, carl, "patience", 4, "", hugo)

    sheet = debrief_sheet(debrief, {carl})
    assert [
        (each.id, each.level) for each in db.session.scalars(select(Rating).order_by(Rating.id))
    ] == before
    assert sheet.candidates[0].settled == 1


@pytest.mark.parametrize(
    ("skill", "level", "sentence"),
    [
        ("empathy", 5, "half a level or more"),
        ("empathy", None, "Say why there is not enough evidence"),
        ("patience", 5, "half a level or more"),
    ],
)
def test_a_consensus_far_from_the_ratings_needs_its_reason(
    debrief: Debrief, carl: int, hugo: Person, skill: str, level: int | None, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        write_consensus(debrief, carl, skill, level, " ", hugo)
    write_consensus(debrief, carl, skill, level, "Two of three heard a second example.", hugo)

    assert refused.value.field == "reason"


def test_a_later_consensus_never_erases_an_earlier_one(debrief: Debrief, carl: int, hugo: Person) -> None:
    first = write_consensus(debrief, carl, "patience", 4, "", hugo)
    db.session.flush()

    write_consensus(debrief, carl, "patience", 3, "Read the notes again.", hugo, seen_id=first.id)

    (talked,) = debrief_sheet(debrief, {carl}).candidates
    patience = next(each for each in talked.skills if each.cell.skill_id == "patience")
    assert patience.consensus is not None
    assert patience.consensus.level == 3
    assert [each.level for each in patience.earlier] == [4]


def test_two_who_write_at_once_are_told(debrief: Debrief, carl: int, hugo: Person) -> None:
    write_consensus(debrief, carl, "patience", 4, "", hugo)

    with pytest.raises(Stale, match="Somebody else has written a consensus"):
        write_consensus(debrief, carl, "patience", 3, "I did not see it.", hugo, seen_id=None)


@pytest.mark.parametrize("level", [0, 6])
def test_a_consensus_off_the_scale_is_refused(debrief: Debrief, carl: int, hugo: Person, level: int) -> None:
    with pytest.raises(Refused, match="Choose a level from 1 to 5"):
        write_consensus(debrief, carl, "patience", level, "So.", hugo)


def test_an_unknown_skill_or_candidate_is_refused(debrief: Debrief, carl: int, hugo: Person) -> None:
    with pytest.raises(Refused, match="Choose a skill"):
        write_consensus(debrief, carl, "juggling", 3, "So.", hugo)
    with pytest.raises(Refused, match="not about that candidate"):
        write_consensus(debrief, carl + 999, "patience", 3, "So.", hugo)


def test_an_open_point_is_parked_and_answered_even_after_closing(
    debrief: Debrief, carl: int, hugo: Person
) -> None:
    with pytest.raises(Refused, match="still to be found out"):
        park(debrief, carl, " ", hugo)
    point = park(debrief, carl, "Did the refund really go out?", hugo, who="Ivy")
    close_debrief(debrief, hugo)

    with pytest.raises(Refused, match="what came of it"):
        answer_point(debrief, point, "", hugo)
    answer_point(debrief, point, "It did, a day later.", hugo)

    assert point.answer == "It did, a day later."


def test_closed_minutes_take_addenda_only(debrief: Debrief, carl: int, hugo: Person) -> None:
    with pytest.raises(Refused, match="still open"):
        add_addendum(debrief, "Later.", hugo)
    write_minutes(debrief, hugo, "Hugo, Ivy, Ian", "A good talk.")
    close_debrief(debrief, hugo)

    for change in (
        lambda: write_minutes(debrief, hugo, "", ""),
        lambda: write_consensus(debrief, carl, "patience", 4, "", hugo),
        lambda: park(debrief, carl, "More?", hugo),
        lambda: close_debrief(debrief, hugo),
    ):
        with pytest.raises(Refused, match="closed"):
            change()
    with pytest.raises(Refused, match="what is to be added"):
        add_addendum(debrief, " ", hugo)
    add_addendum(debrief, "Ivy corrects a date.", hugo)
    db.session.flush()

    assert [each.text for each in debrief_sheet(debrief, {carl}).addenda] == ["Ivy corrects a date."]


def test_what_is_sent_twice_is_kept_once(debrief: Debrief, carl: int, hugo: Person, rosa: Person) -> None:
    parked = [park(debrief, carl, "Ask for the dates.", hugo, who=who).id for who in ("Ivy", "Ivy ", "Ian")]
    close_debrief(debrief, hugo)
    for text, by in [("A date.", hugo), (" A date. ", hugo), ("A date.", rosa), ("A name.", rosa)]:
        add_addendum(debrief, text, by)

    assert parked[0] == parked[1] != parked[2]
    added = [(each.text, each.written_by) for each in debrief_sheet(debrief, {carl}).addenda]
    assert added == [("A date.", hugo), ("A date.", rosa), ("A name.", rosa)]


def test_minutes_changed_by_somebody_else_are_not_overwritten(
    debrief: Debrief, hugo: Person, rosa: Person
) -> None:
    nothing = SeenMinutes("", "")
    write_minutes(debrief, rosa, "Rosa", "", seen=nothing)

    with pytest.raises(Stale):
        write_minutes(debrief, hugo, "Hugo", "His.", seen=nothing)

    assert (debrief.present, debrief.minutes) == ("Rosa", "")


def test_every_change_is_in_the_audit(debrief: Debrief, carl: int, hugo: Person) -> None:
    write_consensus(debrief, carl, "patience", 4, "", hugo)
    mark_discussed(debrief, carl, hugo)
    close_debrief(debrief, hugo)

    actions = [event.action for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert actions[-4:] == ["open_debrief", "write_consensus", "mark_discussed", "close_debrief"]


def test_who_may_open_lead_and_see(
    debrief: Debrief, job: Job, hugo: Person, rosa: Person, ivy: Person, hana: Person, olga: Person
) -> None:
    everybody = (hugo, rosa, ivy, hana, olga)

    assert [access.may_open_debrief(each, job) for each in everybody] == [True, True, False, False, False]
    assert [access.may_lead_debrief(each, debrief) for each in everybody] == [True, True, False, False, False]
    assert [access.may_see_debrief(each, debrief) for each in everybody] == [True, True, True, True, False]


def page_without_tokens(page: str) -> str:
    return re.sub(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}", "token", page)


def test_who_owes_a_scorecard_does_not_write_the_minutes(
    sign_in: SignIn, debrief: Debrief, carl: int, version: GuideVersion, hugo: Person, rosa: Person
) -> None:
    before = [access.may_write_minutes(each, debrief) for each in (hugo, rosa)]
    factories.interview(db.session.get_one(Application, carl), version, rosa)
    db.session.commit()

    answer = sign_in(rosa).post(f"/debriefs/{debrief.id}/minutes", data={"minutes": "Written blindly."})

    assert before == [True, True]
    assert answer.status_code == 403
    assert [access.may_write_minutes(each, debrief) for each in (hugo, rosa)] == [True, False]
    assert [access.may_read_minutes(each, debrief) for each in (hugo, rosa)] == [True, False]


@pytest.mark.parametrize("address", ["", "/live", ".pdf"])
def test_who_owes_a_scorecard_sees_nothing_that_was_said(
    sign_in: SignIn,
    debrief: Debrief,
    carl: int,
    version: GuideVersion,
    hugo: Person,
    rosa: Person,
    address: str,
) -> None:
    application = debrief_sheet(debrief, {carl}).candidates[0].row.application_id
    factories.interview(db.session.get_one(Application, application), version, rosa)
    browser = sign_in(rosa)
    before = browser.get(f"/debriefs/{debrief.id}{address}")
    write_consensus(debrief, carl, "empathy", 1, "A secret of the panel.", hugo)
    db.session.commit()

    after = browser.get(f"/debriefs/{debrief.id}{address}")

    if address == ".pdf":
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(after.data)).pages)
        assert "secret" not in text
        assert "Carl" not in text
    else:
        shown = re.sub(r'data-revision="\d+"', "", page_without_tokens(after.text))
        assert shown == re.sub(r'data-revision="\d+"', "", page_without_tokens(before.text))
        assert "Carl" not in after.text


def test_words_typed_while_a_candidate_closes_again_are_handed_back(
    sign_in: SignIn, debrief: Debrief, carl: int, version: GuideVersion, rosa: Person
) -> None:
    factories.interview(db.session.get_one(Application, carl), version, rosa)
    browser = sign_in(rosa)
    sent = {"application_id": carl, "skill_id": "empathy", "level": "3", "text": "Ask for <b>dates</b>."}

    refused = [browser.post(f"/debriefs/{debrief.id}/{door}", data=sent) for door in ("consensus", "points")]

    assert [each.status_code for each in refused] == [403, 403]
    assert all("ratings are closed to you" in each.text for each in refused)
    assert all("Ask for &lt;b&gt;dates&lt;/b&gt;." in each.text for each in refused)
    assert all("Carl" not in each.text for each in refused)
    assert debrief_sheet(debrief, {carl}).candidates[0].points == ()


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/jobs/{job}/debriefs"),
        ("post", "/jobs/{job}/debriefs"),
        ("get", "/debriefs/{debrief}"),
        ("get", "/debriefs/{debrief}/live"),
        ("get", "/debriefs/{debrief}.pdf"),
        ("post", "/debriefs/{debrief}/consensus"),
        ("post", "/debriefs/{debrief}/discussed"),
        ("post", "/debriefs/{debrief}/points"),
        ("post", "/debriefs/{debrief}/minutes"),
        ("post", "/debriefs/{debrief}/addenda"),
    ],
)
def test_an_outsider_is_refused(
    sign_in: SignIn, debrief: Debrief, olga: Person, method: str, address: str
) -> None:
    url = address.format(job=debrief.job_id, debrief=debrief.id)

    assert getattr(sign_in(olga), method)(url).status_code == 403


def test_a_debrief_is_opened_on_its_page(sign_in: SignIn, job: Job, carl: int, hugo: Person) -> None:
    browser = sign_in(hugo)

    refused = browser.post(f"/jobs/{job.id}/debriefs", data={})
    opened = browser.post(f"/jobs/{job.id}/debriefs", data={"candidates": [carl]})

    assert refused.status_code == 422
    assert "Choose at least one candidate." in refused.text
    assert opened.status_code == 303
    assert "Far apart" in browser.get(opened.location).text


def consensus_data(carl: int, **changes: Any) -> dict[str, Any]:
    return {
        "application_id": carl,
        "skill_id": "empathy",
        "level": "4",
        "reason": "",
        "seen_id": "",
    } | changes


def test_a_consensus_is_written_on_the_page(
    sign_in: SignIn, debrief: Debrief, carl: int, hugo: Person
) -> None:
    browser = sign_in(hugo)

    answer = browser.post(
        f"/debriefs/{debrief.id}/consensus", data=consensus_data(carl, reason="Ian heard more.")
    )

    assert answer.status_code == 303
    assert [each.level for each in db.session.scalars(select(ConsensusRating))] == [4]
    assert "Ian heard more." in browser.get(f"/debriefs/{debrief.id}").text


def test_a_refused_consensus_stands_beside_its_field_with_what_was_typed(
    sign_in: SignIn, debrief: Debrief, carl: int, hugo: Person
) -> None:
    browser = sign_in(hugo)

    without = browser.post(
        f"/debriefs/{debrief.id}/consensus", data=consensus_data(carl, level="", reason="Typed.")
    )
    far = browser.post(f"/debriefs/{debrief.id}/consensus", data=consensus_data(carl, level="5"))

    assert (without.status_code, far.status_code) == (422, 422)
    assert "Choose a level from 1 to 5, or N." in without.text
    assert "Typed." in without.text
    assert 'id="reason-empathy-error"' in far.text


def test_a_consensus_written_meanwhile_is_shown_beside_ones_own(
    sign_in: SignIn, debrief: Debrief, carl: int, hugo: Person
) -> None:
    write_consensus(debrief, carl, "empathy", 3, "Written first.", hugo)
    db.session.commit()

    answer = sign_in(hugo).post(
        f"/debriefs/{debrief.id}/consensus", data=consensus_data(carl, reason="Mine.")
    )

    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "Somebody else has written a consensus" in page
    assert "Written first." in page
    assert "Mine." in page


def test_who_looks_on_is_answered_only_when_something_changed(
    sign_in: SignIn, debrief: Debrief, carl: int, hugo: Person, ivy: Person
) -> None:
    onlooker = sign_in(ivy)
    first = onlooker.get(f"/debriefs/{debrief.id}/live")
    revision = first.headers["X-Revision"]
    quiet = onlooker.get(f"/debriefs/{debrief.id}/live?since={revision}")
    sign_in(hugo).post(
        f"/debriefs/{debrief.id}/consensus", data=consensus_data(carl, reason="Ian heard more.")
    )

    changed = onlooker.get(f"/debriefs/{debrief.id}/live?since={revision}")

    assert (quiet.status_code, quiet.data) == (204, b"")
    assert changed.headers["X-Revision"] != revision
    assert "Ian heard more." in changed.text


def test_points_minutes_and_addenda_on_the_page(
    sign_in: SignIn, debrief: Debrief, carl: int, hugo: Person
) -> None:
    browser, base = sign_in(hugo), f"/debriefs/{debrief.id}"

    empty = browser.post(f"{base}/points", data={"application_id": carl, "text": ""})
    browser.post(f"{base}/points", data={"application_id": carl, "text": "Ask again?", "who": "Ivy"})
    unanswered = browser.post(f"{base}/points/1/answer", data={"answer": ""})
    browser.post(f"{base}/points/1/answer", data={"answer": "Asked."})
    browser.post(f"{base}/discussed", data={"application_id": carl})
    stale = browser.post(f"{base}/minutes", data={"seen_minutes": "other", "minutes": "Mine."})
    browser.post(f"{base}/minutes", data={"present": "All", "minutes": "A talk.", "do": "close"})
    blank = browser.post(f"{base}/addenda", data={"text": ""})
    browser.post(f"{base}/addenda", data={"text": "Later."})

    page = unescape(browser.get(base).text)
    assert [each.status_code for each in (empty, unanswered, stale, blank)] == [422] * 4
    assert "Mine." in stale.text
    for words in ("Ask again?", "Asked.", "talked about", "A talk.", "Later.", "Closed"):
        assert words in page


def test_the_minutes_are_a_document(sign_in: SignIn, debrief: Debrief, carl: int, hugo: Person) -> None:
    write_consensus(debrief, carl, "empathy", 4, "Ian heard more.", hugo)
    write_minutes(debrief, hugo, "Hugo, Ivy, Ian", "A good talk.")
    db.session.commit()

    answer = sign_in(hugo).get(f"/debriefs/{debrief.id}.pdf")

    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())
    for words in (
        "Debrief minutes",
        "Hugo, Ivy, Ian",
        "A good talk.",
        "Ivy 2, Ian 5",
        "Ian heard more. (Hugo,",
    ):
        assert words in text


@pytest.mark.parametrize("address", ["/debriefs/{debrief}", "/jobs/{job}/debriefs"])
def test_one_candidate_costs_as_many_queries_as_three(
    job: Job,
    version: GuideVersion,
    debrief: Debrief,
    hugo: Person,
    ivy: Person,
    ian: Person,
    sign_in: SignIn,
    queries: Callable[[], Queries],
    address: str,
) -> None:
    browser, counts = sign_in(hugo), []
    for names in ([], ["Bo", "Cy"]):
        for name in names:
            interview = factories.interview(factories.application(job, name), version, ivy, ian)
            for each in (ivy, ian):
                factories.scorecard(interview, each)
            add_candidates(debrief, hugo, {interview.application_id})
        db.session.commit()
        with queries() as seen:
            assert browser.get(address.format(debrief=debrief.id, job=job.id)).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_choosing_candidates_tells_nothing_of_ratings_that_the_job_keeps_closed(
    sign_in: SignIn, job: Job, carl: int, hugo: Person
) -> None:
    browser = sign_in(hugo)
    usual = browser.get(f"/jobs/{job.id}/debriefs").text
    job.ratings_open = RatingsOpen.AT_DEBRIEF
    db.session.commit()

    closed = browser.get(f"/jobs/{job.id}/debriefs").text

    assert "3 levels" in usual
    assert "levels" not in closed
    assert "not open yet" in closed


def test_a_point_beyond_every_number_is_not_found(sign_in: SignIn, debrief: Debrief, hugo: Person) -> None:
    answer = sign_in(hugo).post(f"/debriefs/{debrief.id}/points/{9**25}/answer", data={"answer": "x"})

    assert answer.status_code == 404
