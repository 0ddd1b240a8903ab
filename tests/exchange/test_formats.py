"""Out and in again without loss, and every wrong file told by its line with nothing changed."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from hiring.authoring.operations import activate, add_probe, review, revise
from hiring.bank.indexing import catch_up
from hiring.bank.queries import forget
from hiring.errors import Refused
from hiring.exchange.formats import LARGEST_FILE, READERS, WRITERS, read_file
from hiring.exchange.operations import carry_out, items_of, plan_import
from hiring.exchange.parcel import COLUMNS, SCHEMA, json_schema
from hiring.extensions import db
from hiring.models import AuditEvent, BankEntry, Person, RevisionStatus
from question_bank import bank
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
        ("behavioural", "amusing", "line 4: new-1: probes.1.questions.1.kind: Choose what"),
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
    assert [str(each).partition(":")[0] for each in plan.off_limits] == ["line 4"]
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

    assert [each.partition(": ")[0] for each in found] == ["line 3", "line 3"]
    assert "Write two or three follow-ups." in found[1]


def test_ten_thousand_good_rows_are_planned(app: Any) -> None:
    rows = "".join(
        f"probe,new-{n},patience,en,,,,,\nquestion,,new-{n},en,behavioural,,,,Tell me about queue {n}.\n"
        f"follow_up,,new-{n},en,,S,,,Who stood in {n}?\nfollow_up,,new-{n},en,,A,,,What did you do?\n"
        for n in range(2500)
    )

    plan = plan_import("long.csv", f"{ROWS.partition(chr(10))[0]}\n{rows}".encode())

    assert (len(plan.new), plan.flaws) == (2500, ())


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


PROBE: dict[str, Any] = {
    "id": "new-1",
    "questions": [
        {"form": "main", "kind": "behavioural", "text": "Tell me about a customer who surprised you."}
    ],
    "follow_ups": [{"star": "S", "text": "What had you expected?"}, {"text": "What did you do then?"}],
}


def as_json(*probes: Any, **changed: Any) -> bytes:
    entries = [{"language": "en", "of": "empathy", "probe": each} | changed for each in probes]
    return json.dumps({"schema": SCHEMA, "entries": entries}, indent=1).encode()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (as_json(PROBE | {"questions": 5}), "line 9: new-1: questions: Write a list here."),
        (as_json(PROBE | {"questions": "abc"}), "line 9: new-1: questions: Write a list here."),
        (as_json(PROBE | {"follow_ups": [7]}), "line 17: new-1: follow_ups.1: Write named fields here."),
        (as_json(PROBE | {"id": ["x"]}), "line 8: Write words here."),
        (as_json(PROBE, of={"a": 1}), "line 6: Write words here."),
        (as_json(PROBE, language=["en"]), "line 5: Write words here."),
        (as_json(PROBE, language="xx"), "line 4: new-1: Choose one of en, da, ru, zh as the language."),
        (as_json(PROBE | {"title": "A\x07bell"}), "new-1: title: Some sign in here cannot be seen."),
        (as_json(PROBE | {"note": "\u202eback"}), "new-1: note: Some sign in here cannot be seen."),
        (as_json(PROBE | {"title": "\x00"}), "new-1: title: Some sign in here cannot be seen."),
        (f'{{"schema": "{SCHEMA}", "entries": [{"9" * 5000}]}}'.encode(), "Write a whole number here."),
        (b"schema: !!int seven", "line 1: Write a whole number here."),
    ],
)
def test_a_structure_of_another_shape_gets_a_sentence(app: Any, content: bytes, complaint: str) -> None:
    found = sentences("a.json", content)

    assert any(complaint in each for each in found), found


def test_words_that_happen_to_be_an_id_stay_words(app: Any, rosa: Person) -> None:
    carry_out(plan_import("a.json", as_json(PROBE | {"id": "tempo", "title": "tempo"})), rosa, "Ours.")

    content = db.session.query(BankEntry).one().latest.content
    assert (content["id"], content["title"]) == ("empathy-o1", "tempo")


def test_an_id_that_stands_twice_in_a_structure_is_told(app: Any, rosa: Person) -> None:
    plan = plan_import("a.json", as_json(PROBE, PROBE))

    assert [str(each) for each in plan.flaws] == ["line 27: new-1: This id stands in line 4 already."]
    with pytest.raises(Refused, match="line 4 already"):
        carry_out(plan, rosa, "Twice.")
    assert own() == 0


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("part,id", "part,id,id", "line 1: The first line names a column twice: id."),
        ("part,id", "part,colour,id", "line 1: This column is not known here: colour."),
        ("A queue", "A queue,,which is long", "line 3: Some words stand under no column."),
        ("A queue", "A queue, which is long", "line 3: new-1-1: “meaning” has no place in a probe."),
        ("A queue", "A\0queue", "line 3: This line is not in UTF-8."),
        (
            "Who was waiting?",
            "\uff1dHYPERLINK(1)",
            "line 6: new-1-1: The cell in “text” begins like a formula.",
        ),
    ],
)
def test_nothing_in_a_table_is_left_out_in_silence(app: Any, before: str, after: str, complaint: str) -> None:
    found = sentences("queue.csv", csv(ROWS.replace(before, after, 1)))

    assert any(each.startswith(complaint) for each in found), found


def test_the_line_of_a_row_is_the_one_it_begins_in(app: Any) -> None:
    spoilt = ROWS.replace("A queue", '"A\nlong\nqueue"').replace(
        "anchor,,new-1,en,,,1", "anchor,,new-1,en,,,9"
    )

    assert "line 12: new-1: Choose a level from 1 to 5." in sentences("queue.csv", csv(spoilt))


def test_a_table_without_entries_is_told(app: Any) -> None:
    assert sentences("a.csv", b"part,id,of,text\n") == ["There are no entries in this file."]


def test_tabs_and_capital_letters_in_the_head_are_read(app: Any) -> None:
    table = csv(ROWS).replace(b",", b"\t").replace(b"part\tid", b"Part\tID", 1)

    assert plan_import("queue.csv", table).flaws == ()


def workbook(**changed: Any) -> bytes:
    """A workbook with one of its parts spoilt."""
    book, plain, out = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["part", "id", "of", "text"])
    book.active.append(["skill", "new-1", "", "Queue care"])
    book.save(plain)
    with zipfile.ZipFile(plain) as packed, zipfile.ZipFile(out, "w") as spoilt:
        for name in packed.namelist():
            spoil = changed.get(name.rpartition("/")[2].partition(".")[0], lambda content: content)
            spoilt.writestr(name, spoil(packed.read(name)))
    return out.getvalue()


BOMB_IN_XML = b"<!DOCTYPE w [" + b"".join(
    b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"x" * 10) for n in range(9)
)


@pytest.mark.parametrize(
    "content",
    [
        workbook(sheet1=lambda content: content[:100]),
        workbook(styles=lambda content: b"<x"),
        workbook(workbook=lambda content: b"<x/>"),
        workbook(sheet1=lambda content: BOMB_IN_XML + b"]><w>&e8;</w>"),
        workbook()[:1500],
        workbook().replace(b"<sheetData>", b"<sheetDaat>"),
    ],
)
def test_a_damaged_workbook_gets_a_sentence(app: Any, content: bytes) -> None:
    assert sentences("a.xlsx", content) == ["This cannot be read as an XLSX workbook."]


def test_a_workbook_that_claims_to_be_huge_is_read_at_once(app: Any) -> None:
    far = b'<row r="15000"><c r="A15000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    wide = workbook(
        sheet1=lambda content: content.replace(b"A1:D2", b"A1:XFD1048576").replace(b"</sheetData>", far)
    )

    begin = time.monotonic()
    found = sentences("a.xlsx", wide)

    assert time.monotonic() - begin < 5
    assert found[-1].startswith("line 15000: Choose one of skill, probe,")


def test_a_column_without_a_name_moves_no_cell(app: Any) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["part", None, "id", "of", "text"])
    book.active.append(["anchor", None, None, "new-9", "Nothing."])
    book.save(out)

    assert sentences("a.xlsx", out.getvalue()) == ["line 2: new-9: Choose a level from 1 to 5."]


def test_what_the_linter_and_the_bank_would_say_is_told_and_keeps_nothing_out(app: Any, rosa: Person) -> None:
    catch_up()
    asked = bank().question("empathy-1-q1").text
    leading = ROWS.replace("Tell me about a queue that you had to look after.", f'"{asked}"').replace(
        "Who was waiting?", '"You were in a hurry, weren\'t you?"'
    )

    plan = plan_import("queue.csv", csv(leading))

    assert (plan.flaws, plan.off_limits, len(plan.new)) == ((), (), 1)
    told = [str(each) for each in plan.advice]
    assert any(each.startswith("line 4: new-1:") and "as empathy-1-q1:" in each for each in told), told
    assert any(each.startswith("line 6: new-1: weren't you") for each in told), told


def in_use(rosa: Person, hugo: Person) -> list[BankEntry]:
    """An own skill, an own probe for it, and one for a bundled skill."""
    carry_out(plan_import("queue.csv", csv(ROWS)), rosa, "Ours.")
    skill = db.session.query(BankEntry).one()
    entries = [skill, add_probe("empathy", {**PROBE, "id": ""}, rosa, "Ours.")]
    for each in entries:
        review(each, hugo)
        activate(each, rosa)
    inner = add_probe(skill.ident, {**PROBE, "id": ""}, rosa, "Ours.")
    review(inner, hugo)
    activate(inner, rosa)
    return [*entries, inner]


@pytest.mark.parametrize(
    "content",
    [
        as_json(PROBE | {"id": "own-queue-care"}),
        as_json(PROBE | {"id": "empathy-o1"}, of="patience"),
        as_json(PROBE | {"id": "empathy-o1"}, language="da"),
    ],
)
def test_an_own_id_that_stands_for_something_else_is_told(
    app: Any, rosa: Person, hugo: Person, content: bytes
) -> None:
    in_use(rosa, hugo)

    (flaw,) = sentences("a.json", content)

    assert flaw.startswith("line 4: ")
    assert "Here this id is a " in flaw


def test_words_in_use_push_no_draft_aside(app: Any, rosa: Person, hugo: Person) -> None:
    _skill, probe, _inner = in_use(rosa, hugo)
    exported = WRITERS["json"](items_of("en", own_only=True))
    revise(probe, probe.latest.content | {"title": "In work"}, hugo, "Not ready.")

    plan = plan_import("own.json", exported)

    assert (plan.flaws, plan.changed, plan.unchanged) == ((), (), 3)


@pytest.mark.parametrize("form", WRITERS)
def test_a_bank_with_own_words_is_known_again_where_it_comes_from(
    app: Any, rosa: Person, hugo: Person, form: str
) -> None:
    in_use(rosa, hugo)

    plan = plan_import(f"bank.{form}", WRITERS[form](items_of("en")))

    assert (plan.flaws, plan.new, plan.changed, plan.unchanged) == ((), (), (), 25)


@pytest.mark.parametrize("own_only", [True, False])
@pytest.mark.parametrize("form", WRITERS)
def test_own_words_are_new_where_nobody_has_them(
    app: Any, rosa: Person, hugo: Person, form: str, own_only: bool
) -> None:
    entries = in_use(rosa, hugo)
    content = WRITERS[form](items_of("en", own_only=own_only))
    for each in entries:
        db.session.delete(each)
    db.session.flush()
    forget()

    plan = plan_import(f"bank.{form}", content)
    carry_out(plan, rosa, "Theirs.")

    skill, probe = db.session.scalars(select(BankEntry).order_by(BankEntry.id))
    assert (plan.flaws, plan.unchanged) == ((), 0 if own_only else 22)
    assert (skill.ident, probe.ident) == ("own-queue-care", "empathy-o1")
    assert [each["id"] for each in skill.latest.content["probes"]] == ["own-queue-care-1", "own-queue-care-2"]
    assert probe.latest.content["questions"][0]["text"] == PROBE["questions"][0]["text"]


def test_own_skills_of_another_language_do_not_travel_as_english(
    app: Any, rosa: Person, hugo: Person
) -> None:
    carry_out(plan_import("queue.csv", csv(ROWS.replace(",en,", ",da,"))), rosa, "Ours.")
    entry = db.session.query(BankEntry).one()
    review(entry, hugo)
    activate(entry, rosa)

    assert entry.ident in {each.id for each in items_of("da")}
    assert entry.ident not in {each.id for each in items_of("en")}


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
