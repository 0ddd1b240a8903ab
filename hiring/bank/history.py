"""One question: its words, where it is used, and how its words came to be. Nothing here comes from ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from hiring.authoring.content import differing
from hiring.authoring.document import Difference, differences, pieces
from hiring.authoring.queries import editions, published_uses
from hiring.bank.languages import label_of
from hiring.bank.queries import drafts_asking, interview_counts, skill_name, whole_bank
from hiring.i18n import _
from hiring.models import (
    BankEdition,
    BankEntry,
    BankRevision,
    EntryKind,
    Guide,
    GuideVersion,
    InterviewStatus,
    RevisionStatus,
)
from question_bank import SOURCE_LANGUAGE, NotInBank, Probe, Question, Skill, bank, languages

Words = dict[str, str]


@dataclass(frozen=True)
class Form:
    """One of the questions that ask for the same, and in how many jobs' guides it stands."""

    question: Question
    jobs: int


@dataclass(frozen=True)
class VersionUse:
    """A published guide with the question, and the interviews in which it is or was asked."""

    id: int
    number: int
    published_at: datetime
    language: str
    planned: int
    held: int


@dataclass(frozen=True)
class JobUse:
    """A job whose guide holds the question: the rounds of the draft, and what was published."""

    id: int
    title: str
    draft_rounds: tuple[str, ...]
    versions: tuple[VersionUse, ...]


@dataclass(frozen=True)
class Usage:
    """Where the question is used; of jobs that the reader may not see only the number."""

    jobs: tuple[JobUse, ...]
    hidden: int

    @property
    def planned(self) -> int:
        """The interviews to come, in the jobs that the reader sees."""
        return sum(each.planned for job in self.jobs for each in job.versions)

    @property
    def held(self) -> int:
        """The interviews that were held, in the jobs that the reader sees."""
        return sum(each.held for job in self.jobs for each in job.versions)


@dataclass(frozen=True)
class Wording:
    """Words that published guides keep and the bank no longer says, with what it says today."""

    language: str
    versions: tuple[GuideVersion, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class EditionStep:
    """An edition of the bundled bank in which the question came, or changed."""

    version: str
    seen_at: datetime
    is_first: bool
    came: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class RevisionStep:
    """A revision of an own entry in which the question came, or changed."""

    number: int
    status: RevisionStatus
    author: str
    created_at: datetime
    reason: str
    came: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class QuestionSheet:
    """Everything about one question that the reader may see."""

    language: str
    skill_id: str
    skill_name: str
    probe: Probe
    question: Question
    is_own: bool
    in_bank: bool
    entry_id: int | None
    forms: tuple[Form, ...]
    usage: Usage
    wordings: tuple[Wording, ...]
    editions: tuple[EditionStep, ...]
    revisions: tuple[RevisionStep, ...]


def question_sheet(
    question_id: str,
    language: str,
    entry: BankEntry | None,
    readable: Collection[BankRevision],
    visible_job_ids: set[int] | None,
) -> QuestionSheet:
    """The question in a language, or in that of the ``entry`` it belongs to, of which ``readable`` may be read.

    Raises NotInBank if there is no such question for the reader.
    """
    spoken = entry.language if entry else language
    probe = _own_probe(question_id, readable) if entry else bank(language).probe(probe_of(question_id))
    question = next((each for each in probe.questions if each.id == question_id), None)
    if question is None:
        raise NotInBank("question", question_id, ())
    ids = {each.id for each in probe.questions}
    drafts, versions = drafts_asking(ids), published_uses(ids)
    seen = [each for each in versions if _is_in(each.guide, visible_job_ids) and _items(each, question_id)]
    skill_id = entry.skill_id if entry else question.skill_id
    return QuestionSheet(
        language=spoken,
        skill_id=skill_id,
        skill_name=skill_name(skill_id, spoken),
        probe=probe,
        question=question,
        is_own=entry is not None,
        in_bank=question_id in whole_bank(spoken).questions,
        entry_id=entry.id if entry else None,
        forms=_forms(probe, drafts, versions),
        usage=_usage(question_id, drafts, versions, visible_job_ids),
        wordings=_wordings(seen, probe, question, is_own=entry is not None),
        editions=() if entry else _edition_steps(question),
        revisions=_revision_steps(question_id, readable),
    )


def probe_of(question_id: str) -> str:
    """The id of the probe to which a question belongs."""
    return question_id.rpartition("-")[0]


# Words


def _own_probe(question_id: str, readable: Collection[BankRevision]) -> Probe:
    """The probe in the words in use, else in the newest that still hold the question.

    Raises NotInBank if no words that may be read hold it.
    """
    newest_first = sorted(readable, key=lambda each: (each.status is RevisionStatus.ACTIVE, each.number))
    for each in reversed(newest_first):
        for probe in _probes(each):
            if any(question.id == question_id for question in probe.questions):
                return probe
    raise NotInBank("question", question_id, ())


def _probes(revision: BankRevision) -> tuple[Probe, ...]:
    try:
        if revision.entry.kind is EntryKind.SKILL:
            return Skill.model_validate(revision.content).probes
        return (Probe.model_validate(revision.content),)
    except ValidationError:  # Written by an earlier version whose shape was another.
        return ()


# Usage


def _is_in(guide: Guide, job_ids: set[int] | None) -> bool:
    return job_ids is None or guide.job_id in job_ids


def _items(version: GuideVersion, question_id: str) -> list[tuple[int, dict[str, Any]]]:
    """The round and the frozen words of each place at which a version asks the question."""
    return [
        (round_["position"], item)
        for round_ in version.content["rounds"]
        for item in round_["items"]
        if item["question_id"] == question_id
    ]


def _forms(
    probe: Probe, drafts: Iterable[tuple[str, Guide, str]], versions: Iterable[GuideVersion]
) -> tuple[Form, ...]:
    jobs = {(ident, guide.job_id) for ident, guide, _name in drafts}
    jobs |= {
        (each.id, version.guide.job_id)
        for version in versions
        for each in probe.questions
        if _items(version, each.id)
    }
    counts = Counter(ident for ident, _job in jobs)
    return tuple(Form(each, counts[each.id]) for each in probe.questions)


def _usage(
    question_id: str,
    drafts: Iterable[tuple[str, Guide, str]],
    versions: Iterable[GuideVersion],
    visible_job_ids: set[int] | None,
) -> Usage:
    asking = [(guide, name) for ident, guide, name in drafts if ident == question_id]
    published = [each for each in versions if _items(each, question_id)]
    jobs = {guide.job_id: guide.job for guide, _name in asking}
    jobs |= {each.guide.job_id: each.guide.job for each in published}
    seen = {ident for ident in jobs if visible_job_ids is None or ident in visible_job_ids}
    counts = interview_counts([each.id for each in published if each.guide.job_id in seen])
    found = [
        JobUse(
            id=job.id,
            title=job.title,
            draft_rounds=tuple(name for guide, name in asking if guide.job_id == job.id),
            versions=tuple(
                _version(each, question_id, counts) for each in published if each.guide.job_id == job.id
            ),
        )
        for ident, job in jobs.items()
        if ident in seen
    ]
    return Usage(tuple(sorted(found, key=lambda each: (each.title, each.id))), len(jobs) - len(found))


def _version(
    version: GuideVersion, question_id: str, counts: Counter[tuple[int, int, InterviewStatus]]
) -> VersionUse:
    rounds = {position for position, _item in _items(version, question_id)}
    planned, held = (
        sum(counts[version.id, position, status] for position in rounds)
        for status in (InterviewStatus.PLANNED, InterviewStatus.HELD)
    )
    return VersionUse(version.id, version.number, version.published_at, version.language, planned, held)


# History


def _wordings(
    versions: Iterable[GuideVersion], probe: Probe, question: Question, *, is_own: bool
) -> tuple[Wording, ...]:
    """The frozen words that differ from today's, each once, with the versions that keep them."""
    kept = dict[tuple[str, tuple[tuple[str, str], ...]], list[GuideVersion]]()
    for version in versions:
        for words in {tuple(_frozen_words(item).items()) for _at, item in _items(version, question.id)}:
            kept.setdefault((version.language, words), []).append(version)
    found = []
    for (language, frozen), holding in kept.items():
        today = _words(probe, question) if is_own else _words(*_bundled(question, language))
        if changes := tuple(_differing(dict(frozen), today)):
            found.append(Wording(language, tuple(holding), changes))
    return tuple(found)


def _bundled(question: Question, language: str) -> tuple[Probe, Question]:
    words = bank(language if language in languages() else SOURCE_LANGUAGE)
    return words.probe(question.probe_id), words.question(question.id)


def _words(probe: Probe, question: Question) -> Words:
    """What a guide that is published today would say, by what each phrase is."""
    follow_ups = [each.text for each in probe.follow_ups]
    note = " ".join(filter(None, (probe.note, question.note)))
    return _named(probe.title, question.text, follow_ups, probe.listen_for, note)


def _frozen_words(item: Mapping[str, Any]) -> Words:
    follow_ups = [each["text"] for each in item["follow_ups"]]
    return _named(item["probe_title"], item["text"], follow_ups, item["listen_for"], item["note"])


def _named(title: str, text: str, follow_ups: Iterable[str], listen_for: str, note: str) -> Words:
    named = {_("What to find out"): title, _("Question"): text}
    named |= {_("Follow-up %(n)s", n=number): each for number, each in enumerate(follow_ups, 1)}
    named |= {_("Listen for"): listen_for, _("Note"): note}
    return {name: words for name, words in named.items() if words}


def _differing(before: Words, after: Words) -> Iterator[Difference]:
    for each in differing(before, after):
        yield Difference(each.address, pieces(each.before or "", each.after or ""))


def _edition_steps(question: Question) -> tuple[EditionStep, ...]:
    """The editions in which the bundled question came or changed, the newest first; they speak English."""
    known = list(reversed(editions()))
    steps = (_step(question, each, earlier) for earlier, each in zip([None, *known], known, strict=False))
    return tuple(filter(None, steps))[::-1]


def _step(question: Question, edition: BankEdition, earlier: BankEdition | None) -> EditionStep | None:
    now, before = _phrases(edition, question), _phrases(earlier, question) if earlier else {}
    text = f"{question.id}.text"
    came = text in now and text not in before
    changed = tuple(differing(before, now)) if text in before else ()
    if not (came or changed):
        return None
    told = (
        Difference(label_of(each.address), pieces(each.before or "", each.after or "")) for each in changed
    )
    return EditionStep(edition.version, edition.seen_at, earlier is None, came, tuple(told))


def _phrases(edition: BankEdition, question: Question) -> Words:
    """What an edition says of the question and its probe, by address."""
    owners = {question.id, question.probe_id}
    file = f"skills/{question.skill_id}.yaml:"
    return {
        address.removeprefix(file): words
        for address, words in edition.phrases.items()
        if address.startswith(file) and address.removeprefix(file).partition(".")[0] in owners
    }


def _revision_steps(question_id: str, readable: Collection[BankRevision]) -> tuple[RevisionStep, ...]:
    """The revisions in which an own question came or changed, the newest first."""
    about = {question_id, probe_of(question_id)}
    ordered = sorted(readable, key=lambda each: each.number)
    steps = list[RevisionStep]()
    for before, after in zip([None, *ordered], ordered, strict=False):
        stood = before is not None and _has(before, question_id)
        came = not stood and _has(after, question_id)
        changed = differences(before, after, about) if before and stood else ()
        if came or changed:
            steps.append(_revision_step(after, came, changed))
    return tuple(reversed(steps))


def _has(revision: BankRevision, question_id: str) -> bool:
    probes = revision.content.get("probes", [revision.content])
    return any(each["id"] == question_id for probe in probes for each in probe["questions"])


def _revision_step(revision: BankRevision, came: bool, changed: tuple[Difference, ...]) -> RevisionStep:
    return RevisionStep(
        number=revision.number,
        status=revision.status,
        author=revision.author.name,
        created_at=revision.created_at,
        reason=revision.reason,
        came=came,
        differences=changed,
    )
