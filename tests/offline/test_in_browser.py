"""The form opened from disk in a real browser: filled, saved, opened again, uploaded."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from hiring.extensions import db
from hiring.models import Interview, Person, Scorecard
from tests import browser
from tests.browser import Installation

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"


def test_a_form_goes_away_and_comes_back(
    installation: Installation, window: Page, interview: Interview, ivy: Person, tmp_path: Path
) -> None:
    browser.sign_in(window, installation.url, browser.give_password(ivy))
    kit = f"{installation.url}/interviews/{interview.id}/scorecard"
    db.session.rollback()  # Reading the number began a transaction, which would keep the server from writing.
    window.goto(kit)
    window.click("text=No network where you interview?")
    with window.expect_download() as download:
        window.get_by_role("link", name="Download the form").click()
    away = tmp_path / "form.html"
    download.value.save_as(away)

    window.context.set_offline(True)
    window.goto(away.as_uri())
    window.fill(
        "[name=evidence-empathy-1-q1]", "Rang back twice </script> and “wrote it down”.\nThen once more."
    )
    window.check("[name=level-empathy-1-q1][value='4']")
    expect(window.locator("#state")).to_have_text("Not saved into a file yet")
    with window.expect_download() as download:
        window.click("#save")
    back = tmp_path / "filled.html"
    download.value.save_as(back)
    expect(window.locator("#state")).to_contain_text("Saved into a file at")
    window.goto(back.as_uri())
    expect(window.locator("[name=evidence-empathy-1-q1]")).to_have_value(
        "Rang back twice </script> and “wrote it down”.\nThen once more."
    )

    window.context.set_offline(False)
    window.goto(f"{kit}/upload")
    window.set_input_files("[name=file]", back)
    window.click("main [type=submit]")
    window.click("text=Take over what is chosen")
    window.wait_for_url(kit)

    card = db.session.scalars(db.select(Scorecard)).one()
    assert [(each.level, each.evidence) for each in card.ratings] == [
        (4, "Rang back twice </script> and “wrote it down”.\nThen once more.")
    ]


def test_the_form_suits_all_senses_and_a_telephone(
    installation: Installation, window: Page, interview: Interview, ivy: Person, tmp_path: Path
) -> None:
    browser.sign_in(window, installation.url, browser.give_password(ivy))
    address = f"{installation.url}/interviews/{interview.id}/scorecard/form.html"
    page = window.request.get(address).text()
    away = tmp_path / "form.html"
    away.write_text(page, encoding="utf-8")
    window.set_viewport_size({"width": 390, "height": 800})
    window.goto(away.as_uri())
    window.add_script_tag(content=AXE.read_text(encoding="utf-8"))

    found = window.evaluate("axe.run(document)")["violations"]

    assert [each["id"] for each in found] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= 390
