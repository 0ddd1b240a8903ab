"""What is stored; one module for each aggregate, all of them importable from here."""

from hiring.models.audit import AuditEvent
from hiring.models.bank import BankEdition, BankEntry, BankRevision, EntryKind, RevisionStatus
from hiring.models.base import Base, now
from hiring.models.candidates import (
    CLOSED_STATUSES,
    Application,
    ApplicationStatus,
    Candidate,
    CandidateMessage,
)
from hiring.models.debriefs import (
    ConsensusRating,
    Debrief,
    DebriefAddendum,
    DebriefCandidate,
    OpenPoint,
)
from hiring.models.decisions import Decision, Outcome, PendingDecision
from hiring.models.fairness import (
    Ethnicity,
    PublishedCell,
    Sex,
    Stage,
    VoluntaryAnswer,
    VoluntaryQuestions,
)
from hiring.models.guides import Guide, GuideItem, GuideRound, GuideVersion, RoundKind
from hiring.models.interviews import Interview, InterviewStatus, Panelist
from hiring.models.jobs import (
    BRIEF_FIELDS,
    EQUAL_WEIGHT,
    HEAVIEST_WEIGHT,
    HIGHEST_FLOOR,
    LOWEST_FLOOR,
    Job,
    JobBrief,
    JobCut,
    JobMember,
    JobSkill,
    JobStatus,
    TeamRole,
)
from hiring.models.organisation import Organisation, Paper
from hiring.models.passages import BankIndexPart, BankPassage, Found, PassageStatus
from hiring.models.people import Person, Role, RoleName
from hiring.models.quality import LONGEST_DAYS, LONGEST_HOURS, ProcessStandard
from hiring.models.scorecards import (
    ObservationMark,
    ObservationState,
    Rating,
    Recommendation,
    Scorecard,
    ScorecardStatus,
)
from hiring.models.workshops import Placement, Sorter, Workshop, WorkshopAnchor, WorkshopStatus

__all__ = [
    "BRIEF_FIELDS",
    "CLOSED_STATUSES",
    "EQUAL_WEIGHT",
    "HEAVIEST_WEIGHT",
    "HIGHEST_FLOOR",
    "LONGEST_DAYS",
    "LONGEST_HOURS",
    "LOWEST_FLOOR",
    "Application",
    "ApplicationStatus",
    "AuditEvent",
    "BankEdition",
    "BankEntry",
    "BankIndexPart",
    "BankPassage",
    "BankRevision",
    "Base",
    "Candidate",
    "CandidateMessage",
    "ConsensusRating",
    "Debrief",
    "DebriefAddendum",
    "DebriefCandidate",
    "Decision",
    "EntryKind",
    "Ethnicity",
    "Found",
    "Guide",
    "GuideItem",
    "GuideRound",
    "GuideVersion",
    "Interview",
    "InterviewStatus",
    "Job",
    "JobBrief",
    "JobCut",
    "JobMember",
    "JobSkill",
    "JobStatus",
    "ObservationMark",
    "ObservationState",
    "OpenPoint",
    "Organisation",
    "Outcome",
    "Panelist",
    "Paper",
    "PassageStatus",
    "PendingDecision",
    "Person",
    "Placement",
    "ProcessStandard",
    "PublishedCell",
    "Rating",
    "Recommendation",
    "RevisionStatus",
    "Role",
    "RoleName",
    "RoundKind",
    "Scorecard",
    "ScorecardStatus",
    "Sex",
    "Sorter",
    "Stage",
    "TeamRole",
    "VoluntaryAnswer",
    "VoluntaryQuestions",
    "Workshop",
    "WorkshopAnchor",
    "WorkshopStatus",
    "now",
]
