"""Counts a bank and lists what is wrong with it in each language, for people and for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from question_bank.catalogue import Bank
from question_bank.linting import Finding, lint_skill
from question_bank.load import FOLDER, SOURCE_LANGUAGE, Reading, read
from question_bank.source import Problem
from question_bank.translations import languages_of


@dataclass(frozen=True)
class Report:
    """How much there is of everything, and what is wrong. Nothing is counted if a file cannot be read."""

    version: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    languages: Mapping[str, Reading]
    findings: Mapping[str, tuple[Finding, ...]]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Questions about what must not be asked, in any language."""
        return tuple(each for found in self.findings.values() for each in found if each.blocks)

    @property
    def ok(self) -> bool:
        """Whether the bank can be used."""
        return not (self.problems or self.blocking)


def check(folder: Path | str | None = None) -> Report:
    """The report on the bank in a folder, by default our own, in all its languages."""
    source = read(folder)
    # Translations of a bank that is itself not in order would only add noise.
    others = languages_of(Path(folder or FOLDER), SOURCE_LANGUAGE)[1:] if not source.problems else ()
    found = {SOURCE_LANGUAGE: source} | {language: read(folder, language) for language in others}
    return Report(
        version=source.bank.version if source.bank else "",
        counts=counts_of(source.bank) if source.bank else {},
        problems=tuple(sorted(problem for each in found.values() for problem in each.problems)),
        languages=found,
        findings={language: _findings(reading, language) for language, reading in found.items()},
    )


def _findings(reading: Reading, language: str) -> tuple[Finding, ...]:
    skills = reading.bank.skills if reading.bank else ()
    return tuple(finding for skill in skills for finding in lint_skill(skill, language))


def counts_of(bank: Bank) -> dict[str, int]:
    """How many there are of each thing that has an id or a level."""
    return {
        "skills": len(bank.skills),
        "probes": len(bank.probes),
        "questions": len(bank.questions),
        "follow_ups": sum(len(probe.follow_ups) for probe in bank.probes.values()),
        "indicators": len(bank.indicators),
        "observations": len(bank.observations),
        "anchors": sum(len(skill.anchors) for skill in bank.skills),
        "samples": len(bank.samples),
        "messages": len(bank.correspondence.messages),
        "presets": len(bank.presets),
    }
