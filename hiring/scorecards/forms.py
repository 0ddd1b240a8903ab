"""What an interviewer sends, as the page's form names it.

The form is made from the guide, so it is read by the names of its fields: ``level-<question>``,
``evidence-<question>``, ``observed-<observation>``, ``words-<observation>`` and the recommendation's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from hiring.forms import UNREADABLE, legible
from hiring.scorecards.document import Answers

LEVEL, EVIDENCE, OBSERVED, WORDS = "level-", "evidence-", "observed-", "words-"
TEXTS = ("recommendation_reason", "open_point", "contradiction_reason")


def answers_from(form: Mapping[str, str]) -> Answers:
    """What was typed."""
    questions = _ids(form, LEVEL, EVIDENCE)
    observations = _ids(form, OBSERVED, WORDS)
    return Answers(
        ratings={id_: (form.get(LEVEL + id_) or None, _text(form, EVIDENCE + id_)) for id_ in questions},
        observations={
            id_: (form.get(OBSERVED + id_) or None, _text(form, WORDS + id_)) for id_ in observations
        },
        recommendation=form.get("recommendation") or None,
        **{name: _text(form, name) for name in TEXTS},
    )


def revision_from(form: Mapping[str, str]) -> int:
    """The revision that the page had opened; one that no scorecard has if it cannot be read."""
    try:
        return int(form.get("revision", ""))
    except ValueError:
        return UNREADABLE


def fields_of(answers: Answers) -> dict[str, str]:
    """The answers as the form would send them; what is empty is left out."""
    fields: dict[str, object] = {"recommendation": answers.recommendation}
    for id_, (level, evidence) in answers.ratings.items():
        fields |= {LEVEL + id_: level, EVIDENCE + id_: evidence}
    for id_, (state, words) in answers.observations.items():
        fields |= {OBSERVED + id_: state, WORDS + id_: words}
    fields |= {name: getattr(answers, name) for name in TEXTS}
    return {name: str(value) for name, value in fields.items() if value not in (None, "")}


def differences(typed: Answers, stored: Answers) -> dict[str, str]:
    """The stored values of those fields that were typed differently; empty text where nothing is stored."""
    ours, theirs = fields_of(typed), fields_of(stored)
    names = dict.fromkeys((*ours, *theirs))
    return {name: theirs.get(name, "") for name in names if ours.get(name) != theirs.get(name)}


def _ids(form: Mapping[str, str], *prefixes: str) -> list[str]:
    found = [name.removeprefix(prefix) for name in form for prefix in prefixes if name.startswith(prefix)]
    return list(dict.fromkeys(found))


def _text(form: Mapping[str, str], name: str) -> str:
    # Not tidied further: a save while somebody types must not move the text under the cursor.
    return legible(form.get(name, ""))
