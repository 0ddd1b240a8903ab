"""From an empty installation to a decision: everything that a small team does, through the pages alone."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import serving, settings_of, sign_in
from tests.journeys.conftest import OpenWindow

JOB = "Chat and e-mail support"
PROACTIVE = "Problem solving and proactivity"
PRESET, SKILLS = "Chat and e-mail", ("Listening", PROACTIVE, "Empathy")
LEFT_OUT = (
    "Clear communication",
    "Speed and responsiveness across channels",
    "Records, next steps and closing",
)
WEIGHTED, WEIGHT = PROACTIVE, "3"
WEIGHT_REASON = "Two of three chats end only once the fault itself is found"
BRIEF = "We answer people whose parcel is late, and we may refund up to fifty euros."
THORA, LI = "Þóra Ólafsdóttir", "李翀"

# Level by level, in the order in which the page asks about the skill.
LEVELS = {
    (THORA, "Ivy"): {"Listening": "42", PROACTIVE: "34", "Empathy": "5"},
    (THORA, "Ian"): {"Listening": "44", PROACTIVE: "45", "Empathy": "N"},
    (LI, "Ivy"): {"Listening": "33", PROACTIVE: "23", "Empathy": "4"},
    (LI, "Ian"): {"Listening": "24", PROACTIVE: "33", "Empathy": "3"},
}
# Listening counts once: (3 + 4) / 2 = 3.5. Problem solving counts three times: (3.5 + 4.5) / 2 = 4.
# Empathy counts once, and Ian's "not enough evidence" is left out: 5. (3.5 + 3 * 4 + 5) / 5 = 4.1.
# Of the other: (3 + 3) / 2 = 3, (2.5 + 3) / 2 = 2.75, (4 + 3) / 2 = 3.5. (3 + 3 * 2.75 + 3.5) / 5 = 2.95.
COMPOSITES = {THORA: "4.10", LI: "2.95"}
HEAT = {THORA: {"Listening": "3.5", PROACTIVE: "4.0", "Empathy": "5.0"}}

REASON = "Both interviewers heard how she found the fault behind the late parcels."


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account, and their window."""

    name: str
    email: str
    password: str
    page: Page


@dataclass(frozen=True)
class Office:
    """A served installation with its first administrator signed in."""

    url: str
    administrator: Colleague
    open_window: OpenWindow


@pytest.fixture
def office(tmp_path: Path, open_window: OpenWindow) -> Iterator[Office]:
    """An installation that holds nothing but its administrator."""
    folder = tmp_path / "installation"
    password = prepared(folder)
    with serving(folder) as url:
        page = open_window()
        ada = Colleague("Ada Berg", "ada@nordlys.example", password, page)
        sign_in(page, url, ada.email, ada.password)
        yield Office(url, ada, open_window)


def prepared(folder: Path) -> str:
    """Prepares an empty folder by ``hiring init`` and gives the administrator's password that it prints."""
    who = ["--admin-name", "Ada Berg", "--admin-email", "ada@nordlys.example"]
    command = [sys.executable, "-m", "hiring.cli", "init", "--organisation", "Nordlys", *who]
    done = subprocess.run(command, env=settings_of(folder), capture_output=True, text=True, check=True)
    found = re.search(r"the password (\S+), shown only now", done.stdout)
    assert found, done.stdout
    return found[1]


def test_a_team_comes_from_an_empty_installation_to_a_decision(office: Office) -> None:
    add_through_the_pages(office, "Rosa", "Recruiter")
    hugo = add_through_the_pages(office, "Hugo", "Hiring manager")
    ivy = add_through_the_pages(office, "Ivy", "Interviewer")
    ian = add_through_the_pages(office, "Ian", "Interviewer")

    page = hugo.page
    make_job(page, office.url)
    job = page.url
    fill_brief(page)
    choose_weighted_skills(page, job)
    invite_interviewers(page, job)
    start_guide(page, job)
    change_guide(page)
    publish_guide(page)
    guide = pdf_text(page, "PDF")

    add_candidate(page, job, THORA)
    thora = page.url
    add_candidate(page, job, LI)
    li = page.url
    kits = {THORA: plan_interview(page, thora), LI: plan_interview(page, li)}

    score_by_keyboard(ivy, kits[THORA])
    the_page_remembers(ivy, kits[THORA])
    a_rating_without_evidence_is_refused(ivy.page)
    submit(ivy.page)
    the_others_ratings_are_hidden(ian.page, thora, ivy.page.url)
    score_and_submit(ian, kits[THORA], THORA)
    the_others_ratings_are_open(ian.page, thora)
    score_and_submit(ivy, kits[LI], LI)
    score_and_submit(ian, kits[LI], LI)

    open_comparison(page, job)
    compare(page)
    comparison = pdf_text(page, "Download PDF")
    read_evidence_side_by_side(page)
    packet = packet_text(page, thora)

    for text in (guide, comparison, packet):
        assert squeezed(WEIGHT_REASON) in text
        assert "version1" in text.lower()
    for name in (THORA, LI):
        assert squeezed(name) in comparison
        assert COMPOSITES[name] in comparison
        assert squeezed(evidence_of("Ivy", name, 1)) in comparison
    assert squeezed(THORA) in packet
    assert COMPOSITES[THORA] in packet
    assert squeezed(evidence_of("Ian", THORA, 2)) in packet
    assert squeezed(LI) not in packet

    decide(page, thora)
    complete_and_send(page)


# The administrator


def add_through_the_pages(office: Office, name: str, role: str) -> Colleague:
    """The administrator adds somebody, who signs in with the password shown once."""
    page, email = office.administrator.page, f"{name.lower()}@nordlys.example"
    page.goto(f"{office.url}/people/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(role, exact=True).check()
    page.get_by_role("button", name="Add the person").click()
    expect(page.get_by_text("This password is shown only now")).to_be_visible()
    password = page.locator("#password").inner_text()
    page.get_by_role("link", name="Back to the people").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(password)
    window = office.open_window()
    sign_in(window, office.url, email, password)
    expect(window.get_by_role("heading", level=1)).to_be_visible()
    return Colleague(name, email, password, window)


# The job and its guide


def make_job(page: Page, url: str) -> None:
    """A new job, of which the page of the job is shown."""
    page.goto(f"{url}/jobs/new")
    page.get_by_label("Title").fill(JOB)
    page.get_by_role("button", name="Create the job").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(JOB)
    page.get_by_role("button", name="Open the job").click()
    expect(page.get_by_role("status").first).to_contain_text("The job is open.")


def fill_brief(page: Page) -> None:
    """Something in every field of the brief."""
    page.get_by_role("link", name="Go on with this step").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Job brief")
    for number, field in enumerate(page.locator("main textarea").all(), 1):
        field.fill(f"{BRIEF} ({number})")
    page.get_by_role("button", name="Save the brief").click()
    expect(page.get_by_role("status").first).to_contain_text("The brief is saved.")
    expect(page.locator("main")).to_contain_text(f"{BRIEF} (1)")


def choose_weighted_skills(page: Page, job: str) -> None:
    """Half of the suggested skills, one with a weight: refused without its reason, saved with it."""
    page.goto(f"{job}/skills")
    page.get_by_role("link", name=PRESET, exact=True).click()
    for name in SKILLS:
        expect(skill_row(page, name).get_by_role("checkbox")).to_be_checked()
    for name in LEFT_OUT:
        skill_row(page, name).get_by_role("checkbox").uncheck()
    row = skill_row(page, WEIGHTED)
    row.get_by_label("Weight", exact=True).fill(WEIGHT)
    page.get_by_role("button", name="Save skills and weights").click()

    expect(row.locator(".field-error")).to_be_visible()
    expect(page.locator(".field-error")).to_have_count(1)
    expect(row.get_by_label("Weight", exact=True)).to_have_value(WEIGHT)
    for name in SKILLS:
        expect(skill_row(page, name).get_by_role("checkbox")).to_be_checked()

    row.get_by_label("Reason").fill(WEIGHT_REASON)
    page.get_by_role("button", name="Save skills and weights").click()
    expect(page.get_by_role("status").first).to_contain_text("Skills and weights are saved.")
    expect(row.get_by_label("Reason")).to_have_value(WEIGHT_REASON)


def skill_row(page: Page, name: str) -> Any:
    return page.locator(".skill-row").filter(has=page.get_by_role("checkbox", name=name, exact=True))


def invite_interviewers(page: Page, job: str) -> None:
    """Ivy and Ian join the hiring team."""
    for name in ("Ivy", "Ian"):
        page.goto(f"{job}/team")
        page.get_by_label("Person", exact=True).select_option(label=name)
        page.get_by_label("Role on this job").select_option(label="Interviewer")
        page.get_by_role("button", name="Add to the team").click()
        expect(page.get_by_role("status").first).to_contain_text(f"{name} is on the team.")


def start_guide(page: Page, job: str) -> None:
    """A draft for three quarters of an hour, for the job's skills."""
    page.goto(f"{job}/guide")
    page.get_by_role("link", name="Start the guide").click()
    page.get_by_role("radio", name=re.compile("^The job's own skills")).check()
    page.get_by_label("Minutes for the interview").fill("45")
    page.get_by_role("button", name="Propose questions").click()
    expect(page.get_by_role("status").first).to_contain_text("The questions are proposed.")
    expect(page.locator(".guide-item")).to_have_count(5)


def change_guide(page: Page) -> None:
    """One question gives way to its alternative, one moves up, and one gets other minutes."""
    first = page.locator(".guide-item").first
    proposed = first.locator(".guide-text").first.inner_text()
    first.get_by_text("Swap", exact=True).click()
    alternative = first.locator(".disclosure .guide-text").inner_text()
    first.get_by_role("button", name="Ask this instead").click()
    expect(page.locator("#builder-said")).to_have_text("The question is swapped.")
    expect(first.locator(".guide-text").first).to_have_text(alternative)
    assert alternative != proposed

    second = page.locator(".guide-item").nth(1).locator(".guide-text").first.inner_text()
    page.get_by_role("button", name="Move question 2 up").click()
    expect(first.locator(".guide-text").first).to_have_text(second)

    page.get_by_label("Minutes for question 3").fill("8")
    page.keyboard.press("Tab")
    expect(page.locator("#builder-said")).to_have_text("The minutes are saved.")
    expect(page.get_by_label("Minutes for question 3")).to_have_value("8")


def publish_guide(page: Page) -> None:
    """The draft becomes version 1."""
    page.get_by_role("link", name="Check and publish").click()
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Interview guide, version 1")


# Candidates and interviews


def add_candidate(page: Page, job: str, name: str) -> None:
    """A candidate with a name in letters of any alphabet."""
    page.goto(f"{job}/candidates/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(f"candidate{len(name)}@example.org")
    page.get_by_role("button", name="Add the candidate").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def plan_interview(page: Page, candidate: str) -> str:
    """An interview by Ivy and Ian that began an hour ago; gives the address of its scorecard."""
    began = datetime.now(UTC) - timedelta(hours=1)
    page.goto(f"{candidate}/interviews/new")
    page.get_by_label("Date").fill(began.strftime("%Y-%m-%d"))
    page.get_by_label("Time", exact=True).fill(began.strftime("%H:%M"))
    page.get_by_label("Place or link").fill("Room Ebeltoft")
    for name in ("Ivy", "Ian"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Plan the interview").click()
    expect(page.get_by_role("status").first).to_contain_text("The interview is planned.")
    return f"{page.url}/scorecard"


# Scoring


@dataclass(frozen=True)
class Question:
    """A question of the kit with the level that it gets; N stands for not enough evidence."""

    id: str
    number: int
    level: str


def questions_of(page: Page, interviewer: str, candidate: str) -> list[Question]:
    """The page's questions with the levels that this test gives."""
    levels = {skill: list(given) for skill, given in LEVELS[candidate, interviewer].items()}
    found = []
    for number, part in enumerate(page.locator("[data-question]").all(), 1):
        name = part.locator("[data-evidence]").get_attribute("name") or ""
        skill = part.locator(".question-place .strong").inner_text()
        found.append(Question(name.removeprefix("evidence-"), number, levels[skill].pop(0)))
    assert not any(levels.values()), "The guide asks fewer questions than this test has levels for."
    return found


def evidence_of(interviewer: str, candidate: str, number: int) -> str:
    """What the interviewer writes down for a question."""
    return f"{interviewer} heard {candidate} say how the customer was rung back twice, {number}."


def score_by_keyboard(ivy: Colleague, kit: str) -> None:
    """Every question by keyboard alone, and all evidence but the last; the page saves by itself."""
    page = ivy.page
    page.goto(kit)
    questions = questions_of(page, "Ivy", THORA)
    page.keyboard.press("k")
    for question in questions:
        expect(page.locator(f"#question-{question.number}-text")).to_be_focused()
        tab_to(page, f"evidence-{question.id}")
        if question is not questions[-1]:
            page.keyboard.type(evidence_of("Ivy", THORA, question.number))
        page.keyboard.press(f"Alt+{question.level}")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
    expect(page.locator("[data-progress]")).to_have_text("5 of 5 rated")
    recommend(page, "Hire")
    is_saved(page)


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the field is reached."""
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == name


def recommend(page: Page, words: str) -> None:
    """A recommendation with its reasons."""
    page.get_by_role("radio", name=words, exact=True).check()
    page.get_by_label("Reasons", exact=True).fill("The examples were concrete.")


def is_saved(page: Page) -> None:
    """The line says so, and nothing newer is waiting."""
    page.locator("#recommendation_reason").blur()
    expect(page.locator(".status-line")).to_have_class(re.compile("status-saved"))
    expect(page.locator(".status-line")).to_have_text(re.compile(r"Saved at \d\d:\d\d"))


def the_page_remembers(ivy: Colleague, kit: str) -> None:
    """After a reload everything is where it was."""
    page = ivy.page
    page.goto(kit)
    questions = questions_of(page, "Ivy", THORA)
    for question in questions:
        written = "" if question is questions[-1] else evidence_of("Ivy", THORA, question.number)
        expect(page.locator(f"#evidence-{question.id}")).to_have_value(written)
        expect(page.locator(f"#level-{question.id}-{question.level}")).to_be_checked()
    expect(page.get_by_role("radio", name="Hire", exact=True)).to_be_checked()
    expect(page.get_by_label("Reasons", exact=True)).to_have_value("The examples were concrete.")


def a_rating_without_evidence_is_refused(page: Page) -> None:
    """The page names the question, and is content once the words are there."""
    last = questions_of(page, "Ivy", THORA)[-1]
    page.get_by_label("This is what I saw and heard").check()
    page.get_by_role("button", name="Submit scorecard").click()
    sentence = re.compile(rf"Question {last.number}, .+: write the evidence for your rating\.")
    expect(page.locator(".error-summary")).to_contain_text(sentence)
    page.locator(".error-summary a").click()
    expect(page.locator(f"#evidence-{last.id}")).to_be_focused()
    page.keyboard.type(evidence_of("Ivy", THORA, last.number))


def submit(page: Page) -> None:
    """Locks the scorecard, which is shown to read."""
    page.get_by_label("This is what I saw and heard").check()
    page.get_by_role("button", name="Submit scorecard").click()
    expect(page.get_by_role("status").first).to_contain_text("submitted and locked")


def score_and_submit(colleague: Colleague, kit: str, candidate: str) -> None:
    """A whole scorecard at once."""
    page = colleague.page
    page.goto(kit)
    for question in questions_of(page, colleague.name, candidate):
        evidence = evidence_of(colleague.name, candidate, question.number)
        page.locator(f"#evidence-{question.id}").fill(evidence)
        page.locator(f"#level-{question.id}-{question.level}").check(force=True)
    recommend(page, "Hire" if candidate == THORA else "Undecided")
    if candidate == LI:
        page.get_by_label("The open point").fill("How a chat in writing goes.")
    submit(page)


def the_others_ratings_are_hidden(page: Page, candidate: str, scorecard: str) -> None:
    """Whoever owes a scorecard finds nothing of the others', wherever it might be."""
    page.goto(candidate)
    expect(page.locator("main")).to_contain_text("You see the others' ratings once you have submitted yours.")
    expect(page.locator("main")).not_to_contain_text("heard")
    expect(page.locator("main")).not_to_contain_text(re.compile(r"\bhire\b", re.IGNORECASE))
    expect(page.get_by_role("link", name="Read the scorecard")).to_have_count(0)
    for address in (scorecard, f"{candidate}/packet", f"{candidate}/packet.pdf"):
        assert page.request.get(address).status == 403


def the_others_ratings_are_open(page: Page, candidate: str) -> None:
    """Whoever has submitted may read what the others wrote."""
    page.goto(candidate)
    expect(page.get_by_role("link", name="Read the scorecard")).to_have_count(2)


# The comparison and its documents


def open_comparison(page: Page, job: str) -> None:
    """From the job to the comparison of its candidates."""
    page.goto(job)
    page.get_by_role("link", name="Comparison of candidates").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comparison of candidates")


def compare(page: Page) -> None:
    """Composites as worked out above, the better one first, and means by skill."""
    places = page.locator(".ranking tbody tr:not(.band-head)")
    expect(places).to_have_count(2)
    for place, (name, composite) in zip(places.all(), COMPOSITES.items(), strict=True):
        expect(place.get_by_role("rowheader")).to_contain_text(name)
        expect(place.locator(".composite")).to_have_text(composite)
    rows = page.locator(".table-heat tbody tr")
    expect(rows).to_have_count(2)
    for skill, mean in HEAT[THORA].items():
        cell = rows.first.locator(".heat").filter(has_text=skill)
        expect(cell.locator(".heat-number")).to_have_text(mean)
    expect(rows.first.locator(".heat").filter(has_text="Empathy").locator(".heat-n")).to_have_text("n 1")


def read_evidence_side_by_side(page: Page) -> None:
    """What both interviewers wrote about one skill stands next to each other."""
    page.locator("thead").get_by_role("link", name="Listening").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evidence on Listening")
    sides = page.locator(".card").filter(has_text=THORA).locator(".side")
    expect(sides.filter(has_text="Ivy heard")).to_have_count(2)
    expect(sides.filter(has_text="Ian heard")).to_have_count(2)


def packet_text(page: Page, candidate: str) -> str:
    """The candidate's packet, from the candidate's page."""
    page.goto(candidate)
    page.get_by_role("link", name="Packet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(THORA)
    return pdf_text(page, "Download PDF")


def pdf_text(page: Page, menu: str) -> str:
    """Downloads the document for A4 paper and gives its text without spaces."""
    page.locator("summary").filter(has_text=menu).click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="A4 paper").click()
    reader = PdfReader(io.BytesIO(Path(downloading.value.path()).read_bytes()))
    for sheet in reader.pages:
        sizes = sorted([float(sheet.mediabox.width), float(sheet.mediabox.height)])
        assert sizes == pytest.approx([595.28, 841.89], abs=1)
    return squeezed("".join(sheet.extract_text() for sheet in reader.pages))


def squeezed(text: str) -> str:
    """The text without spaces, ends of lines and hyphens, which a document sets where they fit."""
    return re.sub(r"[\s\u00ad-]", "", text)


# The decision


def decide(page: Page, candidate: str) -> None:
    """A decision with its reason; a message to the candidate is drafted from it."""
    page.goto(candidate)
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_role("radio", name=re.compile("^Hire")).check()
    page.get_by_role("checkbox", name=WEIGHTED).check()
    page.get_by_label("Reason", exact=True).fill(REASON)
    page.get_by_label("Reason as the candidate reads it").fill("how you found the fault behind the delay")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("status").first).to_contain_text("The decision is recorded.")


def complete_and_send(page: Page) -> None:
    """The blanks of the draft are named, filled in, and the message is marked as sent."""
    draft = page.locator("#message-text")
    expect(draft).to_contain_text(f"Dear {THORA}")
    expect(draft).to_contain_text("how you found the fault behind the delay")
    blanks = [mark.inner_text() for mark in draft.locator("mark").all()]
    assert "{date}" in blanks
    page.get_by_role("button", name="Save and mark as sent").click()
    expect(page.locator(".error-summary")).to_contain_text("Fill in")

    for field in page.locator(".message-blanks input").all():
        field.fill("next Thursday")
    page.get_by_role("button", name="Save and mark as sent").click()

    expect(page.get_by_role("status").first).to_contain_text("The message is marked as sent.")
    expect(draft).to_contain_text("next Thursday")
    expect(draft.locator("mark")).to_have_count(0)
