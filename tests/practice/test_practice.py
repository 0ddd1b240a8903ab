"""Practising: rate, see the experts' level, and nobody else looks on but the trainer one chose."""

from __future__ import annotations

import re
from html import unescape

import pytest

from hiring import access
from hiring.errors import Refused
from hiring.extensions import db
from hiring.models import AuditEvent, Person, PracticeRound
from hiring.practice.document import practice_sheet, round_sheet
from hiring.practice.operations import begin_round, choose_trainer, rate_sample
from question_bank import sample, samples
from tests.conftest import Queries, SignIn

HEARD = "Asked what the fault meant for his day."


def finish(round_: PracticeRound, off: int = 0) -> None:
    """Rates everything that is left, ``off`` levels beside the target where the scale allows it."""
    for each in round_.ratings:
        if each.level is None:
            rate_sample(round_, each.position, min(max(each.target + off, 1), 5), HEARD)
    db.session.flush()


def test_practice_of_one_skill_shows_the_experts_level_after_each_answer(
    ivy: Person, sign_in: SignIn
) -> None:
    browser = sign_in(ivy)
    begun = browser.post("/practice", data={"skill": "empathy", "language": "en"})
    first = db.session.scalars(db.select(PracticeRound)).one().ratings[0]
    before = browser.get(begun.location).text
    wanted = sample(first.sample_id)

    browser.post(begun.location, data={"level": "2", "evidence": HEARD})
    after = browser.get(begun.location).text

    assert begun.status_code == 303
    assert wanted.answer[:60] in before.replace("&#39;", "'")
    assert wanted.reason[:40] not in before.replace("&#39;", "'")
    assert wanted.reason[:40] in after.replace("&#39;", "'")
    assert f"You: 2. Experts: {wanted.level}." in after


def test_a_calibration_shows_no_level_before_its_end(ivy: Person, sign_in: SignIn) -> None:
    browser = sign_in(ivy)
    address = browser.post("/practice", data={"skill": "", "language": "en"}).location
    round_ = db.session.scalars(db.select(PracticeRound)).one()
    skills = {each.skill_id for each in round_.ratings}
    for _ in range(9):
        page = browser.post(address, data={"level": "3", "evidence": HEARD}, follow_redirects=True).text
        own = browser.get("/practice").text
        assert "Experts:" not in page
        assert "too few" in own.lower()
    page = browser.post(address, data={"level": "3", "evidence": HEARD}, follow_redirects=True).text

    assert len(skills) == 10
    assert page.count("Experts:") == 10
    db.session.refresh(round_)
    assert round_.finished_at is not None
    assert db.session.scalars(db.select(AuditEvent.action)).all() == ["finish_calibration"]


def test_evidence_comes_before_the_level(ivy: Person, sign_in: SignIn) -> None:
    browser = sign_in(ivy)
    address = browser.post("/practice", data={"skill": "patience", "language": "da"}).location

    without_words = browser.post(address, data={"level": "4", "evidence": ""})
    without_level = browser.post(address, data={"level": "", "evidence": HEARD})
    off_scale = browser.post(address, data={"level": "6", "evidence": HEARD})

    assert [each.status_code for each in (without_words, without_level, off_scale)] == [422, 422, 422]
    assert "Write what in the answer your level rests on." in without_words.text
    assert "Choose a level from 1 to 5." in without_level.text
    assert HEARD in off_scale.text
    assert not any(each.level for each in db.session.scalars(db.select(PracticeRound)).one().ratings)


def test_a_rating_is_given_once(ivy: Person) -> None:
    round_ = begin_round(ivy, "en", "patience")
    rate_sample(round_, 1, 3, HEARD)

    with pytest.raises(Refused, match="already rated"):
        rate_sample(round_, 1, 4, HEARD)
    with pytest.raises(Refused, match="no such answer"):
        rate_sample(round_, 9, 4, HEARD)


def test_a_round_needs_samples_and_a_language_of_the_bank(ivy: Person) -> None:
    with pytest.raises(Refused, match="no practice answers"):
        begin_round(ivy, "en", "teamwork")
    with pytest.raises(Refused, match="languages"):
        begin_round(ivy, "fr", "empathy")


def test_calibrations_bring_what_was_not_met_yet(ivy: Person) -> None:
    met = []
    for _ in range(3):
        round_ = begin_round(ivy, "en")
        met += [each.sample_id for each in round_.ratings]
        finish(round_)

    assert len(set(met)) == len(met) == 30


def test_figures_tell_distance_and_direction(ivy: Person) -> None:
    round_ = begin_round(ivy, "en")
    finish(round_, off=-1)
    lower = sum(each.target > 1 for each in round_.ratings)
    sheet = practice_sheet(ivy)

    assert sheet.figures.n == 10
    assert sheet.figures.error.value == pytest.approx(lower / 10)  # type: ignore[union-attr]
    assert sheet.figures.severity.value == pytest.approx(lower / 10)  # type: ignore[union-attr]
    assert round_sheet(round_).figures.exact == 10 - lower


def test_practice_is_read_by_oneself_and_the_chosen_trainer_alone(
    ivy: Person, ian: Person, rosa: Person, ada: Person, sign_in: SignIn
) -> None:
    round_ = begin_round(ivy, "en")
    finish(round_)
    db.session.commit()
    address, sitting = f"/people/{ivy.id}/practice", f"/practice/rounds/{round_.id}"

    before = {each.name: sign_in(each).get(address).status_code for each in (ivy, ian, rosa, ada)}
    sign_in(ivy).post("/practice/trainer", data={"trainer": str(ian.id)})
    after = {each.name: sign_in(each).get(address).status_code for each in (ivy, ian, rosa, ada)}
    rounds = {each.name: sign_in(each).get(sitting).status_code for each in (ivy, ian, rosa)}
    listed = sign_in(ian).get("/practice").text
    sign_in(ivy).post("/practice/trainer", data={"trainer": ""})

    assert before == {"Ivy": 200, "Ian": 403, "Rosa": 403, "Ada": 403}
    assert after == {"Ivy": 200, "Ian": 200, "Rosa": 403, "Ada": 403}
    assert rounds == {"Ivy": 200, "Ian": 403, "Rosa": 403}
    assert address in listed
    assert sign_in(ian).get(address).status_code == 403
    assert [access.may_practise(each, round_) for each in (ivy, ian)] == [True, False]
    assert [access.may_read_practice(each, ivy) for each in (ivy, ian)] == [True, False]


def test_nobody_trains_themselves(ivy: Person, sign_in: SignIn) -> None:
    with pytest.raises(Refused, match="Choose a colleague"):
        choose_trainer(ivy, ivy)
    answer = sign_in(ivy).post("/practice/trainer", data={"trainer": str(ivy.id)})

    assert answer.status_code == 422
    assert "Choose a colleague with an account." in answer.text


def test_the_answers_are_in_the_language_chosen(ivy: Person, sign_in: SignIn) -> None:
    browser = sign_in(ivy)
    address = browser.post("/practice", data={"skill": "listening", "language": "zh"}).location

    assert any(each.answer[:12] in browser.get(address).text for each in samples("listening", "zh"))


def test_samples_are_not_found_by_the_search_of_the_bank(rosa: Person, sign_in: SignIn) -> None:
    words = re.findall(r"\w+", samples("persistence")[0].answer)[5:9]
    browser = sign_in(rosa)

    found = unescape(browser.get(f"/bank?q={'+'.join(words)}").text)

    assert samples("persistence")[0].answer[:30] not in found
    assert "tell me about" in unescape(browser.get("/bank?q=tell+me+about").text).lower()


def test_the_page_costs_the_same_for_one_round_and_for_three(
    ivy: Person, sign_in: SignIn, queries: Queries
) -> None:
    finish(begin_round(ivy, "en"))
    db.session.commit()
    browser = sign_in(ivy)
    browser.get("/practice")
    with queries() as one:
        browser.get("/practice")
    for skill in ("empathy", "patience"):
        finish(begin_round(ivy, "en", skill))
    db.session.commit()
    with queries() as three:
        browser.get("/practice")

    assert len(one) == len(three)
