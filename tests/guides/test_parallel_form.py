"""A parallel form of a published guide: same skills and minutes, other questions, its own version."""

from __future__ import annotations

import re

import pytest

from hiring.errors import Refused
from hiring.extensions import db
from hiring.guides.frozen import frozen_guide, languages_of
from hiring.guides.history import published
from hiring.guides.operations import publish, set_minutes
from hiring.guides.parallel_form import places_of, publish_parallel
from hiring.guides.starting import start_guide
from hiring.interviews.document import plan_choices, usual_plan
from hiring.models import Guide, GuideVersion, Job, Person
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def job(hugo: Person) -> Job:
    return factories.job(lead=hugo)


@pytest.fixture
def guide(job: Job, hugo: Person) -> Guide:
    return start_guide(job, hugo, skill_ids=["empathy", "patience"], minutes=45)


@pytest.fixture
def version(guide: Guide, hugo: Person) -> GuideVersion:
    return publish(guide, hugo)


def proposed(version: GuideVersion) -> list[str]:
    return [each.proposed for each in places_of(version)]


def test_a_parallel_form_has_the_same_skills_minutes_and_kinds_and_no_common_question(
    version: GuideVersion, hugo: Person
) -> None:
    form = publish_parallel(version, proposed(version), hugo)
    one, other = frozen_guide(version), frozen_guide(form)

    assert form.number == version.number + 1
    pairs = list(zip(one.rounds[0].items, other.rounds[0].items, strict=True))
    assert all((a.skill_id, a.minutes, a.kind) == (b.skill_id, b.minutes, b.kind) for a, b in pairs)
    assert not {a.question_id for a, _b in pairs} & {b.question_id for _a, b in pairs}
    assert one.skills == other.skills
    assert one.content_hash != other.content_hash == form.content_hash
    assert languages_of(form) == languages_of(version)
    for language in languages_of(form):
        words = frozen_guide(form, language)
        assert [each.question_id for each in words.rounds[0].items] == [b.question_id for _a, b in pairs]


def test_a_second_parallel_form_shares_nothing_with_the_first(version: GuideVersion, hugo: Person) -> None:
    first = publish_parallel(version, proposed(version), hugo)
    db.session.flush()
    second = publish_parallel(version, proposed(version), hugo)

    asked = [
        {item.question_id for item in frozen_guide(each).rounds[0].items} for each in (version, first, second)
    ]
    assert len(set.union(*asked)) == sum(map(len, asked))


def test_the_draft_goes_on_from_the_version_it_was(guide: Guide, version: GuideVersion, hugo: Person) -> None:
    publish_parallel(version, proposed(version), hugo)
    db.session.flush()

    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        publish(guide, hugo)
    set_minutes(guide.rounds[0].items[0], 9, hugo)
    third = publish(guide, hugo)
    db.session.flush()

    rows = {row.number: row for row in published(guide.job)}
    assert third.number == 3
    assert len(rows[3].changes) == 1
    assert (rows[1].parallel_to, rows[2].parallel_to, rows[3].parallel_to) == (None, 1, None)
    assert len(rows[2].changes) == 2 * len(places_of(version))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda ids: ids[:-1], "for every place"),
        (lambda ids: [ids[0], *ids[:-1]], "each question once"),
        (lambda ids: ["listening-1-q1", *ids[1:]], "of the same skill"),
        (lambda ids: ["empathy-1-q1", *ids[1:]], "no form of this guide asks"),
    ],
)
def test_a_wrong_choice_is_refused(
    version: GuideVersion, hugo: Person, change: object, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        publish_parallel(version, change(proposed(version)), hugo)  # type: ignore[operator]


def test_there_is_no_form_of_a_form(version: GuideVersion, hugo: Person) -> None:
    form = publish_parallel(version, proposed(version), hugo)
    db.session.flush()

    with pytest.raises(Refused, match="a parallel form itself"):
        publish_parallel(form, proposed(version), hugo)


def test_interviews_are_planned_by_the_draft_version_and_go_on_in_the_form_they_began_with(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person
) -> None:
    form = publish_parallel(version, proposed(version), hugo)
    carl, dora = factories.application(job), factories.application(job, "Dora")
    factories.interview(dora, form, ivy)
    choices = plan_choices(job)

    assert usual_plan(carl, choices) == f"{version.id}-1"
    assert usual_plan(dora, choices) == f"{form.id}-1"


# The page


def test_a_parallel_form_is_published_on_the_page(
    job: Job, version: GuideVersion, hugo: Person, ivy: Person, sign_in: SignIn
) -> None:
    address = f"/guide-versions/{version.id}/parallel"
    db.session.commit()
    chosen = {f"questions-{n}": id_ for n, id_ in enumerate(proposed(version))}

    page = sign_in(hugo).get(address).text
    refused = sign_in(hugo).post(address, data=chosen | {"questions-0": chosen["questions-1"]})
    done = sign_in(hugo).post(address, data=chosen, follow_redirects=True)

    assert re.findall(r'<input checked [^>]*value="([^"]+)"', page) == list(chosen.values())
    assert refused.status_code == 422
    assert "Choose" in refused.text
    assert "Version 2 is published." in done.text
    assert "A parallel form of" in done.text
    assert "Parallel form of version 1" in sign_in(hugo).get(f"/jobs/{job.id}/guide").text
    assert sign_in(ivy).get(address).status_code == 403


def test_where_the_bank_has_too_little_the_page_says_so(
    version: GuideVersion, hugo: Person, sign_in: SignIn
) -> None:
    for _n in range(9):
        try:
            publish_parallel(version, proposed(version), hugo)
            db.session.commit()
        except Refused:
            break

    page = sign_in(hugo).get(f"/guide-versions/{version.id}/parallel")

    assert "The bank has too few questions left on" in page.text
