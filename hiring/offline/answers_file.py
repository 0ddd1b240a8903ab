"""The file of an offline form: what it says of itself, and why it does not fit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from hiring.errors import Refused
from hiring.i18n import _
from hiring.models import Interview, InterviewStatus, Person, Scorecard

FORMAT = 1
PLACE = "scorecard"  # The id of the element that holds the answers.
MOST_FIELDS = 2_000


@dataclass(frozen=True)
class AnswersFile:
    """What an offline form brings: whose it is, for which guide, from which revision, and the answers.

    ``fields`` are named as the page's own form names them; ``revision`` is 0 where nothing was stored yet.
    """

    interview: int
    interviewer: int
    guide: str
    guide_version: int
    revision: int
    fields: Mapping[str, str]


def stamp_of(
    interview: Interview, interviewer: Person, revision: int, fields: Mapping[str, str]
) -> dict[str, Any]:
    """What a new form carries inside, ready for JSON."""
    return {
        "format": FORMAT,
        "interview": interview.id,
        "interviewer": interviewer.id,
        "guide": interview.guide_version.content_hash,
        "guide_version": interview.guide_version.number,
        "revision": revision,
        "fields": dict(fields),
    }


def read_answers(content: bytes) -> AnswersFile:
    """The answers in an uploaded form, or in its bare JSON.

    Raises Refused where the file is something else or is damaged.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_ours() from None
    raw = text if text.lstrip().startswith("{") else _inside(text)
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise _not_ours() from None
    return _checked(data)


def refuse_misfit(file: AnswersFile, interview: Interview, person: Person, card: Scorecard | None) -> None:
    """Raises Refused with the reason why these answers do not belong here."""
    version = interview.guide_version
    if file.interview != interview.id:
        raise Refused(
            _("This form is for another interview. Open that interview and upload it there."), "file"
        )
    if file.interviewer != person.id:
        raise Refused(_("This form belongs to a colleague, who has to upload it."), "file")
    if file.guide != version.content_hash:
        sentence = _(
            "This form was made for guide version %(theirs)s, and the interview now uses version %(ours)s. "
            "Download a new form and copy your words into it.",
            theirs=file.guide_version,
            ours=version.number,
        )
        raise Refused(sentence, "file")
    if interview.status is InterviewStatus.CANCELLED:
        raise Refused(_("This interview was cancelled. There is nothing to rate."), "file")
    if card is not None and card.is_submitted:
        raise Refused(_("Your scorecard is already submitted, so a form cannot change it any more."), "file")
    if file.revision > (card.revision if card else 0):
        sentence = _(
            "This form names a state of your scorecard that is not stored here. Was it made elsewhere?"
        )
        raise Refused(sentence, "file")


class _Finder(HTMLParser):
    """Collects the text of the element that holds the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and dict(attrs).get("id") == PLACE

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


def _inside(page: str) -> str:
    finder = _Finder()
    finder.feed(page)
    return "".join(finder.found)


def _checked(data: Any) -> AnswersFile:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _not_ours()
    fields, numbers = data.get("fields"), [data.get(name) for name in NUMBERS]
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise _not_ours()
    if not all(isinstance(value, str) for value in [*fields.values(), data.get("guide")]):
        raise _not_ours()
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in numbers):
        raise _not_ours()
    return AnswersFile(fields=fields, guide=data["guide"], **{name: data[name] for name in NUMBERS})


NUMBERS = ("interview", "interviewer", "guide_version", "revision")


def _not_ours() -> Refused:
    return Refused(_("This is not a filled form of ours. Choose the HTML file that the form saved."), "file")
