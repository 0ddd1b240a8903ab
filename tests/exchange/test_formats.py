"""Out and in again without loss, and every wrong file told by its line with nothing changed."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from hiring.errors import Refused
from hiring.exchange.formats import LARGEST_FILE, READERS, WRITERS, read_file
from hiring.exchange.operations import carry_out, items_of, plan_import
from hiring.exchange.parcel import COLUMNS, SCHEMA, json_schema
from hiring.extensions import db
from hiring.models import AuditEvent, BankEntry, Person, RevisionStatus
from tests.test_docs import ROOT

ROWS = """part,id,of,language,kind,star,level,red_flag,text
skill,new-1,,en,,,,,Queue care
probe,new-1-1,new-1,en,,,,,A queue
question,,new-1-1,en,behavioural,,,,Tell me about a queue that you had to look after.
question,,new-1-1,en,situational,,,,Ten people wait and the till breaks down. What do you do?
follow_up,,new-1-1,en,,S,,,Who was waiting?
follow_up,,new-1-1,en,,A,,,What did you do first?
positive_indicator,,new-1,en,,,,,Tells people how long it will take
negative_indicator,,new-1,en,,,,yes,Lets people wait without a word
anchor,,new-1,en,,,1,,Does not notice that anybody waits.
anchor,,new-1,en,,,3,,Notices the queue and tells people how long it takes.
anchor,,new-1,en,,,5,,Shortens the queue for good and shows others how.
"""


def csv(text: str) -> bytes:
    # Only a meaning is lacking in the table above: it stands in a column of its own.
    head, skill, *rest = text.splitlines()
    return "\n".join([f"{head},meaning", f"{skill},Looking after those who wait.", *rest, ""]).encode()


def sentences(name: str, content: bytes) -> list[str]:
    return [str(flaw) for flaw in plan_import(name, content).flaws]


def own() -> int:
    return db.session.query(BankEntry).count()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("form", WRITERS)
def test_what_goes_out_comes_in_unchanged(app: Any, form: str, language: str) -> None:
    items = items_of(language)

    plan = plan_import(f"bank.{form}", WRITERS[form](items))

    assert (plan.flaws, plan.new, plan.changed) == ((), (), ())
    assert plan.unchanged == len(items) == 22


def test_a_table_becomes_a_skill_with_ids_of_its_own(app: Any, rosa: Person) -> None:
    carry_out(plan_import("queue.csv", csv(ROWS)), rosa, "Our team's own.")

    entry = db.session.query(BankEntry).one()
    content = entry.latest.content
    assert (entry.ident, entry.latest.status, entry.latest.author) == (
        "own-queue-care",
        RevisionStatus.DRAFT,
        rosa,
    )
    assert [each["id"] for each in content["probes"][0]["questions"]] == [
        "own-queue-care-1-q1",
        "own-queue-care-1-q2",
    ]
    assert content["negative_indicators"] == [
        {"id": "own-queue-care-neg-1", "text": "Lets people wait without a word", "red_flag": True}
    ]
    assert [each["level"] for each in content["anchors"]] == [1, 3, 5]


def test_the_same_file_a_second_time_adds_nothing_only_where_it_carries_the_ids(
    app: Any, rosa: Person
) -> None:
    carry_out(plan_import("queue.csv", csv(ROWS)), rosa, "First.")
    entry = db.session.query(BankEntry).one()
    exported = json.dumps(
        {"schema": SCHEMA, "entries": [{"language": "en", "skill": entry.latest.content}]}
    ).encode()

    again = plan_import("queue.json", exported)

    assert (again.unchanged, again.new, again.changed, again.flaws) == (1, (), (), ())


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("Who was waiting?", "=HYPERLINK(1)", "line 6: new-1-1: The cell in “text” begins like a formula."),
        ("Who was waiting?", "+1 for that", "line 6: new-1-1: The cell in “text” begins like a formula."),
        ("anchor,,new-1,en,,,1", "anchor,,new-1,en,,,7", "line 10: new-1: Choose a level from 1 to 5."),
        ("follow_up,,new-1-1,en,,S", "follow_up,,new-9,en,,S", "line 6: new-9: “of” must name something"),
        ("probe,new-1-1", "probe,new-1", "line 3: new-1: This id stands in line 2 already."),
        ("probe,new-1-1", "riddle,new-1-1", "line 3: new-1-1: Choose one of skill, probe,"),
        ("behavioural", "amusing", "line 2: new-1: probes.1.questions.1.kind: Choose what"),
        ("skill,new-1,", "skill,empathy,", "line 2: empathy: This id is the bundled bank's."),
    ],
)
def test_a_wrong_row_is_told_by_its_line_and_nothing_changes(
    app: Any, rosa: Person, before: str, after: str, complaint: str
) -> None:
    content = csv(ROWS.replace(before, after, 1))

    found = sentences("queue.csv", content)

    assert any(each.startswith(complaint) for each in found), found
    with pytest.raises(Exception, match="line"):
        carry_out(plan_import("queue.csv", content), rosa, "Again.")
    assert own() == 0


OFF_LIMITS = ROWS.replace("Tell me about a queue that you", "How old are you and which queue have you")
MIXED = (
    OFF_LIMITS
    + """probe,new-2,patience,en,,,,,Another queue
question,,new-2,en,behavioural,,,,Tell me about somebody who pushed in.
follow_up,,new-2,en,,S,,,Who was there?
follow_up,,new-2,en,,A,,,What did you say?
"""
)
WHY = "The law asks us to check the minimum age for this job."


def test_what_must_not_be_asked_keeps_a_file_out(app: Any, rosa: Person) -> None:
    plan = plan_import("queue.csv", csv(OFF_LIMITS))

    assert plan.flaws == ()
    assert [str(each).partition(":")[0] for each in plan.off_limits] == ["line 2"]
    assert "How old are you: Age is off limits" in str(plan.off_limits[0])
    with pytest.raises(Refused, match="say here why they stay") as refused:
        carry_out(plan, rosa, "Ours.", "  ")
    assert refused.value.field == "override_reason"
    assert own() == 0


def test_a_reason_lets_it_in_and_is_recorded_with_the_questions_it_let_through(
    app: Any, rosa: Person
) -> None:
    carry_out(plan_import("queue.csv", csv(MIXED)), rosa, "Ours.", WHY)

    skill, probe = db.session.scalars(select(BankEntry).order_by(BankEntry.id))
    events = {each.details["ident"]: each for each in db.session.scalars(select(AuditEvent))}
    assert (skill.latest.override_reason, probe.latest.override_reason) == (WHY, "")
    assert events[skill.ident].actor_name == "Rosa"
    assert events[skill.ident].details["override"] == WHY
    assert events[skill.ident].details["kept"] == [
        "How old are you and which queue have you had to look after."
    ]
    assert "override" not in events[probe.ident].details


def test_a_reason_excuses_no_other_problem(app: Any, rosa: Person) -> None:
    plan = plan_import("queue.csv", csv(MIXED.replace("follow_up,,new-2,en,,A,,,What did you say?\n", "")))

    assert (len(plan.flaws), len(plan.off_limits)) == (1, 1)
    with pytest.raises(Refused, match="two or three follow-ups"):
        carry_out(plan, rosa, "Ours.", WHY)
    assert own() == 0


def test_what_was_let_in_once_stays_when_the_same_words_come_again(app: Any, rosa: Person) -> None:
    carry_out(plan_import("queue.csv", csv(OFF_LIMITS)), rosa, "Ours.", WHY)
    entry = db.session.scalars(select(BankEntry)).one()
    same = {"schema": SCHEMA, "entries": [{"language": "en", "skill": entry.latest.content}]}

    plan = plan_import("queue.json", json.dumps(same).encode())

    assert (plan.unchanged, plan.off_limits, plan.flaws) == (1, (), ())


def test_every_flaw_is_told_in_one_pass(app: Any) -> None:
    spoilt = ROWS.replace("anchor,,new-1,en,,,1", "anchor,,new-1,en,,,9").replace("Who was waiting?", "=1+1")

    lines = {each.partition(":")[0] for each in sentences("queue.csv", csv(spoilt))}

    assert {"line 6", "line 10"} <= lines


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_is_read_with_and_without_its_mark(app: Any, mark: bytes) -> None:
    assert plan_import("queue.csv", mark + csv(ROWS)).flaws == ()


def test_semicolons_are_read_too(app: Any) -> None:
    assert plan_import("queue.csv", csv(ROWS).replace(b",", b";")).flaws == ()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "latin-1"])
def test_another_encoding_is_told(app: Any, encoding: str) -> None:
    word = "Очередь" if encoding == "cp1251" else "Kø"
    found = sentences("queue.csv", csv(ROWS).decode().replace("A queue", word).encode(encoding))

    assert len(found) == 1
    assert "not in UTF-8" in found[0]


def test_a_file_without_our_columns_is_told(app: Any) -> None:
    assert sentences("list.csv", b"name,age\nCarl,7\n") == [
        "line 1: The first line must name the columns; missing: part, id, of, text."
    ]


def test_ten_thousand_rows_are_read(app: Any) -> None:
    rows = "".join(f"follow_up,,new-1-1,en,,S,,,Number {n}?\n" for n in range(10_000))

    found = sentences("long.csv", csv(ROWS + rows))

    assert len(found) == 1
    assert "Write two or three follow-ups." in found[0]


def test_too_many_rows_and_too_large_a_file_are_told(app: Any) -> None:
    rows = "".join("\nfollow_up,,new-1-1,en,,S,,,Why?" for _ in range(20_000))

    assert "at most 20000 rows" in " ".join(sentences("long.csv", csv(ROWS + rows)))
    assert "larger than 10 MB" in sentences("large.json", b" " * (LARGEST_FILE + 1))[0]


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nschema: hiring-bank/1\n"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.yaml", BOMB.encode(), "Aliases are not allowed"),
        ("a.yaml", b"[" * 50 + b"]" * 50, "nested too deeply"),
        ("a.yaml", b"a: !!python/object:os.system x", "The tag"),
        ("a.yaml", b"a: [1,", "cannot be read as YAML"),
        ("a.json", b'{"schema": "other/1", "entries": []}', "This is no file of the bank"),
        ("a.json", b'{"schema": "hiring-bank/1", "entries": []}', "There are no entries"),
        ("a.json", b'{"schema": "hiring-bank/1", "entries": [{"riddle": {}}]}', "either a skill or a probe"),
        ("a.json", b"\xff\xfe", "not text in UTF-8"),
        ("a.xlsx", b"PK not really", "cannot be read as an XLSX workbook"),
        ("a.pdf", b"%PDF", "Choose a file that ends in"),
        ("a", b"", "Choose a file that ends in"),
    ],
)
def test_a_hostile_or_broken_file_gets_a_sentence(
    app: Any, name: str, content: bytes, complaint: str
) -> None:
    assert complaint in " ".join(sentences(name, content))


def test_a_formula_in_a_workbook_is_refused(app: Any) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(COLUMNS))
    book.active.append(["skill", "new-1", "", "en", "", "", "", "", '=HYPERLINK("http://x")'])
    book.save(out)

    assert (
        "line 2: new-1: The cell in “text” begins like a formula." in sentences("a.xlsx", out.getvalue())[0]
    )


def test_no_cell_that_goes_out_is_a_formula(app: Any, rosa: Person) -> None:
    carry_out(
        plan_import("queue.csv", csv(ROWS.replace("Who was waiting?", "- and who else?"))), rosa, "Dash."
    )
    entry = db.session.query(BankEntry).one()
    from hiring.exchange.parcel import Item

    item = Item(entry.kind, entry.ident, entry.skill_id, "en", entry.latest.content)
    book = load_workbook(io.BytesIO(WRITERS["xlsx"]([item])))

    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "'- and who else?" in [cell.value for cell in cells]
    assert plan_import("own.xlsx", WRITERS["xlsx"]([item])).flaws == ()


def test_the_published_schema_is_the_one_that_is_checked() -> None:
    published = json.loads((ROOT / "docs" / "bank.schema.json").read_text("utf-8"))

    assert published == json_schema()


def test_every_kind_that_is_written_can_be_read() -> None:
    assert set(WRITERS) <= set(READERS)
    assert read_file("a.csv", b"").flaws != []
