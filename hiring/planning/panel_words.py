"""Panel plans in sentences: what is wrong with one, what would help, and what more interviewers would buy."""

from __future__ import annotations

from hiring.i18n import _, ngettext
from hiring.planning.panel import SEPARATE, PanelPlan
from hiring.planning.panel_changes import Flaw, FlawKind, PanelChange, PanelChangeKind


def panel_change_words(change: PanelChange) -> str:
    """One way to make the plan possible."""
    if change.kind is PanelChangeKind.HIGHER_LOADS:
        return ngettext(
            "Let every interviewer meet one candidate more.",
            "Let every interviewer meet %(num)s candidates more.",
            change.amount,
        )
    if change.kind is PanelChangeKind.MORE_INTERVIEWERS:
        return ngettext(
            "Ask one more interviewer who may meet everybody.",
            "Ask %(num)s more interviewers who may meet everybody.",
            change.amount,
        )
    return ngettext(
        "Give every candidate one interviewer only.",
        "Give every candidate %(num)s interviewers.",
        change.amount,
    )


def flaw_words(flaw: Flaw, skill: str = "") -> str:
    """What is wrong; ``skill`` is the name of the skill that it is about."""
    sentences = {
        FlawKind.NOT_ALLOWED: _(
            "%(interviewer)s must not interview %(candidate)s, or shares no language or day.",
            interviewer=flaw.interviewer,
            candidate=flaw.candidate,
        ),
        FlawKind.OVERLOAD: _(
            "%(interviewer)s meets %(found)s candidates; %(wished)s are the most.",
            interviewer=flaw.interviewer,
            found=flaw.found,
            wished=flaw.wished,
        ),
        FlawKind.TOO_FEW_RATERS: _(
            "%(candidate)s meets %(found)s of the wished %(wished)s interviewers.",
            candidate=flaw.candidate,
            found=flaw.found,
            wished=flaw.wished,
        ),
        FlawKind.SKILL_ALONE: _(
            "%(skill)s is rated by fewer than two interviewers for %(candidate)s.",
            skill=skill or flaw.skill,
            candidate=flaw.candidate,
        ),
        FlawKind.CUT_OFF: ngettext(
            "%(candidate)s shares no interviewer with the rest, so that severity cannot be told from merit there.",
            "%(candidate)s and those with the same interviewers, %(num)s in all, share none with the rest, so that"
            " severity cannot be told from merit there.",
            flaw.found,
            candidate=flaw.candidate,
        ),
        FlawKind.WEAK_LINK: _(
            "%(interviewer)s is linked with the others through fewer than two candidates.",
            interviewer=flaw.interviewer,
        ),
    }
    return sentences[flaw.kind]


def expectation_words(plan: PanelPlan) -> tuple[str, ...]:
    """The reliability to expect, and what one more interviewer would buy."""
    expected, more = plan.expected_reliability, plan.with_one_more
    if expected is None or more is None:
        return ()
    return (
        _(
            "Where one interviewer alone has a reliability of %(single).2f, as in the literature, the mean of a panel"
            " has %(expected).2f.",
            single=SEPARATE,
            expected=expected,
        ),
        ngettext(
            "One more interviewer for every candidate would make it %(more).2f, for one more interview.",
            "One more interviewer for every candidate would make it %(more).2f, for %(num)s more interviews.",
            len(plan.wishes.candidates),
            more=more,
        ),
    )
