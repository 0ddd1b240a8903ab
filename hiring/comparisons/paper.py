"""The comparison as PDF. The names of the files hold nothing that the ratings decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from hiring.comparisons.analysis import agreement_of
from hiring.comparisons.data import comparison_tables, evidence_tables
from hiring.comparisons.document import Basis, compared
from hiring.comparisons.evidence import SkillEvidence
from hiring.errors import Refused
from hiring.export.assembled import CONTENTS, KEPT, Assembled, Section
from hiring.export.choice import Choice
from hiring.export.files import file_name
from hiring.export.printed import COVER, PART, WHOLE, Prepared, prepared
from hiring.export.tables import Table
from hiring.i18n import _, listed
from hiring.i18n import lazy_gettext as _l
from hiring.models import Job

SECTIONS: dict[str, Any] = {
    "gaps": _l("What is still missing"),
    "floors": _l("Floors and cut"),
    "disputes": _l("What to talk about first"),
    "reliability": _l("How far this can be relied on"),
    "method": _l("How the figures come about"),
    "matrix": _l("Candidates and skills"),
    "evidence": _l("Evidence side by side"),
}


MOST_WITH_EVIDENCE = 400


def comparison_paper(
    basis: Basis, evidence: tuple[SkillEvidence, ...], choice: Choice
) -> Prepared | Assembled:
    """The comparison; with the evidence on every skill it is long, and made of parts.

    Raises Refused with the evidence on more candidates than anybody reads, or a computer holds, in one document.
    """
    chosen = choice.sections_of(SECTIONS)
    written = [skill for skill in evidence if skill.candidates] if "evidence" in chosen else []
    _check_size(written)
    make = _Maker(basis, evidence, choice, frozenset(skill.skill.id for skill in written))
    if not written:
        return make.document(tuple(each for each in chosen if each != "evidence"), with_head=True)
    cover = make.document((), role=COVER, with_head=True, with_contents=True)
    return Assembled(cover, tuple(make.sections(chosen, written)), _("Page %(page)s of %(pages)s", **KEPT))


def _check_size(written: Sequence[SkillEvidence]) -> None:
    many = max((len(skill.candidates) for skill in written), default=0)
    if many > MOST_WITH_EVIDENCE:
        raise Refused(
            _(
                "With their evidence at most %(most)s candidates fit into one document; these are %(n)s. "
                "Leave out the evidence, or export one skill at a time.",
                most=MOST_WITH_EVIDENCE,
                n=many,
            )
        )


class _Maker:
    """Makes the parts of one comparison."""

    def __init__(
        self, basis: Basis, evidence: tuple[SkillEvidence, ...], choice: Choice, linked: frozenset[str]
    ) -> None:
        self.basis, self.evidence, self.choice = basis, evidence, choice
        sheet = compared(basis)
        self.tables: Callable[[], tuple[Table, ...]] = lambda: comparison_tables(basis, evidence)
        self.shown: dict[str, Any] = {
            "title": _("Candidate comparison: %(job)s", job=sheet.job_title),
            "name": (_("comparison"), sheet.job_title),
            "choice": choice,
            "sections": SECTIONS,
            "sheet": sheet,
            "ratings_open": basis.job.ratings_open,
            "agreement": agreement_of(basis, sheet) if sheet.rows else None,
            "document_kind": _("Candidate comparison"),
            "job_title": sheet.job_title,
            "guide_version": listed(sheet.versions),
            "linked": linked,
            "contents": Markup(CONTENTS),  # noqa: S704  # A mark of our own, not what anybody wrote.
        }

    def document(self, printed: tuple[str, ...], role: str = WHOLE, **shown: bool) -> Prepared:
        """These sections in their order; the cover carries the data."""
        return prepared(
            "comparisons/comparison.print.html",
            printed=printed,
            tables=self.tables,
            role=role,
            **{"with_head": False, "with_contents": False, **self.shown, **shown},
        )

    def sections(self, chosen: Sequence[str], written: Sequence[SkillEvidence]) -> Iterator[Section]:
        """The sections in the chosen order: those that are short together, the table, and every skill, by itself."""
        for is_short, group in groupby(chosen, key=lambda each: each not in ("matrix", "evidence")):
            ids = tuple(group)
            if is_short:
                yield Section(ids[0], self.document(ids, role=PART))
                continue
            for id_ in ids:
                yield from self._long(id_, written)

    def _long(self, id_: str, written: Sequence[SkillEvidence]) -> Iterator[Section]:
        if id_ == "matrix":
            yield Section(id_, self.document((id_,), role=PART))
            return
        for skill in written:
            document = prepared("comparisons/evidence.print.html", skill=skill, role=PART, **self.shown)
            yield Section(f"evidence-{skill.skill.id}", document)


def skill_paper(basis: Basis, sheet: SkillEvidence, choice: Choice) -> Prepared:
    """The evidence on one skill, candidates one after the other."""
    return prepared(
        "comparisons/skill.print.html",
        title=_("Evidence on %(skill)s", skill=sheet.skill.name),
        name=(_("evidence"), basis.job.title, sheet.skill.name),
        choice=choice,
        tables=lambda: evidence_tables((sheet,)),
        sheet=sheet,
        document_kind=_("Evidence on one skill"),
        job_title=sheet.job_title,
        guide_version=listed(basis.versions),
    )


def comparison_file(job: Job, ending: str) -> str:
    """The name of a file of the same figures as data."""
    return file_name(_("comparison"), job.title, suffix=ending)
