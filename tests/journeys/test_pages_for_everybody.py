"""Every page in a real browser: on each width, in the dark, by keyboard, without scripts, and for all senses."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from hiring.access import blind_application_ids, readable_application_ids
from hiring.app import create_app
from hiring.authoring.operations import copy_of
from hiring.debriefs.document import choices_for
from hiring.debriefs.operations import close_debrief, open_debrief, park, write_consensus
from hiring.decisions.operations import decide, draft_message
from hiring.extensions import db
from hiring.fairness.forms import key_of
from hiring.fairness.operations import ask
from hiring.models import (
    Application,
    EntrySource,
    GuideItem,
    Job,
    Outcome,
    Panelist,
    Person,
    ScorecardEntry,
)
from hiring.practice.operations import begin_round, rate_sample
from hiring.second_ratings.document import task_of
from hiring.second_ratings.operations import Second, open_review, rate_again
from tests.browser import serving, settings_of, sign_in
from tests.conftest import settings_in
from tests.journeys.conftest import OpenWindow, note_errors
from tests.journeys.world import export_run
from tests.workshops import stages

pytestmark = pytest.mark.xdist_group("demo in a browser")

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1440, 768, 640, 390, 320)  # 640 and 320 are a screen of 1280 at 200 and 400 percent.

# The demo's numbers: job 1 is compared, job 2 is being planned; Hugo owes for 7, Lena for 6 and 8.
PAGES = (
    ("nobody", "/sign-in"),
    ("ada", "/"),
    ("ada", "/people"),
    ("ada", "/people/new"),
    ("ada", "/people/4"),
    ("ada", "/organisation"),
    ("ada", "/account"),
    ("ada", "/account/password"),
    ("ada", "/process/standard"),
    ("ada", "/organisation/reminders"),
    ("rosa", "/owed"),
    ("rosa", "/"),
    ("rosa", "/bank"),
    ("rosa", "/bank?q=angry"),
    ("rosa", "/bank/empathy"),
    ("rosa", "/bank/questions/empathy-1-q1"),
    ("ivy", "/bank/questions/patience-1-q1?language=ru"),
    ("rosa", "/bank/questions/patience-o1-q1"),
    ("rosa", "/bank?q=angry+zeppelin"),
    ("rosa", "/bank/own"),
    ("rosa", "/bank/own/skills/new"),
    ("rosa", "/bank/own/probes/new?skill=empathy"),
    ("rosa", "/bank/own/1"),
    ("rosa", "/bank/own/1/edit"),
    ("rosa", "/bank/own/1/differences"),
    ("rosa", "/bank/editions"),
    ("rosa", "/bank/empathy?language=zh"),
    ("rosa", "/bank/empathy/languages?left=ru&right=da"),
    ("rosa", "/bank/translations"),
    ("rosa", "/bank/exchange"),
    ("rosa", "/bank/statistics"),
    ("rosa", "/bank/words"),
    ("rosa", "/bank/workshops"),
    ("rosa", "/bank/workshops/new"),
    ("rosa", "/bank/workshops/1"),
    ("rosa", "/bank/workshops/1/agreement"),
    ("rosa", "/bank/workshops/3/propose"),
    ("rosa", "/bank/workshops/anchors/17"),
    ("ivy", "/bank/workshops/2/sort"),
    ("rosa", "/bank/workshops/5/agreement"),
    ("rosa", "/bank/workshops/6/agreement"),
    ("rosa", "/bank/workshops/6/drafts"),
    ("rosa", "/jobs/1/second-ratings"),
    ("rosa", "/second-ratings/1/result"),
    ("lena", "/second-ratings/1"),
    ("lena", "/second-ratings/1/questions/{again}"),
    ("hana", "/selection-rates"),
    ("hana", "/record"),
    ("hana", "/applications/9/erase"),
    ("hana", "/jobs/1/selection-rates"),
    ("nobody", "/voluntary/thanks"),
    ("nobody", "/no-network"),
    ("rosa", "/process"),
    ("rosa", "/jobs/1/process"),
    ("rosa", "/jobs/1/share"),
    ("rosa", "/jobs"),
    ("rosa", "/jobs/new"),
    ("rosa", "/jobs/2"),
    ("rosa", "/jobs/1/edit"),
    ("rosa", "/jobs/1/team"),
    ("rosa", "/jobs/1/candidates"),
    ("rosa", "/jobs/1/candidates/new"),
    ("rosa", "/jobs/1/candidates/paste"),
    ("rosa", "/applications/9"),
    ("rosa", "/applications/9/edit"),
    ("rosa", "/applications/9/conflicts"),
    ("rosa", "/jobs/1/dropped-questions"),
    ("hugo", "/jobs/1/standard"),
    ("hugo", "/jobs/2/standard"),
    ("rosa", "/guide-versions/1/parallel"),
    ("rosa", "/applications/9/interviews/new"),
    ("rosa", "/applications/1/messages/new"),
    ("rosa", "/interviews/9"),
    ("rosa", "/interviews/9/edit"),
    ("rosa", "/messages/1"),
    ("hugo", "/"),
    ("hugo", "/jobs/1"),
    ("hugo", "/jobs/1/brief"),
    ("hugo", "/jobs/1/skills"),
    ("hugo", "/jobs/2/skills"),
    ("hugo", "/jobs/2/cut"),
    ("hugo", "/jobs/1/cut"),
    ("hugo", "/jobs/1/rules"),
    ("hugo", "/jobs/1/guide"),
    ("hugo", "/jobs/1/guide/start"),
    ("hugo", "/guides/2/edit"),
    ("hugo", "/guides/2/left-out"),
    ("hugo", "/jobs/2/panels"),
    ("hugo", "/jobs/2/coverage"),
    ("hugo", "/guides/2/items/{item}/swap"),
    ("hugo", "/guides/2/rounds/2/add"),
    ("hugo", "/guides/2/preview"),
    ("hugo", "/guides/2/publish"),
    ("hugo", "/guide-versions/1"),
    ("hugo", "/jobs/1/comparison"),
    ("hugo", "/jobs/1/decisions"),
    ("hugo", "/jobs/1/debriefs"),
    ("hugo", "/debriefs/1"),
    ("hugo", "/debriefs/1/candidates"),
    ("hugo", "/debriefs/2"),
    ("ivy", "/jobs/1/debriefs"),
    ("ivy", "/debriefs/1?candidate=5"),
    ("nobody", "/voluntary/{key}"),
    ("hugo", "/applications/1/explanation"),
    ("hugo", "/jobs/1/comparison/evidence/empathy"),
    ("hugo", "/jobs/1/comparison/what-if?weight-empathy=5"),
    ("hugo", "/jobs/1/comparison/side-by-side?candidate=1&candidate=2&candidate=3"),
    ("hugo", "/applications/1"),
    ("hugo", "/applications/7"),
    ("hugo", "/applications/1/decision"),
    ("hugo", "/applications/1/packet"),
    ("hugo", "/scorecards/1"),
    ("hugo", "/scorecards/1/reopen"),
    ("hugo", "/scorecards/1/versions"),
    ("ivy", "/"),
    ("ivy", "/account/mirror"),
    ("ivy", "/practice"),
    ("ivy", "/practice/rounds/1"),
    ("ivy", "/practice/rounds/2"),
    ("ivy", "/people/4/practice"),
    ("ivy", "/jobs"),
    ("ivy", "/jobs/1"),
    ("ivy", "/jobs/1/brief"),
    ("ivy", "/applications/8"),
    ("ivy", "/interviews/8"),
    ("ivy", "/interviews/8/scorecard"),
    ("ivy", "/interviews/8/scorecard/upload"),
    ("ivy", "/scorecard-entries/1"),
    ("rosa", "/panelists/{seat}/paper"),
    ("hana", "/"),
    ("rosa", "/applications/1/documents/packet"),
    ("rosa", "/jobs/1/documents/packets"),
    ("rosa", "/export-runs/{run}"),
    ("hana", "/applications/1/documents/records"),
    ("hugo", "/guide-versions/1/documents/guide"),
)
# Pages that nobody opens by a link: documents, files, and the password once more.
ELSEWHERE = {
    "static",
    "security.static",
    "security.verify",
    "exchange.export",
    "comparisons.data",
    "packets.archive",
    "debriefs.live",
    "invitations.calendar",
    "offline.form",
    "offline.worker",
    "exports.shared",
    "exports.run_file",
    # The same page as the packet's, with less on it.
    "exports.decision",
    "exports.feedback",
    "exports.comparison",
    "exports.adverse_impact",
    "exports.audit",
    "exports.compact_guide",
    "exports.blank_scorecard",
    "exports.cards",
    "exports.kick_off",
    "exports.handout",
    "exports.minutes",
}


@dataclass
class Demo:
    """The demo organisation behind a real server, with a window for each of its people."""

    url: str
    browser: Browser
    passwords: dict[str, str]
    numbers: dict[str, Any]
    windows: dict[tuple[str, bool], Page] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def open(self, who: str, path: str, scripts: bool = True) -> Page:
        """Opens a page as somebody; anything else than a page there fails."""
        page = self.window_of(who, scripts)
        address = self.url + path.format(**self.numbers)
        self.errors.clear()
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, page.url) == (200, address)
        return page

    def window_of(self, who: str, scripts: bool) -> Page:
        """Somebody's window, signed in."""
        if (who, scripts) not in self.windows:
            page = self.browser.new_context(java_script_enabled=scripts, reduced_motion="reduce").new_page()
            note_errors(page, self.errors)
            if who != "nobody":
                sign_in(page, self.url, f"{who}@demo.example", self.passwords[who])
            self.windows[who, scripts] = page
        return self.windows[who, scripts]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Demo]:
    """The demo as ``hiring demo`` makes it, with one message and one probe begun, and a workshop of each stage."""
    folder = tmp_path_factory.mktemp("demo")
    hiring(folder, "init", "--if-needed")
    passwords = dict(re.findall(r"(\w+)@demo\.example +(\S+)", hiring(folder, "demo")))
    more = begin_more(create_app(settings_in(folder)))
    with serving(folder) as url:
        made = Demo(url, chromium, passwords, more)
        yield made
        for page in made.windows.values():
            page.context.close()


def hiring(folder: Path, *words: str) -> str:
    """What the command line tool prints."""
    command = [sys.executable, "-m", "hiring.cli", *words]
    return subprocess.run(command, env=settings_of(folder), capture_output=True, text=True, check=True).stdout


def begin_more(app: Flask) -> dict[str, Any]:
    """Begins what the demo leaves to begin; gives a question in the draft of guide 2, and a candidate's sealed key."""
    with app.test_request_context():
        rosa, hugo, ivy, ian = (
            db.session.scalars(select(Person).where(Person.email == f"{name}@demo.example")).one()
            for name in ("rosa", "hugo", "ivy", "ian")
        )
        draft_message(db.session.get_one(Application, 1), "msg-after-interview", rosa)
        copy_of("patience-1", rosa, "Copied, to be adapted.")
        hold_a_debrief(hugo)
        key = ask_everybody(hugo)
        seat = bring_a_form(ivy)
        again = read_again(
            rosa, db.session.scalars(select(Person).where(Person.email == "lena@demo.example")).one()
        )
        practise(ivy)
        run = export_run(db.session.get_one(Application, 1), rosa).id
        stages.started(rosa, ivy, ian)
        stages.sorting(rosa, ivy, ian)
        stages.closed(rosa, ivy, ian)
        stages.signed_off(rosa, hugo, ivy, ian)
        db.session.commit()
        item = db.session.scalar(select(func.max(GuideItem.id)))
        db.session.remove()
        db.engine.dispose()
    return {"item": item or 0, "key": key, "seat": seat, "again": again, "run": run}


def read_again(rosa: Person, lena: Person) -> str:
    """Lena is asked to rate job 1's evidence once more, and has begun; gives a question of hers."""
    job = db.session.get_one(Job, 1)
    review = open_review(job, rosa, [lena])
    task = task_of(review, review.reviewers[0], blind_application_ids(lena, job))
    given = [each.rating_id for question in task.questions for each in question.answers][:12]
    rate_again(review, lena, {rating: Second(1 + number % 5) for number, rating in enumerate(given)})
    return task.questions[0].id


def hold_a_debrief(hugo: Person) -> None:
    """Debrief 2: about everybody of job 1 whose panel has submitted, with a consensus and an open point; closed."""
    job = db.session.get_one(Job, 1)
    readable = readable_application_ids(hugo, job)
    ready = [each.row for each in choices_for(job, readable, readable).rows if each.is_ready]
    first = ready[0]
    debrief = open_debrief(job, hugo, {row.application_id for row in ready})
    write_consensus(
        debrief, first.application_id, first.cells[0].skill_id, None, "Nobody asked about it.", hugo
    )
    park(debrief, first.application_id, "Did the refund go out?", hugo, who="Ivy")
    close_debrief(debrief, hugo)
    decide(
        db.session.get_one(Application, 1),
        hugo,
        Outcome.HIRE,
        "Heard.",
        [first.cells[0].skill_id],
    )


def bring_a_form(ivy: Person) -> int:
    """Ivy has uploaded a form for interview 8; gives her seat on its panel."""
    fields = {"evidence-patience-1-q1": "Typed in the train.", "recommendation": "hire"}
    db.session.add(
        ScorecardEntry(
            interview_id=8,
            interviewer=ivy,
            entered_by=ivy,
            source=EntrySource.OFFLINE_FORM,
            content={"fields": fields},
        )
    )
    seat = select(Panelist.id).where(Panelist.interview_id == 8, Panelist.person_id == ivy.id)
    return db.session.scalars(seat).one()


def practise(ivy: Person) -> None:
    """Ivy has finished a calibration and begun to practise a skill; her number is 4."""
    for round_ in (begin_round(ivy, "en"), begin_round(ivy, "en", "patience")):
        for rating in round_.ratings[: 10 if round_.is_calibration else 1]:
            rate_sample(round_, rating.position, 3, "Let the customer finish.")


def ask_everybody(hugo: Person) -> str:
    """Job 1 asks voluntary questions; gives the sealed key of a candidate."""
    ask(db.session.get_one(Job, 1), hugo, sex=True, ethnicity=True)
    return key_of(db.session.get_one(Application, 1))


def test_every_page_is_among_those_looked_at(app: Flask) -> None:
    addresses = app.url_map.bind("localhost")
    numbers = {"item": 1, "key": "key", "seat": 1, "again": "empathy-1-q1", "run": 1}
    seen = {addresses.match(path.partition("?")[0].format(**numbers))[0] for _, path in PAGES}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert {name for name in pages - seen - ELSEWHERE if not name.endswith("pdf")} == set()


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_fits_and_has_no_barrier(demo: Demo, who: str, path: str) -> None:
    page = demo.open(who, path)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"scrolls sideways at {width}"
    page.emulate_media(color_scheme="dark")
    assert barriers(page) == [], "on a telephone in the dark"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert barriers(page) == [], "on a desk"
    assert demo.errors == []


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_needs_no_script(demo: Demo, who: str, path: str) -> None:
    page = demo.open(who, path, scripts=False)

    expect(page.get_by_role("heading", level=1)).to_be_visible()


def barriers(page: Page) -> list[Any]:
    """What axe finds wrong, with the first place of each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(
        """(rules) => axe.run({runOnly: rules, resultTypes: ["violations"]}).then((all) =>
            all.violations.map((each) => [each.id, each.nodes[0].html, each.nodes[0].failureSummary]))""",
        RULES,
    )


def test_signing_in_by_keyboard_alone(demo: Demo, open_window: OpenWindow) -> None:
    page = open_window()
    page.goto(f"{demo.url}/sign-in")

    tab_until(page, "document.activeElement.type === 'email'", most=5)
    page.keyboard.type("ivy@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(demo.passwords["ivy"])
    tab_until(page, "document.activeElement.textContent.trim() === 'Sign in'", most=3)
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{demo.url}/")


def test_the_keyboard_comes_to_submitting_a_scorecard(demo: Demo) -> None:
    page = demo.open("lena", "/interviews/6/scorecard")

    tab_until(page, "document.activeElement.hasAttribute('data-submit')", most=250)

    expect(page.get_by_role("button", name="Submit scorecard")).to_be_focused()


def tab_until(page: Page, arrived: str, most: int) -> None:
    """Presses Tab until the page says so; every stop on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.checkVisibility({visibilityProperty: true})")
        if page.evaluate(arrived):
            return
    pytest.fail(f"{most} presses of Tab did not lead there.")


def test_a_rating_is_saved_without_scripts(demo: Demo) -> None:
    page = demo.open("lena", "/", scripts=False)
    page.get_by_role("link", name="Write the scorecard").first.click()
    question = page.locator("[data-question]").first

    question.get_by_label("Evidence", exact=True).fill("Rang the customer back twice.")
    question.locator("input[type=radio][value='4']").check(force=True)
    page.get_by_role("button", name="Save").first.click()

    expect(page.get_by_role("status").first).to_contain_text("Your scorecard is saved.")
    expect(question.get_by_label("Evidence", exact=True)).to_have_value("Rang the customer back twice.")
    expect(question.locator("input[type=radio][value='4']")).to_be_checked()
