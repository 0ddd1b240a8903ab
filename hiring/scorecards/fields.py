"""An interviewer's answers as the fields of a form: what pages, versions and files have in common."""

from __future__ import annotations

from hiring.scorecards.document import Answers

LEVEL, EVIDENCE, OBSERVED, WORDS = "level-", "evidence-", "observed-", "words-"
NOTES, ASKED, SKIPPED, PROBE, SECONDS = "notes-", "asked-", "skipped-", "probe-", "seconds-"
USED = "1"  # What a ticked follow-up sends.
TEXTS = ("recommendation_reason", "open_point", "contradiction_reason")


def fields_of(answers: Answers) -> dict[str, str]:
    """The answers as the form would send them; what is empty is left out."""
    fields: dict[str, object] = {"recommendation": answers.recommendation}
    for id_, answer in answers.on_questions.items():
        fields |= {LEVEL + id_: answer.level, EVIDENCE + id_: answer.evidence, NOTES + id_: answer.notes}
        fields |= {
            ASKED + id_: answer.outcome,
            SKIPPED + id_: answer.skip_reason,
            SECONDS + id_: answer.seconds,
        }
        fields |= {f"{PROBE}{id_}-{place}": USED for place in answer.probes}
    for id_, (state, words) in answers.observations.items():
        fields |= {OBSERVED + id_: state, WORDS + id_: words}
    fields |= {name: getattr(answers, name) for name in TEXTS}
    return {name: str(value) for name, value in fields.items() if value not in (None, "")}


def differences(typed: Answers, stored: Answers) -> dict[str, str]:
    """The stored values of those fields that were typed differently; empty text where nothing is stored.

    Times never differ: of two the longer one is kept.
    """
    ours, theirs = fields_of(typed), fields_of(stored)
    names = [name for name in dict.fromkeys((*ours, *theirs)) if not name.startswith(SECONDS)]
    return {name: theirs.get(name, "") for name in names if ours.get(name) != theirs.get(name)}
