"""What may be typed about own skills and probes: rows in rows, which follow the content and not a class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wtforms import SelectField

from hiring.authoring.content import (
    MOST_ROWS,
    NEEDED_LEVELS,
    Content,
    Fault,
    Faulty,
    checked,
    merged,
    new_skill_ident,
    numbered,
)
from hiring.authoring.document import place_name
from hiring.authoring.operations import Blocked
from hiring.errors import Refused
from hiring.forms import Form, RevisionField, paragraph, tidy
from hiring.i18n import language_name
from hiring.i18n import lazy_gettext as _
from hiring.models import EntryKind
from question_bank import SOURCE_LANGUAGE, QuestionKind, languages
from question_bank.source import Place

LONGEST_REASON = 1000
LEVELS = (5, 4, 3, 2, 1)
MOST_DIGITS = 3
MOVES = {"up": -1, "down": 1}
MOVABLE = ("probes", "questions")

Shape = Mapping[str, Any]
QUESTION: Shape = {"id": tidy, "kind": tidy, "text": tidy}
FOLLOW_UP: Shape = {"star": tidy, "text": tidy}
INDICATOR: Shape = {"id": tidy, "text": tidy, "red_flag": bool}
ANCHOR: Shape = {"text": tidy}
PROBE: Shape = {
    "id": tidy,
    "title": tidy,
    "questions": QUESTION,
    "follow_ups": FOLLOW_UP,
    "listen_for": tidy,
    "note": tidy,
}
SKILL: Shape = {
    "name": tidy,
    "meaning": tidy,
    "boundary": tidy,
    "why_it_matters": tidy,
    "probes": PROBE,
    "positive_indicators": INDICATOR,
    "negative_indicators": INDICATOR,
    "anchors": ANCHOR,
}


def blank_question() -> Content:
    """A question that is still to be written."""
    return {"id": "", "kind": QuestionKind.BEHAVIOURAL.value, "text": ""}


def blank_probe() -> Content:
    """A probe that is still to be written: two forms of the question and three follow-ups."""
    follow_ups = [{"star": letter, "text": ""} for letter in "SAR"]
    return {"questions": [blank_question(), blank_question()], "follow_ups": follow_ups}


def blank_skill() -> Content:
    """A skill that is still to be written."""
    signs = {name: [{"text": ""}, {"text": ""}] for name in ("positive_indicators", "negative_indicators")}
    return {"probes": [blank_probe()], **signs, "anchors": []}


BLANKS: dict[str, Callable[[], Content]] = {
    "questions": blank_question,
    "follow_ups": lambda: {"star": "", "text": ""},
    "probes": blank_probe,
    "positive_indicators": lambda: {"text": ""},
    "negative_indicators": lambda: {"text": ""},
}


class RetireForm(Form):
    """Why an entry leaves the use."""

    revision = RevisionField()
    reason = paragraph(_("Why it is retired"), LONGEST_REASON, _("Say why it is retired."))


class EntryForm(Form):
    """The words of one entry, and why they are written."""

    revision = RevisionField()
    language = SelectField(
        _("Language of these words"),
        choices=lambda: [(code, language_name(code)) for code in languages()],
        default=SOURCE_LANGUAGE,
    )
    reason = paragraph(
        _("What you changed and why"),
        LONGEST_REASON,
        _("Say in a few words what you changed and why."),
        hint=_("Your colleagues read it in the history, next to your name."),
    )
    override_reason = paragraph(
        _("Why words on an off-limits topic stay"),
        LONGEST_REASON,
        hint=_("It is kept with the words, and the record of changes names you."),
    )

    kind = EntryKind.PROBE
    content: Content
    faults: dict[str, list[str]]
    focus = ""

    def begin(self, kind: EntryKind, content: Content) -> None:
        """Shows the content."""
        self.kind, self.content, self.faults = kind, content, {}
        self._places = dict[str, Place]()

    def read(self, sent: Mapping[str, str]) -> None:
        """Takes over what was sent, whatever it is, so that nothing typed is lost."""
        self.content = _read(sent, SKILL if self.kind is EntryKind.SKILL else PROBE)
        if self.kind is EntryKind.SKILL:
            self.content["anchors"] = list(_anchors(sent))

    def change_rows(self, wish: str) -> None:
        """Adds, takes away or moves a row: ``add:probes-0-follow_ups``, ``remove:…-2``, ``up:probes-1``."""
        verb, _colon, path = wish.partition(":")
        steps = [int(step) if step.isdecimal() else step for step in path.split("-")]
        if verb == "add" and steps[-1] in BLANKS:
            self._add(_at(self.content, steps), str(steps[-1]), path)
        elif isinstance(steps[-1], int):
            rows = _at(self.content, steps[:-1])
            if not isinstance(rows, list) or steps[-1] >= len(rows):
                return
            if verb == "remove":
                del rows[steps[-1]]
            elif verb in MOVES and steps[-2] in MOVABLE:
                self._move(rows, steps[-1], verb, path.rpartition("-")[0])

    def _add(self, rows: Any, name: str, path: str) -> None:
        if isinstance(rows, list) and len(rows) < MOST_ROWS:
            rows.append(BLANKS[name]())
            below = "-title" if name == "probes" else "-text"
            self.focus = f"{path}-{len(rows) - 1}{below}"

    def _move(self, rows: list[Content], place: int, verb: str, path: str) -> None:
        """The button of the row that was moved stays in hand, or the other one where it can go no further."""
        other = place + MOVES[verb]
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
            at_end = other in (0, len(rows) - 1)
            self.focus = f"{_back(verb) if at_end else verb}-{path}-{other}"

    def fits(self, ident: str, base: Content) -> bool:
        """Whether everything may be saved over ``base``; if not, what is wrong stands beside its field."""
        self.content = _without_blank_rows(self.content)
        is_valid = bool(self.validate())
        try:
            checked(self.kind, numbered(self.kind, self.written(base), ident or self._ident()))
        except Faulty as faulty:
            self.refuse(faulty)
            return False
        return is_valid

    def written(self, base: Content) -> Content:
        """What was typed over what is stored."""
        return merged(base, _as_stored(self.content))

    def refuse(self, refused: Refused) -> None:
        """Puts a refusal beside the fields that it is about."""
        if isinstance(refused, Faulty):
            for each in refused.faults:
                self._refuse_at(each)
            return
        super().refuse(refused)
        if isinstance(refused, Blocked):
            self.focus = "override_reason"

    def _refuse_at(self, fault: Fault) -> None:
        place = self._place_in_form(fault.place)
        path = path_of(place)
        self.faults.setdefault(path, []).append(fault.sentence)
        self._places[path] = place

    def _place_in_form(self, place: Place) -> Place:
        if place[:1] == ("anchors",) and len(place) > 1 and isinstance(place[1], int):
            return ("anchors", str(self.content["anchors"][place[1]]["level"]))
        return place

    def _ident(self) -> str:
        return (
            new_skill_ident(str(self.content.get("name", "")), ())
            if self.kind is EntryKind.SKILL
            else "new-o1"
        )

    @property
    def faulty_places(self) -> list[tuple[str, str, str]]:
        """Path, name and sentences of every fault."""
        return [
            (path, place_name(self._places[path]), " ".join(sentences))
            for path, sentences in self.faults.items()
        ]

    @property
    def anchors(self) -> list[tuple[int, str, bool]]:
        """Level, words and whether they are needed, the highest first."""
        words = {int(each["level"]): each["text"] for each in self.content.get("anchors", [])}
        return [(level, words.get(level, ""), level in NEEDED_LEVELS) for level in LEVELS]


def _back(verb: str) -> str:
    return next(each for each in MOVES if each != verb)


def path_of(place: Place) -> str:
    """How a place is called in the form, as a field's name and id."""
    return "-".join(map(str, place))


def _read(sent: Mapping[str, str], shape: Shape, prefix: str = "") -> Content:
    found: Content = {}
    for name, part in shape.items():
        place = f"{prefix}{name}"
        if callable(part):
            found[name] = part(sent.get(place, ""))
        elif part is not ANCHOR:
            found[name] = [_read(sent, part, f"{place}-{number}-") for number in _numbers(sent, place)]
    return found


def _numbers(sent: Mapping[str, str], place: str) -> list[int]:
    pattern = re.compile(rf"{re.escape(place)}-([0-9]{{1,{MOST_DIGITS}}})-")
    found = {int(match[1]) for name in sent if (match := pattern.match(name))}
    return sorted(found)[:MOST_ROWS]


def _anchors(sent: Mapping[str, str]) -> Iterator[Content]:
    for level in reversed(LEVELS):
        if words := tidy(sent.get(f"anchors-{level}", "")):
            yield {"level": level, "text": words}


def _at(content: Content, steps: list[Any]) -> Any:
    value: Any = content
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _without_blank_rows(content: Content) -> Content:
    """The content without rows in which nothing was written; the first question and probe always stay."""
    kept = dict(content)
    for name in ("questions", "probes"):
        if name in kept:
            kept[name] = [each for n, each in enumerate(kept[name]) if n == 0 or _has_words(each)]
    for name in ("follow_ups", "positive_indicators", "negative_indicators"):
        if name in kept:
            kept[name] = [each for each in kept[name] if _has_words(each)]
    if "probes" in kept:
        kept["probes"] = [_without_blank_rows(each) for each in kept["probes"]]
    return kept


def _has_words(row: Content) -> bool:
    names = ("text", "title", "listen_for", "note")
    rows = [*row.get("questions", []), *row.get("follow_ups", [])]
    return any(row.get(name) for name in names) or any(_has_words(each) for each in rows)


def _as_stored(content: Any) -> Any:
    """The content without what was left open: no letter, no id."""
    if isinstance(content, list):
        return [_as_stored(each) for each in content]
    if isinstance(content, dict):
        return {
            name: _as_stored(each) for name, each in content.items() if each or name not in ("star", "id")
        }
    return content
