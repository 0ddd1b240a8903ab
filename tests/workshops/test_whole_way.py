"""The whole way of a workshop through its pages: proposed, sorted by three, closed, kept, signed off, drafted."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from hiring.extensions import db
from hiring.models import BankEntry, Person, Workshop, WorkshopAnchor
from question_bank import bank
from tests.conftest import SignIn

TEXTS = {
    ("empathy", 1): "Laughs at what the caller is afraid of.",
    ("empathy", 3): "Says what the caller feels, and asks whether it is so.",
    ("empathy", 5): "Hears what was not said, and changes the solution because of it.",
    ("patience", 1): "Hangs up in the middle of a sentence.",
    ("patience", 3): "Explains it a second time in other words.",
    ("patience", 5): "Stays with a caller through a week of setbacks.",
}
MISREAD = ("empathy", 5)


def send(client: FlaskClient, address: str, **form: str) -> str:
    """Sends a form that is accepted, and gives where it leads."""
    got = client.post(address, data=form)
    assert got.status_code == 303, got.text
    return str(got.location)


def numbers() -> dict[str, int]:
    return {each.text: each.id for each in db.session.scalars(select(WorkshopAnchor))}


def sort(client: FlaskClient, address: str) -> None:
    """Everything as it was meant, but for one that everybody takes for patience; in two sittings."""
    form = {}
    for (skill, level), text in TEXTS.items():
        found = "patience" if (skill, level) == MISREAD else skill
        form |= {f"skill-{numbers()[text]}": found, f"level-{numbers()[text]}": str(level)}
    first = dict(list(form.items())[:4])
    send(client, f"{address}/sort", do="save", **first)
    assert "2 of 6" in client.get(f"{address}/sort").text
    assert send(client, f"{address}/sort", do="finish", **form) == address


def test_from_a_proposal_to_a_draft_of_an_own_skill(
    sign_in: SignIn, rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person
) -> None:
    original = bank("en").skill("empathy")
    leader, sorters = sign_in(rosa), [sign_in(each) for each in (ivy, ian, olga)]
    got = leader.post(
        "/bank/workshops/new",
        data={"title": "Two neighbours", "language": "en", "skill_ids": ["empathy", "patience"]},
    )
    at = str(got.location)
    for person in (ivy, ian, olga):
        send(leader, f"{at}/sorters", person_id=str(person.id))
    for (skill, level), text in TEXTS.items():
        author = sorters[0] if skill == "patience" else leader
        send(author, f"{at}/propose", skill_id=skill, level=str(level), text=text)

    send(leader, f"{at}/open")
    for client in sorters:
        assert client.get(f"{at}/agreement").status_code == 403
        sort(client, at)
    send(leader, f"{at}/close")

    agreement = leader.get(f"{at}/agreement").text
    assert "Fewer than half put it in Empathy" in agreement
    send(
        leader,
        f"{at}/agreement",
        **{f"keep-{n}": "no" if text == TEXTS[MISREAD] else "yes" for text, n in numbers().items()},
    )
    signer = sign_in(hugo)
    revision = str(db.session.scalars(select(Workshop)).one().revision)
    send(signer, f"{at}/sign-off", revision=revision, sign_off_note="Write the highest level anew.")
    draft = send(signer, f"{at}/drafts", skill_id="empathy")

    entry = db.session.scalars(select(BankEntry)).one()
    words = {each["level"]: each["text"] for each in entry.latest.content["anchors"]}
    assert (words[1], words[3]) == (TEXTS["empathy", 1], TEXTS["empathy", 3])
    assert words[5] == {each.level: each.text for each in original.anchors}[5]
    assert bank("en").skill("empathy") == original
    page = signer.get(draft).text
    assert "Levels 1, 3 validated" in page
    assert "3 sorters" in page
