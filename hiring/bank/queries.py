"""The bank that guides and jobs use: the bundled one with what the organisation has added to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from hiring.extensions import db
from hiring.models import (
    BankEntry,
    BankRevision,
    EntryKind,
    Guide,
    GuideItem,
    GuideRound,
    Interview,
    InterviewStatus,
    RevisionStatus,
)
from question_bank import SOURCE_LANGUAGE, Bank, NotInBank, Pair, Probe, Question, Skill, bank, languages

KEPT = "what the organisation has added"


def active_revisions() -> list[BankRevision]:
    """The organisation's own words in use, with their entries, the oldest entry first."""
    query = (
        select(BankRevision)
        .join(BankRevision.entry)
        .options(joinedload(BankRevision.entry))
        .where(BankRevision.status == RevisionStatus.ACTIVE)
        .order_by(BankEntry.id)
    )
    return list(db.session.scalars(query))


def whole_bank(language: str = SOURCE_LANGUAGE) -> Bank:
    """The bundled bank in a language, with the own skills and with the own probes in that language.

    An own skill speaks its own language: a job's skill must be found whatever the guide's language.
    The database is asked once a session; ``forget`` makes it ask again.
    """
    known = language if language in languages() else SOURCE_LANGUAGE
    kept = _kept()
    if known not in kept:
        kept[known] = _with_own(bank(known), kept["active"], known)
    return kept[known]  # type: ignore[no-any-return]


def entry_with(question_id: str) -> BankEntry | None:
    """The own entry to which a question belongs: its probe, or the skill of that probe."""
    probe_id = question_id.rpartition("-")[0]
    idents = [probe_id, probe_id.rpartition("-")[0]]
    query = (
        select(BankEntry)
        .options(selectinload(BankEntry.revisions).joinedload(BankRevision.author))
        .where(BankEntry.ident.in_(idents))
    )
    found = {each.ident: each for each in db.session.scalars(query)}
    return next((found[each] for each in idents if each in found), None)


def drafts_asking(question_ids: Collection[str]) -> list[tuple[str, Guide, str]]:
    """Where drafts of guides ask the questions: the question's id, the guide with its job, the round's name."""
    query = (
        select(GuideItem.question_id, Guide, GuideRound.name)
        .join(GuideRound, GuideRound.id == GuideItem.round_id)
        .join(Guide, Guide.id == GuideRound.guide_id)
        .options(joinedload(Guide.job))
        .where(GuideItem.question_id.in_(question_ids))
        .order_by(GuideRound.position, GuideItem.position)
    )
    return [(ident, guide, name) for ident, guide, name in db.session.execute(query)]


def interview_counts(version_ids: Collection[int]) -> Counter[tuple[int, int, InterviewStatus]]:
    """How many interviews there are by version, round and status."""
    query = (
        select(Interview.guide_version_id, Interview.round_position, Interview.status, func.count())
        .where(Interview.guide_version_id.in_(version_ids))
        .group_by(Interview.guide_version_id, Interview.round_position, Interview.status)
    )
    return Counter({(version, place, status): n for version, place, status, n in db.session.execute(query)})


def own_entry_ids() -> dict[str, int]:
    """The entry behind each own skill and probe that is in use, by its id in the bank."""
    return {entry.ident: entry.id for entry, _content in _kept()["active"]}


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = db.session.info.setdefault(KEPT, {})
    if "active" not in kept:
        kept["active"] = [(each.entry, each.content) for each in active_revisions()]
    return kept


def forget() -> None:
    """What is in use has changed: it is read anew when it is next asked for."""
    db.session.info.pop(KEPT, None)


def skills(language: str = SOURCE_LANGUAGE) -> tuple[Skill, ...]:
    """Every skill that a guide may ask about, the bundled ones first."""
    return whole_bank(language).skills


def skill(ident: str, language: str = SOURCE_LANGUAGE) -> Skill:
    """The skill with this id.

    Raises NotInBank if nobody has written it.
    """
    return whole_bank(language).skill(ident)


def skill_name(ident: str, language: str = SOURCE_LANGUAGE) -> str:
    """A skill's name; that of an own skill which is retired is its id."""
    try:
        return skill(ident, language).name
    except NotInBank:
        return ident


def question(ident: str, language: str = SOURCE_LANGUAGE) -> Question:
    """The question with this id.

    Raises NotInBank if nobody has written it.
    """
    return whole_bank(language).question(ident)


def probe(ident: str, language: str = SOURCE_LANGUAGE) -> Probe:
    """The probe with this id.

    Raises NotInBank if nobody has written it.
    """
    return whole_bank(language).probe(ident)


def pairs(chosen: Collection[str], language: str = SOURCE_LANGUAGE) -> tuple[Pair, ...]:
    """The overlaps among the chosen skills."""
    return tuple(pair for pair in whole_bank(language).pairs if set(pair.skills) <= set(chosen))


def _with_own(bundled: Bank, own: Iterable[tuple[BankEntry, dict[str, Any]]], language: str) -> Bank:
    added = dict[str, list[Probe]]()
    new = list[Skill]()
    for entry, content in own:
        if entry.kind is EntryKind.SKILL:
            new.append(Skill.model_validate(content))
        elif entry.language == language:
            added.setdefault(entry.skill_id, []).append(Probe.model_validate(content))
    if not (new or added):
        return bundled
    together = (_grown(each, added.get(each.id, [])) for each in (*bundled.skills, *new))
    return replace(bundled, skills=tuple(together))


def _grown(skill: Skill, probes: list[Probe]) -> Skill:
    return skill.model_copy(update={"probes": (*skill.probes, *probes)}) if probes else skill
