"""The words that people see for every state, role and choice."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from hiring.assessment.cut import CutStanding
from hiring.assessment.estimates import Lack
from hiring.assessment.retranslation import Verdict
from hiring.i18n import lazy_gettext as _
from hiring.models import (
    ApplicationStatus,
    ConflictKind,
    EntryKind,
    Ethnicity,
    ExportForm,
    ExportStatus,
    Found,
    InterviewStatus,
    JobStatus,
    News,
    ObservationState,
    Outcome,
    Paper,
    PassageStatus,
    QuestionOutcome,
    RatingsOpen,
    Recommendation,
    RevisionStatus,
    RoleName,
    RoundKind,
    ScorecardStatus,
    Sex,
    Stage,
    TeamRole,
    WorkshopStatus,
)
from question_bank import QuestionKind
from question_bank.linting import LintRule

# Keyed by kind first: members of two kinds with the same value are equal as strings.
LABELS: dict[type[StrEnum], dict[str, Any]] = {
    RoleName: {
        RoleName.ADMINISTRATOR: _("Administrator"),
        RoleName.RECRUITER: _("Recruiter"),
        RoleName.HIRING_MANAGER: _("Hiring manager"),
        RoleName.INTERVIEWER: _("Interviewer"),
        RoleName.HR: _("HR"),
        RoleName.AUDITOR: _("Auditor"),
    },
    TeamRole: {
        TeamRole.HIRING_MANAGER: _("Hiring manager"),
        TeamRole.RECRUITER: _("Recruiter"),
        TeamRole.INTERVIEWER: _("Interviewer"),
    },
    JobStatus: {
        JobStatus.DRAFT: _("Draft"),
        JobStatus.OPEN: _("Open"),
        JobStatus.CLOSED: _("Closed"),
    },
    ConflictKind: {
        ConflictKind.RELATIVE: _("A relative, or living together"),
        ConflictKind.FRIEND: _("A close friend"),
        ConflictKind.FORMER_REPORT: _("The candidate has reported to them"),
        ConflictKind.FORMER_MANAGER: _("The candidate was their manager"),
        ConflictKind.BUSINESS: _("Shared business or money"),
        ConflictKind.OTHER: _("Something else"),
    },
    News: {
        News.INVITED: _("Not invited yet"),
        News.CHANGED: _("Not told of the last change"),
        News.CALLED_OFF: _("Not told that it is called off"),
    },
    RoundKind: {
        RoundKind.SCREEN: _("Telephone screen"),
        RoundKind.STRUCTURED: _("Structured interview"),
        RoundKind.PANEL: _("Panel interview"),
        RoundKind.FINAL: _("Final interview"),
    },
    ApplicationStatus: {
        ApplicationStatus.APPLIED: _("Applied"),
        ApplicationStatus.IN_REVIEW: _("In review"),
        ApplicationStatus.INVITED: _("Invited"),
        ApplicationStatus.INTERVIEW_SCHEDULED: _("Interview scheduled"),
        ApplicationStatus.INTERVIEWED: _("Interviewed"),
        ApplicationStatus.WAITING_FOR_CANDIDATE: _("Waiting for candidate"),
        ApplicationStatus.ON_HOLD: _("On hold"),
        ApplicationStatus.REOPENED: _("Reopened"),
        ApplicationStatus.OFFER: _("Offer made"),
        ApplicationStatus.HIRED: _("Hired"),
        ApplicationStatus.CLOSED_NOT_SELECTED: _("Closed, not selected"),
        ApplicationStatus.CLOSED_POSITION: _("Closed, position filled or cancelled"),
        ApplicationStatus.WITHDRAWN: _("Withdrawn"),
        ApplicationStatus.TALENT_POOL: _("Talent pool"),
    },
    InterviewStatus: {
        InterviewStatus.PLANNED: _("Planned"),
        InterviewStatus.HELD: _("Held"),
        InterviewStatus.CANCELLED: _("Cancelled"),
    },
    ScorecardStatus: {
        ScorecardStatus.DRAFT: _("Draft"),
        ScorecardStatus.SUBMITTED: _("Submitted"),
    },
    RatingsOpen: {
        RatingsOpen.AFTER_OWN: _("As soon as one has submitted for the candidate"),
        RatingsOpen.AFTER_ALL: _("Once everybody on the candidate’s panels has submitted"),
        RatingsOpen.AT_DEBRIEF: _("Once a debrief about the candidate is opened"),
    },
    ExportForm: {
        ExportForm.MERGED: _("One PDF with an index"),
        ExportForm.ARCHIVE: _("A ZIP archive with a file for each candidate"),
    },
    ExportStatus: {
        ExportStatus.RUNNING: _("Being made"),
        ExportStatus.DONE: _("Done"),
        ExportStatus.CANCELLED: _("Stopped"),
        ExportStatus.FAILED: _("Not finished"),
    },
    QuestionOutcome: {
        QuestionOutcome.ASKED: _("Asked"),
        QuestionOutcome.SKIPPED: _("Skipped"),
    },
    Recommendation: {
        Recommendation.STRONG_HIRE: _("Strong hire"),
        Recommendation.HIRE: _("Hire"),
        Recommendation.NO_HIRE: _("No hire"),
        Recommendation.STRONG_NO_HIRE: _("Strong no hire"),
        Recommendation.UNDECIDED: _("Undecided"),
    },
    ObservationState: {
        ObservationState.SEEN: _("Seen"),
        ObservationState.NOT_SEEN: _("Not seen"),
        ObservationState.NO_OCCASION: _("No occasion"),
    },
    QuestionKind: {
        QuestionKind.BEHAVIOURAL: _("Past behaviour"),
        QuestionKind.SITUATIONAL: _("Situational"),
        QuestionKind.KNOWLEDGE: _("Knowledge"),
        QuestionKind.MOTIVATION: _("Motivation"),
    },
    Outcome: {
        Outcome.HIRE: _("Hire"),
        Outcome.NO_HIRE: _("No hire"),
        Outcome.HOLD: _("Hold"),
    },
    CutStanding: {
        CutStanding.MEETS: _("Meets the cut"),
        CutStanding.BORDERLINE: _("Borderline"),
        CutStanding.BELOW: _("Below the cut"),
    },
    Sex: {
        Sex.WOMAN: _("Woman"),
        Sex.MAN: _("Man"),
        Sex.ANOTHER: _("Another answer"),
        Sex.NOT_SAID: _("I prefer not to say"),
    },
    Ethnicity: {
        Ethnicity.HISPANIC: _("Hispanic or Latino"),
        Ethnicity.WHITE: _("White"),
        Ethnicity.BLACK: _("Black or African American"),
        Ethnicity.PACIFIC_ISLANDER: _("Native Hawaiian or Pacific Islander"),
        Ethnicity.ASIAN: _("Asian"),
        Ethnicity.NATIVE_AMERICAN: _("American Indian or Alaska Native"),
        Ethnicity.TWO_OR_MORE: _("Two or more of these"),
        Ethnicity.NOT_SAID: _("I prefer not to say"),
    },
    Stage: {
        Stage.INTERVIEWED: _("Interviewed, of those who applied"),
        Stage.OFFERED: _("Chosen, of those who were interviewed"),
        Stage.BOTTOM_LINE: _("Chosen, of those who applied"),
        Stage.ABOVE_MEDIAN: _("Rated above the middle, of those who were rated"),
        Stage.ABOVE_IN_SCREEN: _(
            "Rated above the middle in the screening call, of those who were rated there"
        ),
        Stage.ABOVE_IN_STRUCTURED: _(
            "Rated above the middle in the structured interview, of those who were rated there"
        ),
        Stage.ABOVE_IN_PANEL: _("Rated above the middle by a panel, of those who were rated there"),
        Stage.ABOVE_IN_FINAL: _(
            "Rated above the middle in the final conversation, of those who were rated there"
        ),
    },
    Lack: {
        Lack.NO_RATINGS: _("Not rated"),
        Lack.TOO_FEW_SKILLS: _("Too few skills rated"),
        Lack.TOO_FEW_RATERS: _("Only one interviewer"),
        Lack.TOO_FEW_SCORECARDS: _("Too few scorecards"),
        Lack.TOO_FEW_CANDIDATES: _("Too few candidates"),
        Lack.TOO_FEW_ITEMS: _("Too few questions or skills"),
        Lack.TOO_FEW_SHARED: _("Too few candidates with two or more interviewers"),
        Lack.TOO_FEW_SORTERS: _("Too few colleagues have sorted"),
        Lack.NO_VARIATION: _("All ratings are the same"),
        Lack.NO_CANDIDATE_VARIATION: _("The ratings show no difference between candidates"),
        Lack.AT_THE_BOUNDARY: _("Estimated at the edge of what is possible, where no interval can be given"),
        Lack.NOT_LINKED: _("The interviewers share no candidates"),
        Lack.BELOW_ZERO: _("The scale goes below zero, where ratios mean nothing"),
        Lack.NO_TIMES: _("It is not known when ratings were given"),
    },
    EntryKind: {
        EntryKind.SKILL: _("Skill"),
        EntryKind.PROBE: _("Probe"),
    },
    RevisionStatus: {
        RevisionStatus.DRAFT: _("Draft"),
        RevisionStatus.REVIEWED: _("Reviewed"),
        RevisionStatus.ACTIVE: _("Active"),
        RevisionStatus.RETIRED: _("Retired"),
    },
    WorkshopStatus: {
        WorkshopStatus.PROPOSING: _("Proposing"),
        WorkshopStatus.SORTING: _("Sorting"),
        WorkshopStatus.CLOSED: _("Sorted"),
        WorkshopStatus.SIGNED_OFF: _("Signed off"),
    },
    Verdict: {
        Verdict.KEEP: _("Keep"),
        Verdict.REWORK: _("Rework"),
        Verdict.DROP: _("Drop"),
        Verdict.UNKNOWN: _("Cannot be said"),
    },
    Found: {
        Found.QUESTION: _("Question"),
        Found.FOLLOW_UP: _("Follow-up"),
        Found.LISTEN_FOR: _("Listen for"),
        Found.NOTE: _("Note"),
        Found.TITLE: _("Title"),
        Found.INDICATOR: _("Sign in the answer"),
        Found.ANCHOR: _("Level"),
        Found.MEANING: _("Meaning"),
        Found.OBSERVATION: _("Observation"),
        Found.SCRIPT: _("Script"),
        Found.MESSAGE: _("Message"),
        Found.RULE: _("Rule"),
        Found.BRIEF: _("Job brief"),
        Found.PRESET: _("Set of skills"),
    },
    PassageStatus: {
        PassageStatus.BUNDLED: _("Bundled"),
        PassageStatus.ACTIVE: _("Own, active"),
        PassageStatus.REVIEWED: _("Own, reviewed"),
        PassageStatus.DRAFT: _("Own, draft"),
        PassageStatus.RETIRED: _("Own, retired"),
    },
    LintRule: {
        LintRule.OFF_LIMITS: _("Off limits"),
        LintRule.LEADING: _("Leading"),
        LintRule.DOUBLE_BARRELLED: _("Two questions in one"),
        LintRule.HYPOTHETICAL: _("Not about past behaviour"),
        LintRule.JARGON: _("Jargon"),
        LintRule.TOO_LONG: _("Too long"),
        LintRule.NO_ALTERNATIVE: _("No parallel form"),
        LintRule.MISSING_FOLLOW_UPS: _("Too few follow-ups"),
        LintRule.MISSING_ANCHORS: _("Levels missing"),
        LintRule.SAME_ANCHORS: _("Two levels alike"),
        LintRule.UNEVEN_ANCHORS: _("A level much shorter than the others"),
    },
    Paper: {
        Paper.A4: _("A4"),
        Paper.LETTER: _("Letter"),
    },
}


def label(value: StrEnum) -> str:
    """The words for a member of one of our enumerations, in the reader's language."""
    return str(LABELS[type(value)][value])


def choices(kind: type[StrEnum]) -> list[tuple[str, Any]]:
    """All members of an enumeration as (value, words), as a form's field wants them."""
    return [(str(value), words) for value, words in LABELS[kind].items()]
