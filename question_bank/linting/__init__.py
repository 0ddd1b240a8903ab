"""Looks at the words of a question before a candidate hears them, says what is doubtful and why.

>>> from question_bank.linting import lint_question
>>> [finding] = lint_question("How old are you?", "en")
>>> finding.found, finding.topic.value, finding.blocks
('How old are you', 'age', True)

It reads words, not intentions: what it passes may still be unlawful somewhere, and what it stops may be innocent.
"""

from __future__ import annotations

from question_bank.linting.findings import Finding, LintRule, Topic
from question_bank.linting.questions import lint_question
from question_bank.linting.skills import lint_probe, lint_skill
from question_bank.linting.wordings import languages

__all__ = ["Finding", "LintRule", "Topic", "languages", "lint_probe", "lint_question", "lint_skill"]
