"""What a decision rests on, and what a message to a candidate still lacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from hiring.candidates.naming import name_of
from hiring.candidates.queries import (
    Seat,
    ShownStatus,
    decisions_about,
    seats_of,
    senders_of,
    template_reveals,
)
from hiring.comparisons.document import ComparedCandidate, comparison_of
from hiring.decisions.queries import mark_of, pending_decision, pending_decisions, rated_skill_ids, undecided
from hiring.errors import Stale
from hiring.i18n import _
from hiring.i18n import lazy_gettext as _l
from hiring.models import (
    Application,
    CandidateMessage,
    Decision,
    Job,
    Outcome,
    PendingDecision,
)
from question_bank import MessageTemplate, bank, message, messages, reason_codes, skill_name

# Other closings are no decisions: they are changes of status with messages of their own.
NO_HIRE_CODES = ("not_selected_skills", "not_selected_other_stronger", "requirement_missing")

# Written so that they complete both "What tipped the scales was …" and "The reason is …".
REASONS_FOR_CANDIDATES: dict[str, Any] = {
    "not_selected_skills": _l("that your examples showed us too little of a skill this job depends on"),
    "not_selected_other_stronger": _l("that another candidate's examples came closer to what this job needs"),
    "requirement_missing": _l("that the job has a requirement which your application does not meet"),
    "role_on_hold": _l("that the position itself has been put on hold"),
    "decision_maker_absent": _l("that a person who decides with us is away"),
    "waiting_for_candidate": _l("that we are waiting for something from you"),
    "waiting_for_other_interviews": _l("that other interviews have to take place first"),
    "budget_pending": _l("that the budget has not been approved yet"),
}

TEMPLATE_AFTER = {
    Outcome.HIRE: "msg-offer",
    Outcome.NO_HIRE: "msg-closed-not-selected",
    Outcome.HOLD: "msg-paused",
}

BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Ground:
    """A skill that a decision may be tied to."""

    id: str
    name: str


@dataclass(frozen=True)
class DecisionLine:
    """A decision with the words of what it rests on."""

    decision: Decision
    skills: tuple[str, ...]
    kind_of_reason: str


@dataclass(frozen=True)
class DecisionSheet:
    """What the panel said about a candidate, and what was decided before."""

    application: Application
    row: ComparedCandidate
    missing: tuple[Seat, ...]
    grounds: tuple[Ground, ...]
    earlier: tuple[DecisionLine, ...]
    pending: PendingDecision | None

    @property
    def standing(self) -> str:
        """What is decided and what waits, in a word that changes with either."""
        newest = self.earlier[0].decision.id if self.earlier else 0
        return f"{newest}/{mark_of(self.pending)}"


@dataclass(frozen=True)
class ReleaseSheet:
    """The decisions of a job that wait to be released, and the rated candidates who have none yet."""

    pending: Sequence[PendingDecision]
    undecided: Sequence[Application]

    def skills_of(self, pending: PendingDecision) -> tuple[str, ...]:
        """The names of the skills that a waiting decision rests on."""
        return tuple(map(name_of_skill, pending.skill_ids))

    def mark_of(self, pending: PendingDecision) -> str:
        """What is ticked to release this decision and none that takes its place."""
        return mark_of(pending)

    def marked(self, marks: Collection[str]) -> list[PendingDecision]:
        """The decisions with these marks.

        Raises Stale if one of them waits no more.
        """
        known = {mark_of(each): each for each in self.pending}
        if not set(marks) <= set(known):
            raise Stale(
                _("A ticked decision was changed, released or taken back meanwhile. Look at what waits now.")
            )
        return [each for mark, each in known.items() if mark in marks]


@dataclass(frozen=True)
class Piece:
    """A part of a message: words, or a blank still to be filled in."""

    text: str
    is_blank: bool


@dataclass(frozen=True)
class MessageSheet:
    """A message as it stands."""

    message: CandidateMessage
    pieces: tuple[Piece, ...]
    sent_by: str
    mailto: str

    @property
    def blanks(self) -> tuple[tuple[str, str], ...]:
        """Each blank's name and what it asks for, in the order of the text."""
        names = [piece.text[1:-1] for piece in self.pieces if piece.is_blank]
        return tuple((name, blank_meaning(name)) for name in names)


@dataclass(frozen=True)
class TemplateChoice:
    """The templates that may be used, those for the present status first."""

    fitting: tuple[MessageTemplate, ...]
    others: tuple[MessageTemplate, ...]

    @property
    def ids(self) -> set[str]:
        """The ids of all of them."""
        return {template.id for template in (*self.fitting, *self.others)}


def decision_sheet(application: Application) -> DecisionSheet:
    """What to know before deciding; only for readers who may read the candidate's ratings."""
    compared = comparison_of(application.job, {application.id})
    row = next(each for each in (*compared.rows, *compared.unrated) if each.application_id == application.id)
    return DecisionSheet(
        application=application,
        row=row,
        missing=missing_seats(application),
        grounds=grounds_for(application),
        earlier=decision_lines(application),
        pending=pending_decision(application),
    )


def release_sheet(job: Job, readable_ids: Collection[int]) -> ReleaseSheet:
    """What waits to be released, limited to the applications in ``readable_ids``."""
    return ReleaseSheet(pending_decisions(job, readable_ids), undecided(job, readable_ids))


def decision_lines(application: Application) -> tuple[DecisionLine, ...]:
    """Every decision about the application, the newest first."""
    kinds = {code.id: code.label for code in reason_codes()}
    return tuple(
        DecisionLine(each, tuple(map(name_of_skill, each.skill_ids)), kinds.get(each.reason_code, ""))
        for each in decisions_about(application)
    )


def missing_seats(application: Application) -> tuple[Seat, ...]:
    """The panel members who have not submitted, interviews to come included."""
    return tuple(seat for seat in seats_of(application.id) if not seat.is_submitted)


def grounds_for(application: Application) -> tuple[Ground, ...]:
    """The job's skills, then others that were rated by an earlier guide."""
    chosen = [each.skill_id for each in application.job.skills]
    rated = sorted(rated_skill_ids(application) - set(chosen))
    return tuple(Ground(each, name_of_skill(each)) for each in (*chosen, *rated))


def name_of_skill(skill_id: str) -> str:
    """A skill's name; the id itself if the bank has dropped it since."""
    try:
        return skill_name(skill_id)
    except LookupError:
        return skill_id


def message_sheet(written: CandidateMessage) -> MessageSheet:
    """The message with its blanks, who sent it, and a link that opens it in a mail program."""
    return MessageSheet(
        message=written,
        pieces=pieces_of(written.text),
        sent_by=senders_of([written]).get(written.id, ""),
        mailto=_mailto(written),
    )


def template_choice(status: ShownStatus, may_read: bool) -> TemplateChoice:
    """The templates for a candidate; those that tell of a decision need ``may_read``."""
    allowed = [each for each in messages() if may_read or not template_reveals(each.id)]
    fitting = [each for each in allowed if status is not None and each.suits(status)]
    return TemplateChoice(tuple(fitting), tuple(each for each in allowed if each not in fitting))


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The text cut at its blanks, which keep their braces."""
    parts = re.split(r"(\{\w+\})", text)
    return tuple(Piece(part, bool(BLANK.fullmatch(part))) for part in parts if part)


def blank_meaning(name: str) -> str:
    """What belongs into a blank; its bare name if it is none of the bank's."""
    return _meanings().get(name, name)


def readable(template: MessageTemplate, application: Application) -> str:
    """The template for somebody who chooses one: the candidate and the job named, other blanks in words."""
    known = {"candidate_name": name_of(application), "job_title": application.job.title}
    return BLANK.sub(lambda match: known.get(match[1]) or f"[{blank_meaning(match[1])}]", template.text)


def fill_blanks(text: str, words: Mapping[str, Sequence[str]]) -> str:
    """The text with each name's words put into its blanks in turn; an empty word leaves its blank."""
    left = {name: iter(given) for name, given in words.items()}
    return BLANK.sub(lambda match: next(left.get(match[1], iter(())), "").strip() or match[0], text)


def sentence_about_blanks(text: str) -> str:
    """What to fill in before the message can go out, or nothing."""
    blanks = [blank_meaning(name) for name in dict.fromkeys(BLANK.findall(text))]
    if not blanks:
        return ""
    if len(blanks) == 1:
        return _("Fill in %(blank)s.", blank=blanks[0])
    return _("Fill in %(blanks)s and %(last)s.", blanks=", ".join(blanks[:-1]), last=blanks[-1])


def subject_of(written: CandidateMessage) -> str:
    """The subject line of the message."""
    return _("Your application: %(job)s", job=written.application.job.title)


@cache
def _meanings() -> dict[str, str]:
    return {each.id: each.meaning for each in bank().correspondence.placeholders}


def _mailto(written: CandidateMessage) -> str:
    goes_to_candidate = "candidate_name" in message(written.template_id).placeholders
    address = quote(written.application.candidate.email, safe="@") if goes_to_candidate else ""
    query = urlencode({"subject": subject_of(written), "body": written.text}, quote_via=quote)
    return f"mailto:{address}?{query}"
