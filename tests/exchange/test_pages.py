"""The page on which the bank goes out and in."""

from __future__ import annotations

import io

import pytest

from hiring.extensions import db
from hiring.models import BankEntry, Person
from tests.conftest import SignIn
from tests.exchange.test_formats import MIXED, OFF_LIMITS, ROWS, WHY, csv

PAGE = "/bank/exchange"


def sent(content: bytes, name: str = "queue.csv", **typed: str) -> dict[str, object]:
    return {"file": (io.BytesIO(content), name), "reason": "Our team's own.", **typed}


def test_a_file_is_checked_and_then_taken_in(rosa: Person, sign_in: SignIn) -> None:
    browser = sign_in(rosa)

    looked = browser.post(PAGE, data=sent(csv(ROWS), only_check="y"))
    before = db.session.query(BankEntry).count()
    taken = browser.post(PAGE, data=sent(csv(ROWS)), follow_redirects=True)

    assert (looked.status_code, before) == (200, 0)
    assert "New: 1. Changed: 0. Unchanged: 0." in looked.text
    assert "One entry was taken in as a draft." in taken.text
    assert db.session.query(BankEntry).one().latest.reason == "Our team's own."


def test_an_outsider_may_take_the_bank_out_but_not_in(ivy: Person, sign_in: SignIn) -> None:
    browser = sign_in(ivy)

    assert browser.get("/bank/export?format=csv").status_code == 200
    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, data=sent(csv(ROWS))).status_code == 403


def test_flaws_stand_on_the_page_and_what_was_typed_stays(rosa: Person, sign_in: SignIn) -> None:
    answer = sign_in(rosa).post(PAGE, data=sent(csv(ROWS.replace("Who was", "=Who was"))))

    assert answer.status_code == 422
    assert "begins like a formula" in answer.text
    assert 'value="Our team&#39;s own."' in answer.text
    assert db.session.query(BankEntry).count() == 0


def test_what_must_not_be_asked_is_told_with_a_field_for_the_reason(rosa: Person, sign_in: SignIn) -> None:
    browser = sign_in(rosa)

    plain = browser.get(PAGE)
    answer = browser.post(PAGE, data=sent(csv(OFF_LIMITS)))

    assert "override_reason" not in plain.text
    assert answer.status_code == 422
    assert "One place touches what must not be asked" in answer.text
    assert "Age is off limits" in answer.text
    assert 'name="override_reason"' in answer.text
    assert "some words touch" in answer.text.lower()
    assert 'value="Our team&#39;s own."' in answer.text
    assert db.session.query(BankEntry).count() == 0


def test_with_a_reason_the_file_is_checked_and_taken_in(rosa: Person, sign_in: SignIn) -> None:
    browser = sign_in(rosa)

    looked = browser.post(PAGE, data=sent(csv(MIXED), override_reason=WHY, only_check="y"))
    before = db.session.query(BankEntry).count()
    taken = browser.post(PAGE, data=sent(csv(MIXED), override_reason=WHY), follow_redirects=True)

    assert (looked.status_code, before) == (200, 0)
    assert "Your reason lets these words in." in looked.text
    assert f">{WHY}</textarea>" in looked.text.replace("\r\n", "").replace("\n", "")
    assert "2 entries were taken in as drafts." in taken.text
    assert {each.latest.override_reason for each in db.session.query(BankEntry)} == {WHY, ""}


def test_a_reason_does_not_hide_other_problems(rosa: Person, sign_in: SignIn) -> None:
    spoilt = OFF_LIMITS.replace("Who was", "=Who was")

    answer = sign_in(rosa).post(PAGE, data=sent(csv(spoilt), override_reason=WHY))

    assert answer.status_code == 422
    assert "begins like a formula" in answer.text
    assert "The file is in order" not in answer.text
    assert WHY in answer.text
    assert db.session.query(BankEntry).count() == 0


def test_too_long_a_reason_stands_beside_its_field_as_typed(rosa: Person, sign_in: SignIn) -> None:
    answer = sign_in(rosa).post(PAGE, data=sent(csv(OFF_LIMITS), override_reason="x" * 1001))

    assert answer.status_code == 422
    assert 'id="override_reason-error"' in answer.text
    assert "x" * 1001 in answer.text
    assert db.session.query(BankEntry).count() == 0


def test_no_file_is_told_beside_the_field(rosa: Person, sign_in: SignIn) -> None:
    answer = sign_in(rosa).post(PAGE, data={"reason": ""})

    assert answer.status_code == 422
    assert "Choose a file that ends in .json, .yaml, .csv or .xlsx." in answer.text


@pytest.mark.parametrize(
    ("form", "begin"), [("json", b"{"), ("yaml", b"schema"), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")]
)
def test_each_kind_is_downloaded_under_its_name(
    rosa: Person, sign_in: SignIn, form: str, begin: bytes
) -> None:
    answer = sign_in(rosa).get(f"/bank/export?format={form}&language=da&skill=empathy")

    assert answer.data.startswith(begin)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="bank-da.{form}"'


def test_a_kind_that_does_not_exist_is_not_found(rosa: Person, sign_in: SignIn) -> None:
    assert sign_in(rosa).get("/bank/export?format=exe").status_code == 404


def test_a_skill_that_does_not_exist_is_not_found(rosa: Person, sign_in: SignIn) -> None:
    assert sign_in(rosa).get("/bank/export?format=csv&skill=riddles").status_code == 404


def test_what_to_think_over_stands_on_the_page_and_keeps_nothing_out(rosa: Person, sign_in: SignIn) -> None:
    leading = csv(ROWS.replace("Who was waiting?", '"You were in a hurry, weren\'t you?"'))

    answer = sign_in(rosa).post(PAGE, data=sent(leading, only_check="y"))

    assert answer.status_code == 200
    assert "One place to think over" in answer.text
    assert "The file is in order" in answer.text


def test_some_skills_are_taken_out(rosa: Person, sign_in: SignIn) -> None:
    browser = sign_in(rosa)
    browser.post(PAGE, data=sent(csv(ROWS)))
    entry = db.session.query(BankEntry).one()

    chosen = browser.get("/bank/export?format=csv&skill=empathy&skill=patience").text
    page = browser.get(PAGE).text

    assert [line.split(",")[1] for line in chosen.splitlines() if line.startswith("skill,")] == [
        "empathy",
        "patience",
    ]
    assert page.count('name="skill"') >= 22
    assert entry.ident not in browser.get("/bank/export?format=csv&own=yes&skill=patience").text
