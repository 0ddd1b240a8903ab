"""Links to documents: they work for a while for whoever has them, and then not at all."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from hiring.exports.operations import forget_old
from hiring.extensions import db
from hiring.models import Application, AuditEvent, Person, SharedDocument, now
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def carl(hugo: Person, ivy: Person) -> Application:
    job = factories.job(lead=hugo)
    made = factories.interview(factories.application(job), factories.guide_version(job, hugo), ivy)
    factories.scorecard(made, ivy)
    db.session.commit()
    return made.application


def make_link(client: FlaskClient, carl: Application, **typed: Any) -> Any:
    given = {"paper": "a4", "language": "en", "days": "7", "recipient": "Zoë Quist", "do": "link", **typed}
    return client.post(f"/applications/{carl.id}/documents/packet", data=given)


@pytest.fixture
def address(carl: Application, rosa: Person, sign_in: SignIn) -> str:
    """The path of a link that Rosa made."""
    found = re.search(r'value="http://localhost(/shared/[^"]+)"', make_link(sign_in(rosa), carl).text)
    assert found
    return found[1]


def stored() -> SharedDocument:
    db.session.commit()
    return db.session.scalars(select(SharedDocument)).one()


def test_whoever_has_the_link_reads_the_document_and_each_time_is_counted(
    address: str, sign_in: SignIn
) -> None:
    answers = [sign_in(None).get(address) for _time in range(2)]

    assert [answer.data[:5] for answer in answers] == [b"%PDF-"] * 2
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert stored().opened == 2
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[-4:] == [
        "export_document",
        "share_document",
        "open_shared_document",
        "open_shared_document",
    ]


def test_the_document_stays_as_it_was_when_the_link_was_made(
    address: str, carl: Application, sign_in: SignIn
) -> None:
    before = sign_in(None).get(address).data
    carl.candidate.name = "Somebody new"
    db.session.commit()

    assert sign_in(None).get(address).data == before


def test_the_secret_is_shown_once_and_not_kept(
    address: str, carl: Application, rosa: Person, sign_in: SignIn
) -> None:
    secret = address.rpartition("/")[2]

    page = sign_in(rosa).get(f"/applications/{carl.id}/documents/packet").text

    assert secret not in page
    assert "Zoë Quist" in page
    assert secret not in stored().secret_hash


def test_a_revoked_link_leads_nowhere_and_keeps_nothing(
    address: str, carl: Application, rosa: Person, sign_in: SignIn
) -> None:
    answer = sign_in(rosa).post(f"/shared-documents/{stored().id}/revoke", follow_redirects=True)

    gone = sign_in(None).get(address)
    assert "Revoked" in answer.text
    assert gone.status_code == 404
    assert "This link does not work any more. Ask the person who sent it for a new one." in gone.text
    assert stored().content is None


def test_an_expired_link_leads_nowhere_and_its_document_is_deleted(address: str, sign_in: SignIn) -> None:
    link = stored()
    link.expires_at = now() - timedelta(seconds=1)
    db.session.commit()
    gone = sign_in(None).get(address).status_code
    forget_old(now())
    db.session.commit()

    assert (gone, stored().content) == (404, None)


@pytest.mark.parametrize("secret", ["x", "x" * 500, "%00", "..%2F..", "陈"])
def test_a_made_up_link_leads_nowhere(address: str, sign_in: SignIn, secret: str) -> None:
    assert sign_in(None).get(f"/shared/{secret}").status_code == 404


def test_a_link_needs_a_recipient(carl: Application, rosa: Person, sign_in: SignIn) -> None:
    answer = make_link(sign_in(rosa), carl, recipient=" ")

    assert answer.status_code == 422
    assert "Write for whom the link is" in answer.text
    assert db.session.scalars(select(SharedDocument)).all() == []


def test_only_who_made_a_link_and_who_leads_the_job_revoke_it(
    address: str, rosa: Person, hugo: Person, ivy: Person, hana: Person, sign_in: SignIn
) -> None:
    revoke = f"/shared-documents/{stored().id}/revoke"

    answers = [sign_in(person).post(revoke).status_code for person in (ivy, hana, None, hugo)]

    assert answers == [403, 403, 401, 303]
    assert stored().revoked_at is not None
