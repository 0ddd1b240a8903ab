"""What can go wrong in words that people can act on."""

from __future__ import annotations


class Refused(Exception):
    """An operation says no, in one sentence for the person who asked.

    ``field`` names the form field the sentence belongs beside, where there is one.
    """

    def __init__(self, sentence: object, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.field = field


class Stale(Refused):
    """Somebody else saved the same thing since it was opened here."""


class SetupProblem(Exception):
    """The installation lacks something that only its administrator can give it."""
