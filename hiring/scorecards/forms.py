"""What an interviewer sends, as the page's form names it.

The form is made from the guide, so it is read by the names of its fields: ``level-<question>``,
``evidence-<question>``, ``notes-<question>``, ``asked-<question>``, ``skipped-<question>``,
``probe-<question>-<place>``, ``seconds-<question>``, ``observed-<observation>``, ``words-<observation>`` and the
recommendation's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hiring.forms import UNREADABLE, Form, legible, paragraph
from hiring.i18n import lazy_gettext as _l
from hiring.scorecards.document import Answer, Answers
from hiring.scorecards.fields import (
    ASKED,
    EVIDENCE,
    LEVEL,
    NOTES,
    OBSERVED,
    PROBE,
    SECONDS,
    SKIPPED,
    TEXTS,
    WORDS,
    differences,
    fields_of,
)
from hiring.scorecards.operations import LONGEST_KEY, LONGEST_REASON

LONGEST_SECONDS = 86_400

__all__ = [
    "ReopenForm",
    "answers_from",
    "attested_in",
    "differences",
    "fields_of",
    "key_from",
    "revision_from",
]


class ReopenForm(Form):
    """Why a scorecard is opened again."""

    reason = paragraph(
        _l("Why it is reopened"),
        longest=LONGEST_REASON,
        needed=_l("Write why it is reopened. The reason stays with the scorecard."),
    )


def answers_from(form: Mapping[str, str]) -> Answers:
    """What was typed."""
    questions = dict.fromkeys((*_ids(form, LEVEL, EVIDENCE, NOTES, ASKED, SKIPPED, SECONDS), *_probed(form)))
    observations = _ids(form, OBSERVED, WORDS)
    return Answers(
        ratings={id_: _answer(form, id_) for id_ in questions},
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


def key_from(form: Mapping[str, str]) -> str:
    """The page's own name for this save; empty where it has none."""
    return legible(form.get("save_key", ""))[:LONGEST_KEY]


def _answer(form: Mapping[str, str], id_: str) -> Answer:
    return Answer(
        level=form.get(LEVEL + id_) or None,
        evidence=_text(form, EVIDENCE + id_),
        outcome=form.get(ASKED + id_) or None,
        skip_reason=_text(form, SKIPPED + id_),
        notes=_text(form, NOTES + id_),
        probes=tuple(sorted(_probed(form).get(id_, ()))),
        seconds=_seconds(form.get(SECONDS + id_, "")),
    )


def _probed(form: Mapping[str, str]) -> dict[str, list[int]]:
    """The places of the ticked follow-ups, by question."""
    found: dict[str, list[int]] = {}
    for name, value in form.items():
        id_, _dash, place = name.removeprefix(PROBE).rpartition("-")
        if name.startswith(PROBE) and value and re.fullmatch("[1-9][0-9]?", place):
            found.setdefault(id_, []).append(int(place))
    return found


def _seconds(typed: str) -> int | None:
    # A time that cannot be read is none: it must not keep anybody from saving.
    return min(int(typed), LONGEST_SECONDS) if re.fullmatch("[0-9]{1,6}", typed) else None


def _ids(form: Mapping[str, str], *prefixes: str) -> list[str]:
    found = [name.removeprefix(prefix) for name in form for prefix in prefixes if name.startswith(prefix)]
    return list(dict.fromkeys(found))


def _text(form: Mapping[str, str], name: str) -> str:
    # Not tidied further: a save while somebody types must not move the text under the cursor.
    return legible(form.get(name, ""))
