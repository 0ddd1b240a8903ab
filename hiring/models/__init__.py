"""What is stored; one module for each aggregate, all of them importable from here."""

from hiring.models.audit import ERASED_DETAILS, ERASED_NAME, AuditEvent
from hiring.models.bank import BankEdition, BankEntry, BankRevision, EntryKind, RevisionStatus
from hiring.models.base import Base, now
from hiring.models.candidates import (
    CLOSED_STATUSES,
    Application,
    ApplicationStatus,
    Candidate,
    CandidateMessage,
)
from hiring.models.conflicts import ConflictKind, ConflictOfInterest
from hiring.models.debriefs import (
    ConsensusRating,
    Debrief,
    DebriefAddendum,
    DebriefCandidate,
    OpenPoint,
)
from hiring.models.decisions import Decision, Outcome, PendingDecision
from hiring.models.evidence_reviews import EvidenceReview, EvidenceReviewer, SecondRating
from hiring.models.exports import (
    ExportChoice,
    ExportFile,
    ExportForm,
    ExportRun,
    ExportStatus,
    SharedDocument,
)
from hiring.models.fairness import (
    Ethnicity,
    PublishedCell,
    Sex,
    Stage,
    VoluntaryAnswer,
    VoluntaryQuestions,
)
from hiring.models.guides import DroppedQuestion, Guide, GuideItem, GuideRound, GuideVersion, RoundKind
from hiring.models.interviews import Interview, InterviewStatus, Panelist
from hiring.models.invitations import Invitation, News
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
    RatingsOpen,
    TeamRole,
)
from hiring.models.organisation import Organisation, Paper
from hiring.models.passages import BankIndexPart, BankPassage, Found, PassageStatus
from hiring.models.people import FailedSignIn, Person, Role, RoleName
from hiring.models.practice import PracticeRating, PracticeRound, Trainer
from hiring.models.quality import LONGEST_DAYS, LONGEST_HOURS, ProcessStandard
from hiring.models.reminders import Reminder, ReminderRule
from hiring.models.scorecard_history import (
    EntrySource,
    EntryStatus,
    ScorecardEntry,
    ScorecardSave,
    ScorecardVersion,
)
from hiring.models.scorecards import (
    ObservationMark,
    ObservationState,
    QuestionOutcome,
    Rating,
    Recommendation,
    Scorecard,
    ScorecardStatus,
)
from hiring.models.standards import StandardJudgement
from hiring.models.workshops import Placement, Sorter, Workshop, WorkshopAnchor, WorkshopStatus

__all__ = [
    "BRIEF_FIELDS",
    "CLOSED_STATUSES",
    "EQUAL_WEIGHT",
    "ERASED_DETAILS",
    "ERASED_NAME",
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
    "ConflictKind",
    "ConflictOfInterest",
    "ConsensusRating",
    "Debrief",
    "DebriefAddendum",
    "DebriefCandidate",
    "Decision",
    "DroppedQuestion",
    "EntryKind",
    "EntrySource",
    "EntryStatus",
    "Ethnicity",
    "EvidenceReview",
    "EvidenceReviewer",
    "ExportChoice",
    "ExportFile",
    "ExportForm",
    "ExportRun",
    "ExportStatus",
    "FailedSignIn",
    "Found",
    "Guide",
    "GuideItem",
    "GuideRound",
    "GuideVersion",
    "Interview",
    "InterviewStatus",
    "Invitation",
    "Job",
    "JobBrief",
    "JobCut",
    "JobMember",
    "JobSkill",
    "JobStatus",
    "News",
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
    "PracticeRating",
    "PracticeRound",
    "ProcessStandard",
    "PublishedCell",
    "QuestionOutcome",
    "Rating",
    "RatingsOpen",
    "Recommendation",
    "Reminder",
    "ReminderRule",
    "RevisionStatus",
    "Role",
    "RoleName",
    "RoundKind",
    "Scorecard",
    "ScorecardEntry",
    "ScorecardSave",
    "ScorecardStatus",
    "ScorecardVersion",
    "SecondRating",
    "Sex",
    "SharedDocument",
    "Sorter",
    "Stage",
    "StandardJudgement",
    "TeamRole",
    "Trainer",
    "VoluntaryAnswer",
    "VoluntaryQuestions",
    "Workshop",
    "WorkshopAnchor",
    "WorkshopStatus",
    "now",
]
