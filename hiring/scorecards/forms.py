"""What an interviewer sends, as the page's form names it.

The form is made from the guide, so it is read by the names of its fields: ``level-<question>``,
``evidence-<question>``, ``observed-<observation>``, ``words-<observation>`` and the recommendation's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from hiring.forms import UNREADABLE, Form, legible, paragraph
from hiring.i18n import lazy_gettext as _l
from hiring.scorecards.document import Answers
from hiring.scorecards.fields import EVIDENCE, LEVEL, OBSERVED, TEXTS, WORDS, differences, fields_of
from hiring.scorecards.operations import LONGEST_REASON

__all__ = ["ReopenForm", "answers_from", "attested_in", "differences", "fields_of", "revision_from"]


class ReopenForm(Form):
    """Why a scorecard is opened again."""

    reason = paragraph(
        _l("Why it is reopened"),
        longest=LONGEST_REASON,
        needed=_l("Write why it is reopened. The reason stays with the scorecard."),
    )


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


def attested_in(form: Mapping[str, str]) -> bool:
    """Whether the writer ticked that they stand by what they wrote."""
    return bool(form.get("attested"))


def revision_from(form: Mapping[str, str]) -> int:
    """The revision that the page had opened; one that no scorecard has if it cannot be read."""
    try:
        return int(form.get("revision", ""))
    except ValueError:
        return UNREADABLE


def _ids(form: Mapping[str, str], *prefixes: str) -> list[str]:
    found = [name.removeprefix(prefix) for name in form for prefix in prefixes if name.startswith(prefix)]
    return list(dict.fromkeys(found))


def _text(form: Mapping[str, str], name: str) -> str:
    # Not tidied further: a save while somebody types must not move the text under the cursor.
    return legible(form.get(name, ""))
