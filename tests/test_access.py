"""Every door has a rule, and every rule is tried in both directions."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from hiring import access
from hiring.authoring.operations import activate, add_probe, review, revise
from hiring.candidates.queries import shown
from hiring.interviews.queries import closed_application_ids
from hiring.models import (
    ApplicationStatus,
    BankEntry,
    BankRevision,
    CandidateMessage,
    EntryKind,
    InterviewStatus,
    Person,
    RevisionStatus,
)
from hiring.workshops.operations import close_sorting
from tests import factories
from tests.authoring.conftest import probe_words
from tests.conftest import SignIn
from tests.workshops import stages

SIGN_IN_PAGES = {"security.login", "security.logout", "security.verify", "security.change_password"}
FILES = {"static", "security.static"}


def test_every_route_has_a_rule(app: Flask) -> None:
    without = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in SIGN_IN_PAGES | FILES
        and not hasattr(app.view_functions[rule.endpoint], "access_rule")
    ]

    assert without == []


@pytest.fixture
def cast(rosa: Person, hugo: Person, ivy: Person, ian: Person, olga: Person) -> dict[str, Person]:
    return {"Rosa": rosa, "Hugo": hugo, "Ivy": ivy, "Ian": ian, "Olga": olga}


def test_only_those_who_take_part_see_a_job(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    version = factories.guide_version(job, cast["Hugo"])
    factories.interview(factories.application(job), version, cast["Ivy"])

    seen = {name: access.may_see_job(person, job) for name, person in cast.items()}

    assert seen == {"Rosa": True, "Hugo": True, "Ivy": True, "Ian": False, "Olga": False}


def test_a_published_guide_is_read_by_those_who_see_the_job(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    version = factories.guide_version(job, cast["Hugo"])
    factories.interview(factories.application(job), version, cast["Ivy"])

    reads = {name: access.may_see_guide_version(person, version) for name, person in cast.items()}
    edits = {name: access.may_edit_guide(person, version.guide) for name, person in cast.items()}

    assert reads == {"Rosa": True, "Hugo": True, "Ivy": True, "Ian": False, "Olga": False}
    assert edits == {"Rosa": True, "Hugo": True, "Ivy": False, "Ian": False, "Olga": False}


def test_who_owes_a_scorecard_reads_no_ratings_of_that_candidate(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    version = factories.guide_version(job, cast["Hugo"])
    carl = factories.application(job)
    interview = factories.interview(carl, version, cast["Ivy"], cast["Ian"], cast["Hugo"])
    of_ivy = factories.scorecard(interview, cast["Ivy"])

    may_read = {name: access.may_read_scorecard(person, of_ivy) for name, person in cast.items()}

    assert may_read == {"Rosa": True, "Hugo": False, "Ivy": True, "Ian": False, "Olga": False}


def test_who_has_submitted_reads_the_others_ratings(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    interview = factories.interview(
        factories.application(job), factories.guide_version(job, cast["Hugo"]), cast["Ivy"], cast["Ian"]
    )
    of_ivy = factories.scorecard(interview, cast["Ivy"])
    factories.scorecard(interview, cast["Ian"])

    assert access.may_read_scorecard(cast["Ian"], of_ivy)


def test_an_interview_still_to_come_hides_the_ratings_of_an_earlier_one(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    version = factories.guide_version(job, cast["Hugo"])
    carl = factories.application(job)
    of_ivy = factories.scorecard(factories.interview(carl, version, cast["Ivy"]), cast["Ivy"])
    factories.interview(carl, version, cast["Hugo"], status=InterviewStatus.PLANNED)

    assert not access.may_read_scorecard(cast["Hugo"], of_ivy)


def test_a_cancelled_interview_owes_nothing(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    version = factories.guide_version(job, cast["Hugo"])
    carl = factories.application(job)
    of_ivy = factories.scorecard(factories.interview(carl, version, cast["Ivy"]), cast["Ivy"])
    factories.interview(carl, version, cast["Hugo"], status=InterviewStatus.CANCELLED)

    assert access.may_read_scorecard(cast["Hugo"], of_ivy)


def test_nobody_reads_anothers_draft(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    interview = factories.interview(
        factories.application(job), factories.guide_version(job, cast["Hugo"]), cast["Ivy"]
    )
    draft = factories.scorecard(interview, cast["Ivy"], submitted=False)

    may_read = {name: access.may_read_scorecard(person, draft) for name, person in cast.items()}

    assert may_read == {"Rosa": False, "Hugo": False, "Ivy": True, "Ian": False, "Olga": False}


def test_the_rule_for_a_list_agrees_with_the_rule_for_one(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    version = factories.guide_version(job, cast["Hugo"])
    applications = [factories.application(job, name) for name in ("Carl", "Cleo", "Chen")]
    for application, panel in zip(applications, (["Ivy"], ["Ivy", "Hugo"], ["Ian"]), strict=True):
        held = factories.interview(application, version, *(cast[name] for name in panel))
        factories.scorecard(held, cast[panel[0]])

    for person in cast.values():
        one_by_one = {a.id for a in applications if access.may_read_ratings(person, a)}
        assert access.readable_application_ids(person, job) == one_by_one


def test_who_writes_for_the_bank_reads_every_revision_others_what_is_in_use(cast: dict[str, Person]) -> None:
    entry = add_probe("patience", probe_words(), cast["Rosa"], "Ours.")
    drafted = {name: len(access.readable_revisions(person, entry)) for name, person in cast.items()}
    review(entry, cast["Hugo"])
    activate(entry, cast["Hugo"])
    revise(entry, entry.latest.content | {"note": "Later."}, cast["Rosa"], "A note.")

    numbers = {
        name: [each.number for each in access.readable_revisions(person, entry)]
        for name, person in cast.items()
    }

    assert drafted == {"Rosa": 1, "Hugo": 1, "Ivy": 0, "Ian": 0, "Olga": 0}
    assert numbers == {"Rosa": [1, 2], "Hugo": [1, 2], "Ivy": [1], "Ian": [1], "Olga": [1]}


def test_who_has_left_reads_no_own_words(cast: dict[str, Person]) -> None:
    entry = add_probe("patience", probe_words(), cast["Rosa"], "Ours.")
    review(entry, cast["Hugo"])
    activate(entry, cast["Hugo"])
    cast["Olga"].active = False

    assert access.readable_revisions(cast["Olga"], entry) == []


def test_only_the_panel_rates(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    held = factories.interview(
        factories.application(job), factories.guide_version(job, cast["Hugo"]), cast["Ivy"]
    )

    may_rate = {name: access.may_rate(person, held) for name, person in cast.items()}

    assert may_rate == {"Rosa": False, "Hugo": False, "Ivy": True, "Ian": False, "Olga": False}


def test_a_status_that_tells_of_a_decision_is_hidden_from_who_owes_a_scorecard(
    cast: dict[str, Person],
) -> None:
    job = factories.job(lead=cast["Hugo"])
    carl = factories.application(job)
    held = factories.interview(carl, factories.guide_version(job, cast["Hugo"]), cast["Ivy"], cast["Ian"])
    factories.scorecard(held, cast["Ivy"])
    carl.status = ApplicationStatus.OFFER

    shown = {name: access.shown_status(cast[name], carl) for name in ("Rosa", "Ivy", "Ian")}

    assert shown == {"Rosa": ApplicationStatus.OFFER, "Ivy": ApplicationStatus.OFFER, "Ian": None}


def test_who_owes_a_scorecard_cannot_tell_from_the_status_whether_anything_was_decided() -> None:
    told = {status: shown(status, owes_scorecard=True) for status in ApplicationStatus}

    assert {status for status, words in told.items() if words is not None} == {
        ApplicationStatus.WITHDRAWN,
        ApplicationStatus.CLOSED_POSITION,
    }


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_the_status_in_a_list_agrees_with_the_status_of_one(
    cast: dict[str, Person], status: ApplicationStatus
) -> None:
    job = factories.job(lead=cast["Hugo"])
    carl = factories.application(job)
    factories.interview(carl, factories.guide_version(job, cast["Hugo"]), cast["Ian"])
    carl.status, carl.status_reason = status, "A reason."
    carl.restart_date = date(2030, 1, 1)

    for person in (cast["Ian"], cast["Rosa"]):
        owes = carl.id in closed_application_ids(person, job.id)
        assert access.shown_status(person, carl) is shown(status, owes)


def test_who_may_read_and_write_a_letter(cast: dict[str, Person], hana: Person) -> None:
    job = factories.job(lead=cast["Hugo"])
    carl = factories.application(job)
    factories.interview(carl, factories.guide_version(job, cast["Hugo"]), cast["Ivy"], cast["Hugo"])
    letters = {
        kind: factories.add(
            CandidateMessage(
                application=carl, template_id=kind, text="Dear Carl", drafted_by_id=cast["Rosa"].id
            )
        )
        for kind in ("msg-invitation", "msg-offer")
    }
    everybody = {**cast, "Hana": hana}

    may_read = {
        kind: [name for name, who in everybody.items() if access.may_read_message(who, letter)]
        for kind, letter in letters.items()
    }
    may_write = {
        kind: [name for name, who in everybody.items() if access.may_write_message(who, letter)]
        for kind, letter in letters.items()
    }

    assert may_read == {"msg-invitation": ["Rosa", "Hugo", "Hana"], "msg-offer": ["Rosa", "Hana"]}
    assert may_write == {"msg-invitation": ["Rosa", "Hugo"], "msg-offer": ["Rosa"]}


def test_who_leads_decides_once_nothing_is_owed(cast: dict[str, Person], hana: Person) -> None:
    job = factories.job(lead=cast["Hugo"])
    carl = factories.application(job)
    held = factories.interview(carl, factories.guide_version(job, cast["Hugo"]), cast["Ivy"], cast["Hugo"])
    everybody = {**cast, "Hana": hana}

    before = [name for name, who in everybody.items() if access.may_decide(who, carl)]
    factories.scorecard(held, cast["Hugo"])
    after = [name for name, who in everybody.items() if access.may_decide(who, carl)]

    assert (before, after) == (["Rosa"], ["Rosa", "Hugo"])


def test_only_administrators_manage_people_and_the_organisation(
    cast: dict[str, Person], ada: Person, hana: Person
) -> None:
    everybody = {**cast, "Ada": ada, "Hana": hana}

    assert [name for name, person in everybody.items() if access.may_manage_people(person)] == ["Ada"]
    assert [name for name, person in everybody.items() if access.may_edit_person(person, hana)] == ["Ada"]
    assert [name for name, person in everybody.items() if access.may_edit_organisation(person)] == ["Ada"]


def test_only_hr_looks_up_records(cast: dict[str, Person], ada: Person, hana: Person) -> None:
    everybody = {**cast, "Ada": ada, "Hana": hana}

    assert [name for name, person in everybody.items() if access.may_look_up_records(person)] == ["Hana"]


def test_the_list_of_jobs_one_may_edit_agrees_with_the_rule_for_one(cast: dict[str, Person]) -> None:
    jobs = [factories.job(lead=cast["Hugo"]), factories.job(lead=cast["Ian"]), factories.job()]

    for person in cast.values():
        editable = access.editable_job_ids(person)
        listed = {job.id for job in jobs if editable is None or job.id in editable}
        assert listed == {job.id for job in jobs if access.may_edit_job(person, job)}


@pytest.mark.parametrize("number", ["4711", "2147483648", "99999999999999999999"])
def test_a_number_beyond_everything_there_is_is_not_found(sign_in: SignIn, rosa: Person, number: str) -> None:
    assert sign_in(rosa).get(f"/jobs/{number}").status_code == 404


def test_the_panel_still_sees_a_cancelled_interview(cast: dict[str, Person]) -> None:
    job = factories.job(lead=cast["Hugo"])
    version = factories.guide_version(job, cast["Hugo"])
    cancelled = factories.interview(
        factories.application(job), version, cast["Ivy"], status=InterviewStatus.CANCELLED
    )

    may_see = {name: access.may_see_interview(person, cancelled) for name, person in cast.items()}

    assert may_see == {"Rosa": True, "Hugo": True, "Ivy": True, "Ian": False, "Olga": False}


def test_recruiters_managers_and_hr_write_for_the_bank(
    cast: dict[str, Person], hana: Person, ada: Person
) -> None:
    writes = {each.name: access.may_write_bank(each) for each in (*cast.values(), hana, ada)}

    assert writes == {
        "Rosa": True,
        "Hugo": True,
        "Ivy": False,
        "Ian": False,
        "Olga": False,
        "Hana": True,
        "Ada": False,
    }


def test_own_words_are_for_everybody_once_they_are_in_use(cast: dict[str, Person]) -> None:
    entry = BankEntry(ident="patience-o1", kind=EntryKind.PROBE, skill_id="patience")
    draft = BankRevision(number=1, content={}, reason="New.", author=cast["Rosa"], reviewed_by=cast["Hugo"])
    draft.status = RevisionStatus.REVIEWED
    entry.revisions.append(draft)
    before = {name: access.may_see_bank_entry(person, entry) for name, person in cast.items()}
    draft.status = RevisionStatus.ACTIVE

    after = {name: access.may_see_bank_entry(person, entry) for name, person in cast.items()}
    edits = {name: access.may_edit_bank_entry(person, entry) for name, person in cast.items()}

    assert before == edits == {"Rosa": True, "Hugo": True, "Ivy": False, "Ian": False, "Olga": False}
    assert set(after.values()) == {True}


def test_who_sees_leads_and_signs_off_a_workshop(cast: dict[str, Person], ada: Person, hana: Person) -> None:
    workshop = stages.closed(cast["Rosa"], cast["Ivy"], cast["Ian"])
    everybody = {**cast, "Ada": ada, "Hana": hana}

    def allowed(rule: access.Rule) -> list[str]:
        return [name for name, who in everybody.items() if rule(who, workshop)]

    assert allowed(access.may_see_workshop) == ["Rosa", "Hugo", "Ivy", "Ian", "Ada", "Hana"]
    assert allowed(access.may_lead_workshop) == ["Rosa"]
    assert allowed(access.may_sort) == ["Ivy", "Ian"]
    assert allowed(access.may_decide_anchors) == ["Rosa"]
    assert allowed(access.may_sign_off_workshop) == ["Hugo", "Ada"]
    assert allowed(access.may_draft_from_workshop) == ["Rosa", "Hugo", "Hana"]


def test_whoever_led_a_workshop_does_not_sign_it_off(cast: dict[str, Person]) -> None:
    workshop = stages.closed(cast["Hugo"], cast["Ivy"], cast["Ian"])

    assert not access.may_sign_off_workshop(cast["Hugo"], workshop)


def test_nobody_sorts_before_there_is_anything_to_sort(cast: dict[str, Person]) -> None:
    assert not access.may_sort(cast["Ivy"], stages.started(cast["Rosa"], cast["Ivy"]))


def test_agreement_is_seen_by_nobody_while_the_sorting_goes_on(cast: dict[str, Person]) -> None:
    workshop = stages.sorting(cast["Rosa"], cast["Ivy"], cast["Ian"])
    stages.sort_all(workshop, cast["Ivy"])

    assert [name for name, who in cast.items() if access.may_see_agreement(who, workshop)] == []
    assert [name for name, who in cast.items() if access.may_see_meanings(who, workshop)] == ["Rosa"]
    assert [name for name, who in cast.items() if access.may_see_progress(who, workshop)] == ["Rosa"]


def test_a_sorter_who_has_not_finished_never_sees_the_agreement(cast: dict[str, Person]) -> None:
    workshop = stages.sorting(cast["Rosa"], cast["Ivy"], cast["Ian"], cast["Hugo"])
    for name in ("Ivy", "Ian"):
        stages.sort_all(workshop, cast[name])
    close_sorting(workshop, cast["Rosa"])

    seen = {name: access.may_see_agreement(who, workshop) for name, who in cast.items()}

    assert seen == {"Rosa": True, "Hugo": False, "Ivy": True, "Ian": True, "Olga": False}
    assert not access.may_sign_off_workshop(cast["Hugo"], workshop)
    assert not access.may_draft_from_workshop(cast["Hugo"], workshop)


def test_a_leader_who_sorts_sees_neither_meanings_nor_progress_before_finishing(
    cast: dict[str, Person],
) -> None:
    rosa = cast["Rosa"]
    workshop = stages.sorting(rosa, cast["Ivy"], author=cast["Ian"], sorts=True)
    before = (access.may_see_meanings(rosa, workshop), access.may_see_progress(rosa, workshop))

    stages.sort_all(workshop, rosa)

    assert before == (False, False)
    assert (access.may_see_meanings(rosa, workshop), access.may_see_progress(rosa, workshop)) == (False, True)


def test_only_the_author_edits_an_anchor(cast: dict[str, Person]) -> None:
    anchor = stages.started(cast["Rosa"], cast["Ivy"], author=cast["Ivy"]).anchors[0]

    assert [name for name, who in cast.items() if access.may_edit_anchor(who, anchor)] == ["Ivy"]
